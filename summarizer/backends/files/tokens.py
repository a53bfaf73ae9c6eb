"""A tokenizer in the format of the ``tokenizers`` library: text to ids with the places where tokens end, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.errors import BackendError, DamagedModel

if TYPE_CHECKING:
    from tokenizers import Tokenizer


_SENTINEL = re.compile(r"\s*<extra_id_\d+>")
"""What an mT5 that was never fine-tuned begins with: ordinary pieces of its vocabulary."""


class TextTokenizer:
    """Wraps the content of a ``tokenizer.json``. Special tokens are never added: the prompt names them."""

    def __init__(self, data: bytes) -> None:
        """``data`` is the file's content; ``DamagedModel`` when it is none."""
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise BackendError(
                expected="the package tokenizers", got="no such package", hint="pip install tokenizers"
            ) from error
        try:
            self._tokenizer: Tokenizer = Tokenizer.from_buffer(data)
        except Exception as error:  # the library raises plain Exception
            raise DamagedModel(expected="a tokenizer.json", got=str(error), hint="export the model again") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def __len__(self) -> int:
        """How many tokens there are, added ones included."""
        return int(self._tokenizer.get_vocab_size())

    def encode(self, text: str) -> tuple[list[int], list[int]]:
        """The ids of ``text``, and for each the code point of ``text`` where it ends."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return encoding.ids, [end for _, end in encoding.offsets]

    def count(self, text: str) -> int:
        """How many tokens ``text`` has."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: Sequence[int]) -> str:
        """The text of ``ids``, special tokens and mT5's sentinels left out."""
        return _SENTINEL.sub("", str(self._tokenizer.decode(list(ids), skip_special_tokens=True)))

    def id_of(self, token: str) -> int:
        """The id of a special token; ``BackendError`` when the tokenizer has no such token."""
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise BackendError(
                expected=f"a tokenizer with the token {token}",
                got=f"{len(self)} tokens without it",
                hint="take prompt and tokenizer from one model; training.warmstart makes the control tokens",
            )
        return int(found)

    def token_of(self, index: int) -> str | None:
        """The token of an id, None when there is none."""
        token: str | None = self._tokenizer.id_to_token(index)
        return token

    def frame(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The special tokens that the tokenizer's own template puts before and after one text."""
        bare = self._tokenizer.encode("ا", add_special_tokens=False).tokens
        full = self._tokenizer.encode("ا", add_special_tokens=True).tokens
        for start in range(len(full) - len(bare) + 1):
            if full[start : start + len(bare)] == bare:
                return tuple(full[:start]), tuple(full[start + len(bare) :])
        return (), ()
