"""``python -m training.warmstart``."""

import sys

from training.warmstart.main import main

if __name__ == "__main__":
    sys.exit(main())
