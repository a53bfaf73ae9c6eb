"""What the reader of a brief must know: what was not read, what was cut, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.briefing.salience import is_live
from summarizer.notices import Notice, notice
from summarizer.schema import Article, Passage


def remarks(
    article: Article, lead: Passage, cut: int, bullets: int, wanted: int, mended: Sequence[str] = ()
) -> tuple[Notice, ...]:
    """The article's own warnings and those about its brief.

    ``lead``: what headline and standfirst were written from; ``cut``: how many bullets were written from the beginning
    of a sentence; ``bullets`` of ``wanted`` were accepted; ``mended``: slips of the paper that were mended in them.
    """
    found = list(article.warnings)
    read, all_of_it = len(lead.sentences), len(article.sentences)
    if read < all_of_it:
        found.append(notice("weightiest-only" if is_live(article) else "lead-only", read=read, all=all_of_it))
    if cut:
        found.append(notice("sentence-too-long", count=cut))
    if bullets < wanted:
        found.append(notice("few-bullets", count=bullets, wanted=wanted))
    if mended:
        found.append(notice("mended-spelling", words="، ".join(mended)))
    return tuple(found)
