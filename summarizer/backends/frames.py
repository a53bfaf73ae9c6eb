"""What stands around an encoder-decoder's texts: the special tokens about a source, and those its decoder begins with.

Training and serving both ask here, so that a model is asked as it was trained. Traits of the checkpoints there are:

- BART reads ``<s> SOURCE </s>`` and its decoder ``</s> <s> TEXT``. AraBART's tokenizer (Barthez) has that template too,
  but it comes out empty from transformers 5.
- mBART's texts begin with a language code: as the start token itself (mBART-25), or forced behind it (mBART-50).
- T5 and mT5 read ``SOURCE </s>``, and their decoders begin with ``<pad>``.
- T5Gemma 2 reads what its tokenizer's template says, and its decoder begins with ``<bos>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.backends.files.tokens import TextTokenizer
from summarizer.errors import BackendError

BARTS = frozenset({"bart", "mbart"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Special tokens, as the tokenizer writes them, in the order in which the model reads them."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    start: tuple[str, ...]


def find_frame(config: Mapping[str, Any], tokenizer: TextTokenizer) -> Frame:
    """The frame of a checkpoint. ``config``: its config.json, with its generation_config.json over it.

    ``BackendError`` when the configuration names no start token, or one that the tokenizer does not have.
    """
    kind, end = config["model_type"], named_token(config, "eos_token_id", tokenizer)
    before, after = tokenizer.frame()
    if end not in after and kind in BARTS:
        before, after = (named_token(config, "bos_token_id", tokenizer),), (end,)
    elif end not in after and kind != "t5gemma2":
        before, after = (), (end,)
    return Frame(before, after, _start(config, tokenizer, before))


def _start(config: Mapping[str, Any], tokenizer: TextTokenizer, before: tuple[str, ...]) -> tuple[str, ...]:
    gemma = config["model_type"] == "t5gemma2" and config.get("decoder_start_token_id") is None
    first = named_token(config, "bos_token_id" if gemma else "decoder_start_token_id", tokenizer)
    if config.get("forced_bos_token_id") is not None:
        return first, named_token(config, "forced_bos_token_id", tokenizer)
    # As pre-trained: texts of a BART are framed like its sources. mBART frames neither so.
    begins = config.get("bos_token_id")
    framed = config["model_type"] in BARTS and begins is not None and before == (tokenizer.token_of(begins),)
    return (first, *before) if framed and before != (first,) else (first,)


def named_token(config: Mapping[str, Any], name: str, tokenizer: TextTokenizer) -> str:
    """The token whose id (of several the first) ``config`` has under ``name``; ``BackendError`` when there is none."""
    index = config.get(name)
    first = index[0] if isinstance(index, list) and index else index
    token = tokenizer.token_of(first) if isinstance(first, int) else None
    if token is None:
        raise BackendError(
            expected=f"{name} in the configuration, a token of the tokenizer",
            got=repr(index),
            hint="set it in config.json (for mBART the language code that texts begin with)",
        )
    return token
