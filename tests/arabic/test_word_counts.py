from __future__ import annotations

from collections import Counter

import pytest

from summarizer.arabic.word_counts import best_spelling, count_of
from training.word_counts import count_words, table


@pytest.mark.parametrize(
    ("word", "best"),
    [("الاسكندرية", "الإسكندرية"), ("الى", "إلى"), ("فى", "في"), ("في", "في"), ("إِلى", "إلى"), ("قغثقفغ", "قغثقفغ")],
)
def test_the_commonest_spelling(word: str, best: str) -> None:
    assert best_spelling(word)[0] == best
    assert best_spelling(word)[1] == count_of(best)


def test_words_are_counted_as_they_are_spelt() -> None:
    assert count_words(["قال إنّه، قال", "قـال 5 BBC انه"]) == Counter({"قال": 3, "إنه": 1, "انه": 1})


def test_whole_classes_are_kept_while_they_fit() -> None:
    counts = Counter({"قال": 9, "من": 9, "أب": 3, "جد": 2, "عم": 1})
    assert table(counts, 1_000) == ["[9]", "قال من", "[3]", "أب", "[2]", "جد"]
    assert table(counts, 27) == ["[9]", "قال من", "[3]", "أب"]
