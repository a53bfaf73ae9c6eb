"""The command ``python -m training.encode``: see :mod:`training.finetune.data.encode`."""

import sys

from training.finetune.data.encode import main

if __name__ == "__main__":
    sys.exit(main())
