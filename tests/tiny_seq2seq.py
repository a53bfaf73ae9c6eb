"""Tiny random encoder-decoders beside those of ``tiny_checkpoints``: BART, language codes, Gemma on both sides."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import torch
from tokenizers import processors
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    MBartConfig,
    MBartForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Gemma2Config,
    T5Gemma2ForConditionalGeneration,
)
from transformers.models.t5gemma2.configuration_t5gemma2 import T5Gemma2DecoderConfig, T5Gemma2EncoderConfig

from tests.tiny_checkpoints import (
    BART_IDS,
    BART_SIZES,
    gemma_tokenizer,
    make_mbart,
    make_t5,
    save_tokenizer,
    train_sentencepiece,
)
from tests.tiny_e5 import make_tokenizer
from training.finetune.models import load, save_checkpoint


def make_bart(folder: Path) -> Path:
    """BART's shape, post-norm, with XLM-R's tokenizer as the student has it: sources and texts are ``<s> … </s>``."""
    torch.manual_seed(0)
    folder.mkdir(parents=True, exist_ok=True)
    size = make_tokenizer(folder / "tokenizer.json")
    special = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), **special).save_pretrained(folder)
    config = BartConfig(
        vocab_size=size,
        **BART_SIZES,
        **BART_IDS,
        decoder_start_token_id=2,
    )
    BartForConditionalGeneration(config).save_pretrained(folder)
    return folder


def as_trained(raw: Path, folder: Path) -> Path:
    """What training makes of a checkpoint from a hub when it changes no weight: start tokens set, language Arabic."""
    save_checkpoint(load(str(raw), "float32"), folder)
    return folder


def make_mbart_codes(folder: Path, version: int = 25) -> Path:
    """mBART-25 (``SOURCE </s> CODE``, texts begin with the code) or mBART-50 (``CODE SOURCE </s>``, code forced).

    As on the hub: the tokenizer is set to English, and mBART-25's configuration names no start token.
    """
    torch.manual_seed(0)
    train_sentencepiece(folder / "sentencepiece.bpe.model", unk_id=0, bos_id=1, eos_id=2, pad_id=-1)
    name = "MBartTokenizer" if version == 25 else "MBart50Tokenizer"
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": name, "src_lang": "en_XX"}), "utf-8")
    size = save_tokenizer(folder)
    config = MBartConfig(
        vocab_size=size,
        **BART_SIZES,
        scale_embedding=True,
        normalize_before=True,
        **BART_IDS,
        decoder_start_token_id=2 if version == 50 else None,
    )
    MBartForConditionalGeneration(config).save_pretrained(folder)
    return folder


def make_t5gemma2(folder: Path, window: int = 256) -> Path:
    """T5Gemma 2: Gemma 3's layers and tokenizer on both sides, a vision tower that no text uses."""
    torch.manual_seed(0)
    backend = gemma_tokenizer()
    backend.post_processor = processors.TemplateProcessing(single="<bos> $A", special_tokens=[("<bos>", 2)])
    text = {
        "vocab_size": backend.get_vocab_size(),
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 6,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "head_dim": 16,
        "query_pre_attn_scalar": 16,
        "sliding_window": window,
        "max_position_embeddings": 256,
        "layer_types": ["sliding_attention"] * 5 + ["full_attention"],
        # Wide, or a random model says one word for ever.
        "initializer_range": 0.3,
    }
    tower = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 1}
    vision = {"model_type": "siglip_vision_model", **tower, "image_size": 8, "patch_size": 4}
    places = {"image_token_index": text["vocab_size"] - 1, "eoi_token_index": text["vocab_size"]}
    encoder = T5Gemma2EncoderConfig(text_config=text, vision_config=vision, mm_tokens_per_image=4, **places)
    config = T5Gemma2Config(encoder=encoder, decoder=T5Gemma2DecoderConfig(**text), initializer_range=0.3, **places)
    T5Gemma2ForConditionalGeneration(config).save_pretrained(folder)
    special = {"bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>", "unk_token": "<unk>"}
    PreTrainedTokenizerFast(tokenizer_object=backend, **special).save_pretrained(folder)
    return folder


FAMILIES: Mapping[str, Callable[[Path], Path]] = {
    "bart": make_bart,
    "arabart": make_mbart,
    "mbart-25": make_mbart_codes,
    "mbart-50": partial(make_mbart_codes, version=50),
    "t5": make_t5,
    "arat5": partial(make_t5, version="t5-1.1"),
    "mt5": partial(make_t5, version="mt5"),
    "t5gemma2": make_t5gemma2,
}
"""Name in docs/families.md → makes such a checkpoint as it comes from a hub."""
