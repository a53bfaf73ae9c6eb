"""``python -m eval.run``."""

import sys

from eval.run.main import main

if __name__ == "__main__":
    sys.exit(main())
