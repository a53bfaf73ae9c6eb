"""Bullets that say something, and names of things that say nothing."""

from __future__ import annotations

import pytest

from summarizer.briefing.ladder import Ladder
from summarizer.briefing.predicate import has_predicate, is_unfinished
from summarizer.config import EditorialLimits
from summarizer.schema import Candidate, Passage, Request, Sentence, Span, Task


@pytest.mark.parametrize(
    "text",
    [
        "الخناق يزداد ضيقا على التنظيم",
        "الحكومة تعلن ميزانية العام المقبل",
        "أعلنت الحكومة ميزانية العام المقبل",
        "داعش محاصر في شرق سوريا",
        "لا أنباء عن البغدادي",
        "مقتل ناشطة عراقية في البصرة",
        "افتتاح مدرسة جديدة في القرية",
        "القبض على طبيب في المطار",
        "الفيزياء هي علم الطبيعة",
        "الطلاب المسجلون في البرنامج 75",
        "الوزير: الميزانية الجديدة للمدارس",
        "الشركة التي تأسست في لندن أعلنت إفلاسها",
        "المصنع الذي افتتحه الوزير مغلق منذ عام",
        "وصلت السفينة التي تحمل القمح",
    ],
)
def test_says_something(text: str) -> None:
    assert has_predicate(text)


@pytest.mark.parametrize(
    "text",
    [
        "الذهب في صندوق النقد الدولي",
        "العواصف الثلجية في أمريكا الشمالية",
        "الطاقة الحركية والطاقة الكيميائية",
        "عباقرة الموسيقى في جميع العصور",
        "النجمة في المرتبة الثالثة",
        "تمثال الملك في المعبد القديم",
        "الحامض الملحي الذي تفرزه المعدة",
        "بعض التسريبات التي صدرت عن لجنة أكملت عملها",
        "",
    ],
)
def test_says_nothing(text: str) -> None:
    assert not has_predicate(text)


