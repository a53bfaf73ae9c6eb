"""``python -m training.edit_rows``."""

import sys

from training.edit_rows.main import main

if __name__ == "__main__":
    sys.exit(main())
