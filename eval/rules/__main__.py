"""``python -m eval.rules``."""

import sys

from eval.rules.main import main

if __name__ == "__main__":
    sys.exit(main())
