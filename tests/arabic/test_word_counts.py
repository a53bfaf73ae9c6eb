from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from summarizer.arabic.word_counts import best_spelling, count_of, form_count
from training.word_counts import count_words, table, write, write_rarer


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


@pytest.mark.parametrize(("word", "least", "most"), [("في", 600_000, 10**7), ("أباتشي", 5, 33), ("ستتخبر", 0, 0)])
def test_rarer_words_are_known_too(word: str, least: int, most: int) -> None:
    assert least <= form_count(word) <= most


def test_what_did_not_fit_is_in_the_table_of_rarer_words(tmp_path: Path) -> None:
    counts = Counter({"قال": 9, "من": 9, "أب": 3, "جد": 3, "عم": 1})
    known = write(tmp_path / "words.txt", counts, 20, 1)
    write_rarer(tmp_path / "rarer.txt", counts, known, 2, 1)
    kept = [line for line in (tmp_path / "rarer.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert known == {"قال", "من"}
    assert kept == ["[3]", "أب جد"]
