"""Tiny random checkpoints with the configurations and tokenizer types of the real ones, made in seconds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import (
    AutoTokenizer,
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    MBartConfig,
    MBartForConditionalGeneration,
    MT5Config,
    MT5ForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)

SENTENCES = (
    "أعلنت وزارة الصحة يوم الثلاثاء افتتاح ثلاثة مستشفيات جديدة في شمال البلاد.",
    "وقالت الوزيرة ليلى منصور إن المستشفيات ستستقبل أول المرضى في مطلع العام المقبل.",
    "وبلغت كلفة المشروع 45 مليون دولار، موّل البنك الدولي نصفها.",
    "وأوضح مدير المشروع أن العمل تأخر عامين بسبب نقص المواد.",
    "ويخدم المستشفى الأكبر نحو 300 ألف نسمة في المدينة والقرى المجاورة لها.",
    "وطالب أطباء محليون بزيادة عدد الممرضين، محذرين من ضغط كبير في الشتاء.",
    "وكانت الحكومة قد وعدت قبل خمس سنوات ببناء عشرة مستشفيات في المحافظات.",
    "ورحب سكان القرى بالخطوة وقالوا إنهم كانوا يقطعون مسافات طويلة للعلاج.",
)
"""Typed for these tests: enough to train a tokenizer of a few hundred tokens."""

CONTROLS = tuple(f"<unused{index}>" for index in range(16))


def make_gemma(folder: Path, window: int = 256, groups: int = 1) -> Path:
    """A decoder-only checkpoint: BPE with byte fallback as Gemma's, tied embeddings, local and full attention."""
    torch.manual_seed(0)
    tokenizer = gemma_tokenizer()
    config = Gemma3TextConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=6,
        num_attention_heads=2 * groups,
        num_key_value_heads=groups,
        head_dim=16,
        query_pre_attn_scalar=16,
        sliding_window=window,
        max_position_embeddings=1024,
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=2,
        tie_word_embeddings=True,
        # Wide, or a random model says one word for ever.
        initializer_range=0.3,
    )
    Gemma3ForCausalLM(config).save_pretrained(folder)
    special = {"bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>", "unk_token": "<unk>"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special).save_pretrained(folder)
    return folder


def gemma_tokenizer() -> Tokenizer:
    """Gemma's kind: BPE with byte fallback, spaces as ``▁``, sixteen free tokens."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    special = ["<pad>", "<eos>", "<bos>", "<unk>", *CONTROLS]
    byte_tokens = [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=500, special_tokens=special + byte_tokens, show_progress=False)
    tokenizer.train_from_iterator([" " + sentence for sentence in SENTENCES], trainer)
    # The byte tokens are ordinary ones: a special token is never written out.
    table = json.loads(tokenizer.to_str())
    table["added_tokens"] = [token for token in table["added_tokens"] if token["content"] in special]
    return Tokenizer.from_str(json.dumps(table))


BART_SIZES: Mapping[str, Any] = {
    "d_model": 32,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "max_position_embeddings": 128,
    # Wide, or a random model says one word for ever.
    "init_std": 0.5,
}
BART_IDS: Mapping[str, Any] = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2}


def make_mbart(folder: Path) -> Path:
    """AraBART's shape: MBart weights, Barthez's sentencepiece tokenizer, start ``</s>``, no language code, pre-norm.

    As after a re-save by transformers, the configuration lacks ``normalize_before`` and ``tokenizer_class``.
    """
    torch.manual_seed(0)
    train_sentencepiece(folder / "sentencepiece.bpe.model", ["<mask>"], bos_id=0, pad_id=1, eos_id=2, unk_id=3)
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "BarthezTokenizer", "model_max_length": int(1e30)}), encoding="utf-8"
    )
    size = save_tokenizer(folder)
    config = MBartConfig(
        vocab_size=size,
        **BART_SIZES,
        scale_embedding=False,
        **BART_IDS,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
    )
    MBartForConditionalGeneration(config).save_pretrained(folder)
    return folder


def make_t5(folder: Path, version: str = "t5") -> Path:
    """The shape of ``t5`` (ReLU, outputs scaled), ``t5-1.1`` (AraT5's) or ``mt5`` (gated GELU, not scaled).

    T5's sentinels ``<extra_id_0>`` are added tokens, mT5's are pieces of its sentencepiece model.
    """
    torch.manual_seed(0)
    sentinels = ["▁<extra_id_1>", "▁<extra_id_0>"] if version == "mt5" else []
    train_sentencepiece(folder / "spiece.model", sentinels, bos_id=-1, pad_id=0, eos_id=1, unk_id=2)
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "T5Tokenizer", "extra_ids": 0 if sentinels else 4}), encoding="utf-8"
    )
    size = save_tokenizer(folder)
    kind, model = (
        (MT5Config, MT5ForConditionalGeneration) if version == "mt5" else (T5Config, T5ForConditionalGeneration)
    )
    config = kind(
        # As in the real ones, the table is longer than the tokenizer.
        vocab_size=size + 12,
        d_model=32,
        d_kv=16,
        d_ff=64,
        num_layers=2,
        num_heads=2,
        feed_forward_proj="relu" if version == "t5" else "gated-gelu",
        tie_word_embeddings=version == "t5",
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
        initializer_factor=3.0,
    )
    model(config).save_pretrained(folder)
    return folder


def train_sentencepiece(path: Path, symbols: Sequence[str] = (), **ids: int) -> None:
    """Train a model on ``SENTENCES`` and write it to ``path``; ``symbols`` are pieces of their own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.with_suffix(".txt")
    text.write_text("\n".join(SENTENCES * 4) + "\n", encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(path.with_suffix("")),
        vocab_size=220,
        hard_vocab_limit=False,
        user_defined_symbols=list(symbols),
        minloglevel=2,
        pad_piece="<pad>",
        **ids,
    )
    text.unlink()
    path.with_suffix(".vocab").unlink()
    if not path.exists():
        shutil.move(path.with_suffix("").with_suffix(".model"), path)


def save_tokenizer(folder: Path) -> int:
    """Write ``tokenizer.json`` beside a sentencepiece model; returns the number of tokens."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return len(tokenizer)
