from __future__ import annotations

import pytest

from summarizer.arabic.forms import bones
from training.tasks.gates import Gates, body_reason, headline_reason, is_opinion
from training.tasks.row import CleanArticle
from training.tasks.support import Source, leading_words

BODY = (
    "اعتقلت الشرطة في تونس خمسة عشر رجلا يشتبه في أنهم كانوا يخططون لهجوم على ميناء بنزرت يوم الثلاثاء.\n"
    "وقال وزير الداخلية محمد الفاضل إن الخلية «خططت للهجوم منذ شهور»، وإن قيمة الأسلحة بلغت 1,300 دينار.\n"
    "وأضاف أن التحقيق مستمر وأن المحكمة ستنظر في القضية الشهر المقبل بعد اكتمال الملف."
)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("تونس: اعتقال 15 رجلا خططوا لهجوم على ميناء بنزرت", ""),
        ("وزير الداخلية: الخلية «خططت للهجوم منذ شهور»", ""),
        ("قيمة أسلحة الخلية 1300 دينار", ""),
        ("تونس: اعتقال 20 رجلا خططوا لهجوم على ميناء بنزرت", "number_unsupported"),
        ("المغرب: اعتقال رجال خططوا لهجوم على ميناء بنزرت", "name_unsupported"),
        ("وزير الداخلية: الخلية «أحرقت الميناء» وخططت للهجوم", "quote_unsupported"),
        ("البرلمان يناقش ميزانية التعليم والصحة", "content_unsupported"),
    ],
)
def test_targets_are_judged_by_their_source(target: str, reason: str) -> None:
    verdict = Source(BODY, 240).judge(target, 0.6)
    assert verdict.reason == reason


def test_words_past_the_window_do_not_support() -> None:
    target = "المحكمة ستنظر في القضية الشهر المقبل"
    assert Source(BODY, 240).judge(target, 0.6).reason == ""
    assert Source(BODY, 20).judge(target, 0.6).reason == "content_unsupported"


def test_needs_words_says_how_much_of_the_source_is_needed() -> None:
    source = Source(BODY, 240)
    early = source.judge("اعتقلت الشرطة في تونس رجالا", 0.6)
    late = source.judge("التحقيق مستمر والمحكمة ستنظر في القضية", 0.6)
    assert 0 < early.needs_words < 20 < late.needs_words <= len(BODY.split()) + 5
    again = Source(leading_words(BODY, late.needs_words), 240)
    assert again.judge("التحقيق مستمر والمحكمة ستنظر في القضية", 0.6).share == late.share


def test_verbatim_quotations() -> None:
    source = Source(BODY, 240)
    assert source.has_verbatim("خططت للهجوم")
    assert not source.has_verbatim("الهجوم خططت")


def test_leading_words_keep_line_breaks() -> None:
    assert leading_words("أ ب\nج د", 3) == "أ ب\nج"
    assert leading_words("أ ب", 9) == "أ ب"
    assert leading_words("", 3) == ""


@pytest.mark.parametrize(("one", "other"), [("اعتقال", "اعتقلت"), ("والتحقيق", "تحقيقات"), ("هجوم", "الهجوم")])
def test_derivations_share_their_bones(one: str, other: str) -> None:
    assert bones(one) == bones(other) != ""


def article(*paragraphs: str) -> CleanArticle:
    return CleanArticle("a", "bbc", "", "", "", "", paragraphs)


@pytest.mark.parametrize(
    ("paragraphs", "reason"),
    [
        ((BODY,) * 2, ""),
        (("نص قصير جدا.",), "body_short"),
        (("word " * 80,), "not_arabic"),
        (("رقم 3601129765 " * 60,), "numbers"),
        (tuple(f"سطر من قصيدة كتبها شاعر ما رقم {'ا' * n}" for n in range(1, 13)), "verse_or_list"),
        (("أنا أقول إنني أظن أن لي رأيا، وقلت لكم إني كتبت ذلك لأنني أعتقد أننا نريد الخير لنا. " * 5,), "opinion"),
    ],
)
def test_body_gates(paragraphs: tuple[str, ...], reason: str) -> None:
    assert body_reason(article(*paragraphs), Gates()) == reason


def test_first_person_inside_quotations_is_news() -> None:
    text = "وقال الوزير «أنا أقول إنني أظن أن لي رأيا وقلت إني كتبت لأنني أعتقد ذلك». " * 5
    assert not is_opinion(text, len(text.split()), Gates())


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("الميناء يستقبل ألف سفينة", ""),
        ("كبير يا نور", "headline_short"),
        (" ".join(["كلمة"] * 17), "headline_long"),
        ("iPhone XS Max review ميناء", "headline_not_arabic"),
        ("أخبار قصيرة من الميناء والمدينة", "headline_column_or_list"),
    ],
)
def test_headline_gates(title: str, reason: str) -> None:
    assert headline_reason(title, Gates()) == reason
