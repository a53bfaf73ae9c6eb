"""``python -m training.prepare``."""

import sys

from training.prepare.main import main

if __name__ == "__main__":
    sys.exit(main())
