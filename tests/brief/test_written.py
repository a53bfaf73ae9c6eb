"""What a model gets wrong in a sentence that it shortens."""

from __future__ import annotations

import pytest

from summarizer.brief.source_index import SourceIndex
from summarizer.brief.written import fault, misspelt, strange_word
from summarizer.schema import Passage, Sentence, Span, Task


def _passage(text: str) -> Passage:
    return Passage((Sentence(Span(0, len(text)), text, 0),))


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        ("الفريق يزال في المركز الثامن", "الفريق لا يزال في المركز الثامن.", "without its negation"),
        ("الفريق لا يزال في المركز الثامن", "الفريق لا يزال في المركز الثامن.", ""),
        ("كانت العملية السلام متوقفة", "كانت عملية السلام متوقفة.", "an article too many"),
        ("تعبر الشركة خاصة ولا تنشر أرباحها", "وتعتبر الشركة خاصة ولا تنشر أرباحها.", "lacks a letter"),
        ("الشركة تنشر مقتل عاملين", "تنشر الشركة خبر مقاتل وعاملين.", ""),
        ("تهدف الخطة إلى القضاء على نشاطه", "وتهدف الخطة إلى القضاء على نشاط تهريب السلاح.", "whose?"),
        ("تهدف الخطة إلى القضاء على نشاطه", "وتهدف الخطة إلى القضاء على نشاطه في المدينة.", ""),
        ("للبنكرياس قناة تصب في الاثني عش", "وللبنكرياس قناة تصب في الاثني عشر.", "lacks its end"),
        ("التنظيم محاصر في شرق سوري", "والتنظيم محاصر في شرق سوريا.", "lacks its end"),
        ("التنظيم يواجه مقاتلا سوريا", "والتنظيم يواجه مقاتلا سوريا.", ""),
        ("يحتاج المرضى إلى طبيب", "يحتاج المرضى إلى طبيبين.", ""),
        ("الرئيس: يجب أن يطرد من منصبي", "قال الرئيس إنه يجب أن يطرد من منصبه.", "in the first person"),
        ("شبكة سي إن تخسر الأموال", "شبكة سي إن إن تخسر الأموال.", "lacks a word"),
        ("شبكة سي إن إن تخسر الأموال", "شبكة سي إن إن تخسر الأموال.", ""),
        ("قرأت أخبارا عن رغبتي بالرحيل", "«قرأت أخبارا عن رغبتي بالرحيل».", "without saying whose"),
        ("سلمى: رأيت أخبارا عن الرحيل", "قالت سلمى: «رأيت أخبارا عن الرحيل».", ""),
        ("هل دفعت الدولة الفدية", "هل دفعت الدولة الفدية؟", "a question"),
        ("دفعت الدولة الفدية كاملة", "هل دفعت الدولة الفدية كاملة؟", "a question"),
        ("أكد المدير أثناء اجتماع للحكومة", "أكد المدير أثناء اجتماع للحكومة على الخطة.", "main clause"),
        ("سلمى تطلق النار على جارها", "أطلقت والدتها النار على جارها.", "somebody else"),
        ("أطلقت والدتها النار على جارها", "أطلقت والدتها النار على جارها.", ""),
        ("الرئيس يهاجم المدير ويطرد نائبه", "هاجم الرئيس المدير قائلا إن نائبه يجب أن يطرد.", "due or possible"),
        ("الرئيس: يجب أن يطرد المدير", "قال الرئيس إن المدير يجب أن يطرد.", ""),
        ("الشركة تغلق المصنع", "قالت الشركة إنها تغلق المصنع، ويمكن أن تغلق المتجر.", ""),
        ("أول امرأة بريطانية تفوز باللقب", "أول امرأة سمراء البشرة تفوز باللقب في بريطانيا.", "ranks more"),
        ("أول امرأة سمراء تفوز باللقب", "أول امرأة سمراء البشرة تفوز باللقب في بريطانيا.", ""),
        ("أول امرأة تفوز باللقب", "أول امرأة تفوز باللقب في بريطانيا.", ""),
        ("إندونيسيا تعتقل بعد أن أثارت جدلا", "اعتقل إندونيسي بعد أن أثار جدلا.", "another form"),
    ],
)
def test_a_bullet_with_a_fault_is_told_why(text: str, source: str, reason: str) -> None:
    found = fault(text, Task.BULLET, _passage(source))
    assert reason in found if reason else not found


def test_a_headline_may_ask_and_a_standfirst_need_not_have_the_shape_of_a_headline() -> None:
    source = _passage("هل دفعت الدولة الفدية؟")
    assert fault("هل دفعت الدولة الفدية", Task.HEADLINE, source) == ""
    assert fault("منذ تحول الأزمة إلى صراع", Task.STANDFIRST, source) == ""
    assert fault("منذ تحول الأزمة إلى صراع", Task.HEADLINE, source)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("اعتمدت الحكومة عقد الإيجار", "اعتمدت"),
        ("باعت الحكومة عقد الإيجار", ""),
        ("قالت الحكومة إنها ستبيع العقد", ""),
        ("الحكومة تبيع عقد إيجار", ""),
    ],
)
def test_a_word_that_the_passage_does_not_have(text: str, strange: str) -> None:
    assert strange_word(text, SourceIndex("وباعت الحكومة عقد إيجار المقر القديم.")) == strange


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("صلاح سيخضعختبار بدني قبل المباراة", "سيخضعختبار"),
        ("شركة دايدسون تنقل إنتاج الدراجات", "دايدسون"),
        ("شركة دايفيدسون تنقل إنتاج الدراجات", ""),
        ("الشركة الأمريكية لدايفيدسون تنقل الإنتاج", ""),
        ("الفتيات ينقلن الدراجات", ""),
    ],
)
def test_a_name_is_spelt_as_the_source_spells_it(text: str, wrong: str) -> None:
    source = SourceIndex("قالت شركة هارلي دايفيدسون إنها ستنقل إنتاج الدراجات، ومحمد صلاح سيخضع لاختبار.")
    assert misspelt(text, source) == wrong
