"""What to say: how many bullets an article deserves, and which passages they are written from.

A long article is planned as a whole and in windows: the weightiest passage of every part of it comes before the second
of any. A live blog has no lead: its headline and standfirst are written from its weightiest sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.arabic.centrality import centroid_scores, containment, pick_diverse, position_scores
from summarizer.arabic.sentences.quotations import find_quotes
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import content_keys, count_words, tokenize
from summarizer.briefing.polish import strip_opening
from summarizer.briefing.rules import dangling_opening
from summarizer.config import EditorialLimits
from summarizer.schema import Article, Passage

#: Body lengths in words up to which three and four bullets are enough; the editor's own articles in `seeds/`
#: carry five bullets for about 480 words.
_WORDS_FOR_THREE, _WORDS_FOR_FOUR = 180, 380
LONG_WORDS = 1_000
"""From here on an article has parts: BBC's features and interviews; news of one story is shorter."""
_CLOCK_LINE = re.compile(r"^[ \t]*\(?\d{1,2}[:.]\d{2}\)?(?:[ \t]+\D{0,30})?$", re.MULTILINE)
_MIN_CLOCK_LINES = 3
_ITEM_MARK = re.compile(r"[\-–—•*·▪►]\s*\S")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign of salience counts: the first four are of [0, 1], the penalties are taken off whole.

    ``facts``: numbers and names among the words. ``lead``: nearness to the first passage, up to ``NEAR_ENOUGH``: what
    is said of the same thing as headline and standfirst, without repeating them. ``dangling``: it opens by pointing
    back. ``quoted``: it is mostly somebody's words. ``diversity``: distance from the passages chosen before, against
    all that. Chosen on EASC (coverage and ROUGE-1 of the extractive backend), where all optima are flat.
    """

    central: float = 0.65
    position: float = 0.3
    lead: float = 0.3
    facts: float = 0.05
    dangling: float = 0.25
    quoted: float = 0.15
    diversity: float = 0.3


WEIGHTS = Weights()
LIVE_WEIGHTS = Weights(central=0.5, position=0.0, lead=0.0, facts=0.5)
"""For a live blog, where neither the first entry nor the last tells the story."""
NEAR_ENOUGH = 0.6
"""Containment in the lead; a passage that is nearer says no more than the headline."""
_MIN_FACTUAL_WORDS = 5
_FACTS_OF_NEWS = 1 / 3
"""Numbers and names among the words, where a passage is full of them."""


def bullet_count(article: Article, limits: EditorialLimits, wanted: int | None = None) -> int:
    """``wanted`` as it is when given, else three to five by the body's length in words."""
    if wanted is not None:
        return wanted
    words = count_words(article.body)
    count = 3 if words <= _WORDS_FOR_THREE else 4 if words <= _WORDS_FOR_FOUR else 5
    return max(limits.min_bullets, min(limits.max_bullets, count))


def rank_passages(
    passages: Sequence[Passage], count: int, weights: Weights = WEIGHTS, windows: int = 1
) -> list[Passage]:
    """At most ``count`` passages, the most worth saying first, each different from those before it.

    With ``windows`` the article is cut into so many parts of equally many passages, and each has its turn.
    """
    keys = [content_keys(passage.text) for passage in passages]
    scores = salience(passages, keys, weights)
    parts = [range(w * len(passages) // windows, (w + 1) * len(passages) // windows) for w in range(windows)]
    turns = [
        (turn, -scores[part[place]], part[place])
        for part in parts
        for turn, place in enumerate(
            pick_diverse([scores[i] for i in part], [keys[i] for i in part], count, 1 - weights.diversity)
        )
    ]
    ordered = sorted(turns) if windows > 1 else turns
    return [passages[index] for _, _, index in ordered[:count]]


def window_count(article: Article, bullets: int) -> int:
    """Into how many parts an article is cut for its bullets: as many as these when it is long, else one."""
    return max(1, bullets) if count_words(article.body) >= LONG_WORDS else 1


def is_live(article: Article) -> bool:
    """True for a live blog: entries under clock times of their own."""
    return len(_CLOCK_LINE.findall(article.text)) >= _MIN_CLOCK_LINES


def weightiest(article: Article, max_tokens: int, count_tokens: Callable[[str], int]) -> Passage:
    """The sentences most worth saying that fit in ``max_tokens`` together, best first; at least one."""
    single = [Passage((sentence,)) for sentence in article.sentences]
    ranked = rank_passages(single, len(single), LIVE_WEIGHTS)
    chosen, total = [ranked[0]], count_tokens(" " + ranked[0].text)
    for passage in ranked[1:]:
        total += count_tokens(" " + passage.text)
        if total > max_tokens:
            break
        chosen.append(passage)
    return Passage(tuple(sentence for passage in chosen for sentence in passage.sentences))


def salience(passages: Sequence[Passage], keys: Sequence[Sequence[str]], weights: Weights = WEIGHTS) -> list[float]:
    """How much each passage is worth saying, by the content ``keys`` of the passages and by their text."""
    central, position = centroid_scores(keys), position_scores(len(passages))
    near = [min(containment(own, keys[0]), NEAR_ENOUGH) / NEAR_ENOUGH for own in keys]
    return [
        weights.central * central[place]
        + weights.position * position[place]
        + weights.lead * near[place]
        + weights.facts * _facts(passage)
        - _penalty(passage, weights)
        for place, passage in enumerate(passages)
    ]


def _facts(passage: Passage) -> float:
    """Numbers and names among the words, in [0, 1]; of a few words they say nothing."""
    words = tokenize(passage.text)
    if len(words) < _MIN_FACTUAL_WORDS:
        return 0.0
    told = sum(word.text[0].isdigit() or is_name(word.text) for word in words)
    return min(1.0, told / len(words) / _FACTS_OF_NEWS)


def _penalty(passage: Passage, weights: Weights) -> float:
    """How much worse a passage is for leaning on its neighbours, for being an item of a list or somebody's words."""
    text = passage.text
    item = bool(_ITEM_MARK.match(text)) and not text.rstrip().endswith(".")
    opened = strip_opening(text)
    dangling = weights.dangling if item or dangling_opening(opened) else 0.0
    quoted = sum(span.end - span.start for span in find_quotes(text))
    return dangling + (weights.quoted if quoted > len(text) / 2 else 0.0)
