"""How a model is asked: the words of ``prompt.json``, and a passage as the source that a model reads.

A decoder-only model reads ``before SOURCE task`` and goes on; an encoder-decoder reads ``before PREFIX SOURCE after``
and its decoder begins with ``start``. ``training.prompts`` writes the same format when it makes examples.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, cast, get_args

from summarizer.backends.asks import AskFormat, read_format
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.config import Decoding
from summarizer.errors import BackendError
from summarizer.schema import Passage, Task

Family = Literal["causal", "seq2seq"]

CONTROL_TOKENS: Mapping[str, str] = {
    Task.HEADLINE.value: "<unused0>",
    Task.STANDFIRST.value: "<unused1>",
    Task.BULLET.value: "<unused2>",
}
"""The control token of each task, for checkpoints that bring no prompt.json: those of ``training.prompts``."""

TASK_PREFIXES: Mapping[str, str] = {
    Task.HEADLINE.value: "عنوان: ",
    Task.STANDFIRST.value: "ملخص: ",
    Task.BULLET.value: "نقطة: ",
}
"""The same for encoder-decoders: text before the source."""

LISTED = "bullets"
"""The task of an encoder-decoder that learned to write all bullets of a body in one go, a sentence each."""

LISTED_PREFIX = "نقاط: "
LISTED_TOKENS = 256
"""The most that is written for it."""


@dataclass(frozen=True, slots=True)
class VerifyTokens:
    """How a decoder-only model is asked whether a source bears out a statement.

    It reads ``before SOURCE statement STATEMENT ask`` and answers with the token ``yes`` or ``no``.
    """

    statement: str = "<unused3>"
    ask: str = "<unused5>"
    yes: str = "<unused6>"
    no: str = "<unused7>"


@dataclass(frozen=True, slots=True)
class PromptFormat:
    """How to ask one model. Tokens are written as in its tokenizer.

    ``tasks``: task → control token (``causal``) or text prefix (``seq2seq``). ``before`` and ``after`` enclose the
    source. ``start`` is what the decoder of an encoder-decoder begins with. ``end`` ends a text.
    """

    family: Family
    tasks: Mapping[str, str]
    end: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    max_source_tokens: int = 256
    """Of the source alone; what is longer is cut at a sentence end."""
    decoding: Decoding = field(default_factory=Decoding)
    """What this model was found to do best with."""
    verify: VerifyTokens | None = None
    """Set when the model was trained to verify; None for all others."""
    asks: AskFormat | None = None
    """Set when the model was trained to be asked about the sentences of a reading; None for all others."""

    @property
    def most_tokens(self) -> int:
        """Of the longest text that a decoder-only model writes, with all that is read before it."""
        # A statement that is verified is as long as a text may be, between two control tokens.
        text = self.max_source_tokens + 1 + self.decoding.max_new_tokens + bool(self.verify)
        asked = self.asks.longest(self.decoding.max_new_tokens) if self.asks else 0
        return len(self.before) + max(text, asked)

    def to_json(self) -> str:
        """The content of ``prompt.json``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_prompt(data: bytes, tokenizer: TextTokenizer) -> PromptFormat:
    """The format in the content of a ``prompt.json``; ``BackendError`` when it is not one, or not this tokenizer's."""
    try:
        prompt = _parse(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackendError(expected="a prompt.json", got=repr(error), hint="export the model again") from error
    controls = tuple(prompt.tasks.values()) if prompt.family == "causal" else ()
    verify = tuple(asdict(prompt.verify).values()) if prompt.verify else ()
    asks = prompt.asks.tokens() if prompt.asks else ()
    for token in (*prompt.before, *prompt.after, *prompt.start, prompt.end, *controls, *verify, *asks):
        tokenizer.id_of(token)
    return prompt


def _parse(table: Any) -> PromptFormat:
    known = {item.name for item in fields(PromptFormat)}
    if unknown := table.keys() - known:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}")
    if table["family"] not in get_args(Family) or int(table["max_source_tokens"]) < 1:
        raise ValueError(f"family {table['family']!r}, max_source_tokens {table['max_source_tokens']!r}")
    verify = table.get("verify")
    asks = table.get("asks")
    if (verify, asks) != (None, None) and table["family"] != "causal":
        raise ValueError(f"verify or asks for family {table['family']!r}")
    extra = (LISTED,) if table["family"] == "seq2seq" else ()
    tasks = {task if task in extra else Task(task).value: str(word) for task, word in table["tasks"].items()}
    lists = {name: tuple(map(str, table[name])) for name in ("before", "after", "start")}
    return PromptFormat(
        cast(Family, table["family"]),
        tasks,
        str(table["end"]),
        **lists,
        max_source_tokens=int(table["max_source_tokens"]),
        decoding=Decoding(**table["decoding"]),
        verify=None if verify is None else VerifyTokens(**verify),
        asks=None if asks is None else read_format(asks),
    )


_TOKENS_PER_WORD, _SPARE_TOKENS = 3, 8
"""Gemma's tokens an Arabic word are 2.0 on average and 2.7 in texts full of foreign names: a limit that stops
endless texts and leaves whole ones alone."""


def tokens_for(max_words: int) -> int:
    """Room for a text of so many words."""
    return max_words * _TOKENS_PER_WORD + _SPARE_TOKENS


def source_ids(passage: Passage, prefix: str, tokenizer: TextTokenizer, max_tokens: int) -> tuple[int, ...]:
    """The passage as at most ``max_tokens`` ids, ``prefix`` before it: whole sentences as far as they fit.

    Sentences are joined by a space, paragraphs by a line break, and one space stands before it all, since Gemma's
    tokenizer adds none. A first sentence that is too long by itself is cut at a word.
    """
    text, ends = join_sentences(passage, prefix)
    ids, token_ends = tokenizer.encode(text)
    if len(ids) <= max_tokens:
        return tuple(ids)
    limit = token_ends[max_tokens - 1]
    fitting = [end for end in ends if end <= limit]
    cut = fitting[-1] if fitting else max(text.rfind(" ", 1, limit + 1), 1)
    return tuple(tokenizer.encode(text[:cut])[0][:max_tokens])


def join_sentences(passage: Passage, prefix: str = "") -> tuple[str, list[int]]:
    """The text that a model reads for a passage, and where its sentences end in it, in code points."""
    text, ends, paragraph = " " + prefix.lstrip(), [], None
    for sentence in passage.sentences:
        if paragraph is not None:
            text += "\n" if sentence.paragraph != paragraph else " "
        text += " ".join(sentence.text.split())
        ends.append(len(text))
        paragraph = sentence.paragraph
    return text, ends
