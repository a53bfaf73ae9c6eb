"""``python -m training.slips``."""

from training.slips.main import main

raise SystemExit(main())
