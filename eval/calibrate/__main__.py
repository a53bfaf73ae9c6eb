"""``python -m eval.calibrate``."""

import sys

from eval.calibrate.main import main

if __name__ == "__main__":
    sys.exit(main())
