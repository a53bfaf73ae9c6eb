from __future__ import annotations

import pytest

from training.finetune.data.examples import Example
from training.finetune.data.read import Shown
from training.finetune.models import load
from training.finetune.validation import overlap, score_texts, write_texts


@pytest.mark.parametrize(
    ("text", "reference", "unigram", "bigram"),
    [
        ("أعلن الوزير", "اعلن الوزير", 1.0, 1.0),
        ("مدرسة جديدة", "مدرسه جديده", 1.0, 1.0),
        ("الوزير أعلن", "أعلن الوزير", 1.0, 0.0),
        ("سوق جديد كبير", "سوق كبير", 0.8, 0.0),
        ("قطار", "سوق", 0.0, 0.0),
        ("", "سوق", 0.0, 0.0),
    ],
)
def test_overlap(text: str, reference: str, unigram: float, bigram: float) -> None:
    score = overlap([(text, reference, "")])
    assert (score.unigram_f1, score.bigram_f1) == pytest.approx((unigram, bigram))


@pytest.mark.parametrize(("text", "support"), [("الوزير في المدينة", 1.0), ("الوزير هنا", 0.5), ("", 0.0)])
def test_support_is_the_share_of_words_in_the_source(text: str, support: float) -> None:
    assert overlap([(text, "x", "قال الوزير في المدينه")]).support == pytest.approx(support)


def test_scores_are_told_by_task() -> None:
    example = Example((2,), (("headline", (5,), (1,)), ("bullet", (7,), (1,))))
    row = Shown(example, "سوق جديد في المدينة", {"headline": "سوق جديد", "bullet": "سوق قديم"})
    table, best = score_texts([[("headline", "سوق جديد"), ("bullet", "سوق جديد")]], [row])
    assert table["headline_bigram_f1"] == 1.0
    assert table["bullet_bigram_f1"] == 0.0
    assert best == pytest.approx(0.5)


@pytest.mark.parametrize("family", ["gemma3_text", "mbart"])
def test_written_texts_answer_every_target_in_order(family: str) -> None:
    loaded = load(f"random:{family}", "float32")
    before = (5,) if loaded.family == "causal" else ()
    one = Example((2, 30, 31, 32, 33), (("headline", before, (40, 1)),))
    two = Example((2, 34), (("bullet", before, (40, 1)),))
    texts = write_texts(loaded, [one, two], max_new_tokens=6)
    assert [[task for task, _ in written] for written in texts] == [["headline"], ["bullet"]]
    alone = write_texts(loaded, [two], max_new_tokens=6)
    assert texts[1] == alone[0], "padding at the left must not change what is written"
