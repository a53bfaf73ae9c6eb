"""``python -m eval.load``."""

import sys

from eval.load.main import main

if __name__ == "__main__":
    sys.exit(main())
