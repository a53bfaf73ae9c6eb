"""What is counted of one sentence is what is counted of all, number by number."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.article.read import read_path
from summarizer.briefing.choice.features import alone, features, features_of
from summarizer.briefing.choice.sentence import read_all

SEED = Path(__file__).parents[3] / "seeds" / "islamic-state-last-pocket.txt"
TEXTS = [sentence.text for sentence in read_path(SEED).sentences]


@pytest.mark.parametrize("count", [1, 2, 3, len(TEXTS)])
def test_one_sentence_is_counted_as_all_are(count: int) -> None:
    sentences = read_all(TEXTS[:count])
    known = [alone(one, place, count) for place, one in enumerate(sentences)]
    names, table = features(sentences)
    for place in range(count):
        again, row = features_of(sentences, place, known)
        assert again == names
        assert row.tolist() == table[place].tolist()


def test_what_was_known_of_the_sentence_itself_does_not_count() -> None:
    sentences = read_all(TEXTS)
    known = [alone(one, place, len(TEXTS)) for place, one in enumerate(sentences)]
    shorter = [*sentences[:3], read_all([TEXTS[3][:60]])[0], *sentences[4:]]
    _, row = features_of(shorter, 3, known)
    assert row.tolist() == features(shorter)[1][3].tolist()
    assert row.tolist() != features(sentences)[1][3].tolist()