def test_a_written_bullet_that_says_nothing_gives_way_and_a_headline_may_stand() -> None:
    sentence = Sentence(Span(0, 70), "يحتفظ صندوق النقد الدولي بكميات كبيرة من الذهب في خزائنه منذ عقود.", 0)
    judge = Ladder(EditorialLimits(), frozenset())
    bullet = Request(Task.BULLET, Passage((sentence,)))
    candidate = Candidate("الذهب في صندوق النقد الدولي", -0.1, "model")
    assert judge.climb(bullet, [candidate], "model") is None
    assert "says nothing" in judge.refused[bullet][0].reason
    assert judge.climb(Request(Task.HEADLINE, Passage((sentence,))), [candidate], "model")


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("في الوقت الذي يقف فيه المرشح وسط اللعبة الانتخابية", True),
        ("في الوقت الذي يقف فيه المرشح وحده، ينقسم خصومه", False),
        ("منذ تحول الأزمة السورية إلى صراع مسلح", True),
        ("بعد أن أكمل الفريقان الصفقة", True),
        ("وصلت بلجيكا، التي تشتهر بالشوكولاتة والبطاطس", True),
        ("بعد أن أكمل الفريقان الصفقة، انتقل بيكر إلى أنفيلد", False),
        ("بعد الحرب عادت المدارس إلى العمل", False),
        ("قال هفال روني قائد عمليات القوات في منطقة هجين", True),
        ("رد رئيس الوزراء الإسرائيلي بنيامين نتنياهو", True),
        ("قال الوزير إن المدارس تفتح غدا", False),
        ("رد رئيس الوزراء على منتقديه في البرلمان", False),
        ("أوضح روني «لديهم أسرى منا»", False),
        ("أشار المدير إلى نقص في الدواء", False),
        ("رونالدو، البالغ من العمر 33 عاما، يودع ريال مدريد", False),
        ("وصلت بلجيكا إلى الدور قبل النهائي من البطولة، وهو أفضل ما بلغته", False),
        ("المدينة تستقبل ألف زائر", False),
        ("قالت الوزارة إن الجنود المتحصنين داخل المجمع الضخم", True),
        ("قالت الوزارة إن الجنود المتحصنين داخل المجمع يستسلمون", False),
        ("يرى المدير أن من شأن زيادة الضريبة على البضائع", True),
        ("قالت الوزارة إن التمثال مصنوع من الحجر", False),
        ("قال المدير إن لديه حلما في السلام", False),
        ("انتقد الوزير شبكة إن بي سي الإخبارية", False),
        ("وافق المجلس على الخطة، وجاء في بيان صادر عنه", True),
        ("وافق المجلس على الخطة، وجاء في بيان أنه يدعمها", False),
        ("جاء في وكالة الأنباء الرسمية", True),
        ("على الرغم من أن الأجهزة التي طرحتها الشركة", True),
        ("أكد المدرب أن المنافسين أقوياء سواء في البطولات المحلية", True),
        ("عن القناة قال الرئيس على تويتر", True),
        ("عن سي إن إن قال الرئيس على تويتر", True),
        ("وصف المدير العمال بأنهم قالوا إن الأجر قليل", False),
        ("تقول سلمى عن اللحظة التي أخبرتها فيها الشرطة", True),
    ],
)
def test_a_main_clause_is_missed(text: str, unfinished: bool) -> None:
    assert is_unfinished(text) is unfinished


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("المدرسة القديمة -التي تقع في البلدة", True),
        ("المدرسة القديمة -التي تقع في البلدة- تستعيد مكانتها", False),
        ("بحسب المعلومات المتوافرة عن القاطرة", True),
        ("عندما طرحنا مزاعم السيد سالم، بأن الشركة سعت إلى الربح", True),
        ("عندما طرحنا مزاعم السيد سالم، رفض الرد", False),
        ("من بين المقاتلين الأجانب المتمركزين في المدينة", True),
        ("وفقا لمسؤولين فإن 3 آلاف شخص على الأقل", True),
        ("أكدت متحدثة باسم «كان» الأحد", True),
        ("الادعاء يتهم الرجلين، اللذين قالت رئيسة الوزراء ماي", True),
        ("الادعاء يتهم الرجلين، اللذين قالت رئيسة الوزراء إنهما ضابطان", False),
        ("عندما يكون الدم في الرئتين فإن الخضاب يتحد مع الأوكسجين", False),
        ("عندما يكون الدم في الرئتين فإن", True),
        ("بحسب مؤرخين، كانت المدرسة الأولى في المدينة", False),
        ("حول الانتقادات التي طالته بعد المباراة", True),
        ("كان اللاعب المذكور حسب العديد من وسائل الإعلام", True),
        ("تعاني المصارف من النقص، وقد أصبحت الطوابير الطويلة من المواطنين أمام الأبواب", True),
        ("تعاني المصارف من النقص، وقد أصبحت الطوابير الطويلة معتادة", False),
        ("أصبح النادي في المركز الأول", False),
        ("بات التنظيم محاصرا في جيبه الأخير", False),
        ("كان اللاعب المذكور مصابا حسب وسائل الإعلام", False),
        ("قال مالك القاطرة صاحب شركة «ميكو»", True),
        ("قال مالك القاطرة «تعرض البحارة لإطلاق نار كثيف»", False),
    ],
)
def test_parentheses_sources_and_copulas(text: str, unfinished: bool) -> None:
    assert is_unfinished(text) is unfinished


@pytest.mark.parametrize(
    ("text", "says"),
    [("اجتماع عقده الوزير بمقر الوزارة", False), ("اجتماع عقده الوزير يبحث الأزمة", True)],
)
def test_a_deed_with_its_doer_alone_says_nothing(text: str, says: bool) -> None:
    assert has_predicate(text) is says
