"""How the word lists tell words from names: by the forms they stand in, in a corpus of our own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from summarizer.errors import DataError
from training.lexicon import common_keys, count_words, hidden_names, is_word, main, write

COUNTS = Counter(
    {
        "وزير": 40, "الوزير": 30, "وزيره": 3,
        "يعلن": 20, "تعلن": 18,
        "كاميرون": 30, "ديفيد": 30,
        "ترامب": 50,
        "القاهره": 40,
        "مدينه": 20, "المدينه": 25, "مدينتها": 2,
    }
)  # fmt: skip


@pytest.mark.parametrize("word", ["وزير", "الوزير", "يعلن", "مدينه"])
def test_what_inflects_is_a_word(word: str) -> None:
    assert is_word(word, COUNTS)


@pytest.mark.parametrize("word", ["كاميرون", "ترامب", "القاهره"])
def test_what_does_not_is_a_name(word: str) -> None:
    assert not is_word(word, COUNTS)


def _articles() -> list[str]:
    text = (
        "أعلن الوزير بوريس جونسون قرارا. وأعلنت الحكومة أن القرار للوزير. وقال وزير آخر إن الحكومات قررت. "
        "حكومة الوزير وحكومته وقرارها ووزيره. زار كاميرون غوردون لندن. غادر كاميرون غوردون لندن. كاميرون غوردون."
    )
    return [text] * 15 + ["جاء أمير القصر مع الأمير الصغير، قال أمير: أميره. الأمير أمير."] * 15


def test_counting_takes_off_a_conjunction_and_counts_articles() -> None:
    counts = count_words(["قال وقال وقال قال قال", "قال"])
    assert (counts.words["قال"], counts.articles["قال"], counts.total_articles) == (6, 3, 2)


def test_common_words_and_the_names_that_hide_among_them() -> None:
    counts = count_words(_articles())
    common = common_keys(counts)
    assert {"وزير", "امير"} <= set(common)
    assert "جونسون" not in common
    assert hidden_names(counts, common, _articles()) == ["كاميرون"]


def test_the_file_has_frequency_classes_and_names(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    write(path, {"قول": 9, "وزير": 8, "نادر": 2}, ["كاميرون"], 15)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines == ["[3]", "قول وزير", "[1]", "نادر", "[names]", "كاميرون"]


def test_a_folder_without_parquet_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="parquet"):
        main(["--corpora", str(tmp_path), "--out", str(tmp_path / "x.txt")])
