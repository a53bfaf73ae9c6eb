"""``python -m training.judge``."""

import sys

from training.judge.main import main

if __name__ == "__main__":
    sys.exit(main())
