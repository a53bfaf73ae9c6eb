from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.arabic.sentences.long_runs import CARELESS_CHARS, ENDLESS_CHARS
from summarizer.arabic.sentences.quotations import MAX_SHELTER_CHARS
from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.text.charsets import CONTROLS, INVISIBLE

PIECES = st.sampled_from(
    [
        *'ابتدوم.؟!…،؛:"«»“”()[]-ـ\n\r ٣٫1a',
        *"\u200f\u202b\u202c\u064e\u2028\x00\ud800",
        " وقال ",
        "كلمة.",
        " د. ",
        "أ.ف.ب",
        "...",
        ' "نعم." ',
        "3.5",
        "www.a.com",
        " إلخ. ",
        " من جهته ",
        "كلمة " * 12,
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(st.characters(exclude_categories=()), max_size=80)


def shown(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in INVISIBLE + CONTROLS)


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
@example(text=". . .")
@example(text='".".".')
@example(text="\ud800.\udfff.")
def test_spans_are_ordered_slices_that_cover_what_shows(text: str) -> None:
    spans = split_sentences(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert shown("".join(span.of(text) for span in spans)) == shown(text)
    assert all(shown(span.of(text)) and span.of(text).strip() == span.of(text) for span in spans)


@settings(max_examples=80, deadline=None)
@given(text=TEXTS)
def test_no_sentence_holds_a_line_break(text: str) -> None:
    assert all(len(piece.splitlines()) == 1 for piece in pieces(text))


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200f\u202c", "\ufeff\n\u200b", "\x00\x1b", "\u2028\u2029"])
def test_nothing_to_read_gives_no_sentence(text: str) -> None:
    assert split_sentences(text) == ()


@pytest.mark.parametrize("text", ["...", "***", "؟!", "«»", "ـ", "١", "أ", "\ud800"])
def test_a_line_of_marks_is_one_span(text: str) -> None:
    assert pieces(text) == [text]


def test_line_breaks_of_every_kind_end_a_sentence() -> None:
    assert pieces("أول\nثان\r\nثالث\rرابع\u2028خامس\x85سادس") == ["أول", "ثان", "ثالث", "رابع", "خامس", "سادس"]


def test_spans_are_trimmed_of_direction_marks() -> None:
    assert pieces("\u202bوصل الوفد.\u202c \u200fوغادر.\u200f") == ["وصل الوفد.", "وغادر."]


def test_punctuation_alone_joins_the_sentence_before() -> None:
    assert pieces('قال الوزير: "انتهى الأمر". .') == ['قال الوزير: "انتهى الأمر". .']
    assert pieces("من ينكر ذلك؟ ! والأمر واضح.") == ["من ينكر ذلك؟ !", "والأمر واضح."]


def test_a_short_quotation_is_kept_whole_and_a_long_one_is_cut() -> None:
    short = 'قال: "تعبنا. مشينا يومين. ثم وصلنا".'
    assert pieces(short) == [short]
    words = "كلام طويل يقوله الشاهد " * 5
    long = f'قال: "{words.strip()}. {words.strip()}. {words.strip()}".'
    assert len(long) > MAX_SHELTER_CHARS
    assert len(pieces(long)) == 3


def test_an_unclosed_quotation_shelters_nothing() -> None:
    assert pieces('قال إن "الأمر انتهى. وغادر الوفد. ولم يعد') == ['قال إن "الأمر انتهى.', "وغادر الوفد.", "ولم يعد"]


CLAUSES = [
    "عقد مجلس الوزراء جلسته الأسبوعية برئاسة رئيس الحكومة وناقش مشروع الموازنة العامة للعام المقبل",
    "وقال وزير المالية إن العجز سيتراجع إلى النصف خلال ثلاث سنوات إذا نفذت الخطة كما وضعت",
    "وأضاف أن الدعم سيوجه إلى الأسر الفقيرة مباشرة عبر بطاقات إلكترونية توزع في كل المحافظات",
    "من جهته انتقد نقيب المعلمين خفض مخصصات التعليم ودعا إلى إضراب يشمل المدارس والجامعات",
    "وأكدت وزيرة التربية أن الرواتب لن تمس وأن باب الحوار مفتوح مع النقابات جميعها",
]


def test_a_body_without_punctuation_is_cut_before_connectives() -> None:
    assert pieces(" ".join(CLAUSES)) == CLAUSES


def test_a_short_line_without_a_stop_is_left_alone() -> None:
    text = " ".join(CLAUSES[:2])
    assert len(text) < CARELESS_CHARS
    assert pieces(text) == [text]


def test_lines_without_punctuation_are_sentences() -> None:
    assert pieces("\n".join(CLAUSES)) == CLAUSES


def test_a_long_sentence_that_was_punctuated_is_left_alone() -> None:
    text = "، ".join(clause for clause in CLAUSES[:4]) + "."
    assert CARELESS_CHARS < len(text) < 500
    assert pieces(text) == [text]


def test_a_long_sentence_is_cut_at_its_ellipses() -> None:
    short = "عاد الفريق إلى الصدارة.. وبقي الخلاف مع المدرب."
    assert pieces(short) == [short]
    one, two = CLAUSES[0], CLAUSES[1][1:]
    assert pieces(f"{one}.. {two}.. {one}.") == [one + "..", two + "..", one + "."]


def test_an_endless_run_is_cut_at_commas_then_at_white_space() -> None:
    with_commas = pieces("بند من بنود الاتفاق الطويل، " * 100)
    assert len(with_commas) > 2
    assert all(piece.endswith("،") for piece in with_commas)
    assert all(len(piece) <= ENDLESS_CHARS for piece in pieces("كلمة " * 2000))


def test_a_noun_behind_waw_does_not_cut_a_run() -> None:
    text = "تتولى الشركة أعمال تخزين ونقل وتوزيع البضائع والحبوب والوقود وكتب المدارس بين موانئ البلاد " * 2
    assert pieces(text) == [text.strip()]


HOSTILE = {
    "10,000 sentences": 'قال الرئيس إن "الحرب انتهت. تقريبا"، وعاد 12.5٪ من (السكان) إلى البلدة. ' * 10_000,
    "1,000 marks on one letter": ("ب" + "\u064e" * 1000 + " كلمة. ") * 300,
    "2 MB in one line": "كلمة أخرى وقال في البيت والدار " * 36_000,
    "2 MB without a space": "ك" * 1_000_000,
    "stops": ". " * 50_000,
    "acronym without end": "ا." * 50_000,
    "stops between marks": ".-" * 50_000,
    "quotation marks": '"' * 100_000,
    "open brackets": "(" * 200_000,
    "brackets in brackets": "(" * 100_000 + ")" * 100_000,
    "blanks behind a stop": "كلمة." + " " * 1_000_000 + "كلمة",
    "direction marks behind a stop": "كلمة." + "\u200f" * 1_000_000 + "كلمة",
    "surrogates": "\ud800." * 50_000,
    "tag characters": "كلمة\U000e0041" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    """Seconds of processor time, several times what a busy machine needs; a quadratic pass would take minutes."""
    text = HOSTILE[name]
    started = time.process_time()
    spans = split_sentences(text)
    assert time.process_time() - started < 4.0
    assert spans
    if name == "10,000 sentences":
        assert len(spans) == 10_000
