"""``python -m training.corpora.annotated``."""

import sys

from training.corpora.annotated.main import main

if __name__ == "__main__":
    sys.exit(main())
