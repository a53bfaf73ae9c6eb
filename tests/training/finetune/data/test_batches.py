from __future__ import annotations

import random

import pytest
import torch

from training.finetune.data.batches import MASKED, attention_masks, collate_causal, collate_seq2seq, order, repeats
from training.finetune.data.examples import Encoder, Example, Row, cut_at_sentence
from training.finetune.models import Loaded, load, summed_loss

LENGTHS = [random.Random(7).randint(5, 90) for _ in range(500)]


@pytest.fixture(scope="module")
def gemma() -> Loaded:
    loaded = load("random:gemma3_text", "float32")
    loaded.model.eval()
    return loaded


@pytest.mark.parametrize("batch_tokens", [64, 200, 1000])
def test_an_epoch_reads_every_example_once_within_the_budget(batch_tokens: int) -> None:
    batches = order(LENGTHS, range(500), batch_tokens, seed=3, epoch=0)
    assert sorted(index for batch in batches for index in batch) == list(range(500))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(LENGTHS[index] for index in batch) <= batch_tokens


def test_the_order_depends_on_seed_and_epoch_alone() -> None:
    first = order(LENGTHS, range(500), 300, seed=3, epoch=1)
    random.seed(99)
    assert first == order(LENGTHS, range(500), 300, seed=3, epoch=1)
    assert first != order(LENGTHS, range(500), 300, seed=3, epoch=2)
    assert first != order(LENGTHS, range(500), 300, seed=4, epoch=1)


def test_batches_are_of_nearly_one_length() -> None:
    batches = order(LENGTHS, range(500), 900, seed=0, epoch=0)
    padded = sum(len(batch) * max(LENGTHS[index] for index in batch) for batch in batches)
    assert padded < 1.12 * sum(LENGTHS)


@pytest.mark.parametrize(("weight", "epochs", "share"), [(1.0, 1, 1.0), (2.0, 1, 2.0), (0.25, 4, 1.0), (2.5, 2, 5.0)])
def test_weights_say_how_often_a_source_is_read(weight: float, epochs: int, share: float) -> None:
    names = ["bbc"] * 970 + ["cnn"] * 30
    read = [index for epoch in range(epochs) for index in repeats(names, {"bbc": weight}, epoch)]
    assert sum(index < 970 for index in read) == pytest.approx(970 * share, rel=0.02)
    assert sum(index >= 970 for index in read) == 30 * epochs


def test_a_weight_of_zero_is_never_read() -> None:
    assert repeats(["a", "b"], {"a": 0.0}, 0) == [1]


EXAMPLE = Example((2, 30, 31, 32), (("headline", (5,), (40, 41, 1)), ("standfirst", (6,), (42, 1))))


def test_a_packed_line() -> None:
    batch = collate_causal([EXAMPLE, Example((2, 33), (("bullet", (7,), (43, 1)),))], pad=0)
    assert batch.input_ids.tolist() == [[2, 30, 31, 32, 5, 40, 41, 6, 42], [2, 33, 7, 43, 0, 0, 0, 0, 0]]
    assert batch.position_ids[0].tolist() == [0, 1, 2, 3, 4, 5, 6, 4, 5]
    assert batch.segments.tolist() == [[0, 0, 0, 0, 1, 1, 1, 2, 2], [0, 0, 1, 1, -1, -1, -1, -1, -1]]
    assert batch.places.tolist() == [4, 5, 6, 7, 8, 11, 12]
    assert batch.labels.tolist() == [40, 41, 1, 42, 1, 43, 1]


def test_a_target_sees_its_source_and_no_other_target() -> None:
    mask = attention_masks(collate_causal([EXAMPLE], pad=0), window=3, dtype=torch.float32)
    full, near = (mask[name][0, 0] == 0 for name in ("full_attention", "sliding_attention"))
    assert full[5].tolist() == [True] * 6 + [False] * 3
    assert full[8].tolist() == [True] * 4 + [False] * 3 + [True] * 2
    assert near[5].tolist() == [False, False, False, True, True, True, False, False, False]
    assert near[7].tolist() == [False, False, True, True, False, False, False, True, False]


