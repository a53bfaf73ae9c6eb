"""Properties of every rule and of both orders of rules, on any text, lone surrogates included."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.arabic.text import normalize as rules
from summarizer.arabic.text.normalize import LETTERS, MATCHING, PRINTING, Normalized, Rule, clean, fold, normalize

LETTERS_AND_MARKS = "ابتثجحدرسشعفقكلمنهويءأإآؤئىةکیڤ ـ\u064e\u064b\u0651\u0670\u0653\u0654\u0655"
NEWS = LETTERS_AND_MARKS + '،؛؟.…«»"()٠١٢٫٪012ﷺﻻﷲﹰﹱ\n\u200f\u202e\u200b'
TEXTS = st.text(st.sampled_from(NEWS) | st.characters(exclude_categories=()), max_size=60)
ORDERS = [MATCHING, PRINTING, LETTERS, *((rule,) for rule in {**dict.fromkeys(MATCHING), **dict.fromkeys(PRINTING)})]
PROPERTY = settings(max_examples=80, deadline=None)


def both_sequences_never_decrease(result: Normalized) -> bool:
    starts, ends = list(result.starts), list(result.ends)
    return starts == sorted(starts) and ends == sorted(ends) and len(starts) == len(ends) == len(result.text)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order[0].__name__ if len(order) == 1 else str(len(order)))
@PROPERTY
@given(text=TEXTS)
def test_maps_are_ordered_and_inside_the_source(order: tuple[Rule, ...], text: str) -> None:
    result = normalize(text, order)
    assert both_sequences_never_decrease(result)
    assert all(0 <= start < end <= len(text) for start, end in zip(result.starts, result.ends, strict=True))


@pytest.mark.parametrize("order", [MATCHING, PRINTING])
@PROPERTY
@given(text=TEXTS)
def test_offsets_round_trip(order: tuple[Rule, ...], text: str) -> None:
    result = normalize(text, order)
    for place in range(len(result.text)):
        span = result.span(place, place + 1)
        first = result.index(span.start)
        assert first <= place
        assert result.span(first, first + 1) == span
    for offset in range(len(text)):
        place = result.index(offset)
        assert place == len(result.text) or offset < result.ends[place]
        assert place == 0 or result.ends[place - 1] <= offset


@PROPERTY
@given(text=TEXTS, data=st.data())
def test_normalising_the_slice_gives_the_slice(text: str, data: st.DataObject) -> None:
    result = normalize(text)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    again = normalize(result.span(start, end).of(text)).text
    assert result.text[start:end] in again
    shares_range = {start, end} & {
        place for place in range(1, len(result.text)) if result.starts[place] == result.starts[place - 1]
    }
    assert shares_range or again == result.text[start:end]


@pytest.mark.parametrize("order", [MATCHING, PRINTING, LETTERS])
@PROPERTY
@given(text=TEXTS)
@example(text="اـ\u0654")
@example(text="ب\u064b\u064bـ\u064b\u064b\u064b")
@example(text="بـ\u200fـا")
@example(text="ﹱﹱﹱﹱﹱﹱ")
def test_normalisation_is_idempotent(order: tuple[Rule, ...], text: str) -> None:
    once = normalize(text, order).text
    assert normalize(once, order).text == once


@PROPERTY
@given(text=TEXTS)
def test_one_fused_pass_is_the_rules_one_after_another(text: str) -> None:
    step = text
    for rule in MATCHING:
        step = rule(step).text
    assert normalize(text).text == fold(text) == step


@PROPERTY
@given(text=TEXTS)
def test_printing_and_matching_agree(text: str) -> None:
    assert fold(clean(text)) == fold(text)


@PROPERTY
@given(text=TEXTS)
def test_cleaned_text_can_be_encoded(text: str) -> None:
    clean(text).encode("utf-8")


def test_composition_in_any_order_maps_back() -> None:
    source = "قالَ ﷺ: \u202bـالجـــديدُ\u202c"
    result = normalize(source, (rules.drop_inner_tatweel, rules.fold_presentation_forms, rules.drop_bidi_controls))
    assert result.text == "قالَ صلى الله عليه وسلم: ـالجديدُ"
    at = result.text.index("الجديد")
    assert result.span(at, at + 7).of(source) == "الجـــديدُ"
