"""A smaller vocabulary for a byte-fallback BPE tokenizer, closed under its own merges.

Arabic news uses a twentieth of Gemma's 262,144 tokens. Dropping the rest shrinks the output layer, which is most of
the cost of writing a token. A kept token stays reachable only if every token that its merges pass through is kept as
well: :func:`closure` finds these. Ids are new; the old ids come back beside the tokenizer so that rows of the
embedding can be picked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from summarizer.errors import ConfigError
from training.prompts import RESERVED_TOKENS

SPECIAL_TOKENS = ("<pad>", "<eos>", "<bos>", "<unk>", "<mask>")
"""Gemma's first five ids: kept in this order, so that their ids do not change."""

KEPT_CHARACTERS: tuple[tuple[int, int], ...] = (
    (0x0009, 0x000A),  # tab, line feed
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1 Supplement, Latin Extended-A
    (0x0600, 0x06FF),  # Arabic
    (0x0750, 0x077F),  # Arabic Supplement
    (0x2000, 0x206F),  # General Punctuation
    (0x20A0, 0x20BF),  # Currency Symbols
    (0x2581, 0x2581),  # LOWER ONE EIGHTH BLOCK, sentencepiece's space
    (0xFB50, 0xFDFF),  # Arabic Presentation Forms-A
    (0xFE70, 0xFEFF),  # Arabic Presentation Forms-B
)
"""Inclusive code point ranges whose single-character tokens are always kept (Unicode block names beside them)."""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A trimmed ``tokenizer.json`` (as parsed JSON) and, for each new id, the id it had before."""

    tokenizer: dict[str, Any]
    old_ids: tuple[int, ...]


def count_tokens(texts: Iterable[str], tokenizer: Any, batch: int = 256) -> Counter[int]:
    """How often each token id occurs in ``texts``. ``tokenizer`` is a ``tokenizers.Tokenizer``."""
    counts: Counter[int] = Counter()
    pending: list[str] = []
    for text in texts:
        pending.append(text)
        if len(pending) == batch:
            _count(pending, tokenizer, counts)
            pending = []
    _count(pending, tokenizer, counts)
    return counts


def _count(texts: list[str], tokenizer: Any, counts: Counter[int]) -> None:
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        counts.update(encoding.ids)


def merge_path(token: str, ranks: Mapping[tuple[str, str], int]) -> tuple[str, ...]:
    """Every piece that BPE passes through on its way from the characters of ``token`` to ``token`` itself."""
    pieces = list(token)
    passed = list(pieces)
    while len(pieces) > 1:
        pairs = [(ranks.get(pair, len(ranks)), place) for place, pair in enumerate(pairwise(pieces))]
        rank, place = min(pairs)
        if rank == len(ranks):
            break
        pieces[place : place + 2] = ["".join(pieces[place : place + 2])]
        passed.append(pieces[place])
    return tuple(passed)


def closure(ranked: Iterable[str], always: Iterable[str], ranks: Mapping[tuple[str, str], int], size: int) -> set[str]:
    """The first tokens of ``ranked`` with all that their merges need, and ``always``, up to ``size`` tokens."""
    kept = set(always)
    for token in ranked:
        needed = {token, *merge_path(token, ranks)} - kept
        if len(kept) + len(needed) > size:
            break
        kept |= needed
    return kept


def trim(tokenizer: dict[str, Any], counts: Mapping[int, int], size: int) -> Trimmed:
    """Cut a parsed ``tokenizer.json`` to at most ``size`` tokens, the most frequent of ``counts`` first.

    Raises :class:`ConfigError` when the tokenizer is not a byte-fallback BPE with Gemma's special tokens, or when
    ``size`` has no room for the characters that are always kept.
    """
    vocabulary = _vocabulary(tokenizer)
    tokens = {index: token for token, index in vocabulary.items()}
    fixed = [*SPECIAL_TOKENS, *RESERVED_TOKENS]
    always = _always_kept(vocabulary) | set(fixed)
    if len(always) > size:
        raise ConfigError(
            expected=f"a size of at least {len(always)} tokens",
            got=str(size),
            hint="specials, bytes and single characters are always kept; 12,000 to 16,000 is the useful range",
        )
    pairs = [(left, right) for left, right in map(_pair, tokenizer["model"]["merges"])]
    ranks = {pair: rank for rank, pair in enumerate(pairs)}
    added = {entry["content"] for entry in tokenizer["added_tokens"]}
    by_count = sorted(counts, key=lambda index: (-counts[index], index))
    ranked = (tokens[index] for index in by_count if tokens[index] not in added)
    kept = closure(ranked, always, ranks, size) & vocabulary.keys()
    ordered = [*fixed, *sorted(kept - set(fixed), key=vocabulary.__getitem__)]
    merges = [list(pair) for pair in pairs if pair[0] in kept and pair[1] in kept and "".join(pair) in kept]
    return Trimmed(_rewrite(tokenizer, ordered, merges), tuple(vocabulary[token] for token in ordered))


def _vocabulary(tokenizer: dict[str, Any]) -> dict[str, int]:
    model = tokenizer.get("model", {})
    vocabulary: dict[str, int] = model.get("vocab", {})
    missing = [token for token in (*SPECIAL_TOKENS, *RESERVED_TOKENS) if token not in vocabulary]
    if model.get("type") != "BPE" or not model.get("byte_fallback") or missing:
        raise ConfigError(
            expected="a byte-fallback BPE tokenizer with Gemma's special and <unused> tokens",
            got=f"{model.get('type')} with byte_fallback={model.get('byte_fallback')}, missing {missing[:3]}",
            hint="only Gemma 3 tokenizers are trimmed; train other models with their own vocabulary",
        )
    return vocabulary


def _always_kept(vocabulary: Mapping[str, int]) -> set[str]:
    single = {chr(point) for first, last in KEPT_CHARACTERS for point in range(first, last + 1)}
    fallback = {f"<0x{value:02X}>" for value in range(256)}
    return {token for token in single | fallback if token in vocabulary}


def _pair(merge: str | Sequence[str]) -> tuple[str, str]:
    left, right = merge.split(" ") if isinstance(merge, str) else merge
    return left, right


def _rewrite(tokenizer: dict[str, Any], ordered: Sequence[str], merges: list[list[str]]) -> dict[str, Any]:
    ids = {token: index for index, token in enumerate(ordered)}
    added = [{**entry, "id": ids[entry["content"]]} for entry in tokenizer["added_tokens"] if entry["content"] in ids]
    # ids of <bos> in the post-processor need no change: the first five tokens keep theirs.
    return {**tokenizer, "added_tokens": added, "model": {**tokenizer["model"], "vocab": ids, "merges": merges}}
