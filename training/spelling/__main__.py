"""``python -m training.spelling``."""

import sys

from training.spelling.main import main

if __name__ == "__main__":
    sys.exit(main())
