"""``python -m summarizer``: the command ``mujaz``."""

import sys

from summarizer.service.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
