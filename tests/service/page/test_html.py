"""What the page writes, without a browser: marks, labels, escapes, and an Arabic sentence for everything."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import errors
from summarizer.article.build import make_article
from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.notices import NOTICES, notice
from summarizer.pipeline import brief
from summarizer.schema import Claim, Span, Statement, Support, Task
from summarizer.service.arabic_messages import error_in_arabic, problem_in_arabic
from summarizer.service.page.files import examples
from summarizer.service.page.html import article_html, brief_html, choices_html, sentences_of
from summarizer.service.page.text import WORDS, escape
from summarizer.service.problems import _TITLES
from summarizer.service.render import brief_as_text
from summarizer.service.web.contract import EXAMPLE_TEXT

ARTICLE = read_text(EXAMPLE_TEXT)
TAGS = re.compile(r"<[^>]*>")


def statement(text: str, *claims: Claim) -> Statement:
    return Statement(text, Task.BULLET, (ARTICLE.sentences[1].span,), "model-next", Support(0.5, claims))


def test_unsupported_parts_are_marked_and_said() -> None:
    text = "كلفة المشروع 5 ملايين دينار بحسب سالم الحداد"
    doubt = Claim("number", "5 ملايين", Span(13, 21), supported=False, reason="not in the source")
    fine = Claim("name", "سالم الحداد", Span(33, 44), supported=True)
    whole = replace(brief(ARTICLE, Extractive()), bullets=(statement(text, doubt, fine),))
    page = brief_html(whole, ARTICLE)
    assert '<mark class="mj-doubt" title="عدد لم يرد في السند">5 ملايين</mark>' in page
    assert page.count("<mark") == 1
    assert "راجع: عدد لم يرد في السند" in page
    assert "صياغة بديلة للنموذج" in page


def test_a_line_says_what_was_looked_up_and_nothing_more() -> None:
    text = "كلفة المشروع 4 ملايين دينار بحسب سالم الحداد"
    found = [
        Claim("number", "4 ملايين", Span(13, 21), supported=True),
        Claim("name", "سالم", Span(33, 37), supported=True),
    ]
    first = brief(ARTICLE, Extractive())
    page = brief_html(replace(first, bullets=(statement(text, *found), statement("نص"))), ARTICLE)
    assert "وُجد في المقال: عدد، اسم" in page
    assert "لا رقم فيه ولا اسم ولا اقتباس ليُفحص" in page
    assert "لم يُفحص المعنى" in page
    promising = ("✓", "✔", "اجتاز", "لا يخالف", "ما يخالف", "passed")
    style = (Path(errors.__file__).parent / "service/static/page.css").read_text("utf-8")
    said = page + style + brief_as_text(first)
    assert [word for word in promising if word in said] == []


def test_a_statement_names_its_sentences() -> None:
    assert sentences_of(statement("نص"), ARTICLE) == [1]
    page = article_html(ARTICLE)
    assert page.count("data-sentence=") == len(ARTICLE.sentences)


def test_one_headline_is_no_choice() -> None:
    headline = brief(ARTICLE, Extractive()).headline
    assert choices_html([headline], ARTICLE) == ""
    assert choices_html([headline, statement("غيره")], ARTICLE).count('role="radio"') == 2


@given(st.text())
def test_escaped_text_holds_nothing_that_a_template_or_a_browser_runs(text: str) -> None:
    escaped = escape(text)
    assert not set("<>{}$`\"'\\") & set(escaped)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=6))
def test_the_article_is_shown_whole_whatever_is_in_it(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    article = make_article(text, [Span(0, len(text))])
    shown = TAGS.sub("", article_html(article).split('class="mj-body"')[1].split(">", 1)[1])
    assert "".join(shown.split()) == "".join(escape("".join(text.split())).split())


def test_every_notice_is_said_in_both_languages() -> None:
    values = {
        "count": 3,
        "wanted": 5,
        "read": 2,
        "all": 9,
        "name": "Windows-1256",
        "byte": "7",
        "most": 8,
        "words": "a",
    }
    for code in NOTICES:
        told = notice(code, **values)
        assert (told.code, told.isascii(), told.arabic.isascii()) == (code, True, False)
        assert {"code": code, "note": told.is_note, "text": told, "arabic": told.arabic} == told.to_dict()
        assert set(re.findall(r"{(\w+)}", NOTICES[code].arabic)) <= set(re.findall(r"{(\w+)}", NOTICES[code].english))


def test_notices_travel_with_their_codes() -> None:
    told = copy.deepcopy(notice("few-bullets", count=1, wanted=3))
    assert (told.code, told.arabic) == ("few-bullets", notice("few-bullets", count=1, wanted=3).arabic)


def test_notes_are_no_warnings_on_the_page() -> None:
    page = brief_html(replace(brief(ARTICLE, Extractive()), warnings=(notice("lead-only", read=2, all=9),)), ARTICLE)
    assert "mj-notes" in page
    assert "mj-warnings" not in page


KINDS = (
    errors.UnreadableInput,
    errors.UndecodableInput,
    errors.EmptyInput,
    errors.NotArabic,
    errors.TooShort,
    errors.InputTooLarge,
    errors.BackendError,
    errors.DamagedModel,
    errors.ConfigError,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_an_arabic_sentence(kind: type[errors.MujazError]) -> None:
    arabic = error_in_arabic(kind(expected="ZZ", got="ZZ", hint="ZZ"))
    assert re.search("[ء-ي]{3}", arabic)
    assert "{" not in arabic
    assert "ZZ" not in arabic


def test_every_problem_and_every_word_is_in_both_languages() -> None:
    for slug, _ in _TITLES.values():
        assert problem_in_arabic(slug) != "تعذّر تنفيذ الطلب.", slug
    assert all(words["ar"] and words["en"] for words in WORDS.values())


def test_examples_are_articles_that_can_be_briefed() -> None:
    found = examples()
    assert len(found) >= 3
    for name, text in found:
        assert len(name) <= 47
        assert len(brief(read_text(text), Extractive()).bullets) >= 3
