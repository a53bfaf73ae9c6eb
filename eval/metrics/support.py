"""Is what the output says in the article? Numbers, dates, names, quotations and negation, by the house's checker."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import get_args

import numpy as np

from eval.metrics.base import Item, Measurement, mean_of, ratio
from summarizer.briefing.claims import support_score
from summarizer.briefing.claims.check import check
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Claim, ClaimKind, Span, Support

_CHECKS = "number+date+name+quote+negation"


@lru_cache(maxsize=1)
def _weights() -> str:
    """Eight hexadecimal digits that name the fitted weights of the score."""
    return hashlib.sha256(Path(support_score.__file__).with_name("support_weights.json").read_bytes()).hexdigest()[:8]


def support(items: Sequence[Item]) -> Measurement:
    """The mean support score of the statements of an output, in per cent, against the article's body.

    The score's weights are fitted to human judgements (``eval.calibrate``).
    """
    values = [_mean([found.score for _, found in reports(*pair)]) for pair in _pairs(items)]
    return mean_of(values, source="body", checks=_CHECKS, weights=_weights(), avg="macro")


def claims(items: Sequence[Item]) -> Measurement:
    """The share of all claims (numbers, dates, names, quotations, negations) that the article's body has, in per cent.

    Counted over all outputs together; does not apply to an output that claims nothing of the kind.
    """
    return _found(items, get_args(ClaimKind), _CHECKS)


def numbers_supported(items: Sequence[Item]) -> Measurement:
    """``claims`` of numbers and dates alone."""
    return _found(items, ("number", "date"), "number+date")


def names_supported(items: Sequence[Item]) -> Measurement:
    """``claims`` of names alone."""
    return _found(items, ("name",), "name")


def _found(items: Sequence[Item], kinds: Sequence[str], checks: str) -> Measurement:
    """The share of the claims of these kinds that are supported, over all outputs together."""
    found = [
        [claim.supported for _, report in reports(*pair) for claim in report.claims if claim.kind in kinds]
        for pair in _pairs(items)
    ]
    counts = np.array([[100.0 * sum(marks), len(marks)] for marks in found])  # (items, 2)
    return Measurement(counts, ratio, ratio(counts), {"source": "body", "checks": checks, "avg": "micro"})


def supported(items: Sequence[Item]) -> Measurement:
    """The share of outputs in which every claim was found in the article's body, in per cent."""
    values = [100.0 * all(found.supported for _, found in reports(*pair)) for pair in _pairs(items)]
    return mean_of(values, source="body", checks=_CHECKS, avg="share-of-outputs")


def unsupported_claims(output: str, source: str) -> Iterator[Claim]:
    """The claims of ``output`` that ``source`` does not bear out; their spans are in code points of ``output``."""
    for offset, found in reports(output, source):
        for claim in found.unsupported:
            span = Span(claim.span.start + offset, claim.span.end + offset)
            yield Claim(claim.kind, claim.text, span, claim.supported, claim.reason)


@lru_cache(maxsize=40_000)
def reports(output: str, source: str) -> tuple[tuple[int, Support], ...]:
    """Where each statement (a line) of ``output`` starts, and its report; remembered, since two metrics ask."""
    found, offset = [], 0
    for line in output.split("\n"):
        if line.strip():
            found.append((offset, check(line, _index(source))))
        offset += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=512)
def _index(source: str) -> SourceIndex:
    """One index an article, however many systems wrote about it."""
    return SourceIndex(source)


def _pairs(items: Sequence[Item]) -> list[tuple[str, str]]:
    return [(item.output, item.source) for item in items]


def _mean(scores: list[float]) -> float:
    return 100.0 * sum(scores) / len(scores) if scores else float("nan")
