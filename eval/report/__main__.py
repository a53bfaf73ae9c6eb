"""``python -m eval.report``."""

import sys

from eval.report.main import main

if __name__ == "__main__":
    sys.exit(main())
