"""From prepared rows to token ids: the source cut at a sentence end, its targets behind their control tokens.

A row is one line of ``train.jsonl`` (see ``training.prepare``):

    {"id": "…", "source_name": "bbc", "source": "…", "targets": {"headline": "…", "standfirst": "…"}}
    {"id": "…", "source_name": "bbc", "source": "…", "statement": "…", "label": "yes"}
    {"id": "…", "source_name": "bbc", "text": "…"}
    {"id": "…", "source_name": "bbc", "reading": ["…", …], "asks": [{"task": "bullet", "about": "…", "text": "…"}, …]}

The last kind is an article read once, and what is asked behind it: see ``training.finetune.data.asks``.
"""

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import DataError
from training.finetune.data.asks import Ask, asker_of, beside, encode_ask, read_ask
from training.finetune.data.frames import IdFrame
from training.prompts import CONTROL_TOKENS, SEQ2SEQ_PREFIXES, STYLES, VERDICTS, spaced

SENTENCE_END = re.compile(r"[.!?؟…]+[\"»”’)\]]*(?=\s)|\n|$")
"""Where a source may be cut: after end punctuation with its closing marks, or at a line break."""


TEXT = "text"
"""The task of rows that are learned as they stand (continued pre-training); decoder-only."""

MAX_CHARS_PER_TOKEN = 6
"""More text than this a token is never needed: Arabic news has about 4.2 characters a token."""


@dataclass(frozen=True, slots=True)
class Row:
    """One prepared row: a source, and by task the texts to be written from it."""

    id: str
    source_name: str
    source: str
    targets: Mapping[str, str]
    statement: str = ""
    """What a verdict (task ``verify``, target ``yes`` or ``no``) is about."""
    needs_words: int = 0
    """How many leading words of the source bear the targets out; 0: not known."""
    asks: tuple[Ask, ...] = ()
    """What is asked behind a reading, which ``source`` then holds a sentence a line."""


@dataclass(frozen=True, slots=True)
class Example:
    """A row as ids. ``source`` holds everything before the control tokens; a target ends with the end token."""

    source: tuple[int, ...]
    targets: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]
    """(task, ids that are read before the target, target ids); none where the source itself is learned."""

    @property
    def length(self) -> int:
        """Tokens that a decoder-only model reads for this row: the source, and each target without its end."""
        return len(self.source) + sum(max(0, len(before) - 1) + len(ids) for _, before, ids in self.targets)


def read_rows(path: Path, tasks: Sequence[str], limit: int = 0) -> Iterator[Row]:
    """The rows of a prepared file that have a target of ``tasks`` (at most ``limit``, 0 = all).

    Raises :class:`DataError` naming file and line when a line is not such a row.
    """
    found = 0
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            row = _row(line, f"{path}:{number}", tasks)
            if row.targets or row.asks:
                yield row
                found += 1
            if limit and found >= limit:
                return


def _row(line: str, place: str, tasks: Sequence[str]) -> Row:
    try:
        record = json.loads(line)
        if "asks" in record:
            return _asked(record, place, tasks)
        source, targets = record["text"] if "text" in record else record["source"], _targets(record)
        if not (isinstance(source, str) and source.strip() and isinstance(targets, dict)):
            raise ValueError("an empty source or targets that are not a table")
        unknown = targets.keys() - {*SEQ2SEQ_PREFIXES, TEXT}
        if unknown:
            raise ValueError(f"unknown task {sorted(unknown)[0]!r}")
        kept = {task: str(text) for task, text in targets.items() if task in tasks and str(text).strip()}
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            expected="a row {id, source, targets}", got=f"{place}: {error!r}", hint="write it with training.prepare"
        ) from error
    origin = str(record.get("id", place)), str(record.get("source_name", ""))
    return Row(*origin, source, kept, str(record.get("statement", "")), int(record.get("needs_words", 0)))


def _asked(record: Mapping[str, Any], place: str, tasks: Sequence[str]) -> Row:
    sentences = record["reading"]
    if not (sentences and all(isinstance(one, str) and one.strip() for one in sentences)):
        raise ValueError("a reading without sentences, or with an empty one")
    asks = tuple(ask for ask in map(read_ask, record["asks"]) if ask.task in tasks)
    source = "\n".join(" ".join(one.split()) for one in sentences)
    return Row(str(record.get("id", place)), str(record.get("source_name", "")), source, {}, asks=asks)


def _targets(record: Mapping[str, Any]) -> Any:
    """The targets of a row; of a verdict its label, of a text itself."""
    if "text" in record:
        return {TEXT: record["text"]}
    if "targets" in record:
        return record["targets"]
    label, statement = record["label"], record["statement"]
    if label not in ("yes", "no") or not str(statement).strip():
        raise ValueError(f"label {label!r} of statement {statement!r}")
    return {"verify": label}


@dataclass(frozen=True, slots=True)
class SourceVariety:
    """What is done to some of the sources of a decoder-only model, chosen by a checksum of the row's id."""

    style_share: float = 0.0
    """So many begin with the token of their publisher's house style."""
    short_share: float = 0.0
    """So many are cut to the sentences that bear the targets out: articles may be short."""


