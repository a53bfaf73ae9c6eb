"""``python -m eval.engines``."""

import sys

from eval.engines.main import main

if __name__ == "__main__":
    sys.exit(main())
