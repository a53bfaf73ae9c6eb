from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic.adjuncts import tight_clauses
from summarizer.arabic.clauses import ends_weakly, is_balanced

CUT = [
    (
        "عيّنت المدرسة الداخلية في العاصمة امرأة لتولي منصب الإدارة التي تواجه فضيحة مالية.",
        "عيّنت المدرسة الداخلية في العاصمة امرأة لتولي منصب الإدارة",
    ),
    ("ارتفعت العملة المحلية مقابل الدولار بعد قرار المصرف رفع الفائدة.", "ارتفعت العملة المحلية مقابل الدولار"),
    (
        "اعتقلت السلطات أحد نجوم التواصل الاجتماعي، الذي يتابعه الملايين، بتهمة إهانة النشيد.",
        "اعتقلت السلطات أحد نجوم التواصل الاجتماعي",
    ),
    (
        "تستضيف الجامعة الوطنية العريقة معرضا جديدا يسلط الضوء على صور نادرة.",
        "تستضيف الجامعة الوطنية العريقة معرضا جديدا",
    ),
    (
        "أعلنت السلطات البريطانية أسماء الرجال الثلاثة المطلوبين للعدالة، وهم ضباط سابقون فروا من البلاد.",
        "أعلنت السلطات البريطانية أسماء الرجال الثلاثة المطلوبين للعدالة",
    ),
    (
        "اكتشف علماء الآثار تمثالا ضخما من الحجر الجيري في معبد قديم جنوبي البلاد.",
        "اكتشف علماء الآثار تمثالا ضخما من الحجر الجيري",
    ),
]
WHOLE = [
    "لم يستقل الوزير البريطاني من منصبه الجديد بسبب مرضه.",  # without the cause it is false
    "جاء قرار الحكومة المصرية الجديدة بعد اجتماع طارئ.",  # the verb needs it
    "أصبحت الشركة الأمريكية للتكنولوجيا أول شركة عامة في العالم.",  # it would rank too high
    "ستفتح الشركة الجوية الكبرى خلال الربيع المقبل محطتين جديدتين.",
    "رفعت الهيئة المنظمة للبورصات وسوق المال في الولايات المتحدة دعوى قضائية.",  # the object follows
    "حقق الممثل الشهير دخلا سنويا أكثر مما يكسبه زملاؤه.",  # «أكثر» waits for its «من»
    "فشل رئيس الوزراء البريطاني الأسبق وحزبه في إقناع النواب.",  # the verb needs «في»
    "اجتمع وزير الخارجية العراقي مع نظيره في عمان.",  # the verb needs «مع»
    "ارتفعت أسعار المواد الغذائية الأساسية خمسة وعشرين في المئة.",
]


@pytest.mark.parametrize(("sentence", "longest"), CUT)
def test_what_can_go_from_the_end(sentence: str, longest: str) -> None:
    found = [span.of(sentence) for span in tight_clauses(sentence)]
    assert found[0] == longest


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_the_sentence_needs_stays(sentence: str) -> None:
    assert tight_clauses(sentence) == ()


@given(st.text(alphabet='ابتثجفيومن ،.؛-«»"…', max_size=300))
def test_clauses_are_printable_beginnings(sentence: str) -> None:
    spans = tight_clauses(sentence)
    assert len(set(spans)) == len(spans)
    assert all(span.start == 0 and 0 < span.end < len(sentence) for span in spans)
    assert all(is_balanced(span.of(sentence)) and not ends_weakly(span.of(sentence)) for span in spans)
