"""Roles at the head of a bullet, and who they are."""

from __future__ import annotations

import pytest

from summarizer.arabic.sentences.split import split_sentences
from summarizer.briefing.ladder import Ladder
from summarizer.briefing.referents import MAX_BACK, bare_role, resolve
from summarizer.briefing.surroundings import Surroundings
from summarizer.config import EditorialLimits
from summarizer.schema import Candidate, Passage, Request, Sentence, Task

MINISTER = "قال وزير النقل العراقي سالم الحداد إن الجسر يفتتح في الربيع المقبل."
COMMANDER = "قال هفال روني قائد عمليات المنطقة إن قواته تتقدم."
COMPANY = "وقعت شركة النخيل للطيران عقدا لشراء عشر طائرات."
PLAIN = "سقطت أمطار غزيرة على المدينة أمس."


def sentences(*texts: str) -> tuple[Sentence, ...]:
    text = " ".join(texts)
    return tuple(Sentence(span, span.of(text), 0) for span in split_sentences(text))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("الوزير يعلن افتتاح الجسر", "الوزير"),
        ("أعلن الوزير افتتاح الجسر", "الوزير"),
        ("وقد نفت الشركة ذلك", "الشركة"),
        ("القيادي الذي يستخدم اسمه العسكري يتوقع التقدم", "القيادي"),
        ("الوزير العراقي يعلن افتتاح الجسر", None),
        ("يقول المسؤول عن الخدمات الصحية إن الجسر يفتتح غدا", None),
        ("الوزير سالم الحداد يعلن افتتاح الجسر", None),
        ("وزير النقل يعلن افتتاح الجسر", None),
        ("قال رئيس الشركة كمال الراوي إن الأسعار سترتفع", None),
        ("افتتاح الجسر في الربيع المقبل يسعد الوزير", None),
    ],
)
def test_bare_roles(text: str, role: str | None) -> None:
    found = bare_role(text)
    assert (found.text if found else None) == role


@pytest.mark.parametrize(
    ("role", "passage", "before", "phrase"),
    [
        ("الوزير", PLAIN, [MINISTER], "وزير النقل العراقي سالم الحداد"),
        ("القيادي", PLAIN, [COMMANDER], "هفال روني"),
        ("الشركة", COMPANY, [MINISTER], "شركة النخيل للطيران"),
        ("الشركة", 'بعثت شركة "نخيل" للدفع رسالة إلى زبائنها.', [], 'شركة "نخيل" للدفع'),
        ("الوزير", PLAIN, [COMPANY], None),
        ("الوزير", PLAIN, ["التقى وزير النقل العراقي وزير المالية الأردني في عمان."], None),  # two of them
        ("الوزير", PLAIN, [MINISTER, *[PLAIN] * MAX_BACK], None),  # too far back
    ],
)
def test_a_role_is_what_introduced_it(role: str, passage: str, before: list[str], phrase: str | None) -> None:
    found = resolve(role, sentences(passage), sentences(*before))
    assert (found.phrase if found else None) == phrase


def test_a_bullet_names_its_role_and_says_where_the_article_does() -> None:
    article = sentences(MINISTER, PLAIN, "وتعهد الوزير بصرف تعويضات للسكان المتضررين من الأمطار.")
    request = Request(Task.BULLET, Passage(article[2:]))
    judge = Ladder(EditorialLimits(), frozenset(), article=Surroundings(article))
    statement = judge.climb(request, [Candidate("الوزير يتعهد بصرف تعويضات للسكان", -0.1, "model")], "model")
    assert statement is not None
    assert statement.text == "وزير النقل العراقي سالم الحداد يتعهد بصرف تعويضات للسكان المتضررين"
    assert statement.sources == (article[0].span, article[2].span)
    assert statement.support.supported


def test_what_names_a_role_ends_before_another_noun() -> None:
    summoned = sentences("استدعت وزارة الخارجية العراقية السفير الجزائري في بغداد لبحث الحادثة.", PLAIN)
    found = resolve("الوزارة", summoned[1:], summoned[:1])
    assert found is not None
    assert found.phrase == "وزارة الخارجية العراقية"


def test_a_role_that_nothing_names_is_refused() -> None:
    article = sentences(PLAIN, "وتعهد الوزير بصرف تعويضات للسكان المتضررين من الأمطار.")
    bullet = Candidate("الوزير يتعهد بصرف تعويضات للسكان", -0.1, "model")
    request = Request(Task.BULLET, Passage(article[1:]))
    judge = Ladder(EditorialLimits(), frozenset(), article=Surroundings(article))
    assert judge.climb(request, [bullet], "model") is None
    assert "who «الوزير» is" in judge.refused[request][0].reason
