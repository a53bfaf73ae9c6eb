"""``python -m eval.reading``."""

import sys

from eval.reading.main import main

if __name__ == "__main__":
    sys.exit(main())
