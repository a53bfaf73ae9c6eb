"""A brief as a client holds it: the JSON of ``Brief.to_dict()``, perhaps with lines that an editor changed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.checking import check_lines
from summarizer.notices import Notice
from summarizer.schema import Article, Brief, Chances, Claim, Span, Statement, Support, Task
from summarizer.service.settings import MAX_ARTICLE_CHARS, MAX_DRAFT_BULLETS, MAX_DRAFT_CHARS

Offset = Annotated[int, Field(ge=0, le=2 * MAX_ARTICLE_CHARS)]
Word = Annotated[str, Field(max_length=200)]
Probability = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    """Takes numbers and truth values as JSON has them, not as texts that look like them."""

    model_config = ConfigDict(strict=True)


class SpanIn(_Strict):
    """A place, half-open, in code points."""

    start: Offset
    end: Offset

    def span(self) -> Span:
        """The place as the pipeline counts it."""
        return Span(self.start, self.end)


class ClaimIn(SpanIn):
    """One part of a line that was looked up."""

    kind: Literal["number", "date", "name", "quote", "negation"]
    text: Annotated[str, Field(max_length=MAX_DRAFT_CHARS)]
    supported: bool
    reason: Word = ""


class SupportIn(_Strict):
    """A line's report."""

    score: Probability
    claims: Annotated[list[ClaimIn], Field(max_length=1_000)] = []

    def support(self) -> Support:
        """The report as the pipeline holds it."""
        return Support(
            self.score, tuple(Claim(one.kind, one.text, one.span(), one.supported, one.reason) for one in self.claims)
        )


class ChancesIn(_Strict):
    """A line's learned probabilities."""

    printable: Probability
    true: Probability


class LineIn(_Strict):
    """A headline, standfirst or bullet. One without ``support`` is checked when it arrives."""

    text: Annotated[str, Field(max_length=MAX_DRAFT_CHARS)]
    sources: Annotated[list[SpanIn], Field(max_length=200)] = []
    method: Word = "edited"
    support: SupportIn | None = None
    chances: ChancesIn | None = None

    def statement(self, article: Article, task: Task) -> Statement:
        """The line as a statement about ``article``."""
        if self.support is None:
            (checked,) = check_lines(article, [self.text])
            return Statement(self.text, task, checked.sources, self.method, checked.support)
        chances = Chances(self.chances.printable, self.chances.true) if self.chances else None
        sources = tuple(one.span() for one in self.sources)
        return Statement(self.text, task, sources, self.method, self.support.support(), chances=chances)


class NoticeIn(_Strict):
    """A warning or note that came with the brief."""

    code: Word
    note: bool
    text: Annotated[str, Field(max_length=1_000)]
    arabic: Annotated[str, Field(max_length=1_000)]

    def notice(self) -> Notice:
        """The notice as the pipeline holds it."""
        made = Notice(self.text)
        made.code, made.arabic, made.is_note = self.code, self.arabic, self.note
        return made


class DraftIn(_Strict):
    """A brief: what `/v1/brief` answered, as it was or with changed lines."""

    headline: LineIn
    standfirst: LineIn
    bullets: Annotated[list[LineIn], Field(max_length=MAX_DRAFT_BULLETS)]
    warnings: Annotated[list[NoticeIn], Field(max_length=100)] = []
    model: Word = ""
    timing_s: Annotated[float, Field(ge=0, le=1e6)] = 0.0

    def brief(self, article: Article) -> Brief:
        """The brief about ``article``."""
        return Brief(
            self.headline.statement(article, Task.HEADLINE),
            self.standfirst.statement(article, Task.STANDFIRST),
            tuple(one.statement(article, Task.BULLET) for one in self.bullets),
            self.model,
            article,
            tuple(one.notice() for one in self.warnings),
            self.timing_s,
        )
