"""Scripture and prophetic tradition: printed as they stand or not at all.

A verse between ﴿ ﴾, or a saying with its collector («رواه مسلم»), is not paraphrased by a model.
"""

from __future__ import annotations

import re

_VERSE = re.compile(r"﴿[^﴿﴾]+﴾|﴾[^﴿﴾]+﴿")
_TRADITION = re.compile(
    r"رواه\s+(?:الإمام\s+)?(?:البخاري|مسلم|الترمذي|أبو داود|النسائي|ابن ماجه|أحمد|الشيخان)|متفق عليه|"
    r"رسول الله صلى الله عليه وسلم (?:قال|يقول)"
)
_MIN_SHARE = 0.2
"""Of a passage's characters, from which it is verse with a frame rather than news that quotes some."""


def is_scripture(passage: str) -> bool:
    """True when ``passage`` is mostly a verse, or hands down a tradition."""
    verses = sum(len(match[0]) for match in _VERSE.finditer(passage))
    return verses >= _MIN_SHARE * max(1, len(passage)) or bool(_TRADITION.search(passage))


def quotes_scripture(sentence: str) -> bool:
    """True when ``sentence`` has a verse or a tradition in it."""
    return bool(_VERSE.search(sentence) or _TRADITION.search(sentence))
