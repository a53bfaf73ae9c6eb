"""ROUGE-1, -2, -L and -Lsum as F-measures (Lin 2004), in whichever setting the tokens come from.

With several references the score of an item is that of its best reference; the ``_mean`` variants take the mean over
the references. Two empty sides share nothing: 0, as in the original.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from eval.metrics.base import Item, Measurement, mean_of, references_field
from eval.metrics.lcs import lcs_length, lcs_places
from eval.metrics.settings import Setting, Tokens
from summarizer.arabic.sentences.split import split_sentences

Gram = TypeVar("Gram")
PairScore = Callable[[Tokens, Tokens], float]


def rouge1_pair(reference: Tokens, output: Tokens) -> float:
    """Unigram F in [0, 1]."""
    return _f(_shared(reference.unigrams, output.unigrams), len(reference), len(output))


def rouge2_pair(reference: Tokens, output: Tokens) -> float:
    """Bigram F in [0, 1]; 0 when a side has fewer than two tokens."""
    return _f(_shared(reference.bigrams, output.bigrams), len(reference) - 1, len(output) - 1)


def rougel_pair(reference: Tokens, output: Tokens) -> float:
    """F in [0, 1] of the longest common subsequence of the whole texts."""
    return _f(lcs_length(output, reference), len(reference), len(output))


def rougelsum_pair(references: Sequence[Tokens], outputs: Sequence[Tokens]) -> float:
    """Summary-level F in [0, 1]: for each reference sentence the union of its common subsequences with the output's.

    A token counts at most as often as it stands in either text, as in ROUGE-1.5.5.
    """
    left = _total(outputs)
    right = _total(references)
    hits = 0
    for sentence in references:
        union = {place for other in outputs for place in lcs_places(sentence, other)}
        for place in sorted(union):
            word = sentence.words[place]
            if left[word] > 0 and right[word] > 0:
                hits += 1
                left[word] -= 1
                right[word] -= 1
    return _f(hits, sum(map(len, references)), sum(map(len, outputs)))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a summary: its lines when it has several, else as the Arabic sentence splitter finds them."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        return tuple(lines)
    return tuple(span.of(text) for span in split_sentences(text))


def rouge1(items: Sequence[Item], setting: Setting) -> Measurement:
    """ROUGE-1, best reference."""
    return _measure(items, setting, _on_texts(rouge1_pair, setting), best=True)


def rouge2(items: Sequence[Item], setting: Setting) -> Measurement:
    """ROUGE-2, best reference."""
    return _measure(items, setting, _on_texts(rouge2_pair, setting), best=True)


def rougel(items: Sequence[Item], setting: Setting) -> Measurement:
    """ROUGE-L, best reference."""
    return _measure(items, setting, _on_texts(rougel_pair, setting), best=True)


def rougelsum(items: Sequence[Item], setting: Setting) -> Measurement:
    """ROUGE-Lsum over sentences in the setting's own tokens, best reference."""
    return _measure(items, setting, _on_sentences(setting), best=True)


def rouge1_mean(items: Sequence[Item], setting: Setting) -> Measurement:
    """ROUGE-1, mean over the references."""
    return _measure(items, setting, _on_texts(rouge1_pair, setting), best=False)


def rouge2_mean(items: Sequence[Item], setting: Setting) -> Measurement:
    """ROUGE-2, mean over the references."""
    return _measure(items, setting, _on_texts(rouge2_pair, setting), best=False)


def rougel_mean(items: Sequence[Item], setting: Setting) -> Measurement:
    """ROUGE-L, mean over the references."""
    return _measure(items, setting, _on_texts(rougel_pair, setting), best=False)


def _measure(items: Sequence[Item], setting: Setting, score: Callable[[str, str], float], *, best: bool) -> Measurement:
    """``score(reference, output)`` of every item in per cent, over its references."""
    pick: Callable[[Iterable[float]], float] = max if best else _mean
    values = [100.0 * pick([score(reference, item.output) for reference in item.references]) for item in items]
    fields = {"setting": setting.name, **setting.fields(), "refs": references_field(items)}
    return mean_of(values, **fields, multi="max" if best else "mean", avg="macro-f1")


def _on_texts(pair: PairScore, setting: Setting) -> Callable[[str, str], float]:
    return lambda reference, output: pair(setting.tokens(reference), setting.tokens(output))


def _on_sentences(setting: Setting) -> Callable[[str, str], float]:
    def score(reference: str, output: str) -> float:
        cut = [[setting.tokens(sentence) for sentence in sentences(text)] for text in (reference, output)]
        return rougelsum_pair(*cut)

    return score


def _shared(a: Counter[Gram], b: Counter[Gram]) -> int:
    """How many n-grams the two have in common, repetitions counted."""
    small, large = (a, b) if len(a) < len(b) else (b, a)
    return sum(min(count, large[gram]) for gram, count in small.items() if gram in large)


def _f(hits: int, size_a: int, size_b: int) -> float:
    """The harmonic mean of hits/size_a and hits/size_b; 0 without hits."""
    return 2.0 * hits / (size_a + size_b) if hits else 0.0


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _total(parts: Iterable[Tokens]) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part.unigrams)
    return total
