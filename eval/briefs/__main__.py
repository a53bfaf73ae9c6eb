"""``python -m eval.briefs``."""

import sys

from eval.briefs.main import main

if __name__ == "__main__":
    sys.exit(main())
