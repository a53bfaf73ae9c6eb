from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from summarizer.briefing.slips import committed, counted, doubts, features, mended, respelt, suspects, unslipped
from summarizer.briefing.slips.learned import COMMITTED, Weights
from summarizer.errors import DataError
from summarizer.schema import Fork

Told = list[list[tuple[float, float]]]


@pytest.mark.parametrize(
    ("sentence", "word", "meant", "kind"),
    [
        ("ارتفعت بنسب تترواح ما بين 33 إلى 75.", "تترواح", "تتراوح", "swapped"),
        ("قال وزير الدفاع جميس ماتيس.", "جميس", "جيمس", "swapped"),
        ("أعلنت عن الإنضباط في العمل.", "الإنضباط", "الانضباط", "letters"),
        ("هذا لاعب ولايمكن الاستغناء عنه.", "ولايمكن", "ولا يمكن", "parted"),
        ("قتل ثلاثة مسحلين في الهجوم.", "مسحلين", "مسلحين", "swapped"),
        ("نشرت صحفية عن الحيونات.", "الحيونات", "الحيوانات", "added"),
        ("طلب عن االبطولات الرياضية.", "االبطولات", "البطولات", "dropped"),
    ],
)
def test_a_rare_word_is_doubted_where_a_common_one_is_a_step_away(
    sentence: str, word: str, meant: str, kind: str
) -> None:
    (found,) = [one for one in doubts([sentence]) if one.word == word]
    assert found.span.of(sentence) == word
    assert (meant, kind) in [(one.word, one.kind) for one in found.meant]
    assert found.words == (word, *(one.word for one in found.meant))
    assert sentence.startswith(found.before)
    assert found.behind.split() == sentence[found.span.end :].split()[:4]


@pytest.mark.parametrize(
    "sentence",
    [
        "قال الرئيس الأمريكي إن الحكومة تدرس القرار.",  # all are common
        "قال «تترواح» ومضى.",  # quoted: the speaker's
        "في تترواح5 وحدها.",  # beside a digit
        "OpenAI قالت ذلك.",
        "قال ﴿الحمد لله رب العالمين﴾ تترواح",  # beside scripture
        "",
    ],
)
def test_what_is_common_quoted_or_no_word_is_not_doubted(sentence: str) -> None:
    assert list(doubts([sentence])) == []


def test_what_stands_before_reaches_into_the_sentence_before() -> None:
    (found,) = doubts(["انتهى الاجتماع أمس.", "تترواح الأسعار."])
    assert (found.place, found.before, found.behind) == (1, "انتهى الاجتماع أمس.", " الأسعار.")


def test_a_form_of_the_article_s_own_is_known_there() -> None:
    sentences = ["زار بكونستاند المدينة.", "وقال بكونستاند إنه سعيد.", "وعاد بكونستاند.", "وغادر بكوستاند مساء."]
    assert ("بكوستاند", "بكونستاند") in [(one.word, one.meant[0].word) for one in doubts(sentences)]


def _telling(gain: float) -> object:
    def told(forks: Sequence[Fork]) -> Told:
        return [[(-20.0, -9.0), *[(-20.0 + gain, -9.0)] * (len(words) - 1)] for _, words, _ in forks]

    return told


@pytest.mark.parametrize(("gain", "sure"), [(18.0, True), (-3.0, False)])
def test_a_word_is_mended_where_the_model_finds_another_much_likelier(gain: float, sure: bool) -> None:
    sentences = ["ارتفعت الأسعار بنسب تترواح ما بين 33 إلى 75 في المئة."]
    (found,) = suspects([sentences], _telling(gain))  # type: ignore[arg-type]
    assert [(one.doubt.word, one.becomes, one.sure) for one in found] == [("تترواح", "تتراوح", sure)]
    (text,) = respelt(sentences, found)
    assert text == (sentences[0].replace("تترواح", "تتراوح") if sure else sentences[0])
    assert mended(text, 0, found) == (["«تترواح» ← «تتراوح»"] if sure else [])
    assert mended(text, 1, found) == mended("سطر آخر", 0, found) == []
    assert unslipped(text, 0, found) == (1.0 if sure else pytest.approx(1 - found[0].chance))


def test_several_words_of_a_sentence_are_mended_in_their_places() -> None:
    sentence = "الأسعار تترواح بينهما وقال جميس ماتيس ذلك."
    (found,) = suspects([[sentence]], _telling(20.0))  # type: ignore[arg-type]
    assert respelt([sentence], found) == ["الأسعار تتراوح بينهما وقال جيمس ماتيس ذلك."]


def test_a_model_that_cannot_tell_mends_nothing() -> None:
    assert suspects([["تترواح الأسعار."], []], lambda forks: [[] for _ in forks]) == [[], []]


def test_the_features_are_those_of_the_weights() -> None:
    kept = json.loads(COMMITTED.read_text("utf-8"))
    (found,) = doubts(["ارتفعت بنسب تترواح ما بين."])
    told = [(-20.0, -9.0)] * len(found.words)
    assert list(counted(found)[0]) == kept["asked"]["names"]
    assert list(features(found, told)[0]) == kept["right"]["names"]


def test_weights_of_another_version_are_refused() -> None:
    assert committed() is committed()
    with pytest.raises(DataError, match="version 0"):
        Weights({"version": 0})
