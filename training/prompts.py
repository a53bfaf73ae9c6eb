"""The prompt every decoder-only Mujaz model is trained on and asked with, and the table of its control tokens.

    <bos> [STYLE] SOURCE <task> TARGET <eos>

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
"""The free tokens that a trimmed vocabulary keeps: tasks, verdicts, house styles."""

VERDICTS: Mapping[str, str] = MappingProxyType({"ask": "<unused5>", "yes": "<unused6>", "no": "<unused7>"})
"""A verdict is asked for by ``<bos> SOURCE <verify> STATEMENT <ask>`` and is one token, ``yes`` or ``no``."""

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "bbc": "<unused8>",
        "france24": "<unused9>",
        "cnn": "<unused10>",
        "alarabiya": "<unused11>",
        "skynews": "<unused12>",
        "aljazeera": "<unused13>",
        "hespress": "<unused14>",
        "saudi": "<unused15>",
    }
)
"""Publisher -> the token that may stand before a source, so that a model learns whose house style a text is in."""

FIRST_WORDS: Mapping[str, str] = MappingProxyType(
    {
        CONTROL_TOKENS["headline"]: " عنوان الخبر",
        CONTROL_TOKENS["standfirst"]: " ملخص الخبر",
        CONTROL_TOKENS["bullet"]: " أبرز نقطة",
        CONTROL_TOKENS["verify"]: " هل هذا صحيح",
        CONTROL_TOKENS["brief"]: " موجز الأخبار",
        VERDICTS["ask"]: " هل هذا صحيح؟",
        VERDICTS["yes"]: " نعم",
        VERDICTS["no"]: " لا",
        STYLES["bbc"]: " بي بي سي",
        STYLES["france24"]: " فرانس",
        STYLES["cnn"]: " سي إن إن",
        STYLES["alarabiya"]: " العربية",
        STYLES["skynews"]: " سكاي نيوز",
        STYLES["aljazeera"]: " الجزيرة",
        STYLES["hespress"]: " المغرب",
        STYLES["saudi"]: " السعودية",
    }
)
"""Free token -> the words whose mean embedding it starts from. Adapters leave embeddings as they are: tokens that
started alike would stay alike."""

SEQ2SEQ_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "headline": "عنوان: ",
        "standfirst": "ملخص: ",
        "bullet": "نقطة: ",
        "verify": "تحقق: ",
        "brief": "موجز: ",
        "bullets": "نقاط: ",
    }
)
"""Task name -> the text before the source of an encoder-decoder, whose vocabulary has no free tokens.

``bullets``, all bullets of a body in one text, is a task of these alone."""


def spaced(text: str) -> str:
    """``text`` with its white space collapsed to single spaces (line breaks kept) and one space before it."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return " " + "\n".join(line for line in lines if line)
