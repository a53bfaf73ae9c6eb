"""``python -m training.prefer``."""

import sys

from training.prefer.main import main

if __name__ == "__main__":
    sys.exit(main())
