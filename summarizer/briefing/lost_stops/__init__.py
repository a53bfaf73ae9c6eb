"""Full stops that a page lost: a caption that runs on into the next sentence («… رئيسة البلدية وقالت الوزيرة …»).

Counts say which words open a sentence (``places.py``), a model how likely the words are with a full stop before them
and without it, and learned weights (``lost_stops.json``) whether there was one (``learned.py``).
"""

from summarizer.briefing.lost_stops.learned import committed, features, parted
from summarizer.briefing.lost_stops.places import Place, places

__all__ = ["Place", "committed", "features", "parted", "places"]
