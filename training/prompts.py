"""The prompt every decoder-only Mujaz model is trained on and asked with, and the table of its control tokens.

    <bos> SOURCE <task> TARGET <eos>

Source and target begin with one space, because Gemma's tokenizer adds none and a word without it is another word.
``<task>`` is one of Gemma's free tokens. An encoder-decoder reads ``TASK_PREFIX SOURCE`` and writes ``TARGET``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CONTROL_TOKENS: Mapping[str, str] = MappingProxyType(
    {
        "headline": "<unused0>",
        "standfirst": "<unused1>",
        "bullet": "<unused2>",
        "verify": "<unused3>",
        "brief": "<unused4>",
    }
)
"""Task name -> the control token that stands before its target."""

RESERVED_TOKENS: tuple[str, ...] = tuple(f"<unused{index}>" for index in range(16))
"""The free tokens that a trimmed vocabulary keeps: the five above and eleven for tasks to come."""

TASK_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "headline": " عنوان الخبر",
        "standfirst": " ملخص الخبر",
        "bullet": " أبرز نقطة",
        "verify": " هل هذا صحيح",
        "brief": " موجز الأخبار",
    }
)
"""Task name -> the words whose mean embedding a control token starts from (an untrained row says nothing)."""

SEQ2SEQ_PREFIXES: Mapping[str, str] = MappingProxyType(
    {"headline": "عنوان: ", "standfirst": "ملخص: ", "bullet": "نقطة: ", "verify": "تحقق: ", "brief": "موجز: "}
)
"""Task name -> the text before the source of an encoder-decoder, whose vocabulary has no free tokens."""


def spaced(text: str) -> str:
    """``text`` with its white space collapsed to single spaces (line breaks kept) and one space before it."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return " " + "\n".join(line for line in lines if line)
