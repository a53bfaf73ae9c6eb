"""What the API takes, as the OpenAPI document shows it. Every field is bounded."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from summarizer.article.formats.records import read_record
from summarizer.article.read import read_text
from summarizer.config import BriefOptions, EditorialLimits, InputLimits, Style
from summarizer.schema import Article, Task
from summarizer.service.drafts import DraftIn, SpanIn
from summarizer.service.headlines import Reword
from summarizer.service.settings import (
    MAX_ARTICLE_CHARS,
    MAX_ARTICLES,
    MAX_BULLETS,
    MAX_HEADLINES,
    MAX_ID_CHARS,
    MAX_STATEMENT_CHARS,
    MAX_STATEMENTS,
    MAX_TITLE_CHARS,
)
from summarizer.service.shape import BULLET_WORDS

EXAMPLE_TEXT = (
    "أعلنت بلدية مدينة النخيل، اليوم الأحد، افتتاح ثلاث حدائق عامة جديدة في الأحياء الشرقية بعد عامين من العمل.\n\n"
    "وقال رئيس البلدية سالم الحداد إن كلفة المشروع بلغت 4 ملايين دينار، مولت نصفها تبرعات الأهالي.\n\n"
    "وأضاف أن الحدائق تضم ملاعب للأطفال ومسارات للمشي طولها سبعة كيلومترات، وأنها تروى بمياه معالجة.\n\n"
    "وتعتزم البلدية غرس 12 ألف شجرة في المدينة قبل نهاية العام المقبل للحد من موجات الحر."
)
EXAMPLE_LINE = "كلفة الحدائق الثلاث 4 ملايين دينار"
EXAMPLE_FALSE_LINE = "كلفة الحدائق الثلاث 5 ملايين دينار"

Text = Annotated[str, Field(max_length=MAX_ARTICLE_CHARS, description="The article: plain text, HTML or a JSON record")]
Bullets = Annotated[
    int | None, Field(ge=0, le=MAX_BULLETS, description="How many bullets; 3-5 by the article's length when left out")
]

StyleIn = Annotated[
    Style, Field(description="news: as headlines, without full stops; plain: whole sentences with theirs, digits 0-9")
]
Model = Annotated[
    str,
    Field(max_length=200, description="One of `GET /v1/models`; `extractive`: the article's own sentences, at once"),
]
BulletWords = Annotated[
    int | None,
    Field(ge=BULLET_WORDS[0], le=BULLET_WORDS[1], description="No bullet is longer, not even one lifted from the text"),
]


class ArticleIn(BaseModel):
    """One article: `text` as it was published, or `title` and `body` apart."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": EXAMPLE_TEXT}]})

    text: Text | None = None
    title: Annotated[str, Field(max_length=MAX_TITLE_CHARS)] | None = None
    body: Annotated[str, Field(max_length=MAX_ARTICLE_CHARS)] | None = None
    id: Annotated[str, Field(max_length=MAX_ID_CHARS, description="Your own name for it; comes back")] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.text is None) == (self.body is None):
            raise ValueError('expected either "text", or "body" with an optional "title"')
        if self.text is not None and self.title is not None:
            raise ValueError('"title" goes with "body"; in "text" the title is the first line')
        return self

    def read(self, limits: InputLimits) -> Article:
        """The article, read as the command reads it. Raises the ``InputError`` of the readers."""
        if self.text is not None:
            article = read_text(self.text, limits)
        else:
            article = read_record({"title": self.title or "", "body": self.body}, limits)
        return article if self.id is None else replace(article, id=self.id)

    def about(self, article: Article) -> dict[str, Any]:
        """What every answer says of its article: the `id` if it has one, the text unless it is what was sent.

        Offsets count code points of that text: of HTML or a JSON record the client could not know it.
        """
        sent = self.body if self.text is None else self.text
        return {
            **({"id": article.id} if article.id else {}),
            **({"article": article.text} if article.text != sent else {}),
        }


class Written(BaseModel):
    """Who writes, and in which style."""

    style: StyleIn = "news"
    model: Model = "default"


class Shape(Written):
    """How a brief should be."""

    bullets: Bullets = None
    max_bullet_words: BulletWords = None

    def options(self) -> BriefOptions:
        """The options of the pipeline."""
        limits = EditorialLimits(max_asked_bullet_words=self.max_bullet_words)
        return BriefOptions(bullets=self.bullets, style=self.style, limits=limits)


class BriefIn(ArticleIn, Shape):
    """An article and how its brief should be."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": EXAMPLE_TEXT, "bullets": 3}]},
    )


class HeadlineIn(ArticleIn, Written):
    """An article and how many headlines to propose."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": EXAMPLE_TEXT, "count": 3}]})

    count: Annotated[int, Field(ge=1, le=MAX_HEADLINES, description="Headlines to choose from")] = 3


class WordingIn(ArticleIn, Written):
    """An article and a line about it that is wanted in other words."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": EXAMPLE_TEXT, "kind": "bullet", "sources": [{"start": 110, "end": 200}]}]
        },
    )

    kind: Literal["headline", "standfirst", "bullet"]
    sources: Annotated[list[SpanIn], Field(min_length=1, max_length=200, description="The line's, as a brief has them")]
    max_bullet_words: BulletWords = None

    def line(self) -> Reword:
        """The line as the queue knows it."""
        return Reword(Task(self.kind), tuple(one.span() for one in self.sources))

    def options(self) -> BriefOptions:
        """The options of the pipeline."""
        return Shape(style=self.style, max_bullet_words=self.max_bullet_words).options()


class FileIn(ArticleIn):
    """An article, its brief as it was answered or as an editor left it, and the kind of file that is wanted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": EXAMPLE_TEXT,
                    "form": "docx",
                    "brief": {
                        "headline": {"text": "ثلاث حدائق جديدة في مدينة النخيل"},
                        "standfirst": {"text": "افتتاح ثلاث حدائق عامة بعد عامين من العمل"},
                        "bullets": [{"text": EXAMPLE_LINE}],
                    },
                }
            ]
        },
    )

    form: Literal["text", "markdown", "html", "json", "docx"]
    brief: Annotated[
        DraftIn, Field(description="What `/v1/brief` answers; a line without `support` is checked against the article")
    ]


class BriefsIn(Shape):
    """Several articles, briefed alike."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"articles": [{"text": EXAMPLE_TEXT}, {"text": EXAMPLE_TEXT}], "bullets": 3}]},
    )

    articles: Annotated[list[ArticleIn], Field(min_length=1, max_length=MAX_ARTICLES)]


class CheckIn(ArticleIn):
    """An article and lines to be checked against it, whoever wrote them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": EXAMPLE_TEXT, "statements": [EXAMPLE_LINE, EXAMPLE_FALSE_LINE]}]},
    )

    statements: Annotated[
        list[Annotated[str, Field(max_length=MAX_STATEMENT_CHARS)]],
        Field(min_length=1, max_length=MAX_STATEMENTS, description="Headlines, bullets or sentences, a text each"),
    ]
