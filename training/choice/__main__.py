"""``python -m training.choice``."""

import sys

from training.choice.main import main

if __name__ == "__main__":
    sys.exit(main())
