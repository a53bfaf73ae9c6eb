"""CTranslate2 engines: int8 on any CPU, one replica a core, everything loaded from memory.

Measured choices (``eval.engines`` prints the table):

- One replica a core with one thread each: a step of decoding gains next to nothing from a second thread.
- Prompts of one source go together behind it: the source is read once for a headline and a standfirst.
- Other prompts of a decoder-only model share a batch only when their sources are equally long. CTranslate2 reads a
  batch at once only as far as its shortest prompt and walks through the rest token by token; worse, it counts those
  tokens as written, so that ``no_repeat_ngram`` would forbid what the source says.
- T5Gemma 2, whose decoder attends to source and text at once, sees the padding of shorter sources: its batches hold
  sources of one length.
- Sources stay shorter than a sliding window (export sees to it): beyond it CTranslate2 4.8 reads something else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from summarizer.backends.engines.base import Hypothesis, Prompt, batches_by_length
from summarizer.config import Decoding
from summarizer.errors import BackendError, DamagedModel

ReadFiles = Callable[[], Mapping[str, bytes]]
"""Reads ``model.bin``, ``config.json`` and the vocabulary. Called again for sampling, so that no copy is kept."""

MERGED_ATTENTION = "mujaz_merged_attention"
"""Key of an export's ``config.json`` that says so; CTranslate2 passes over it."""
_MAX_BATCH_TOKENS = 4096
_MAX_REPLICAS = 8
_ONE_STEP = Decoding(candidates=1, beam=1, no_repeat_ngram=0)
_MAX_COMPARED_TOKENS = 1024


class _CTranslateEngine:
    """What the two engines share: a pool of replicas, the search, ids to tokens and back."""

    kind = ""
    """The class of the package ``ctranslate2``."""

    def __init__(
        self, read: ReadFiles, end: int, compute_type: str = "int8_float32", threads: int | None = None
    ) -> None:
        """``end``: id of the end token; ``threads``: CPU cores to use, by default all that this process may."""
        self._read, self._end, self._compute_type = read, end, compute_type
        cores = threads or _cores()
        self.replicas = min(cores, _MAX_REPLICAS)
        self._threads = cores // self.replicas
        files = read()
        self._tokens, self._config = _vocabulary(files), json.loads(files["config.json"])
        self._ids = {token: index for index, token in enumerate(self._tokens)}
        self._pool = self._open(files, self.replicas)

    def write(self, prompts: Sequence[Prompt], decoding: Decoding) -> list[list[Hypothesis]]:
        """See :class:`summarizer.backends.engines.base.Engine`. ``BackendError`` when the engine gives up."""
        written: list[list[Hypothesis]] = [[] for _ in prompts]
        with _reported():
            pool = self._seeded(decoding.seed) if _samples(decoding) else self._pool
            running = [(places, self._submit(pool, prompts, places, decoding)) for places in self._plan(prompts)]
            for places, results in running:
                for place, result in zip(places, results, strict=True):
                    written[place] = self._hypotheses(result.result(), prompts[place])
        return written

    def _open(self, files: Mapping[str, bytes], replicas: int) -> Any:
        options = {"compute_type": self._compute_type, "inter_threads": replicas, "intra_threads": self._threads}
        try:
            return getattr(_package(), self.kind)("memory", device="cpu", files=dict(files), **options)
        except (RuntimeError, ValueError) as error:
            raise DamagedModel(
                expected=f"a {self.kind} model of CTranslate2", got=str(error), hint="export the model again"
            ) from error

    def _seeded(self, seed: int) -> Any:
        """One replica whose random numbers begin at ``seed``: a thread takes its seed when it starts, and only then."""
        _package().set_random_seed(seed)
        return self._open(self._read(), 1)

    def _names(self, ids: Sequence[int]) -> list[str]:
        return [self._tokens[index] for index in ids]

    def _plan(self, prompts: Sequence[Prompt]) -> list[list[int]]:
        """Places of prompts that are submitted together, the longest work first."""
        raise NotImplementedError

    def _submit(self, pool: Any, prompts: Sequence[Prompt], places: Sequence[int], decoding: Decoding) -> list[Any]:
        raise NotImplementedError

    def _hypotheses(self, result: Any, prompt: Prompt) -> list[Hypothesis]:
        raise NotImplementedError

    def _hypothesis(self, ids: Sequence[int], score: float) -> Hypothesis:
        ended = bool(ids) and ids[-1] == self._end
        return Hypothesis(tuple(ids[:-1] if ended else ids), score, ended)


