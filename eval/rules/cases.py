"""Lines that editors printed or judged, each with the sentences that it stands on.

Five sets: ``editors`` (headlines of the benchmarks, over the whole body), ``briefs`` and ``cuts`` (references of
``briefs/train.jsonl``: in an editor's words and in the article's), ``written`` (what a model wrote,
``labels/candidates*.jsonl``) and ``lifted`` (sentences as they stand, ``labels/light*.jsonl``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.benchmarks.table import load_benchmark
from eval.systems.articles import read_articles
from summarizer.arabic.words import folded_words
from summarizer.briefing.claims.check import check
from summarizer.briefing.draft import Draft
from summarizer.briefing.house import House, house_of
from summarizer.briefing.polish import polish
from summarizer.briefing.source import Source, Surroundings, introducing
from summarizer.config import EditorialLimits
from summarizer.schema import Passage, Sentence, Span, Support, Task
from training.corpora.annotated.briefs import EditedBrief, Slots, read_briefs
from training.corpora.annotated.labels import JudgedArticle, LightArticle, read_all, read_candidates, read_light

SETS = ("editors", "briefs", "cuts", "written", "lifted")
JUDGED = SETS[3:]
"""Sets with labels; the others were printed, or are there to be."""
HEADLINES = ("bbc-2018h2", "xlsum-sample", "argen-headlines")
LIMITS = EditorialLimits(max_long_bullet_words=26)
"""A bullet may be as long as a light edit of a sentence."""
OK, FALSE = "ok", "false"
_EDITED, _LEFT_OUT = "edited", "trivial"


@dataclass(frozen=True, slots=True)
class Body:
    """One article: its sentences, its folded words and how its brief is set."""

    sentences: tuple[Sentence, ...]
    words: frozenset[str]
    house: House
    article: Surroundings

    @classmethod
    def of(cls, texts: Sequence[str]) -> Body:
        """An article of so many sentences, as if a line parted each from the next."""
        made, at = [], 0
        for place, text in enumerate(texts):
            made.append(Sentence(Span(at, at + len(text)), text, place))
            at += len(text) + 1
        return cls.of_sentences(tuple(made), "\n".join(texts))

    @classmethod
    def of_sentences(cls, sentences: tuple[Sentence, ...], body: str) -> Body:
        """The same of sentences that were read."""
        return cls(sentences, frozenset(folded_words(body)), house_of(body), Surroundings(sentences))


@dataclass(frozen=True)
class Case:
    """A line as it would be printed, what bears it out, and what an editor said of it: «ok» of what was printed."""

    set: str
    draft: Draft
    source: Source
    label: str = OK

    @cached_property
    def support(self) -> Support:
        """What the source bears out."""
        return check(self.draft.text, self.source.index)


def read_cases(data: Path, briefs: int | None = None) -> Iterator[Case]:
    """All cases of the corpora under ``data``; of the first ``briefs`` articles with references (all when None)."""
    for judged in read_all(data / "labels", "candidates", read_candidates):
        for one in judged.checked():
            yield from _written(one)
    for light in read_all(data / "labels", "light", read_light):
        for article in light.checked():
            yield from _lifted(article)
    for name in HEADLINES:
        yield from _editors(name, data)
    for row in read_briefs(data / "briefs" / "train.jsonl").checked()[:briefs]:
        yield from _of_brief(row)


def read_cures(data: Path) -> Iterator[tuple[Case, str]]:
    """What a model wrote, each line with what an editor made of it; "" for one that is printed, or not worth it."""
    for judged in read_all(data / "labels", "candidates", read_candidates):
        for row in judged.checked():
            yield from zip(_written(row), (one.cure for one in row.candidates), strict=True)


def _editors(name: str, data: Path) -> Iterator[Case]:
    rows = load_benchmark(name, Task.HEADLINE, data).rows
    articles, _ = read_articles(rows)
    for row in rows:
        if article := articles.get(row.id):
            body = Body.of_sentences(article.sentences, article.body)
            yield _case("editors", row.references[0], Task.HEADLINE, body, article.sentences)


def _of_brief(row: EditedBrief) -> Iterator[Case]:
    body = Body.of(row.sentences)
    own = Slots(row.headline, row.standfirst, tuple(bullet.text for bullet in row.bullets))
    for name, slots in (("briefs", own), ("cuts", row.lines or row.cuts)):
        for task, text in ((Task.HEADLINE, slots.headline), (Task.STANDFIRST, slots.standfirst)):
            if text:
                yield _case(name, text, task, body, body.sentences)
        for bullet, text in zip(row.printed, slots.bullets, strict=False):
            if text:
                yield _case(name, text, Task.BULLET, body, [body.sentences[place] for place in bullet.sentences])


def _written(row: JudgedArticle) -> Iterator[Case]:
    body = Body.of(row.sentences)
    for one in row.candidates:
        task = Task(one.slot)
        about = [body.sentences[one.sentence]] if one.sentence is not None else body.sentences
        yield _case("written", one.text, task, body, about, label=one.label)


def _lifted(row: LightArticle) -> Iterator[Case]:
    body = Body.of(row.sentences)
    for sentence, line in zip(body.sentences, row.lines, strict=True):
        label = OK if line.as_is else _EDITED if line.rank else _LEFT_OUT
        yield _case("lifted", sentence.text, Task.BULLET, body, [sentence], label=label)


def _case(name: str, text: str, task: Task, body: Body, about: Sequence[Sentence], label: str = OK) -> Case:
    said, lifted, passage = polish(text, task, body.words, body.house), name == "lifted", Passage(tuple(about))
    introduced = () if lifted else introducing(said, passage, body.sentences)
    draft = Draft(said, task, lifted, LIMITS, body.house.style)
    return Case(name, draft, body.article.source(passage, introduced), label)
