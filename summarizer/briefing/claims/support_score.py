"""How well a source bears a statement out, as one number that ranks statements.

The score starts at 1 and each defect takes a share of it: words and pairs of words that the source does not have, by
how much they tell; too little that it does have; claims that it does not bear out. The weights beside this file were
fitted to human ratings by ``python -m eval.calibrate --fit`` and can only take away.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from summarizer.arabic.vocabulary import rarity
from summarizer.arabic.words import Word, is_stopword, key
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Claim

#: Names of the defects, in the order of ``defects``. Those before «claims» are shares in [0, 1].
DEFECTS = ("new_words", "new_pairs", "novelty", "thin", "numbers", "names", "words_put")
#: Grounding (sum over words of the logarithm of their count in the source) from which a statement is not thin.
_FULL_GROUNDING = 30.0
#: Of a source too short for that, this share of its own is enough.
_SHARE_OF_SHORT = 0.4
_WEIGHTS = Path(__file__).with_name("support_weights.json")


def support_score(words: Sequence[Word], source: SourceIndex, claims: Iterable[Claim]) -> float:
    """The score in (0, 1] of the statement with these ``words`` and ``claims``; 1 when it has no content words."""
    found = defects(words, source, claims)
    return math.exp(-sum(weight * defect for weight, defect in zip(_weights(), found, strict=True)))


def defects(words: Sequence[Word], source: SourceIndex, claims: Iterable[Claim]) -> tuple[float, ...]:
    """What is wrong with a statement, one non-negative number for each of ``DEFECTS``; all 0 without content words.

    «new_words»: the share of its information (``lexicon.rarity``) in words that the source lacks. «new_pairs»: the
    share of neighbouring content words that are not near each other there. «novelty»: ln(1 + the rarity of all new
    words). «thin»: how little it shares of what the source keeps saying. «numbers», «names», «words_put»:
    ln(1 + claims of number or date, of name, of quotation or negation that the source does not bear out).
    """
    content = [word.text for word in words if not is_stopword(word.text) and not word.text[0].isdigit()]
    if not content:
        return (0.0,) * len(DEFECTS)
    weights = [rarity(word) for word in content]
    new = sum(weight for word, weight in zip(content, weights, strict=True) if not source.knows(word))
    keys = [key(word) for word in content]
    pairs = list(pairwise(keys))
    apart = sum(not source.are_near(one, other) for one, other in pairs)
    thin = _thinness(set(keys), source)
    return (new / sum(weights), apart / len(pairs) if pairs else 0.0, math.log1p(new), thin, *_counts(claims))


def _thinness(keys: Iterable[str], source: SourceIndex) -> float:
    """How far ``keys`` fall short of the grounding that a statement about ``source`` can be asked for, in [0, 1]."""
    wanted = min(_FULL_GROUNDING, _SHARE_OF_SHORT * math.fsum(map(math.log1p, source.counts.values())))
    found = math.fsum(math.log1p(source.counts.get(one, 0)) for one in keys)
    return max(0.0, 1.0 - math.log1p(found) / math.log1p(wanted)) if wanted else 1.0


def _counts(claims: Iterable[Claim]) -> tuple[float, float, float]:
    """ln(1 + unsupported claims): numbers and dates, names, quotations and negations."""
    kinds = [claim.kind for claim in claims if not claim.supported]
    groups = (("number", "date"), ("name",), ("quote", "negation"))
    counts = [math.log1p(sum(kind in group for kind in kinds)) for group in groups]
    return counts[0], counts[1], counts[2]


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    """The committed weights, in the order of ``DEFECTS``."""
    listed = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return tuple(float(listed[name]) for name in DEFECTS)
