"""``python -m training.acceptance``."""

import sys

from training.acceptance.main import main

if __name__ == "__main__":
    sys.exit(main())
