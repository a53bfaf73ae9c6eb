"""What ``import summarizer`` gives: the names, what they take, and what they cost."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import Brief, BriefOptions, brief, briefs, load_backend, read_path, read_text
from summarizer.backends.base import EMBEDDED_MODEL
from summarizer.backends.extractive import Extractive
from summarizer.backends.scripted import Scripted
from summarizer.errors import NotArabic, UnknownName, UnreadableInput
from summarizer.schema import Statement, Task

SEED = Path(__file__).resolve().parent.parent / "seeds" / "islamic-state-last-pocket.txt"
TEXT = "أعلنت وزارة الصحة ارتفاع عدد المصابين إلى 300 شخص. وقالت الوزارة إن المستشفيات مستعدة لذلك."


def texts(result: Brief) -> list[str]:
    return [one.text for one in (result.headline, result.standfirst, *result.bullets)]


def test_the_exports_are_these() -> None:
    assert summarizer.__all__ == [
        "Brief",
        "BriefOptions",
        "__version__",
        "brief",
        "briefs",
        "load_backend",
        "read_path",
        "read_text",
    ]
    assert set(summarizer.__all__) <= set(dir(summarizer))
    assert all(getattr(summarizer, name) is not None for name in summarizer.__all__)
    assert callable(summarizer.brief)


def test_what_is_no_export_is_said_to_be_none() -> None:
    with pytest.raises(AttributeError, match="module 'summarizer' has no attribute 'breif'"):
        summarizer.breif  # type: ignore[attr-defined]  # noqa: B018
    assert summarizer.pipeline.brief is brief  # type: ignore[attr-defined]  # a module that was imported is there


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import summarizer; dir(summarizer)", ("numpy", "summarizer.pipeline", "summarizer.schema", "json")),
        ("from summarizer import brief, read_path", ("numpy", "tokenizers", "onnxruntime", "trafilatura")),
    ],
)
def test_an_import_brings_no_more_than_it_needs(statement: str, absent: tuple[str, ...]) -> None:
    code = f"import sys; {statement}; print([name for name in {absent} if name in sys.modules])"
    command = [sys.executable, "-S", "-c", code]  # without site, which may import what it likes
    paths = {"PYTHONPATH": ":".join([str(SEED.parent.parent), *sys.path])}
    assert subprocess.run(command, capture_output=True, text=True, check=True, env=paths).stdout.strip() == "[]"


def test_an_article_its_text_and_its_file_give_the_same_brief() -> None:
    article, backend = read_path(SEED), "extractive"
    expected = texts(brief(article, backend))
    assert texts(brief(SEED, backend)) == expected
    assert texts(brief(SEED.read_text("utf-8"), backend)) == expected
    every = [texts(one) for one in briefs([article, SEED, TEXT], backend)]
    assert every == [expected, expected, texts(brief(TEXT, backend))]
    assert texts(briefs((one for one in (TEXT,)), backend)[0]) == texts(brief(read_text(TEXT), backend))


def test_a_brief_carries_what_was_read() -> None:
    result = brief(TEXT)
    assert result.article == read_text(TEXT)
    assert result.headline.sources[0].of(result.article.text) in TEXT


def test_a_str_is_a_text_never_a_path() -> None:
    with pytest.raises(NotArabic):
        brief(str(SEED))
    with pytest.raises(UnreadableInput):
        brief(SEED.with_name("nothing.txt"))


def test_a_backend_is_a_name_a_folder_or_an_object() -> None:
    assert brief(TEXT).model.startswith("mujaz-270m@")
    assert brief(TEXT, backend="lead").model == "lead"
    assert brief(TEXT, backend=Scripted({Task.HEADLINE: ["ارتفاع عدد المصابين إلى 300 شخص"]})).model == "scripted"
    with pytest.raises(UnknownName, match="extractive"):
        brief(TEXT, backend="extractiv")
    assert load_backend("lead").name == "lead"


def test_the_embedded_model_is_a_backend_by_its_name_and_by_its_folder() -> None:
    headline_alone = BriefOptions(bullets=0)
    named = brief(TEXT, backend="embedded", options=headline_alone)
    assert named.model.startswith("mujaz")
    assert texts(briefs([TEXT], backend=EMBEDDED_MODEL, options=headline_alone)[0]) == texts(named)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda given: brief(given), r"an Article, a str \(the text of an article\) or a pathlib.Path .*; got bytes"),
        (lambda given: briefs([TEXT, given]), r"an Article, a str .* or a pathlib.Path \(a file\); got bytes"),
        (lambda given: briefs(given), r"a list of articles, texts or pathlib.Paths .*; got bytes"),
        (lambda _: briefs(TEXT), r"a list of articles.*; got str"),
        (lambda _: briefs(SEED), r"a list of articles.*; got PosixPath"),
        (lambda _: briefs(read_text(TEXT)), r"a list of articles.*; got Article"),
        (lambda _: briefs(None), r"a list of articles.*; got NoneType"),
        (lambda given: brief(TEXT, backend=given), r"a backend's name \(.*embedded.*\), a checkpoint .*; got bytes"),
        (lambda _: brief(TEXT, backend=Extractive), r"a Backend object; got the class Extractive"),
        (lambda _: brief(TEXT, options={"bullets": 3}), r"expected BriefOptions; got dict"),
        (lambda _: brief(TEXT, options=0), r"expected BriefOptions; got int"),
    ],
)
def test_a_wrong_type_is_told_what_is_accepted(call: Any, says: str) -> None:
    with pytest.raises(TypeError, match=says):
        call(TEXT.encode())


def test_a_brief_is_written_out() -> None:
    result = brief(SEED)
    written = result.to_dict()
    assert list(written) == ["headline", "standfirst", "bullets", "checked", "warnings", "model", "timing_s"]
    assert json.loads(result.to_json()) == json.loads(result.to_json(indent=None)) == written
    assert "\\u" not in result.to_json()
    assert "\n" not in result.to_json(indent=None)
    source = written["headline"]["sources"][0]
    assert result.article.text[source["start"] : source["end"]] == source["text"]
    lines = result.to_markdown().split("\n")
    assert lines[:4] == [f"# {result.headline.text}", "", f"**{result.standfirst.text}**", ""]
    assert lines[4:] == [*(f"- {bullet.text}" for bullet in result.bullets), ""]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("«نص» (بين قوسين) 3.5%", "«نص» (بين قوسين) 3.5%"),
        ("# عنوان *مهم* و[رابط](x)", r"\# عنوان \*مهم\* و\[رابط\](x)"),
        ("<script>نص</script> & a_b", r"\<script\>نص\</script\> \& a\_b"),
        ("2019. عام\nجديد", r"2019\. عام جديد"),
        ("- شرطة", r"\- شرطة"),
    ],
)
def test_markdown_shows_a_text_as_it_stands(text: str, markdown: str) -> None:
    result = brief(TEXT, backend="extractive")
    changed: Statement = replace(result.headline, text=text)
    assert replace(result, headline=changed).to_markdown().startswith(f"# {markdown}\n")
