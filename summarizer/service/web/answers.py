"""What the API answers, as the OpenAPI document shows it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.schema import CHECKED

Checked = Annotated[
    list[str],
    Field(
        description="What was looked up of each statement in its sources. The sense was not checked.",
        examples=[list(CHECKED)],
    ),
]


class SourceOut(BaseModel):
    """A place in the article: half-open, in code points of the text that was read."""

    start: int
    end: int
    text: str


class NoticeOut(BaseModel):
    """A warning, or a note on how the brief was made; its code stays when its words change."""

    code: str
    note: bool
    text: str
    arabic: str


class ClaimOut(BaseModel):
    """One checkable part of a statement; `start` and `end` count code points of the statement."""

    kind: Literal["number", "date", "name", "quote", "negation"]
    text: str
    start: int
    end: int
    supported: bool
    reason: str


class SupportOut(BaseModel):
    """How far the article bears the statement out, from 0 to 1, claim by claim."""

    score: float
    supported: bool
    claims: list[ClaimOut]


class ChancesOut(BaseModel):
    """Learned probabilities: an editor prints the statement as it stands; it says nothing that the article does not."""

    printable: float
    true: float


class StatementOut(BaseModel):
    """A headline, standfirst or bullet, with its sources, its rung of the ladder and its report."""

    text: str
    sources: list[SourceOut]
    method: str
    support: SupportOut
    chances: ChancesOut | None = Field(None, description="null where nothing was learned of such statements")


class About(BaseModel):
    """The article that was read."""

    id: str | None = Field(None, description="The article's, as it was sent")
    article: str | None = Field(None, description="What offsets count, where it is not what was sent: HTML, a record")


class BriefOut(About):
    """The brief: what `mujaz brief --json` prints."""

    headline: StatementOut
    standfirst: StatementOut
    bullets: list[StatementOut]
    checked: Checked
    warnings: list[NoticeOut]
    model: str
    timing_s: float


class HeadlinesOut(About):
    """Headlines to choose from, the brief's own first."""

    headlines: list[StatementOut]
    checked: Checked
    model: str


class WordingsOut(About):
    """Other wordings of a line, the best first; perhaps none."""

    wordings: list[StatementOut]
    checked: Checked
    model: str


class CheckedOut(BaseModel):
    """One line, where the article says it (nowhere: an empty list), and its report."""

    text: str
    sources: list[SourceOut]
    support: SupportOut


class CheckOut(About):
    """One report a line, in the order they were sent."""

    statements: list[CheckedOut]
    checked: Checked


class Problem(BaseModel):
    """RFC 9457 problem details. Extension members: `detail_ar`, and `errors`, `expected`, `got`, `hint` where known."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:mujaz:problem:not-arabic"])
    title: str = Field(examples=["The article cannot be used"])
    status: int = Field(examples=[422])
    detail: str
    detail_ar: str = Field(examples=["النص ليس مقالا عربيا. يكتب «موجز» عن المقالات العربية وحدها."])
    request_id: str | None = Field(None, description="The answer's `X-Request-ID`", examples=["9f86d081884c7d65"])


class BriefsItem(BaseModel):
    """One answer of several: a brief, or the problem that kept it from being written."""

    id: str | None = Field(None, description="The article's, as it was sent")
    brief: BriefOut | None = None
    problem: Problem | None = None


class BriefsOut(BaseModel):
    """One answer an article, in the order they were sent."""

    briefs: list[BriefsItem]


class ModelOut(BaseModel):
    """One that can be asked for as `model`."""

    id: str
    ready: bool
    description: str
    description_ar: str


class ModelsOut(BaseModel):
    """What `model` may be, and what the service allows."""

    default: str
    models: list[ModelOut]
    limits: dict[str, int | float]
