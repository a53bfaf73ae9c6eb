"""What the reader of a brief must know: what was not read, what was cut, what is missing."""

from __future__ import annotations

from summarizer.briefing.salience import is_live
from summarizer.schema import Article, Passage


def remarks(article: Article, lead: Passage, cut: int, bullets: int, wanted: int) -> tuple[str, ...]:
    """The article's own warnings and those about its brief.

    ``lead``: what headline and standfirst were written from; ``cut``: how many bullets were written from the beginning
    of a sentence; ``bullets`` of ``wanted`` were accepted.
    """
    found = list(article.warnings)
    read, all_of_it = len(lead.sentences), len(article.sentences)
    if read < all_of_it:
        which = "the weightiest" if is_live(article) else "the first"
        found.append(f"headline and standfirst were written from {which} {read} of {all_of_it} sentences")
    if cut:
        found.append(f"{cut} bullets were written from the beginning of a sentence that is too long to be read whole")
    if bullets < wanted:
        found.append(f"{bullets} of {wanted} bullets: the article says no more that passes the checks")
    return tuple(found)
