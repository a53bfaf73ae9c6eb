"""Systems without a model: the lead, and the oracle that has seen the references (an upper bound for extraction)."""

from __future__ import annotations

from collections.abc import Sequence

from eval.benchmark_rows import Row
from eval.metrics.rouge import rouge1_pair, rouge2_pair
from eval.metrics.settings import Tokens, load_setting
from summarizer.arabic.sentences import split_sentences
from summarizer.schema import Task

ORACLE_SETTING = "normalized"


def lead(body: str, count: int, task: Task) -> str:
    """The first ``count`` sentences of the body, as they stand."""
    return join([span.of(body) for span in split_sentences(body)[:count]], task)


def oracle(row: Row, task: Task) -> str:
    """The sentences of the body that greedily raise ROUGE-1 + ROUGE-2 F most, in the order of the article.

    Nallapati et al. 2017; tokens of the ``normalized`` setting, best reference. Sentences are added while the score
    rises; when none shares a word with a reference, the first sentence stands for all.
    """
    setting = load_setting(ORACLE_SETTING)
    texts = [span.of(row.body) for span in split_sentences(row.body)]
    words = [setting.tokens(text).words for text in texts]
    references = [setting.tokens(reference) for reference in row.references]
    chosen: list[int] = []
    best = 0.0
    while len(chosen) < len(texts):
        trials = [(_gain(words, [*chosen, i], references), -i) for i in range(len(texts)) if i not in chosen]
        score, place = max(trials)
        if score <= best:
            break
        best = score
        chosen.append(-place)
    return join([texts[i] for i in sorted(chosen or [0])], task)


def join(sentences: Sequence[str], task: Task) -> str:
    """Sentences as one output: a line each for bullets, running text otherwise."""
    return ("\n" if task is Task.BULLET else " ").join(sentences)


def _gain(words: Sequence[tuple[str, ...]], chosen: Sequence[int], references: Sequence[Tokens]) -> float:
    """ROUGE-1 + ROUGE-2 F of the chosen sentences against the reference they suit best."""
    output = Tokens(tuple(word for i in sorted(chosen) for word in words[i]))
    return max(rouge1_pair(reference, output) + rouge2_pair(reference, output) for reference in references)
