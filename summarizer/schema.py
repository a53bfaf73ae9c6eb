"""The values that travel between the stages: frozen, plain, and free of logic but for how a brief is written out.

Every offset is half-open, counted in code points of :attr:`Article.text`, and refers to the original text,
never to a normalised copy such as the one that sentences are read from.
``Article.text[span.start:span.end]`` is what a reader sees.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, NamedTuple, get_args

from summarizer.notices import Notice

#: What Markdown would read as its own: characters anywhere, at the start of a text, and the number of a list.
_MARKS = re.compile(r"[\\`*_\[\]<>&~|]|^[#+=-]")
_LISTED = re.compile(r"^(\d{1,9})([.)])")


class Span(NamedTuple):
    """A half-open range ``[start, end)`` in code points of ``Article.text``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The slice of ``text`` that this span names."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when both name some character."""
        return self.start < other.end and other.start < self.end


class Sentence(NamedTuple):
    """One sentence of the body: where it stands, its text as it is read (``Article.read``), its paragraph (from 0)."""

    span: Span
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its parts told apart.

    ``text`` is the whole decoded input (for HTML the extracted text, for a record its ``body``); ``paragraphs``
    are the spans of the body only: the title, standfirst, bullets, dateline and captions are outside them.
    ``title``, ``standfirst`` and ``bullets`` are what an editor wrote, when the input carried it: they are never
    shown to a backend.
    """

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    title: str = ""
    standfirst: str = ""
    bullets: tuple[str, ...] = ()
    dateline: Span | None = None
    captions: tuple[Span, ...] = ()
    id: str = ""
    author: str = ""
    date: str = ""
    warnings: tuple[Notice, ...] = ()
    read: tuple[str, ...] = field(default=(), repr=False)
    """Each paragraph as it is read: invisible characters, presentation forms and the like folded."""

    @property
    def body(self) -> str:
        """The body as it is read, a blank line between paragraphs. Its offsets are not those of ``text``."""
        return "\n\n".join(self.read or (span.of(self.text) for span in self.paragraphs))


@dataclass(frozen=True, slots=True)
class Passage:
    """One to a few neighbouring sentences of the body that are read together."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The sentences joined by one space: what a backend reads."""
        return " ".join(self.texts)

    @property
    def texts(self) -> tuple[str, ...]:
        """Each sentence as it stands, in order."""
        return tuple(sentence.text for sentence in self.sentences)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the sentences stand, in order."""
        return tuple(sentence.span for sentence in self.sentences)


Fork = tuple[str, Sequence[str], str]
"""A text, the words that it may go on with, and what is behind these."""
Likelihoods = Callable[[Sequence[Fork]], Sequence[Sequence[tuple[float, float]]]]
"""A model: of each word of each fork its log-probability, and of what is behind it; of none where it cannot tell."""

Verdict = Mapping[str, float]
"""By a judge that reads a line: the log-probability of each label that an editor may give it («ok», «false» …)."""


class Task(StrEnum):
    """What a backend is asked to write."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to write, from one passage (for a headline or standfirst: the body, cut to the budget).

    ``max_words`` is the editor's limit, a wish to the backend: what comes back is measured again.
    """

    task: Task
    passage: Passage
    max_words: int = 40
    listed: bool = False
    """All bullets of the passage at once, a candidate each; only of a backend that ``lists``."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One text a backend proposes.

    ``score`` is the mean log-probability per token (natural log, at most 0) for a model, and a salience in
    [0, 1] for the extractive backend: comparable only among candidates of one request. ``spans`` is set when the
    text was lifted from those places as it stands. ``log_probs`` has the tokens' own, where the engine tells them.
    """

    text: str
    score: float
    method: str
    spans: tuple[Span, ...] = ()
    log_probs: tuple[float, ...] = ()


ClaimKind = Literal["number", "date", "name", "quote", "negation"]
CHECKED: tuple[str, ...] = get_args(ClaimKind)
"""All that is looked up of a statement in its sources. Whether it says what they mean is not."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable part of a statement. ``span`` is in code points of the *statement's* text."""

    kind: ClaimKind
    text: str
    span: Span
    supported: bool
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The claim as a JSON object, ``span`` as ``start`` and ``end``."""
        place = {"start": self.span.start, "end": self.span.end}
        return {"kind": self.kind, "text": self.text, **place, "supported": self.supported, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Support:
    """The faithfulness report of one statement.

    ``score`` in [0, 1] ranks statements: it falls with every claim that was not found and with wording that the
    source does not have (``briefing.claims.support_score``). ``supported`` is the verdict on the claims alone.
    """

    score: float
    claims: tuple[Claim, ...] = ()

    @property
    def supported(self) -> bool:
        """True when every claim was found in the source."""
        return all(claim.supported for claim in self.claims)

    @property
    def unsupported(self) -> tuple[Claim, ...]:
        """The claims that the source does not bear out."""
        return tuple(claim for claim in self.claims if not claim.supported)

    @property
    def missing(self) -> str:
        """Which claims the source does not bear out, as the reason of a refusal; "" when it bears all out."""
        return "; ".join(f"{claim.kind} «{claim.text}» not in the source" for claim in self.unsupported)

    def to_dict(self) -> dict[str, Any]:
        """The report as a JSON object; ``score`` with four digits."""
        claims = [claim.to_dict() for claim in self.claims]
        return {"score": round(self.score, 4), "supported": self.supported, "claims": claims}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that was not printed, and why: kept so that a brief can explain itself."""

    text: str
    method: str
    reason: str


