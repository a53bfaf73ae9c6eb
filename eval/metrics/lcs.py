"""Longest common subsequences, a whole row of the table at a time in the bits of one integer.

Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): bit j of a row is 0 where the table steps up.
"""

from __future__ import annotations

from eval.metrics.settings import Tokens


def lcs_length(a: Tokens, b: Tokens) -> int:
    """How many tokens the longest common subsequence of ``a`` and ``b`` has."""
    full = (1 << len(b)) - 1
    row, places = full, b.places
    for word in a.words:
        row = _next_row(row, places.get(word, 0), full)
    return len(b) - row.bit_count()


def lcs_places(a: Tokens, b: Tokens) -> list[int]:
    """Indices into ``a`` of one longest common subsequence with ``b``, increasing.

    Of several, the one that ROUGE-1.5.5 walks back to: from the end, a match is taken, else the step goes back in
    ``b`` only when that is strictly better.
    """
    full = (1 << len(b)) - 1
    rows, places = [full], b.places
    for word in a.words:
        rows.append(_next_row(rows[-1], places.get(word, 0), full))
    found: list[int] = []
    i, j = len(a), len(b)
    while i and j:
        if a.words[i - 1] == b.words[j - 1]:
            i, j = i - 1, j - 1
            found.append(i)
        elif _cell(rows[i], j - 1) > _cell(rows[i - 1], j):
            j -= 1
        else:
            i -= 1
    return found[::-1]


def _next_row(row: int, matches: int, full: int) -> int:
    step = row & matches
    return ((row + step) | (row - step)) & full


def _cell(row: int, j: int) -> int:
    """The table's value after ``j`` tokens of ``b``: the zeros among the row's first ``j`` bits."""
    return j - (row & ((1 << j) - 1)).bit_count()
