"""``python -m eval.speed``."""

import sys

from eval.speed.main import main

if __name__ == "__main__":
    sys.exit(main())