def places(spans: Iterable[Span], text: str) -> list[dict[str, Any]]:
    """Places in ``text`` as JSON objects, each with what stands there."""
    return [{"start": span.start, "end": span.end, "text": span.of(text)} for span in spans]


@dataclass(frozen=True, slots=True)
class Chances:
    """Learned probabilities in [0, 1]: an editor prints the statement as it stands; it says nothing that is not so."""

    printable: float
    true: float

    def to_dict(self) -> dict[str, float]:
        """Both with three digits."""
        return {"printable": round(self.printable, 3), "true": round(self.true, 3)}


@dataclass(frozen=True, slots=True)
class Statement:
    """A headline, standfirst or bullet that was accepted: its sources, its rung (``method``) and its report."""

    text: str
    task: Task
    sources: tuple[Span, ...]
    method: str
    support: Support
    refused: tuple[Refusal, ...] = ()
    score: float = 0.0
    """The candidate's own: see :class:`Candidate`."""
    chances: Chances | None = None
    """None where nothing was learned of such statements: of those that no model edited."""

    def to_dict(self, text: str) -> dict[str, Any]:
        """The statement as a JSON object. ``text``: the ``Article.text`` that ``sources`` point into."""
        chances = self.chances.to_dict() if self.chances else None
        found = {"text": self.text, "sources": places(self.sources, text), "method": self.method}
        return {**found, "support": self.support.to_dict(), "chances": chances}


@dataclass(frozen=True, slots=True)
class Brief:
    """What the pipeline returns. ``article`` is what was read: the statements' ``sources`` are places in its ``text``.

    ``timing_s`` is wall clock in seconds, shared equally within a batch.
    """

    headline: Statement
    standfirst: Statement
    bullets: tuple[Statement, ...]
    model: str
    article: Article = field(repr=False)
    warnings: tuple[Notice, ...] = ()
    timing_s: float = 0.0

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Headline, standfirst and bullets, in this order."""
        return (self.headline, self.standfirst, *self.bullets)

    @property
    def doubtful(self) -> int:
        """How many statements have a claim that their sources do not bear out."""
        return sum(not one.support.supported for one in self.statements)

    def to_dict(self) -> dict[str, Any]:
        """The stable JSON of a brief: what ``mujaz brief --json`` prints. Offsets as everywhere, see above."""
        text = self.article.text
        return {
            "headline": self.headline.to_dict(text),
            "standfirst": self.standfirst.to_dict(text),
            "bullets": [bullet.to_dict(text) for bullet in self.bullets],
            "checked": list(CHECKED),
            "warnings": [warning.to_dict() for warning in self.warnings],
            "model": self.model,
            "timing_s": round(self.timing_s, 4),
        }

    def to_json(self, indent: int | None = 2) -> str:
        """:meth:`to_dict` as text, Arabic as it stands; ``indent=None`` puts it on one line."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_markdown(self) -> str:
        """The headline as a heading, the standfirst in bold, the bullets as a list: the texts alone, for a page."""
        headline, standfirst, *bullets = (_as_markdown(one.text) for one in self.statements)
        return "\n".join([f"# {headline}", "", f"**{standfirst}**", "", *(f"- {bullet}" for bullet in bullets)]) + "\n"


def _as_markdown(text: str) -> str:
    """``text`` on one line, as Markdown that shows it as it stands."""
    return _LISTED.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", " ".join(text.split())))
