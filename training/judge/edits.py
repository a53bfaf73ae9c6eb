"""What editors' work says of lines: a sentence or cut that was left as it was can be printed, one that was mended
could not, and what it was mended into can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.arabic.words import count_words, folded_words
from summarizer.briefing.house import house_of
from summarizer.briefing.polish import polish
from summarizer.briefing.vetting import spelt
from summarizer.schema import Task
from training.corpora.annotated.briefs import EditedBrief
from training.corpora.annotated.labels import Light, LightArticle, Slot
from training.edit_rows.likeness import bearing, kept
from training.judge.rows import FAULTS, OK, Said

MAX_WORDS = 26
"""A longer sentence was shortened for its length alone, maybe (``LIGHT.md``)."""
MIN_OF_LINE = 0.6
"""A line that has less of its words in one sentence, in order, was put together from more."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The sentences of an article, and lines about them."""

    id: str
    sentences: tuple[str, ...]
    said: tuple[Said, ...]


def from_light(articles: Iterable[LightArticle]) -> Iterator[Edited]:
    """Every sentence as a bullet, and what an editor prints for it."""
    for article in articles:
        pairs = enumerate(zip(article.sentences, article.lines, strict=True))
        lines = [one for place, (sentence, light) in pairs for one in _of_light(place, sentence, light)]
        yield _edited(article.id, article.sentences, lines)


def _of_light(place: int, sentence: str, light: Light) -> Iterator[Said]:
    if light.line:
        yield Said("bullet", light.line, place, OK)
    if not light.line or count_words(sentence) <= MAX_WORDS:
        yield Said("bullet", sentence, place, OK if light.as_is else FAULTS)


def from_briefs(briefs: Iterable[EditedBrief]) -> Iterator[Edited]:
    """The cuts that were read a second time, and what they were mended into."""
    for brief in briefs:
        if brief.lines:
            yield _edited(brief.id, brief.sentences, list(_of_brief(brief)))


def _of_brief(brief: EditedBrief) -> Iterator[Said]:
    cuts, lines = brief.cuts, brief.lines or brief.cuts
    heads: tuple[tuple[Slot, str, str], ...] = (
        ("headline", cuts.headline, lines.headline),
        ("standfirst", cuts.standfirst, lines.standfirst),
    )
    for slot, cut, line in heads:
        yield from _of_cut(slot, cut, line, bearing(cut, brief.sentences), brief.sentences)
    for number, (bullet, cut, line) in enumerate(zip(brief.bullets, cuts.bullets, lines.bullets, strict=True)):
        if line != cut or number % 2 == 0:  # those left as they were are many more than the others
            yield from _of_cut("bullet", cut, line, bullet.sentences, brief.sentences)


def _of_cut(slot: Slot, cut: str, line: str, places: Sequence[int], sentences: Sequence[str]) -> Iterator[Said]:
    share, place = max((kept(cut, sentences[place]).of_line, -place) for place in places)
    if cut and share >= MIN_OF_LINE:
        yield Said(slot, cut, -place, OK if line == cut else FAULTS)
        if line and line != cut:
            yield Said(slot, line, -place, OK)


def _edited(name: str, sentences: tuple[str, ...], lines: Sequence[Said]) -> Edited:
    """The lines as a brief prints them."""
    body = " ".join(sentences)
    house, words = house_of(body), frozenset(folded_words(body))
    texts = [spelt(polish(one.text, Task(one.slot), words, house), sentences[one.sentence]) for one in lines]
    return Edited(name, sentences, tuple(one._replace(text=text) for one, text in zip(lines, texts, strict=True)))
