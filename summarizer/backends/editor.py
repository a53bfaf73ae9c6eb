"""A model that edits: it reads an article once and is asked about its sentences (see ``backends.asks``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from summarizer.arabic.text.normalize import clean
from summarizer.backends.asks import LABELS, Asker, Ids, readings
from summarizer.backends.candidates import BROKEN
from summarizer.backends.engines.base import Engine, Hypothesis, Prompt, Reader, Verdicts, shares, write_mixed
from summarizer.backends.prompt import tokens_for
from summarizer.config import Decoding
from summarizer.schema import Candidate, Fork, Task, Verdict


@dataclass(frozen=True, slots=True)
class Read:
    """An article as the model reads it: each sentence in ids, and the reading that it is asked about behind."""

    sentences: tuple[Ids, ...]
    before: tuple[Ids, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be written: of what task, about which sentence, in which of ``asks.MANNERS``.

    It has to end within ``max_tokens``, or within what ``max_words`` take at most. ``search``: how it is searched for,
    where not as the others of the call.
    """

    article: Read
    sentence: int
    task: Task
    manner: str
    max_words: int
    max_tokens: int | None = None
    search: Decoding | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text about a sentence that is to be judged."""

    sentence: str
    task: Task
    text: str


class Editing(Protocol):
    """What a brief is edited with."""

    def read(self, sentences: Sequence[str]) -> Read:
        """An article, as the others of these take it."""
        ...

    def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """Texts for each line, the likeliest first; none where none came out."""
        ...

    def likelihoods(self, forks: Sequence[Fork]) -> list[list[tuple[float, float]]]:
        """Of each word of each fork its log-probability, and of what is behind it; of none where it cannot tell."""
        ...

    def judge(self, drafts: Sequence[Draft]) -> Sequence[Verdict | None]:
        """What a judge that reads says of each draft; None where there is none."""
        ...


class SubEditor:
    """Asks one model. All articles of a call are asked at once; an answer does not depend on its company."""

    def __init__(self, engine: Engine, asker: Asker, decode: Callable[[Sequence[int]], str]) -> None:
        self._engine, self._asker, self._decode = engine, asker, decode

    def read(self, sentences: Sequence[str]) -> Read:
        """The sentences of an article, in order, with what is read before a question about each."""
        words = tuple(map(self._asker.words, sentences))
        before: list[Ids] = []
        for reading in readings([len(one) for one in words], self._asker.asks.reading_tokens):
            before += [self._asker.reading([words[index] for index in reading.read])] * len(reading.asked)
        return Read(words, tuple(before))

    def likelihoods(self, forks: Sequence[Fork]) -> list[list[tuple[float, float]]]:
        """Of each word of each fork its log-probability, and of what is behind it; of none where it cannot tell.

        Read as news by itself, not behind the article, where a slip is likely because it stands there.
        """
        if not isinstance(self._engine, Reader):
            return [[] for _ in forks]
        start = self._asker.reading(())
        contexts = [(*start, *(self._asker.words(before) if before else ())) for before, _, _ in forks]
        words = [[self._asker.words(word) for word in words] for _, words, _ in forks]
        texts = [[self._asker.words(word + behind) for word in words] for _, words, behind in forks]
        found = self._engine.likelihoods(contexts, texts)
        return [
            [(sum(one[: len(word)]), sum(one[len(word) :])) for word, one in zip(*pair, strict=True)]
            for pair in zip(words, found, strict=True)
        ]

    def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """The texts of each line that came to an end, the likeliest first; equal ones once."""
        prompts = [self._prompt(line) for line in lines]
        decodings = [line.search or decoding for line in lines]
        written = write_mixed(self._engine, prompts, decodings) if prompts else []
        return [self._candidates(found) for found in written]

    def judge(self, drafts: Sequence[Draft]) -> list[Verdict | None]:
        """What the model's judge says of each draft; None where it has no judge."""
        if not drafts or not isinstance(self._engine, Verdicts) or not self._engine.labels:
            return [None] * len(drafts)
        logits = self._engine.verdicts([self._question(draft) for draft in drafts])
        return [dict(zip(LABELS, row, strict=True)) for row in np.log(shares(logits)).tolist()]

    def _prompt(self, line: Line) -> Prompt:
        start = self._asker.write(line.task, line.article.sentences[line.sentence], line.manner)
        return _last_alone(line.article.before[line.sentence], start, line.max_tokens or tokens_for(line.max_words))

    def _question(self, draft: Draft) -> Prompt:
        about, line = self._asker.words(draft.sentence), self._asker.words(draft.text)
        return Prompt(self._asker.judged_alone(about), self._asker.judge_alone(draft.task, line), 1)

    def _candidates(self, found: Sequence[Hypothesis]) -> tuple[Candidate, ...]:
        made: dict[str, Candidate] = {}
        for hypothesis in found:
            text = " ".join(clean(self._decode(hypothesis.ids)).split())
            if text and BROKEN not in text and hypothesis.ended:
                score = min(0.0, hypothesis.score)
                made.setdefault(text, Candidate(text, score, "causal", log_probs=hypothesis.log_probs))
        return tuple(made.values())


def _last_alone(before: Ids, start: Ids, tokens: int) -> Prompt:
    """A prompt whose start others share but for its last token."""
    return Prompt(before, start, tokens, common=len(start) - 1)
