"""What becomes of a text in each setting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.settings import SETTINGS, load_setting, normalized_words, xlsum_stems, xlsum_words
from summarizer.errors import UnknownName


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال: «انتهت الحرب»، أمس.", "قال انتهت الحرب أمس"),
        ("COVID-19 في BBC", "covid 19 في bbc"),
        ("بنسبة 4% أو $5", "بنسبة 4 أو 5"),
        ("4كم و٢٠١٨م", "4 كم و ٢٠١٨ م"),
        ("3.14", "3 14"),
        ("نص\u200fمع\u200bعلامات", "نصمععلامات"),  # bidi and zero-width controls (category Cf) vanish
        ("سطر\nثان\tثالث\u00a0رابع", "سطر ثان ثالث رابع"),
        ("سطر\u2028ثان", "سطر ثان"),
        ("مُحَمَّد", "مُحَمَّد"),  # vowel signs stay
        ("بنوبل因为发", "بنوبل 因 为 发"),  # each ideograph is a token
        ("", ""),
        ("،؛؟ - «»", ""),
        ("\x00\ufffd", ""),
    ],
)
def test_xlsum_words(text: str, expected: str) -> None:
    assert xlsum_words(text) == tuple(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("المدارس والكتب", "مدارس كتب"),
        ("أكدوا", "اكدو"),  # as the stemmer gives it once its flag is set, also when it comes first
        ("هو في يد", "هو في يد"),  # three letters or fewer: left alone
    ],
)
def test_xlsum_stems(text: str, expected: str) -> None:
    assert xlsum_stems(text) == tuple(expected.split())


@given(st.lists(st.sampled_from("أكدوا آمنوا كتابهم المدرسة يستخدمون والوزراء بلادهم".split()), min_size=1))
def test_a_stem_does_not_depend_on_the_words_before(words: list[str]) -> None:
    assert xlsum_stems(" ".join(words)) == tuple(stem for word in words for stem in xlsum_stems(word))


@pytest.mark.parametrize(
    ("a", "b"), [("إلى", "الى"), ("مدرسة", "مدرسه"), ("مُحمّد", "محمد"), ("٢٠١٨", "2018"), ("على", "علي")]
)
def test_normalized_folds(a: str, b: str) -> None:
    assert normalized_words(a) == normalized_words(b) != ()


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    for setting in SETTINGS.values():
        assert all(word and not word.isspace() for word in setting.tokens(text).words)


def test_signature_fields_name_tokenizer_and_stemmer() -> None:
    assert load_setting("xlsum").fields()["tok"].startswith("pyonmttok-1.")
    assert load_setting("xlsum-stem").fields()["stem"].startswith("nltk-3.")
    assert load_setting("normalized").fields()["stem"] == "no"


def test_an_unknown_setting_lists_the_known() -> None:
    with pytest.raises(UnknownName, match="xlsum-stem"):
        load_setting("xlsum-stemmed")
