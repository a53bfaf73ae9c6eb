"""What programs did to a text on its way, undone before anything is read: one kind of damage a file.

Nothing here is about how people write. A text that shows no damage comes back as it is, the same object.
"""

from __future__ import annotations

from summarizer.article.repairs.broken import join_broken
from summarizer.article.repairs.escapes import read_escapes
from summarizer.article.repairs.pieces import join_pieces
from summarizer.article.repairs.visual import in_reading_order
from summarizer.notices import Notice

_REPAIRS = (read_escapes, in_reading_order, join_pieces, join_broken)


def repair(text: str) -> tuple[str, tuple[Notice, ...]]:
    """``text`` with the damage undone, and a warning for each kind that was found. Offsets count the new text."""
    warnings = []
    for one in _REPAIRS:
        text, warning = one(text)
        if warning:
            warnings.append(warning)
    return text, tuple(warnings)
