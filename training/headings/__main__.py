"""``python -m training.headings``."""

import sys

from training.headings.main import main

if __name__ == "__main__":
    sys.exit(main())
