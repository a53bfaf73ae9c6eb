"""How likely an editor prints a line as it stands: what is counted of it, and what that is worth, learned from labels.

``edits.py`` counts what was dropped, added and moved, ``features.py`` the rest, ``learned.py`` applies the weights,
``bars.py`` says from which probabilities on a line is printed.
"""

from summarizer.briefing.acceptance.bars import BARS, Bars
from summarizer.briefing.acceptance.features import Surveyed, Weighed, features
from summarizer.briefing.acceptance.learned import VERSION, Acceptance, committed

__all__ = ["BARS", "VERSION", "Acceptance", "Bars", "Surveyed", "Weighed", "committed", "features"]
