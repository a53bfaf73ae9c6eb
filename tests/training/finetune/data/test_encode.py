"""Rows as ids in a file: what is written is what is read, and only by the run that it belongs to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from summarizer.errors import ConfigError, DataError
from training.finetune.data import encode
from training.finetune.data.batches import ANSWER_WEIGHTS, collate_causal
from training.finetune.data.examples import Encoder, Row, SourceVariety, read_rows, shortened
from training.finetune.models import Loaded, load, summed_loss, training_loss
from training.finetune.recipe import Recipe
from training.prompts import CONTROL_TOKENS, STYLES, VERDICTS

SMOKE = "training/recipes/smoke-train.jsonl"
RECIPE = Recipe(checkpoint="random:gemma3_text", train=SMOKE, heldout=SMOKE, out="unused")


@pytest.fixture(scope="module")
def gemma() -> Loaded:
    return load("random:gemma3_text", "float32")


def token(loaded: Loaded, text: str) -> int:
    return int(loaded.tokenizer.convert_tokens_to_ids(text))


def test_what_is_saved_is_what_is_loaded(gemma: Loaded, tmp_path: Path) -> None:
    encoder = encode.make_encoder(RECIPE, gemma.tokenizer, "causal")
    encoded = encode.encode_rows(RECIPE, encoder)
    encode.save(tmp_path / "rows.npz", encoded, encode.signature(RECIPE, encoder))
    assert encode.load(tmp_path / "rows.npz", encode.signature(RECIPE, encoder)) == encoded
    assert len(encoded[0]) == len(Path(SMOKE).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("change", [{"max_source_tokens": 99}, {"style_share": 0.5}, {"short_share": 0.5}])
def test_another_recipe_is_refused(gemma: Loaded, tmp_path: Path, change: dict[str, float]) -> None:
    encoder = encode.make_encoder(RECIPE, gemma.tokenizer, "causal")
    encode.save(tmp_path / "rows.npz", encode.encode_rows(RECIPE, encoder, 3), encode.signature(RECIPE, encoder))
    other = RECIPE.model_copy(update=change)
    signed = encode.signature(other, encode.make_encoder(other, gemma.tokenizer, "causal"))
    with pytest.raises(DataError, match="encoded with this recipe"):
        encode.load(tmp_path / "rows.npz", signed)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"no archive"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rows.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"rows of training\.encode"):
        encode.load(tmp_path / "rows.npz", "")


def test_a_file_with_pickled_objects_is_not_opened(tmp_path: Path) -> None:
    np.savez(tmp_path / "rows.npz", about=np.array([{"a": 1}], dtype=object))
    with pytest.raises(DataError):
        encode.load(tmp_path / "rows.npz", "")


def test_the_command_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "rows.npz"
    arguments = ["training/recipes/smoke.toml", "--out", str(out), "--limit", "4"]
    assert encode.main(arguments) == 0
    assert "4 examples" in capsys.readouterr().out
    assert encode.main(arguments) == ConfigError.exit_code
    assert "a new file" in capsys.readouterr().err


def test_a_verdict_is_one_token_behind_source_and_statement(gemma: Loaded, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"id": "v", "source": "وصل القطار.", "statement": "غادر القطار", "label": "no"}\n', encoding="utf-8"
    )
    (row,) = read_rows(rows, ("verify",))
    (example,) = Encoder(gemma.tokenizer, "causal", 50, 30).encode(row)
    ((task, before, target),) = example.targets
    assert (task, before, target) == ("verify", (token(gemma, VERDICTS["ask"]),), (token(gemma, VERDICTS["no"]),))
    ids = list(example.source)
    at = ids.index(token(gemma, CONTROL_TOKENS["verify"]))
    assert gemma.tokenizer.decode(ids[1:at]) == " وصل القطار."
    assert gemma.tokenizer.decode(ids[at + 1 :]) == " غادر القطار"
    assert not list(read_rows(rows, ("headline",)))


@pytest.mark.parametrize(
    "line", ['{"source": "نص", "statement": "", "label": "no"}', '{"source": "ن", "statement": "x", "label": 1}']
)
def test_a_broken_verdict_names_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "rows.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"rows\.jsonl:1"):
        list(read_rows(tmp_path / "rows.jsonl", ("verify",)))


def test_house_styles_stand_before_their_share_of_sources(gemma: Loaded) -> None:
    encoder = Encoder(gemma.tokenizer, "causal", 50, 30, SourceVariety(style_share=0.6))
    examples = [
        encoder.encode(Row(str(number), name, "نص قصير.", {"headline": "سوق"}))[0]
        for number in range(400)
        for name in ("bbc", "saudi:okaz", "unknown")
    ]
    styled = [sum(example.source[1] == token(gemma, style) for example in examples) for style in STYLES.values()]
    assert 200 < styled[list(STYLES).index("bbc")] < 280
    assert 200 < styled[list(STYLES).index("saudi")] < 280
    assert sum(styled) < 560


@pytest.mark.parametrize(
    ("words", "expected"),
    [(1, "وصل القطار."), (2, "وصل القطار."), (3, "وصل القطار. ثم غادر."), (9, "وصل القطار. ثم غادر. وعاد")],
)
def test_a_source_is_shortened_to_what_bears_its_targets_out(words: int, expected: str) -> None:
    assert shortened("وصل القطار. ثم غادر. وعاد", words) == expected


def test_source_tokens_are_learned_with_their_weight_but_not_before_a_verdict(gemma: Loaded) -> None:
    encoder = Encoder(gemma.tokenizer, "causal", 50, 30)
    text = encoder.encode(Row("1", "", "وصل القطار.", {"headline": "قطار"}))[0]
    verdict = encoder.encode(Row("2", "", "وصل القطار.", {"verify": "yes"}, "غادر"))[0]
    plain, learned = (collate_causal([text, verdict], gemma.pad, weight) for weight in (0.0, 0.25))
    added = len(text.source) - 1
    assert len(learned.labels) == len(plain.labels) + added
    assert learned.target_weight == plain.target_weight == len(text.targets[0][2]) + ANSWER_WEIGHTS["verify"]
    with torch.no_grad():
        alone = collate_causal([text], gemma.pad)
        of_text, weight = training_loss(gemma, alone)
        assert torch.isclose(of_text, summed_loss(gemma, alone)[0])
        assert weight == len(text.targets[0][2])
        source_part = training_loss(gemma, collate_causal([text], gemma.pad, 0.25))[0] - of_text
        double = training_loss(gemma, collate_causal([text], gemma.pad, 0.5))[0] - of_text
    assert torch.isclose(double, 2 * source_part)
    assert source_part > 0