class CausalEngine(_CTranslateEngine):
    """A decoder-only model."""

    kind = "Generator"

    def _plan(self, prompts: Sequence[Prompt]) -> list[list[int]]:
        by_source: dict[tuple[int, ...], list[int]] = {}
        for place, prompt in enumerate(prompts):
            by_source.setdefault(prompt.source, []).append(place)
        shared = [places for places in by_source.values() if len(places) > 1]
        single = [places[0] for places in by_source.values() if len(places) == 1]
        batches = batches_by_length([prompts[place] for place in single], _MAX_BATCH_TOKENS, max_spread=0)
        return shared + [[single[index] for index in batch] for batch in batches]

    def _submit(
        self, pool: Any, prompts: Sequence[Prompt], places: Sequence[int], decoding: Decoding, **more: Any
    ) -> list[Any]:
        chosen = [prompts[place] for place in places]
        shared = len(chosen) > 1 and all(prompt.source == chosen[0].source for prompt in chosen)
        results: list[Any] = pool.generate_batch(
            [self._names(prompt.start if shared else prompt.source + prompt.start) for prompt in chosen],
            static_prompt=self._names(chosen[0].source) if shared else None,
            cache_static_prompt=False,
            include_prompt_in_result=False,
            end_token=[self._end],
            max_length=max(prompt.max_new_tokens for prompt in chosen),
            **_search(decoding),
            **more,
        )
        return results

    def _hypotheses(self, result: Any, prompt: Prompt) -> list[Hypothesis]:  # noqa: ARG002 - prompts come back cut off
        return [self._hypothesis(ids, score) for ids, score in zip(result.sequences_ids, result.scores, strict=True)]

    def compare(self, prompts: Sequence[Prompt], one: int, other: int) -> list[float]:
        """See :class:`summarizer.backends.engines.base.Comparer`. ``BackendError`` when the engine gives up.

        Each prompt is read whole, also where sources are the same: walking through four statements behind one source
        of 256 tokens takes longer than reading it four times.
        """
        whole = list(dict.fromkeys(Prompt(prompt.source + prompt.start, (), 1) for prompt in prompts))
        found: dict[tuple[int, ...], float] = {}
        with _reported():
            batches = batches_by_length(whole, _MAX_COMPARED_TOKENS, max_spread=0)
            running = [
                (places, self._submit(self._pool, whole, places, _ONE_STEP, return_logits_vocab=True))
                for places in batches
            ]
            for places, results in running:
                for place, result in zip(places, results, strict=True):
                    logits = np.asarray(result.result().logits[0][0])  # [V]
                    found[whole[place].source] = float(logits[one]) - float(logits[other])
        return [found[prompt.source + prompt.start] for prompt in prompts]


class Seq2SeqEngine(_CTranslateEngine):
    """An encoder-decoder. The model's own configuration names the first start token; the others are forced."""

    kind = "Translator"

    def _plan(self, prompts: Sequence[Prompt]) -> list[list[int]]:
        spread = 0 if self._config.get(MERGED_ATTENTION) else None
        return batches_by_length(prompts, _MAX_BATCH_TOKENS, spread)

    def _submit(self, pool: Any, prompts: Sequence[Prompt], places: Sequence[int], decoding: Decoding) -> list[Any]:
        chosen = [prompts[place] for place in places]
        results: list[Any] = pool.translate_batch(
            [self._names(prompt.source) for prompt in chosen],
            target_prefix=[self._names(prompt.start[1:]) for prompt in chosen],
            max_input_length=0,
            min_decoding_length=0,
            end_token=[self._end],
            max_decoding_length=max(len(prompt.start) - 1 + prompt.max_new_tokens for prompt in chosen),
            **_search(decoding),
        )
        return results

    def _hypotheses(self, result: Any, prompt: Prompt) -> list[Hypothesis]:
        forced = len(prompt.start) - 1
        return [
            # Scores are means that count forced tokens, whose own is 0.
            self._hypothesis(
                [self._ids[token] for token in tokens[forced:]], score * len(tokens) / max(1, len(tokens) - forced)
            )
            for tokens, score in zip(result.hypotheses, result.scores, strict=True)
        ]


def _search(decoding: Decoding) -> dict[str, Any]:
    """The options of a search or of sampling, by the names that both classes of the package use."""
    sampling = _samples(decoding)
    return {
        "beam_size": decoding.beam,
        "num_hypotheses": decoding.candidates if sampling else min(decoding.candidates, decoding.beam),
        "sampling_topk": 0 if sampling else 1,
        "sampling_temperature": decoding.temperature if sampling else 1.0,
        "repetition_penalty": decoding.repetition_penalty,
        "no_repeat_ngram_size": decoding.no_repeat_ngram,
        "return_scores": True,
        "return_end_token": True,
        "asynchronous": True,
    }


def _samples(decoding: Decoding) -> bool:
    return decoding.beam == 1 and decoding.candidates > 1


@contextmanager
def _reported() -> Iterator[None]:
    """The engine's own errors as ``BackendError``."""
    try:
        yield
    except (RuntimeError, ValueError, MemoryError) as error:
        raise BackendError(
            expected="an engine that writes", got=str(error), hint="free memory, or ask for less at once"
        ) from error


def _vocabulary(files: Mapping[str, bytes]) -> list[str]:
    """Tokens by id, from the engine's own file."""
    name = "vocabulary.json" if "vocabulary.json" in files else "shared_vocabulary.json"
    try:
        return [str(token) for token in json.loads(files[name])]
    except (KeyError, ValueError, TypeError) as error:
        raise DamagedModel(expected=f"{name}, a list of tokens", got=repr(error), hint="export it again") from error


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _package() -> Any:
    try:
        import ctranslate2
    except ImportError as error:
        raise BackendError(
            expected="the package ctranslate2", got=str(error), hint="pip install ctranslate2"
        ) from error
    return ctranslate2