class Encoder:
    """Turns rows into ids for one tokenizer and one family (``causal`` or ``seq2seq``)."""

    def __init__(
        self,
        tokenizer: Any,
        family: str,
        max_source_tokens: int,
        max_target_tokens: int,
        variety: SourceVariety | None = None,
        frame: IdFrame | None = None,
    ) -> None:
        """``frame``: what stands around the texts of an encoder-decoder; by default nothing but the end token."""
        self.tokenizer, self.family, self.variety = tokenizer, family, variety or SourceVariety()
        self.frame = frame or IdFrame((), (tokenizer.eos_token_id,), (tokenizer.pad_token_id,))
        self.max_source_tokens, self.max_target_tokens = max_source_tokens, max_target_tokens

    def source(self, text: str, row_id: str = "") -> tuple[int, ...]:
        """``text`` from its beginning to the last sentence end within ``max_source_tokens``.

        Half of the rows (by a checksum of their id) keep their line breaks; the others have them as spaces, so that
        a model reads both kinds of source.
        """
        if zlib.crc32(row_id.encode()) % 2:
            text = text.replace("\n", " ")
        text = spaced(text[: self.max_source_tokens * MAX_CHARS_PER_TOKEN])
        encoded = self.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        ids, ends = encoded.input_ids, [end for _, end in encoded["offset_mapping"]]
        if len(ids) > self.max_source_tokens:
            cut = len(cut_at_sentence(text, ends[self.max_source_tokens - 1]))
            ids = ids[: max(1, bisect_right(ends, cut, hi=self.max_source_tokens))]
        return tuple(ids)

    def _framed_source(self, row: Row) -> tuple[int, ...]:
        """``<bos> [STYLE] SOURCE``, or before a verdict ``<bos> [STYLE] SOURCE <verify> STATEMENT``."""
        text = row.source
        if row.needs_words and _drawn("short", row.id, self.variety.short_share):
            text = shortened(text, row.needs_words)
        style = STYLES.get(row.source_name.partition(":")[0])
        styled = style is not None and _drawn("style", row.id, self.variety.style_share)
        before = (self.tokenizer.bos_token_id, *((self._id(style),) if style and styled else ()))
        if not row.statement:
            return (*before, *self.source(text, row.id))
        statement = self.tokenizer(spaced(row.statement), add_special_tokens=False).input_ids
        return (*before, *self.source(text, row.id), self.control("verify"), *statement[: self.max_target_tokens])

    def target(self, text: str) -> tuple[int, ...] | None:
        """The ids of ``text`` and the end token; None when it is longer than ``max_target_tokens``."""
        ids = tuple(self.tokenizer(spaced(text), add_special_tokens=False).input_ids)
        if len(ids) >= self.max_target_tokens:
            return None
        end = int(self.tokenizer.eos_token_id)
        return (*ids, end) if self.family == "causal" else self.frame.target(ids, end)

    def control(self, task: str) -> int:
        """The id of the control token of ``task``; -1 for an encoder-decoder, which has none."""
        return self._id(CONTROL_TOKENS[task]) if self.family == "causal" else -1

    def _id(self, token: str) -> int:
        return int(self.tokenizer.convert_tokens_to_ids(token))

    def encode(self, row: Row) -> list[Example]:
        """One example for a decoder-only model, one a target for an encoder-decoder; none when nothing fits."""
        if row.asks:
            return self._asked(row)
        if row.statement or TEXT in row.targets:
            return [self._untold(row)] if self.family == "causal" else []
        encoded = {task: ids for task, text in row.targets.items() if (ids := self.target(text))}
        if self.family == "causal":
            told = {task: ids for task, ids in encoded.items() if task in CONTROL_TOKENS}
            targets = tuple((task, (self.control(task),), ids) for task, ids in told.items())
            return [Example(self._framed_source(row), targets)] if targets else []
        return [
            Example(self.frame.source(self.source(SEQ2SEQ_PREFIXES[task] + row.source, row.id)), ((task, (), ids),))
            for task, ids in encoded.items()
        ]

    def _asked(self, row: Row) -> list[Example]:
        """An article read once with all that is asked behind it; for an encoder-decoder an example a line."""
        if self.family != "causal":
            return [
                Example(self.frame.source(self.source(told, row.id)), ((ask.task, (), ids),))
                for ask in row.asks
                if ask.task in SEQ2SEQ_PREFIXES and (ids := self.target(ask.text))
                for told in [beside(SEQ2SEQ_PREFIXES[ask.task], ask.about, row.source)]
            ]
        asker, end = asker_of(self.tokenizer), (int(self.tokenizer.eos_token_id),)
        targets = tuple((ask.task, *encode_ask(ask, asker, end)) for ask in row.asks)
        fitting = tuple(target for target in targets if len(target[2]) <= self.max_target_tokens)
        reading = asker.reading([asker.words(line) for line in row.source.splitlines()])
        return [Example(reading, fitting)] if fitting else []

    def _untold(self, row: Row) -> Example:
        """A row that no text is written for: a verdict, or a text to be learned itself."""
        if TEXT in row.targets:
            return Example((self.tokenizer.bos_token_id, *self.source(row.source, row.id)), ())
        answer = self._id(VERDICTS[row.targets["verify"]])
        return Example(self._framed_source(row), (("verify", (self._id(VERDICTS["ask"]),), (answer,)),))


def _drawn(what: str, row_id: str, share: float) -> bool:
    """A fixed draw by ``row_id``: True for ``share`` of all ids."""
    return zlib.crc32(f"{what}/{row_id}".encode()) % 1000 < 1000 * share


def shortened(text: str, words: int) -> str:
    """``text`` to the first sentence end after so many of its words; all of it when there is none."""
    matches = list(re.finditer(r"\S+", text))
    if len(matches) <= words:
        return text
    end = next((match.end() for match in SENTENCE_END.finditer(text, matches[words - 1].start())), len(text))
    return text[:end]


def cut_at_sentence(text: str, limit: int) -> str:
    """``text`` to the last sentence end within ``limit`` characters, or to the last word when there is none."""
    if limit >= len(text):
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text, 0, limit + 1) if 0 < match.end() <= limit]
    return text[: ends[-1]] if ends else text[:limit].rpartition(" ")[0] or text[:limit]
