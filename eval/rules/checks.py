"""All that may turn a line down, by name: the rules, and the claims that the source does not bear out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from eval.rules.cases import Case
from summarizer.briefing.rules import RULES
from summarizer.briefing.rules.rule import Rule
from summarizer.schema import ClaimKind

Check = Callable[[Case], str]
"""Why a line is not to be printed, or the empty string."""


def _of(rule: Rule) -> Check:
    return lambda case: rule.find(case.draft, case.source)


def _unborne(kind: ClaimKind) -> Check:
    return lambda case: next((claim.text for claim in case.support.unsupported if claim.kind == kind), "")


_CLAIMS: Mapping[str, Check] = {f"claim: {kind}": _unborne(kind) for kind in get_args(ClaimKind)}
CHECKS: Mapping[str, Check] = {**{rule.name: _of(rule) for rule in RULES}, **_CLAIMS}
HARD = frozenset(_CLAIMS) | {rule.name for rule in RULES if rule.hard}
"""They stay whatever they score."""
