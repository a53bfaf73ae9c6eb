from __future__ import annotations

import pytest

from summarizer.arabic.text import normalize as rules
from summarizer.arabic.text.normalize import clean, fold, fold_letters, normalize

TABLE = [
    (rules.drop_tashkeel, "الرَّئيسُ مُحَمَّدٌ", "الرئيس محمد"),
    (rules.drop_tashkeel, "هٰذا الرحمٰن", "هذا الرحمن"),
    (rules.drop_tashkeel, "أُسُس إيمان", "أسس إيمان"),
    (rules.drop_marks, "e\u0301te\u0301 ا\u0654", "ete ا"),
    (rules.drop_tatweel, "الجـــديد هـ", "الجديد ه"),
    (rules.drop_inner_tatweel, "الجـــديد", "الجديد"),
    (rules.drop_inner_tatweel, "1440هـ بـ«داعش» ـ واس", "1440هـ بـ«داعش» ـ واس"),
    (rules.drop_inner_tatweel, "بـِـا", "بِا"),
    (rules.fold_hamza, "مسؤول هيئة ماء شيء", "مسوول هيية ماء شيء"),
    (rules.fold_alef, "أحمد إيران آسيا ٱلله", "احمد ايران اسيا الله"),
    (rules.fold_ya, "مستشفى على یاسر", "مستشفي علي ياسر"),
    (rules.fold_ta_marbuta, "المدينة", "المدينه"),
    (rules.fold_foreign_letters, "کرج پاريس ڤيينا چيلي أگادير", "كرج باريس فيينا جيلي أكادير"),
    (rules.fold_digits, "١٢٫٥ ۴۵۶ １２ ١٬٠٠٠", "12.5 456 12 1,000"),
    (rules.fold_punctuation, "نعم، لا؛ كم؟ ٥٪ «أ» “ب” ‘ج’ – …", 'نعم, لا; كم? ٥% "أ" "ب" \'ج\' - ...'),
    (rules.fold_spaces, "أ\u00a0ب\u2009ج\r\nد\u2028ه\tو", "أ ب ج\n\nد\nه\tو"),
    (rules.fold_latin, "CNN Élysée ŁÓDŹ Москва", "cnn elysee łodz москва"),
    (rules.drop_bidi_controls, "\u202bنص\u202c \u200f1\u200e\u2067س\u2069\u061c", "نص 1س"),
    (rules.drop_zero_width, "\ufeffكل\u200cمة\u200b و\u00adبعد\u2060\ufe0f", "كلمة وبعد"),
    (rules.drop_tags, "خبر\U000e0068\U000e0069\U000e007f", "خبر"),
    (rules.drop_controls, "a\x1b[31mب\x00\x9b\n\tج", "a[31mب\n\tج"),
    (rules.replace_surrogates, "خبر\ud800 عاجل\udfff", "خبر\ufffd عاجل\ufffd"),
    (rules.fold_presentation_forms, "ﻻ ﷲ ﻣﺤﻤﺪ ﺁﻝ", "لا الله محمد آل"),
    (rules.fold_presentation_forms, "ﷺ", "صلى الله عليه وسلم"),
    (rules.fold_presentation_forms, "ﹰبﹱ", "\u064bب\u064b"),
    (rules.compose_hamza, "ا\u0654 ا\u0655 ا\u0653 و\u0654 ي\u0654", "أ إ آ ؤ ئ"),
    (rules.limit_marks, "ب" + "\u064e" * 1000 + "ت", "ب" + "\u064e" * 4 + "ت"),
]


@pytest.mark.parametrize(("rule", "text", "expected"), TABLE)
def test_rule(rule: rules.Rule, text: str, expected: str) -> None:
    assert rule(text).text == expected


@pytest.mark.parametrize(("rule", "text", "expected"), TABLE)
def test_rule_leaves_its_own_result_alone(rule: rules.Rule, text: str, expected: str) -> None:
    again = rule(expected)
    assert again.text == expected
    assert list(again.starts) == list(range(len(expected)))


def test_every_public_rule_is_in_the_table() -> None:
    named = {name for name in rules.__all__ if name.startswith(("drop_", "fold_", "replace_", "compose_", "limit_"))}
    assert named - {"fold_letters"} == {rule.__name__ for rule, _, _ in TABLE}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الرَّئيسُ", "الرئيس"),
        ("إيران", "ايران"),
        ("المدينة", "المدينه"),
        ("مستشفى", "مستشفي"),
        ("مسؤولون", "مسوولون"),
        ("ﻻجئون", "لاجئون"),
        ("الجـــديد", "الجديد"),
        ("١٢٫٥٪", "12.5%"),
        ("«داعش»", '"داعش"'),
        ("كل\u200fمة", "كلمة"),
        ("ا\u0654حمد", "أحمد"),
        ("و\u0654", "ؤ"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("CNN", "cnn"),
        ("خبر\U000e0041 عاجل", "خبر عاجل"),
    ],
)
def test_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ماء", "ما"), ("12.5", "125"), ("علم", "عالم"), ("قال", "قيل")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالَ الرئيسُ إنَّ «المدينة» آمنة؟", "قالَ الرئيسُ إنَّ «المدينة» آمنة؟"),
        ("\u202eعاجل\u202c: ﻻ خسائر\u200b", "عاجل: لا خسائر"),
        ("الجـــديد في 1440هـ", "الجديد في 1440هـ"),
        ("\x1b]0;عنوان\x07 خبر", "]0;عنوان خبر"),
        ("خبر\ud83d", "خبر\ufffd"),
        ("ا\u0654حمد", "أحمد"),
        ("ب" + "\u0651\u064e" * 500 + "اب", "ب" + "\u0651\u064e" * 2 + "اب"),
        ("١٢٫٥٪ من المسؤولين", "١٢٫٥٪ من المسؤولين"),
    ],
)
def test_clean_keeps_spelling_and_drops_what_cannot_be_seen(text: str, expected: str) -> None:
    assert clean(text) == expected
    clean(text).encode("utf-8")


def test_fold_letters_keeps_punctuation_and_case() -> None:
    assert fold_letters("«أهلاً»، CNN؟ …") == "«اهلا»، CNN؟ …"


def test_ligature_of_eighteen_characters_maps_to_one() -> None:
    source = "النبي ﷺ قال"
    result = normalize(source)
    assert result.text == "النبي صلي الله عليه وسلم قال"
    assert result.span(6, 24) == (6, 7)
    assert result.span(25, 28).of(source) == "قال"
    assert (result.index(6), result.index(7)) == (6, 24)


def test_a_slice_keeps_the_last_vowel_sign_but_no_direction_mark() -> None:
    source = "كتابٌ\u200f جديدٌ"
    result = normalize(source)
    assert result.text == "كتاب جديد"
    assert result.span(0, 4).of(source) == "كتابٌ"
    assert result.span(5, 9).of(source) == "جديدٌ"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 5)])
def test_span_refuses_offsets_outside(start: int, end: int) -> None:
    with pytest.raises(IndexError, match="expected 0 <= start"):
        normalize("كتاب").span(start, end)


@pytest.mark.parametrize("offset", [-1, 5])
def test_index_refuses_offsets_outside(offset: int) -> None:
    with pytest.raises(IndexError, match="expected 0 <= offset"):
        normalize("كتاب").index(offset)


def test_empty_text_and_text_that_vanishes() -> None:
    assert normalize("").span(0, 0) == (0, 0)
    gone = normalize("\u200f\u200b")
    assert gone.text == ""
    assert gone.span(0, 0) == (2, 2)
    assert gone.index(1) == 0
