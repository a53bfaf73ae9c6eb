"""A smaller vocabulary for a Unigram (sentencepiece) tokenizer.

A Unigram tokenizer takes the likeliest way to cut a text. When that way uses kept pieces alone it stays the
likeliest, so nothing has to be kept for the sake of another piece, as BPE's merges ask (``vocabulary``).
Single characters are kept, or texts would hold ``<unk>``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.errors import ConfigError
from training.warmstart.vocabulary import KEPT_CHARACTERS, Trimmed


def trim_unigram(tokenizer: dict[str, Any], counts: Mapping[int, int], size: int) -> Trimmed:
    """Cut a parsed ``tokenizer.json`` to at most ``size`` pieces, the most frequent of ``counts`` first.

    Special tokens stay, those at the beginning under their ids. Raises :class:`ConfigError` when the tokenizer is not
    a Unigram, or when ``size`` has no room for the characters that are always kept.
    """
    model = tokenizer.get("model", {})
    if model.get("type") != "Unigram":
        raise ConfigError(
            expected="a Unigram tokenizer", got=str(model.get("type")), hint="training.warmstart.vocabulary trims a BPE"
        )
    pieces: Sequence[Sequence[Any]] = model["vocab"]
    fixed = {entry["id"] for entry in tokenizer["added_tokens"]} | {model["unk_id"]}
    single = {chr(point) for first, last in KEPT_CHARACTERS for point in range(first, last + 1)}
    kept = fixed | {index for index, (piece, _) in enumerate(pieces) if piece in single}
    if len(kept) > size:
        raise ConfigError(
            expected=f"a size of at least {len(kept)} tokens",
            got=str(size),
            hint="12,000 to 16,000 is the useful range",
        )
    by_count = sorted((index for index in counts if index not in kept), key=lambda index: (-counts[index], index))
    old_ids = sorted(kept.union(by_count[: size - len(kept)]))
    return Trimmed(_rewrite(tokenizer, old_ids), tuple(old_ids))


def _rewrite(tokenizer: dict[str, Any], old_ids: Sequence[int]) -> dict[str, Any]:
    new = {old: index for index, old in enumerate(old_ids)}
    model = tokenizer["model"]
    specials = tokenizer["post_processor"]["special_tokens"]
    moved = {name: {**entry, "ids": [new[old] for old in entry["ids"]]} for name, entry in specials.items()}
    return {
        **tokenizer,
        "added_tokens": [{**entry, "id": new[entry["id"]]} for entry in tokenizer["added_tokens"]],
        "post_processor": {**tokenizer["post_processor"], "special_tokens": moved},
        "model": {**model, "unk_id": new[model["unk_id"]], "vocab": [model["vocab"][old] for old in old_ids]},
    }
