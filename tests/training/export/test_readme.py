"""Checkpoint folders as a model hub and transformers see them, and the example that the documents show."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from huggingface_hub import ModelCard
from transformers import GenerationConfig

from summarizer.backends.engines.base import Prompt
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.files.weights import write_model
from summarizer.config import Decoding
from tests.tiny_checkpoints import make_gemma, make_mbart
from training.export import readme
from training.export.onnx_export import convert_onnx
from training.restore import restore

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTED = re.search(
    r"```python\n(import torch\n.*?)```", (ROOT / "docs/model.md").read_text(encoding="utf-8"), re.DOTALL
)
ARTICLE = "أعلنت وزارة الصحة افتتاح مستشفى جديد في المدينة. وقال الوزير إن المستشفى يضم مئتي سرير."


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``training.restore`` makes of an export of a tiny model."""
    folder = tmp_path_factory.mktemp("restored")
    checkpoint = make_gemma(folder / "checkpoint")
    prompt = replace(open_transformers(checkpoint).prompt, max_source_tokens=256)
    convert_onnx(checkpoint, folder / "engine", "float32", prompt, [])
    (folder / "engine/tokenizer.json").write_bytes((checkpoint / "tokenizer.json").read_bytes())
    (folder / "engine/prompt.json").write_text(prompt.to_json(), encoding="utf-8")
    (folder / "model").mkdir()
    data = {"statement": "From invented articles.", "corpora": {"invented": "CC0-1.0", "other": "none stated"}}
    agreement = {"texts": 3, "articles": 1, "export_f1": 12.5}
    about = {"name": "tiny", "family": "causal", "engine": "onnxruntime", "quantization": "float32"}
    source = {"data": data, "agreement": agreement}
    files = {path.name: path for path in (folder / "engine").iterdir()}
    write_model(folder / "model", files, {**about, "source": source})
    restore(folder / "model", folder / "back")
    return folder / "back"


def test_a_restored_folder_has_a_card_that_hubs_read(restored: Path) -> None:
    card = ModelCard.load(restored / "README.md")
    data = card.data.to_dict()
    expected = {
        "language": ["ar"],
        "license": "gemma",
        "base_model": "google/gemma-3-270m",
        "library_name": "transformers",
        "datasets": ["invented", "other"],
        "metrics": ["f1"],
    }
    assert {key: data.get(key) for key in expected} == expected
    (result,) = data["model-index"][0]["results"]
    assert data["model-index"][0]["name"] == "tiny"
    assert (result["metrics"][0]["type"], result["metrics"][0]["value"]) == ("f1", 12.5)
    for said in ("From invented articles.", "| other | none stated |", "Gemma Terms of Use"):
        assert said in card.text


def test_a_restored_folder_is_asked_as_its_export_was(restored: Path) -> None:
    assert open_transformers(restored).prompt.max_source_tokens == 256
    search = GenerationConfig.from_pretrained(restored)
    assert (search.num_beams, search.max_new_tokens, search.do_sample, search.eos_token_id) == (4, 96, False, 1)


def test_the_documented_example_is_that_of_the_card(restored: Path) -> None:
    assert DOCUMENTED
    prompt = open_transformers(restored).prompt
    assert readme.snippet(prompt, "runs/mujaz-270m") == DOCUMENTED[1]
    assert readme.snippet(prompt, ".") in (restored / "README.md").read_text(encoding="utf-8")


def test_the_example_writes_the_headline_that_the_engine_writes(
    restored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert DOCUMENTED
    exec(compile(DOCUMENTED[1].replace("runs/mujaz-270m", str(restored)), "docs/model.md", "exec"), {})
    backend = open_transformers(restored)
    tokenizer = backend.tokenizer
    ids = (tokenizer.id_of("<bos>"), *tokenizer.encode(f" {ARTICLE}")[0])
    asked = Prompt(ids, (tokenizer.id_of("<unused0>"),), 96)
    (best, *_) = backend.engine.write([asked], Decoding(candidates=4, beam=4, no_repeat_ngram=0))[0]
    written = tokenizer.decode(best.ids).strip()
    assert written
    assert capsys.readouterr().out.strip() == written


def test_a_card_of_a_checkpoint_that_nothing_is_known_of(tmp_path: Path) -> None:
    folder = make_mbart(tmp_path / "folder")
    readme.finish(folder, readme.Origin("plain", "Made by hand."))
    card = ModelCard.load(folder / "README.md")
    data = card.data.to_dict()
    assert data["license"] == "other"
    assert data["pipeline_tag"] == "summarization"
    assert not data.keys() & {"base_model", "datasets", "metrics", "model-index"}
    assert "```python" not in card.text
    assert card.text.count("Not stated.") == 2


def test_the_base_is_handed_on(tmp_path: Path, restored: Path) -> None:
    gemma, mbart = make_gemma(tmp_path / "gemma"), make_mbart(tmp_path / "mbart")
    named = make_mbart(tmp_path / "named")
    readme.finish(named, readme.Origin("named", "Made by hand.", base="somebody/something"))
    table = {
        "random:gemma3_text": "",
        "somebody/some-model": "somebody/some-model",
        str(gemma): readme.GEMMA,
        str(mbart): "",
        str(named): "somebody/something",
        str(restored): readme.GEMMA,
    }
    assert {checkpoint: readme.base_of(checkpoint) for checkpoint in table} == table
