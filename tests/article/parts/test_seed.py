"""The seeds' layout and its relatives: every one of them made from the seed article itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.article.read import read_path, read_text
from summarizer.schema import Article

SEED = Path(__file__).resolve().parents[3] / "seeds" / "islamic-state-last-pocket.txt"
TEXT = SEED.read_text(encoding="utf-8")
HEADLINE = "هزيمة داعش في شرق سوريا قاب قوسين أو أدنى"
STANDFIRST = (
    "قوات سوريا الديمقراطية تكشف أنها رفضت طلبا من تنظيم الدولة الإسلامية نقله لها وجهاء "
    "بالسماح لهم بالانسحاب من المنطقة."
)
BULLETS = (
    "الخناق يزداد ضيقا على تنظيم الدولة الإسلامية",
    "داعش محاصر في 4 كيلومترات مربعة في شرق سوريا",
    "قادة كبار في داعش متحصنون في أخر جيب بشرق سوريا",
    "لا أنباء عن أبي بكر البغدادي ولا مكان تواجده",
    "خلافات بين الجهاديين الأجانب والمحليين تشق صفوف داعش",
)
CAPTIONS = (
    "مئات العوائل نزحت مع احتدام المعارك بين داعش وقوات سوريا الديمقراطية",
    "احتدام القتال يدفع المئات للفرار إلى مناطق خاضعة لسيطرة سوريا الديمقراطية",
)
DATELINE = "السوسة (سوريا) -"
LEAD = "بات تنظيم الدولة الإسلامية محاصرا في نحو أربع كيلومترات مربعة"
BLOCKS = TEXT.strip().split("\n\n")
BODY = "\n\n".join(BLOCKS[3:])


def parts(article: Article) -> dict[str, object]:
    return {
        "title": article.title,
        "standfirst": article.standfirst,
        "bullets": article.bullets,
        "dateline": article.dateline.of(article.text) if article.dateline else "",
        "captions": tuple(span.of(article.text) for span in article.captions),
        "paragraphs": len(article.paragraphs),
    }


WHOLE: dict[str, object] = {
    "title": HEADLINE,
    "standfirst": STANDFIRST,
    "bullets": BULLETS,
    "dateline": DATELINE,
    "captions": CAPTIONS,
    "paragraphs": 17,
}


def joined(*parts_: str, by: str = "\n\n") -> str:
    return by.join(part for part in parts_ if part)


BULLET_LINES = "\n".join(BULLETS)
RELATIVES = {
    "as it is": (TEXT, {}),
    "CRLF": (TEXT.replace("\n", "\r\n"), {}),
    "CR only": (TEXT.replace("\n", "\r"), {}),
    "several blank lines": (TEXT.replace("\n\n", "\n\n\n\n"), {}),
    "blank lines with spaces": (TEXT.replace("\n\n", "\n \t\n"), {}),
    "white space around it": ("\n\n \n" + TEXT + "\n\n", {}),
    "byte order mark inside": ("\ufeff" + TEXT, {}),
    "no bullets": (joined(HEADLINE, STANDFIRST, BODY), {"bullets": ()}),
    "no standfirst": (joined(HEADLINE, BULLET_LINES, BODY), {"standfirst": ""}),
    "no headline": (joined(STANDFIRST, BULLET_LINES, BODY), {"title": ""}),
    "headline and body": (joined(HEADLINE, BODY), {"standfirst": "", "bullets": ()}),
    "headline and body, no blank lines": (joined(HEADLINE, BODY, by="\n"), {"standfirst": "", "bullets": ()}),
    "bullets and body": (joined(BULLET_LINES, BODY), {"title": "", "standfirst": "", "bullets": BULLETS}),
    "a body only": (BODY, {"title": "", "standfirst": "", "bullets": ()}),
    "a body, single line ends": (BODY.replace("\n\n", "\n"), {"title": "", "standfirst": "", "bullets": ()}),
    "marked bullets": (joined(HEADLINE, STANDFIRST, "\n".join(f"• {b}" for b in BULLETS), BODY), {}),
    "numbered bullets": (
        joined(HEADLINE, STANDFIRST, "\n".join(f"{i}. {b}" for i, b in enumerate(BULLETS, 1)), BODY),
        {},
    ),
    "marked bullets with stops": (joined(HEADLINE, STANDFIRST, "\n".join(f"- {b}." for b in BULLETS), BODY), "stops"),
    "bullets a blank line apart": (joined(HEADLINE, STANDFIRST, *BULLETS, BODY), {}),
    "three bullets": (joined(HEADLINE, STANDFIRST, "\n".join(BULLETS[:3]), BODY), {"bullets": BULLETS[:3]}),
    "two bullets": (joined(HEADLINE, STANDFIRST, "\n".join(BULLETS[:2]), BODY), {"bullets": BULLETS[:2]}),
    "standfirst without a stop": (
        joined(HEADLINE, STANDFIRST[:-1], BULLET_LINES, BODY),
        {"standfirst": STANDFIRST[:-1]},
    ),
    "no dateline": (TEXT.replace(DATELINE + " ", ""), {"dateline": ""}),
    "dash of another kind": (TEXT.replace("(سوريا) -", "(سوريا) –"), {"dateline": "السوسة (سوريا) –"}),
    "one caption": (TEXT.replace(CAPTIONS[1] + "\n", ""), {"captions": CAPTIONS[:1]}),
    "captions apart": (TEXT.replace(CAPTIONS[1], "\n" + CAPTIONS[1]), {}),
    "no captions": (TEXT.replace("\n".join(CAPTIONS) + "\n\n", ""), {"captions": ()}),
    "all single line ends": (TEXT.replace("\n\n", "\n"), {}),
    "no blank line under the headline": (TEXT.replace(HEADLINE + "\n", HEADLINE), {}),
}


@pytest.mark.parametrize("name", RELATIVES)
def test_relatives_of_the_layout(name: str) -> None:
    text, changes = RELATIVES[name]
    if changes == "stops":
        changes = {"bullets": tuple(f"{bullet}." for bullet in BULLETS)}
    assert parts(read_text(text)) == WHOLE | changes


def test_the_seed_from_its_file() -> None:
    article = read_path(SEED)
    assert article.text == TEXT
    assert parts(article) == WHOLE
    assert article.warnings == ()
    assert article.paragraphs[0].of(TEXT).startswith(LEAD)
    assert len(article.sentences) >= len(article.paragraphs)


def test_no_caption_dateline_or_header_in_the_sentences() -> None:
    article = read_path(SEED)
    said = "\n".join(sentence.text for sentence in article.sentences)
    for outside in (HEADLINE, STANDFIRST, DATELINE, *BULLETS, *CAPTIONS):
        assert outside not in said


def test_the_body_is_complete() -> None:
    """Everything in the file is either header, dateline, caption or sentence."""
    article = read_path(SEED)
    rest = TEXT
    for piece in (
        *(sentence.text for sentence in article.sentences),
        *CAPTIONS,
        *BULLETS,
        STANDFIRST,
        HEADLINE,
        DATELINE,
    ):
        assert piece in rest
        rest = rest.replace(piece, "", 1)
    assert not rest.strip()
