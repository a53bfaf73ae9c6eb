"""Folders that hold a model are opened; whatever else is in a folder is refused with what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.backends.base import Backend, load_backend
from summarizer.backends.files.checkpoint import open_checkpoint, prompt_format, read_config, read_tokenizer
from summarizer.backends.prompt import PromptFormat
from summarizer.config import Decoding
from summarizer.errors import BackendError, UnknownName
from summarizer.schema import Request, Task
from tests.tiny_checkpoints import SENTENCES
from training.export.agreement import as_passage

Checkpoint = Callable[[str], Path]


@pytest.fixture
def copy(checkpoint: Checkpoint, tmp_path: Path) -> Callable[[str], Path]:
    return lambda name: Path(shutil.copytree(checkpoint(name), tmp_path / name))


def formatted(folder: Path) -> PromptFormat:
    config = read_config(folder)
    return prompt_format(folder, config, read_tokenizer(folder, config))


@pytest.mark.parametrize("name", ["gemma3", "bart", "mbart", "mbart-25", "mbart-50", "t5", "mt5", "t5gemma2"])
def test_a_checkpoint_is_a_backend(checkpoint: Checkpoint, name: str) -> None:
    backend = load_backend(str(checkpoint(name)))
    assert isinstance(backend, Backend)
    assert "transformers" in backend.name
    requests = [Request(task, as_passage(" ".join(SENTENCES[:2])), 14) for task in Task]
    written = backend.generate(requests, Decoding(candidates=2, beam=2))
    assert len(written) == len(requests)
    for candidates in written:
        assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
    assert backend.count_tokens(SENTENCES[0]) > 5


def test_how_each_shape_is_asked(copy: Callable[[str], Path]) -> None:
    gemma, barthez, mt5, t5gemma2 = (formatted(copy(name)) for name in ("gemma3", "mbart", "mt5", "t5gemma2"))
    assert (gemma.family, gemma.before, gemma.end, gemma.start) == ("causal", ("<bos>",), "<eos>", ())
    # Barthez's own template is empty in transformers 5; BART was trained on <s> … </s>.
    assert (barthez.before, barthez.after, barthez.start) == (("<s>",), ("</s>",), ("</s>", "<s>"))
    # 1e30 is no length: 128 positions are.
    assert barthez.max_source_tokens == 124
    assert (mt5.before, mt5.after, mt5.start) == ((), ("</s>",), ("<pad>",))
    assert (t5gemma2.before, t5gemma2.after, t5gemma2.start) == (("<bos>",), (), ("<bos>",))


def test_arabic_is_the_language_of_mbart(copy: Callable[[str], Path]) -> None:
    older, newer = formatted(copy("mbart-25")), formatted(copy("mbart-50"))
    assert (older.before, older.after, older.start) == ((), ("</s>", "ar_AR"), ("ar_AR",))
    assert (newer.before, newer.after, newer.start) == (("ar_AR",), ("</s>",), ("</s>", "ar_AR"))


def test_a_checkpoint_trained_here_reads_as_much_as_it_was_trained_on(copy: Callable[[str], Path]) -> None:
    folder = copy("mbart")
    (folder / "run.json").write_text(json.dumps({"recipe": {"max_source_tokens": 77}}), "utf-8")
    assert formatted(folder).max_source_tokens == 77


def test_a_forced_language_code_starts_the_text(copy: Callable[[str], Path]) -> None:
    folder = copy("mbart")
    config = {**json.loads((folder / "config.json").read_text("utf-8")), "forced_bos_token_id": 3}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    assert formatted(folder).start == ("</s>", "<unk>")


def set_config(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")


def drop_controls(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text("utf-8").replace("<unused0>", "<other>"), "utf-8")


def as_run(folder: Path) -> None:
    (folder / "config.json").unlink()
    (folder / "recipe.json").write_text("{}", "utf-8")


@pytest.mark.parametrize(
    ("name", "harm", "hint"),
    [
        ("gemma3", lambda folder: set_config(folder, model_type="bert"), "bert"),
        ("gemma3", lambda folder: (folder / "config.json").unlink(), "check the path"),
        ("gemma3", lambda folder: (folder / "config.json").write_text("{", "utf-8"), "model_type"),
        ("gemma3", as_run, r"training\.merge"),
        ("gemma3", lambda folder: (folder / "model.safetensors").rename(folder / "pytorch_model.bin"), "safetensors"),
        ("gemma3", lambda folder: (folder / "model.safetensors").write_bytes(b"nothing"), "safetensors"),
        ("gemma3", lambda folder: (folder / "tokenizer.json").unlink(), "save_pretrained"),
        ("gemma3", lambda folder: set_config(folder, vocab_size=100), "at most 100 tokens"),
        ("gemma3", drop_controls, "<unused0>"),
        ("mbart", lambda folder: set_config(folder, decoder_start_token_id=9999), "decoder_start_token_id"),
    ],
)
def test_what_cannot_be_served_is_refused(
    copy: Callable[[str], Path], name: str, harm: Callable[[Path], object], hint: str
) -> None:
    folder = copy(name)
    (folder / "generation_config.json").unlink()
    harm(folder)
    with pytest.raises(BackendError, match=hint):
        open_checkpoint(folder)


def test_a_name_that_is_neither() -> None:
    with pytest.raises(UnknownName):
        load_backend("no-such-model")
