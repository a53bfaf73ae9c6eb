"""``python -m eval.digest``."""

import sys

from eval.digest.main import main

if __name__ == "__main__":
    sys.exit(main())
