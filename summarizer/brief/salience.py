"""What to say: how many bullets an article deserves, and which passages they are written from."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.arabic.centrality import centroid_scores, pick_diverse, position_scores
from summarizer.arabic.words import content_keys, count_words
from summarizer.brief.openings import dangling_opening, strip_opening
from summarizer.config import EditorialLimits
from summarizer.schema import Article, Passage

#: Body lengths in words up to which three and four bullets are enough; the editor's own articles in `seeds/`
#: carry five bullets for about 480 words.
_WORDS_FOR_THREE, _WORDS_FOR_FOUR = 180, 380
_POSITION_SHARE = 0.35
#: What opens by pointing back, or is mostly quotation, makes a poor bullet on its own.
_DANGLING_PENALTY, _QUOTE_PENALTY = 0.25, 0.15


def bullet_count(article: Article, limits: EditorialLimits, wanted: int | None = None) -> int:
    """``wanted`` as it is when given, else three to five by the body's length in words."""
    if wanted is not None:
        return wanted
    words = count_words(article.body)
    count = 3 if words <= _WORDS_FOR_THREE else 4 if words <= _WORDS_FOR_FOUR else 5
    return max(limits.min_bullets, min(limits.max_bullets, count))


def rank_passages(passages: Sequence[Passage], count: int) -> list[Passage]:
    """At most ``count`` passages, the most worth saying first, each different from those before it."""
    keys = [content_keys(passage.text) for passage in passages]
    central, position = centroid_scores(keys), position_scores(len(passages))
    scores = [
        (1 - _POSITION_SHARE) * c + _POSITION_SHARE * p - _penalty(passage)
        for c, p, passage in zip(central, position, passages, strict=True)
    ]
    return [passages[index] for index in pick_diverse(scores, keys, count)]


def _penalty(passage: Passage) -> float:
    """How much worse a passage is for leaning on its neighbours or for being mostly somebody's words."""
    text = passage.text
    dangling = _DANGLING_PENALTY if dangling_opening(strip_opening(text)) else 0.0
    quoted = sum(len(part) for part in text.split('"')[1::2])
    return dangling + (_QUOTE_PENALTY if quoted > len(text) / 2 else 0.0)
