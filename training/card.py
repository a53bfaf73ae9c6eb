"""The command ``python -m training.card``: see :mod:`training.export.card`."""

import sys

from training.export.card import main

if __name__ == "__main__":
    sys.exit(main())
