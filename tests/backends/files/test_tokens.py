"""What a tokenizer says back: special tokens and sentinels are no text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from summarizer.backends.files.tokens import TextTokenizer
from tests.tiny_checkpoints import SENTENCES


def test_mt5_sentinels_are_not_written(checkpoint: Callable[[str], Path]) -> None:
    """An mT5 that was never fine-tuned begins with ``<extra_id_0>``, for its tokenizer a piece like others."""
    tokenizer = TextTokenizer((checkpoint("mt5") / "tokenizer.json").read_bytes())
    sentinels = [tokenizer.id_of("▁<extra_id_0>"), tokenizer.id_of("▁<extra_id_1>")]
    ids = tokenizer.encode(SENTENCES[2])[0]
    assert tokenizer.decode([sentinels[0], *ids, sentinels[1]]).strip() == SENTENCES[2]
    assert tokenizer.decode(sentinels) == ""


def test_t5_sentinels_are_not_written(checkpoint: Callable[[str], Path]) -> None:
    tokenizer = TextTokenizer((checkpoint("t5") / "tokenizer.json").read_bytes())
    ids = tokenizer.encode(SENTENCES[2])[0]
    assert tokenizer.decode([tokenizer.id_of("<extra_id_0>"), *ids]).strip() == SENTENCES[2]
