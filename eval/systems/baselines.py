"""Systems without a model: the lead, and the oracle that has seen the references (an upper bound for extraction)."""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.rouge import rouge1_pair, rouge2_pair
from eval.metrics.settings import Tokens, load_setting

ORACLE_SETTING = "normalized"


def oracle(sentences: Sequence[str], references: Sequence[str]) -> list[str]:
    """Those of ``sentences`` that greedily raise ROUGE-1 + ROUGE-2 F most, in their order.

    Nallapati et al. 2017; tokens of the ``normalized`` setting, best reference. Sentences are added while the score
    rises; when none shares a word with a reference, the first sentence stands for all.
    """
    setting = load_setting(ORACLE_SETTING)
    words = [setting.tokens(text).words for text in sentences]
    wanted = [setting.tokens(reference) for reference in references]
    chosen: list[int] = []
    best = 0.0
    while len(chosen) < len(sentences):
        trials = [(_gain(words, [*chosen, i], wanted), -i) for i in range(len(sentences)) if i not in chosen]
        score, place = max(trials)
        if score <= best:
            break
        best = score
        chosen.append(-place)
    return [sentences[i] for i in sorted(chosen or [0])]


def _gain(words: Sequence[tuple[str, ...]], chosen: Sequence[int], references: Sequence[Tokens]) -> float:
    """ROUGE-1 + ROUGE-2 F of the chosen sentences against the reference they suit best."""
    output = Tokens(tuple(word for i in sorted(chosen) for word in words[i]))
    return max(rouge1_pair(reference, output) + rouge2_pair(reference, output) for reference in references)
