"""``python -m training.lost_stops``."""

import sys

from training.lost_stops.main import main

if __name__ == "__main__":
    sys.exit(main())
