"""Readings with what is asked behind them: rows, ids, one line of a batch, and a file of ids."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from summarizer.backends.asks import AskFormat
from summarizer.errors import DataError
from training.finetune.data import encode
from training.finetune.data.asks import ANSWERED
from training.finetune.data.batches import ANSWER_WEIGHTS, collate_causal
from training.finetune.data.examples import Encoder, Example, read_rows
from training.finetune.data.read import read_data
from training.finetune.models import Loaded, load, summed_loss, training_loss
from training.finetune.recipe import Recipe

TASKS = ("headline", "bullet", "rank", "reached", "judge")
LEAD, NEXT = "وصل القطار  الأول.", "وقال الوزير إنه تأخر."
ASKS: list[dict[str, Any]] = [
    {"task": "bullet", "about": NEXT, "manner": "light", "text": "الوزير: القطار تأخر"},
    {"task": "rank", "about": NEXT, "text": "2 as it is"},
    {"task": "reached", "about": LEAD, "text": "no"},
    {"task": "judge", "of": "headline", "about": LEAD, "line": "غادر القطار", "text": "false"},
    {"task": "standfirst", "about": LEAD, "text": "وصل القطار الأول."},
]
ROW: dict[str, Any] = {"id": "a", "source_name": "light:bbc", "reading": [LEAD, NEXT], "asks": ASKS}


@pytest.fixture(scope="module")
def gemma() -> Loaded:
    loaded = load("random:gemma3_text", "float32")
    loaded.model.eval()
    return loaded


def written(folder: Path, *rows: object) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def encoded(loaded: Loaded, folder: Path, tasks: tuple[str, ...] = TASKS, **limits: int) -> Example:
    (row,) = read_rows(written(folder, ROW), tasks)
    (example,) = Encoder(loaded.tokenizer, "causal", 50, limits.get("max_target_tokens", 60)).encode(row)
    return example


def test_a_row_keeps_what_the_recipe_asks_for(tmp_path: Path) -> None:
    path = written(tmp_path, ROW, {"id": "b", "source": "نص", "targets": {"headline": "عنوان"}})
    first, second = read_rows(path, TASKS)
    assert (first.id, first.source_name, first.source) == ("a", "light:bbc", f"وصل القطار الأول.\n{NEXT}")
    assert [ask.task for ask in first.asks] == ["bullet", "rank", "reached", "judge"]
    assert second.targets == {"headline": "عنوان"}
    assert [row.id for row in read_rows(path, ("standfirst",))] == ["a"]
    assert not list(read_rows(path, ("verify",)))


@pytest.mark.parametrize(
    "change",
    [
        {"reading": []},
        {"reading": ["", NEXT]},
        {"reading": [LEAD, 7]},
        {"reading": LEAD},
        {"asks": None},
        {"asks": [7]},
        *(
            {"asks": [{**ask, **wrong}]}
            for ask, wrong in (
                (ASKS[0], {"task": "poem"}),
                (ASKS[0], {"manner": "wild"}),
                (ASKS[0], {"about": " "}),
                (ASKS[0], {"about": None}),
                (ASKS[0], {"text": ""}),
                (ASKS[0], {"surprise": 1}),
                (ASKS[1], {"text": "3"}),
                (ASKS[2], {"text": "maybe"}),
                (ASKS[3], {"text": "good"}),
                (ASKS[3], {"of": "rank"}),
                (ASKS[3], {"line": " "}),
            )
        ),
    ],
)
def test_a_broken_row_names_its_line(tmp_path: Path, change: dict[str, object]) -> None:
    path = written(tmp_path, ROW, {**ROW, **change})
    with pytest.raises(DataError, match=r"rows\.jsonl:2"):
        list(read_rows(path, TASKS))


def test_what_is_asked_stands_behind_one_reading(gemma: Loaded, tmp_path: Path) -> None:
    example = encoded(gemma, tmp_path)
    text = gemma.tokenizer.decode
    assert text(example.source) == f"<bos> وصل القطار الأول. {NEXT}"
    assert [(task, text(before), text(target)) for task, before, target in example.targets] == [
        ("bullet", f"<unused2> {NEXT}<unused9>", " الوزير: القطار تأخر<eos>"),
        ("rank", f"<unused4> {NEXT}<unused5>", "<unused6>"),
        ("reached", "<unused4> وصل القطار الأول.<unused9>", "<unused7>"),
        ("judge", "<unused3><unused0> وصل القطار الأول.<unused9> غادر القطار<unused5>", "<unused7>"),
    ]
    assert example.length == len(example.source) + sum(len(b) - 1 + len(t) for _, b, t in example.targets)


def test_a_line_that_is_too_long_is_not_learned(gemma: Loaded, tmp_path: Path) -> None:
    assert [task for task, _, _ in encoded(gemma, tmp_path, max_target_tokens=3).targets] == list(ANSWERED)
    (row,) = read_rows(written(tmp_path, ROW), ("bullet",))
    assert Encoder(gemma.tokenizer, "causal", 50, 3).encode(row) == []


def test_a_line_of_a_batch_with_several_ids_before_a_target() -> None:
    example = Example((2, 30, 31), (("rank", (5, 40, 6), (7,)), ("bullet", (8, 41), (50, 51, 1))))
    batch = collate_causal([example], pad=0)
    assert batch.input_ids.tolist() == [[2, 30, 31, 5, 40, 6, 8, 41, 50, 51]]
    assert batch.position_ids.tolist() == [[0, 1, 2, 3, 4, 5, 3, 4, 5, 6]]
    assert batch.segments.tolist() == [[0, 0, 0, 1, 1, 1, 2, 2, 2, 2]]
    assert batch.places.tolist() == [5, 7, 8, 9]
    assert batch.labels.tolist() == [7, 50, 51, 1]
    assert batch.weights.tolist() == [ANSWER_WEIGHTS["rank"], 1, 1, 1]
    assert batch.target_weight == ANSWER_WEIGHTS["rank"] + 3


def test_questions_behind_one_reading_do_not_see_each_other(gemma: Loaded, tmp_path: Path) -> None:
    example = encoded(gemma, tmp_path)
    alone = [collate_causal([replace(example, targets=(one,))], gemma.pad) for one in example.targets]
    with torch.no_grad():
        together = summed_loss(gemma, collate_causal([example], gemma.pad))[0]
        apart = [summed_loss(gemma, batch)[0] for batch in alone]
        weighed = training_loss(gemma, collate_causal([example], gemma.pad))
    assert together.item() == pytest.approx(sum(loss.item() for loss in apart), rel=1e-5)
    weights = [ANSWER_WEIGHTS.get(task, 1.0) for task, _, _ in example.targets]
    expected = sum(weight * loss.item() for weight, loss in zip(weights, apart, strict=True))
    assert weighed[0].item() == pytest.approx(expected, rel=1e-5)


def test_what_is_saved_is_what_is_loaded(gemma: Loaded, tmp_path: Path) -> None:
    path = written(tmp_path, ROW, {"id": "b", "source": "نص", "targets": {"headline": "عنوان"}})
    recipe = Recipe(checkpoint="random:gemma3_text", train=str(path), heldout=str(path), out="x", tasks=TASKS)
    encoder = encode.make_encoder(recipe, gemma.tokenizer, "causal")
    examples, names = encode.encode_rows(recipe, encoder)
    encode.save(tmp_path / "rows.npz", (examples, names), encode.signature(recipe, encoder))
    assert encode.load(tmp_path / "rows.npz", encode.signature(recipe, encoder)) == (examples, names)
    assert names == ["light", ""]
    assert [len(example.targets) for example in examples] == [4, 1]
    data = read_data(recipe.model_copy(update={"train": str(tmp_path / "rows.npz")}), gemma)
    assert data.train == examples
    assert [shown.targets for shown in data.shown] == [{"headline": "عنوان"}]


def test_an_encoder_decoder_reads_the_sentences_and_then_the_article(tmp_path: Path) -> None:
    loaded = load("random:mbart", "float32")
    (row,) = read_rows(written(tmp_path, ROW), TASKS)
    (example,) = Encoder(loaded.tokenizer, "seq2seq", 200, 60, frame=loaded.frame).encode(row)
    ((task, before, _),) = example.targets
    assert (task, before) == ("bullet", ())
    told = loaded.tokenizer.decode(example.source, skip_special_tokens=True)
    assert told.index("نقطة") < told.index("الوزير") < told.index("وصل") < told.rindex("الوزير")


def test_the_format_is_that_of_serving(gemma: Loaded, tmp_path: Path) -> None:
    long = {**ROW, "reading": [LEAD] * 400}
    (row,) = read_rows(written(tmp_path, long), TASKS)
    (example,) = Encoder(gemma.tokenizer, "causal", 50, 60).encode(row)
    assert len(example.source) == 1 + AskFormat().reading_tokens + 40