def loss_of(loaded: Loaded, *examples: Example) -> float:
    return summed_loss(loaded, collate_causal(examples, loaded.pad))[0].item()


def test_packing_changes_no_loss(gemma: Loaded) -> None:
    """Targets packed behind one source cost what each costs alone behind it: nothing leaks between them."""
    alone = [Example(EXAMPLE.source, (target,)) for target in EXAMPLE.targets]
    assert loss_of(gemma, EXAMPLE) == pytest.approx(sum(loss_of(gemma, example) for example in alone), rel=1e-5)


def test_padding_changes_no_loss(gemma: Loaded) -> None:
    short = Example((2, 33), (("bullet", (7,), (43, 1)),))
    assert loss_of(gemma, EXAMPLE, short) == pytest.approx(loss_of(gemma, EXAMPLE) + loss_of(gemma, short), rel=1e-5)


def test_the_loss_is_that_of_the_plain_model(gemma: Loaded) -> None:
    example = Example((2, 30, 31), (("headline", (5,), (40, 41, 1)),))
    ids = torch.tensor([[2, 30, 31, 5, 40, 41]])
    labels = torch.tensor([40, 41, 1])
    expected = torch.nn.functional.cross_entropy(gemma.model(ids).logits[0, 3:], labels, reduction="sum")
    assert loss_of(gemma, example) == pytest.approx(expected.item(), rel=1e-5)


def test_encoder_decoder_lines_are_padded_apart() -> None:
    batch = collate_seq2seq(
        [Example((9, 8, 1), (("headline", (), (4, 1)),)), Example((9, 1), (("bullet", (), (1,)),))], 0
    )
    assert batch.input_ids.tolist() == [[9, 8, 1], [9, 1, 0]]
    assert batch.attention_mask.tolist() == [[1, 1, 1], [1, 1, 0]]
    assert batch.labels.tolist() == [[4, 1], [1, MASKED]]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("قال الوزير. وأضاف أنه", 14, "قال الوزير."),
        ("قال الوزير. وأضاف أنه", 99, "قال الوزير. وأضاف أنه"),
        ("قال «الوزير.» وأضاف أنه", 16, "قال «الوزير.»"),
        ("بلغ 3.5 في المئة من الناتج", 14, "بلغ 3.5 في"),
        ("عنوان\nنص طويل جدا", 9, "عنوان\n"),
        ("كلمةطويلةجدا", 5, "كلمةط"),
        ("هل عاد؟ نعم عاد", 12, "هل عاد؟"),
    ],
)
def test_a_source_is_cut_at_a_sentence_end(text: str, limit: int, expected: str) -> None:
    assert cut_at_sentence(text, limit) == expected


@pytest.mark.parametrize("budget", [8, 20, 40, 200])
def test_an_encoded_source_is_a_beginning_of_the_text(gemma: Loaded, budget: int) -> None:
    text = "قال الوزير إن السوق الجديد سيفتح. وأضاف أن الكلفة بلغت مليونا.\nوينتظر التجار 80 متجرا."
    encoder = Encoder(gemma.tokenizer, "causal", budget, 60)
    ids = encoder.source(text, "row")
    decoded = gemma.tokenizer.decode(ids)
    assert len(ids) <= budget
    assert (" " + text.replace("\n", " ")).startswith(decoded.replace("\n", " "))
    assert budget < 40 or decoded.endswith(".")


def test_targets_begin_with_a_space_and_end_with_the_end_token(gemma: Loaded) -> None:
    encoder = Encoder(gemma.tokenizer, "causal", 50, 30)
    row = Row("1", "bbc", "نص", {"headline": "سوق", "bullet": "كلمة " * 30})
    (example,) = encoder.encode(row)
    assert [task for task, _, _ in example.targets] == ["headline"]
    _task, before, ids = example.targets[0]
    assert gemma.tokenizer.convert_ids_to_tokens(list(before)) == ["<unused0>"]
    assert gemma.tokenizer.decode(ids) == " سوق<eos>"
