"""What is asked about articles of ``briefs/``: lines of headline, standfirst and bullets; falsehoods beside truths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from training.corpora.annotated.briefs import EditedBrief
from training.corpora.annotated.labels import Falsehood
from training.edit_rows.article import Count, EditedArticle
from training.edit_rows.bullets import bullets_row
from training.edit_rows.likeness import bearing, kept

BRIEFS = "briefs"
HELD_ONE_IN, HELD = 25, 7
"""Of 25 articles in the order of the file, the one that is held out."""
MAX_APART = 2
"""A bullet whose sentences are further apart has too much between them."""
MIN_OF_LINE = 0.6
"""A headline or standfirst that has less of its words in one place, in order, was put together from more."""
BROKEN = frozenset({"garble", "cut", "splice"})
"""Kinds of falsehoods that are broken, not false."""
_REACHED, _NOT_REACHED = 1, 2
"""Sentences of an article that are asked about: under a printed bullet, and under none."""

Places = Mapping[str, tuple[int, ...]]


def from_briefs(
    rows: Sequence[EditedBrief], falsehoods: Sequence[Falsehood], count: Count, seed: int
) -> Iterator[EditedArticle]:
    """Mended lines where there are any (else the cuts of headline and standfirst), and what was made false of them."""
    of_article: dict[str, list[Falsehood]] = defaultdict(list)
    for false in falsehoods:
        of_article[false.id].append(false)
    for number, row in enumerate(rows):
        article = EditedArticle(row.id, BRIEFS, row.sentences, count, number % HELD_ONE_IN == HELD)
        placed = {**_heads(article, row), **_bullets(article, row)}
        for false in of_article.pop(row.id, ()):
            _falsehood(article, false, placed)
        _reached(article, row, Random(f"{seed} {row.id}"))
        article.more = bullets_row(row, BRIEFS, count)
        yield article
    if of_article:
        article = EditedArticle("", BRIEFS, (), count, held=True)
        article.dropped[f"{BRIEFS}: judge: a falsehood of no article"] += sum(map(len, of_article.values()))
        yield article


def _heads(article: EditedArticle, row: EditedBrief) -> Places:
    placed: dict[str, tuple[int, ...]] = {}
    lines = row.lines or row.cuts
    for task, text, cut in (
        ("headline", lines.headline, row.cuts.headline),
        ("standfirst", lines.standfirst, row.cuts.standfirst),
    ):
        if not text:
            article.drop(task, "none that can be printed")
            continue
        places = bearing(text, row.sentences)
        placed |= {text: places, cut: places}
        if kept(text, article.about(places)).of_line < MIN_OF_LINE:
            article.drop(task, "put together from several sentences")
        else:
            article.write(task, places, text)
    return placed


def _bullets(article: EditedArticle, row: EditedBrief) -> Places:
    placed: dict[str, tuple[int, ...]] = {}
    mended = row.lines.bullets if row.lines else ("",) * len(row.bullets)
    for bullet, cut, line in zip(row.bullets, row.cuts.bullets, mended, strict=True):
        if bullet.sentences[-1] - bullet.sentences[0] > MAX_APART:
            article.drop("bullet", "sentences too far apart")
            continue
        placed |= {line: bullet.sentences, cut: bullet.sentences}
        if line:
            article.write("bullet", bullet.sentences, line)
        else:
            article.drop("bullet", "none that can be printed" if row.lines else "not mended")
    return placed


def _falsehood(article: EditedArticle, false: Falsehood, placed: Places) -> None:
    places = placed.get(false.true)
    if places is None:
        places = tuple(at for at, one in enumerate(article.sentences) if one in false.source)
    if not places:
        article.drop("judge", "a falsehood of sentences that the article does not have")
        return
    article.judge(false.slot, places, false.true, "ok")
    article.judge(false.slot, places, false.false, "broken" if false.kind in BROKEN else "false")


def _reached(article: EditedArticle, row: EditedBrief, chance: Random) -> None:
    """Whether a printed bullet stands on a sentence; the lead alone is not asked about where none does."""
    under = {place for bullet in row.printed for place in bullet.sentences}
    rest = [place for place in range(1, len(row.sentences)) if place not in under]
    for place in chance.sample(sorted(under), min(_REACHED, len(under))):
        article.answer("reached", place, "yes")
    for place in chance.sample(rest, min(_NOT_REACHED, len(rest))):
        article.answer("reached", place, "no")
