"""Badly copied words are put right where the source leaves no doubt, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.brief.copying import copied_right

SOURCE = "وكان جمال خاشقجي معروفا بانتقاده، ونفذت 184 حكما عام 2019 مقابل 149 عام 2018، وتظاهر الموالين لموسكو أمس."


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("كان جمال خاشقكي معروفا بانتقاده", "كان جمال خاشقجي معروفا بانتقاده"),
        ("مقابل 149 عام 2118، وتظاهر كثيرون", "مقابل 149 عام 2018، وتظاهر كثيرون"),
        ("نفذت 184 حكما مقابل 149 عام 2118", "نفذت 184 حكما مقابل 149 عام 2018"),
        ("وتظاهر الموالي لموسكو", "وتظاهر الموالين لموسكو"),
        ("جمال خاشقج معروفا بانتقاده", "جمال خاشقجي معروفا بانتقاده"),
        ("كان جمال خاشقجي معورفا بانتقاده", "كان جمال خاشقجي معروفا بانتقاده"),  # two letters turned around
        # Other neighbours, another word, another form, a number of the source.
        ("قتل خاشقكي في إسطنبول", "قتل خاشقكي في إسطنبول"),
        ("كان جمال عبدالناصر معروفا بانتقاده", "كان جمال عبدالناصر معروفا بانتقاده"),
        ("كان جمال خاشقجي معروف بانتقاده", "كان جمال خاشقجي معروف بانتقاده"),
        ("عام 2018 مقابل 149", "عام 2018 مقابل 149"),
        ("عام 3119 مقابل 149", "عام 3119 مقابل 149"),
        ("", ""),
        ("خاشقكي", "خاشقكي"),
        ("جمال خاشقكي", "جمال خاشقكي"),
    ],
)
def test_what_was_meant_is_put_right(text: str, right: str) -> None:
    assert copied_right(text, [SOURCE]) == right


@pytest.mark.parametrize(
    ("text", "source", "right"),
    [
        (
            "فوقا لقناة الشرق فإن الشركة أغلقت",
            "ووفقا لقناة الشرق فإن الشركة أغلقت.",
            "وفقا لقناة الشرق فإن الشركة أغلقت",
        ),
        ("تشيلسي رابعا بسبع عشرة نقاط", "ويحل تشيلسي رابعا بسبع عشرة نقطة.", "تشيلسي رابعا بسبع عشرة نقطة"),
        ("الشيخ بن سالم الذي كان وزيرا", "إلى الشيخ محمد بن سالم الذي كان وزيرا.", "الشيخ محمد بن سالم الذي كان وزيرا"),
        # A conjunction that went, another article or owner, a name that stands so in the source too.
        ("أفرج بكفالة عن الرجل", "وأفرج بكفالة عن الرجل.", "أفرج بكفالة عن الرجل"),
        ("قتلى في هجوم على فندق", "قتلى في الهجوم على فندق.", "قتلى في هجوم على فندق"),
        ("إحباط عملية صيد عشوائية", "أحبطت عملية صيد عشوائية.", "إحباط عملية صيد عشوائية"),
        ("نفذنا كل واجبنا أمس", "نفذنا كل واجباته أمس.", "نفذنا كل واجبنا أمس"),
        ("ما قاله ابن خلدون عن الدول", "ما قاله المؤرخ ابن خلدون عن الدول.", "ما قاله ابن خلدون عن الدول"),
        ("الشيخ بن سالم", "الشيخ بن سالم أو الشيخ محمد بن سالم.", "الشيخ بن سالم"),
    ],
)
def test_what_else_a_copy_loses(text: str, source: str, right: str) -> None:
    assert copied_right(text, [source]) == right


def test_two_words_that_could_be_meant_are_a_doubt() -> None:
    assert copied_right("في عام 2118 مقابل", ["في عام 2018 مقابل", "في عام 2117 مقابل"]) == "في عام 2118 مقابل"


@given(st.text(alphabet="ابتج 012،", max_size=40), st.text(alphabet="ابتج 012،", max_size=40))
def test_words_of_the_source_stay_and_a_second_time_changes_nothing(text: str, source: str) -> None:
    once = copied_right(text, [source])
    assert copied_right(once, [source]) == once
    assert copied_right(source, [source]) == source
