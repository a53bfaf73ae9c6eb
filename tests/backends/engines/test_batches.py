"""Batches by length: every prompt once, little padding, within the limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.backends.engines.base import Prompt, batches_by_length

LENGTHS = st.lists(st.integers(0, 60), max_size=40)


def prompts(lengths: list[int]) -> list[Prompt]:
    return [Prompt((7,) * length, (1,), 5) for length in lengths]


@given(LENGTHS, st.integers(1, 200), st.none() | st.integers(0, 5), st.integers(1, 6))
def test_limits_hold(lengths: list[int], max_tokens: int, max_spread: int | None, max_size: int) -> None:
    batches = batches_by_length(prompts(lengths), max_tokens, max_spread, max_size)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        sizes = [lengths[index] for index in batch]
        assert sizes == sorted(sizes, reverse=True)
        assert len(batch) <= max_size
        assert len(batch) == 1 or max(sizes) * len(batch) <= max_tokens
        assert max_spread is None or max(sizes) - min(sizes) <= max_spread


def test_equal_lengths_share_a_batch() -> None:
    assert batches_by_length(prompts([5, 9, 5, 9, 3]), 100, max_spread=0) == [[1, 3], [0, 2], [4]]
