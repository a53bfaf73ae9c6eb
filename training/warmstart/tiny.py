"""Tiny random models of both families with a tokenizer of their own: smoke runs and tests need no download.

``checkpoint = "random:gemma3_text"`` or ``"random:mbart"`` in a recipe names one. The weights depend on the name
alone, so that a resumed run and its merge find the same base.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.errors import UnknownName
from training.prompts import RESERVED_TOKENS
from training.warmstart.vocabulary import SPECIAL_TOKENS

PREFIX = "random:"
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويى،؟.:«»0123456789abcdefghijklmnopqrstuvwxyz()-/"
"""The characters of the tiny tokenizers, beside the space; anything else becomes bytes."""

MERGED = ("▁ا", "▁ال", "ال", "ات", "ون", "ين", "ية", "ها", "▁و", "▁في", "في")
"""A few pieces longer than a character, so that offsets and merges are exercised."""


def resolve(checkpoint: str) -> str:
    """``checkpoint`` as it is, or for ``random:FAMILY`` a temporary folder with such a model."""
    return random_checkpoint(checkpoint.removeprefix(PREFIX)) if checkpoint.startswith(PREFIX) else checkpoint


@cache
def random_checkpoint(family: str) -> str:
    """A folder that lives as long as the process. ``family`` is ``gemma3_text`` or ``mbart``."""
    import torch
    from safetensors.torch import save_model

    builders = {"gemma3_text": _gemma, "mbart": _mbart}
    if family not in builders:
        raise UnknownName("random checkpoint", family, builders)
    folder = tempfile.mkdtemp(prefix=f"mujaz-{family}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    tokenizer = tiny_tokenizer()
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = builders[family](len(tokenizer))
    # Not model.save_pretrained: in a distributed run it writes on the first process only.
    model.config.save_pretrained(folder)
    save_model(model, str(Path(folder) / "model.safetensors"), metadata={"format": "pt"})
    tokenizer.save_pretrained(folder)
    return folder


def tiny_tokenizer() -> Any:
    """Gemma's kind of tokenizer (byte-fallback BPE, spaces as ``▁``) with a few hundred tokens."""
    from tokenizers import Tokenizer, decoders, models, normalizers
    from transformers import PreTrainedTokenizerFast

    fallback = [f"<0x{value:02X}>" for value in range(256)]
    pieces = [*SPECIAL_TOKENS, *RESERVED_TOKENS, *fallback, "\n", "▁", *LETTERS, *MERGED]
    vocabulary = {piece: index for index, piece in enumerate(dict.fromkeys(pieces))}
    merges = [
        (piece[:cut], piece[cut:])
        for piece in MERGED
        for cut in range(1, len(piece))
        if piece[:cut] in vocabulary and piece[cut:] in vocabulary
    ]
    backend = Tokenizer(models.BPE(vocabulary, merges, unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    backend.normalizer = normalizers.Replace(" ", "▁")
    backend.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    backend.add_special_tokens([*SPECIAL_TOKENS, *RESERVED_TOKENS])
    kind: Any = PreTrainedTokenizerFast
    return kind(tokenizer_object=backend, bos_token="<bos>", eos_token="<eos>", pad_token="<pad>", unk_token="<unk>")


def _gemma(vocabulary: int) -> Any:
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    return Gemma3ForCausalLM(
        Gemma3TextConfig(
            vocab_size=vocabulary,
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=1,
            head_dim=16,
            sliding_window=512,
            layer_types=["sliding_attention", "full_attention"],
            query_pre_attn_scalar=16,
            max_position_embeddings=1024,
        )
    )


def _mbart(vocabulary: int) -> Any:
    from transformers import MBartConfig, MBartForConditionalGeneration

    config: Any = MBartConfig
    return MBartForConditionalGeneration(
        config(
            vocab_size=vocabulary,
            d_model=32,
            encoder_layers=1,
            decoder_layers=1,
            encoder_attention_heads=2,
            decoder_attention_heads=2,
            encoder_ffn_dim=64,
            decoder_ffn_dim=64,
            max_position_embeddings=512,
            dropout=0.1,
            scale_embedding=True,
            normalize_before=True,
            pad_token_id=0,
            bos_token_id=2,
            eos_token_id=1,
            decoder_start_token_id=1,
            forced_eos_token_id=1,
        )
    )
