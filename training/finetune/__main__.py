"""``python -m training.finetune``."""

import sys

from training.finetune.main import main

if __name__ == "__main__":
    sys.exit(main())
