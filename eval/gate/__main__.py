"""``python -m eval.gate``."""

import sys

from eval.gate.main import main

if __name__ == "__main__":
    sys.exit(main())
