"""What a model that has read a part of an article is asked: readings, and questions in ids."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.backends.asks import LABELS, MANNERS, RANKS, REACHED, SPARE_TOKENS, Asker, AskFormat, readings
from summarizer.backends.prompt import CONTROL_TOKENS


@pytest.mark.parametrize(
    ("lengths", "budget", "expected"),
    [
        ([], 10, []),
        ([3, 3, 3], 9, [((0, 1, 2), range(3))]),
        ([3, 3, 3, 3], 9, [((0, 1, 2), range(3)), ((0, 2, 3), range(3, 4))]),
        ([2, 2, 2, 2], 9, [((0, 1, 2, 3), range(4))]),
        # A long lead is not read again; of the two sentences before, as many as leave half of the room.
        ([6, 3, 3, 3], 9, [((0, 1), range(2)), ((1, 2, 3), range(2, 4))]),
        ([1, 5, 5, 1], 9, [((0, 1), range(2)), ((0, 2, 3), range(2, 4))]),
        # A sentence that is longer than the room is read alone behind them.
        ([2, 20, 2], 9, [((0,), range(1)), ((0, 1), range(1, 2)), ((0, 2), range(2, 3))]),
        ([20, 2], 9, [((0,), range(1)), ((1,), range(1, 2))]),
    ],
)
def test_an_article_is_read_in_parts(
    lengths: list[int], budget: int, expected: list[tuple[tuple[int, ...], range]]
) -> None:
    assert [(one.read, one.asked) for one in readings(lengths, budget)] == expected


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(3, 480))
def test_every_sentence_is_asked_about_once_within_the_budget(lengths: list[int], budget: int) -> None:
    made = readings(lengths, budget)
    assert list(chain.from_iterable(one.asked for one in made)) == list(range(len(lengths)))
    for one in made:
        assert list(one.read) == sorted(set(one.read))
        assert set(one.asked) <= set(one.read)
        before = [index for index in one.read if index not in one.asked]
        assert sum(lengths[index] for index in before) <= budget
        assert sum(lengths[index] for index in one.read) <= budget or len(one.asked) == 1
        assert 0 in one.read or lengths[0] > budget // 3
        assert set(before) <= {0, one.asked[0] - 2, one.asked[0] - 1}


IDS = {"<bos>": 2, **{f"<unused{index}>": 100 + index for index in range(16)}}


def asker(**limits: int) -> Asker:
    """Ids of words are their lengths."""
    asks = AskFormat(**limits)  # type: ignore[arg-type]
    return Asker(lambda text: [len(word) for word in text.split()], IDS.__getitem__, CONTROL_TOKENS, ("<bos>",), asks)


def test_questions_in_ids() -> None:
    ask = asker()
    about, line = ask.words(" وصل  القطار\nأمس"), ask.words("وصل")
    assert about == (3, 6, 3)
    assert ask.reading([about, line]) == (2, 3, 6, 3, 3)
    assert ask.write("headline", about, "short") == (100, 3, 6, 3, 110)
    assert ask.write("bullet", about, "light") == (102, 3, 6, 3, 109)
    assert ask.rank(about) == (104, 3, 6, 3, 105)
    assert ask.reached(about) == (104, 3, 6, 3, 109)
    assert ask.judge("standfirst", about, line) == (103, 101, 3, 6, 3, 109, 3, 105)


def test_what_is_too_long_is_cut() -> None:
    ask = asker(reading_tokens=5, sentence_tokens=2, line_tokens=1)
    assert len(ask.reading([(7,) * 90])) == 1 + 5 + SPARE_TOKENS
    assert ask.judge("bullet", (1, 2, 3), (4, 5)) == (103, 102, 1, 2, 109, 4, 105)
    assert ask.asks.longest(3) == 5 + SPARE_TOKENS + 2 + 3 + 4


def test_answers_to_one_question_are_told_apart() -> None:
    """A token may mean something else behind another question, but not behind the same."""
    asks = AskFormat()
    for table, names in (
        (asks.ranks, RANKS),
        (asks.reaches, REACHED),
        (asks.labels, LABELS),
        (asks.manners, MANNERS),
    ):
        assert tuple(table) == names
        if table is not asks.manners:
            assert max(Counter(table.values()).values()) == 1
    assert set(asks.tokens()) <= set(IDS)
    assert asker().answers(asks.reaches) == [106, 107]
