"""``python -m training.slips``."""

from training.slips.main import main

if __name__ == "__main__":
    raise SystemExit(main())
