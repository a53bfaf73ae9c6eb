"""Markdown: the text without its marks, and texts that only look like it."""

from __future__ import annotations

import pytest

from summarizer.article.formats.markdown import looks_like_markdown
from summarizer.article.read import read_bytes, read_text
from tests.article.formats.articles import PARAGRAPHS, TITLE

MARKED = f"""# {TITLE}

![محطة على الساحل](a.png)

**{PARAGRAPHS[0]}**

{PARAGRAPHS[1].replace("الوزير", "[الوزير](https://example.test/w)")}

| مدينة | كلفة |
|---|---|
| الميناء | 20 |

```
code = 1
```

> {PARAGRAPHS[2]}
"""


def said(text: str) -> list[str]:
    return [sentence.text for sentence in read_bytes(text.encode(), name="a.md").sentences]


def test_marks_tables_code_and_pictures_are_left_out() -> None:
    article = read_text(MARKED)
    assert article.title == TITLE
    assert [sentence.text for sentence in article.sentences] == list(PARAGRAPHS)


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_a_front_matter(quote: str) -> None:
    front = f"---\ntitle: {quote}{TITLE}{quote}\nauthor: سلمى أحمد\ndate: 2024-02-11\ntags: [a, b]\n---\n"
    article = read_text(front + "\n\n".join(PARAGRAPHS))
    assert (article.title, article.author, article.date) == (TITLE, "سلمى أحمد", "2024-02-11")
    assert [sentence.text for sentence in article.sentences] == list(PARAGRAPHS)


def test_wrapped_paragraphs_indents_and_lists() -> None:
    wrapped = PARAGRAPHS[0].replace("في خمس", "\nفي خمس")
    assert said(f"{wrapped}\n\n    {PARAGRAPHS[1]}\n\n- {PARAGRAPHS[2]}\n") == list(PARAGRAPHS)


def test_html_inside() -> None:
    html = (
        f'<div dir="rtl">\n\n{PARAGRAPHS[0]}\n\n<p>{PARAGRAPHS[1]}</p>\n\n<script>x</script>\n\n{PARAGRAPHS[2]}\n</div>'
    )
    assert said(html) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (MARKED, True),
        ("---\ntitle: x\n---\nنص", True),
        ("## أول\n\n**ثان**", True),
        ("# أول\n\nنص", False),
        ("---\nنص\n---\nنص", False),
        ("#مصر\n* نص\n* نص\n- نص", False),
        ("قال **نعم** ثم مضى.", False),
        ("نص [1] و(http://example.test)", False),
    ],
)
def test_what_looks_like_markdown(text: str, marked: bool) -> None:
    assert looks_like_markdown(text) is marked
