"""The paper's slips of the pen («تترواح» for «تتراوح»), mended where the model reads the mended word as much likelier.

Counts say what may be a slip and what may be meant (``doubts.py``), a model how likely each is between its neighbours,
and learned weights (``slips.json``) whether an editor would put the other word (``learned.py``).
"""

from summarizer.briefing.slips.doubts import Doubt, doubts
from summarizer.briefing.slips.features import counted, features
from summarizer.briefing.slips.learned import Suspect, committed, mended, respelt, suspects, unslipped

__all__ = [
    "Doubt",
    "Suspect",
    "committed",
    "counted",
    "doubts",
    "features",
    "mended",
    "respelt",
    "suspects",
    "unslipped",
]
