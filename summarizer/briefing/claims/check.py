"""Is what a statement says in its source? Every number, date, name, quotation and negation, one claim each.

The checks are lexical and light: they find what the source does not bear out and say where; they do not understand.
``Support.supported`` is the verdict on the claims; ``Support.score`` also weighs how much of the statement's wording
the source has, and ranks statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from summarizer.arabic.dates import find_dates
from summarizer.arabic.numbers.find import find_numbers
from summarizer.arabic.sentences.quotations import find_quotes
from summarizer.arabic.text.normalize import seen
from summarizer.arabic.words import is_stopword, key, tokenize
from summarizer.briefing.claims.dates import check_dates
from summarizer.briefing.claims.names import check_names
from summarizer.briefing.claims.negation import check_negation
from summarizer.briefing.claims.quantities import check_numbers
from summarizer.briefing.claims.quotes import check_quotes
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.briefing.claims.support_score import support_score
from summarizer.schema import Claim, Span, Support


def check(statement: str, source: str | SourceIndex) -> Support:
    """The faithfulness report of ``statement`` against ``source``.

    Takes any text; a ``SourceIndex`` saves reading a source again. Claim spans are code points of ``statement``, in
    order. An empty statement claims nothing and has score 1.
    """
    index = source if isinstance(source, SourceIndex) else _index(source)
    copy = seen(statement)
    claims = find_claims(copy.text, index)
    score = support_score(tokenize(copy.text), index, claims)
    if copy.text != statement:
        claims = tuple(_placed(claim, statement, copy.span(*claim.span)) for claim in claims)
    return Support(score, claims)


def _placed(claim: Claim, statement: str, span: Span) -> Claim:
    return replace(claim, text=span.of(statement), span=span)


def check_many(statements: Iterable[str], source: str | SourceIndex) -> tuple[Support, ...]:
    """``check`` of each of ``statements`` against one source, which is read once."""
    index = source if isinstance(source, SourceIndex) else _index(source)
    return tuple(check(statement, index) for statement in statements)


@lru_cache(maxsize=8)
def _index(source: str) -> SourceIndex:
    return SourceIndex(source)


def find_claims(statement: str, source: SourceIndex) -> tuple[Claim, ...]:
    """Every checkable part of ``statement`` with its verdict, in the order of the text."""
    words = tokenize(statement)
    numbers = find_numbers(statement)
    dates = find_dates(statement, numbers)
    date_spans = [mention.span for mention in dates]
    numbers = tuple(number for number in numbers if not _covered(number.span, date_spans))
    quotes = find_quotes(statement)
    claims = check_dates(dates, statement, source.dates, source.numbers)
    claims += check_numbers(numbers, statement, source.numbers)
    claims += check_quotes(quotes, statement, source)
    claims += check_names(words, statement, source, [claim.span for claim in claims])
    keys = tuple(key(word.text) for word in words if not is_stopword(word.text))
    claims += check_negation(words, statement, source, keys) if keys else []
    return tuple(sorted(claims, key=lambda claim: claim.span))


def _covered(span: Span, spans: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in spans)
