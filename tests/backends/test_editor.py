from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from summarizer.backends.asks import LABELS, Asker, AskFormat
from summarizer.backends.editor import Draft, Line, SubEditor
from summarizer.backends.engines.base import Hypothesis, Prompt
from summarizer.config import Decoding
from summarizer.schema import Task

TASKS = {"headline": "<h>", "standfirst": "<s>", "bullet": "<b>"}
GREEDY = Decoding(candidates=1, beam=1)


def encode(text: str) -> list[int]:
    return [1000 + ord(letter) for letter in text]


def decode(ids: Sequence[int]) -> str:
    return "".join(chr(one - 1000) for one in ids)


class Engine:
    """Writes what it was told to; its judge finds every label as likely as the others."""

    def __init__(self, said: Sequence[tuple[str, bool]] = (), labels: int = len(LABELS)) -> None:
        self.said, self.asked, self.searches = list(said), list[Prompt](), list[tuple[int, int]]()
        self.labels = labels

    def write(self, prompts: Sequence[Prompt], decoding: Decoding) -> list[list[Hypothesis]]:
        self.asked += prompts
        self.searches.append((decoding.beam, len(prompts)))
        return [
            [Hypothesis(tuple(encode(text)), -0.5, ended)]
            for text, ended in (self.said[index % len(self.said)] for index in range(len(prompts)))
        ]

    def verdicts(self, prompts: Sequence[Prompt]) -> np.ndarray:
        self.asked += prompts
        return np.zeros((len(prompts), self.labels), np.float32)


def editor(engine: Engine, budget: int = 480) -> SubEditor:
    ids: dict[str, int] = {}
    asker = Asker(encode, lambda token: ids.setdefault(token, len(ids)), TASKS, ("<bos>",), AskFormat(budget))
    return SubEditor(engine, asker, decode)


def test_an_article_is_read_once_for_all_its_questions() -> None:
    engine = Engine([(" سطر", True)])
    one = editor(engine)
    article = one.read(["الأولى.", "الثانية.", "الثالثة."])
    one.write([Line(article, index, task, "light", 20) for index in range(3) for task in Task], GREEDY)
    assert {prompt.source for prompt in engine.asked} == {article.before[0]}
    assert len({prompt.start for prompt in engine.asked}) == 9


def test_later_sentences_of_a_long_article_are_asked_about_behind_a_reading_of_their_own() -> None:
    article = editor(Engine(), budget=40).read([f"{number} كلمة كلمة" for number in range(8)])
    assert len(set(article.before)) > 1
    assert all(len(before) <= 40 + 41 for before in article.before)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ((" سطر  كامل ", True), "سطر كامل"),
        ((" سطر لم ينته", False), None),
        (("  ", True), None),
        ((" سطر \ufffd", True), None),
    ],
)
def test_what_did_not_end_or_is_no_text_is_no_candidate(said: tuple[str, bool], text: str | None) -> None:
    one = editor(Engine([said]))
    (found,) = one.write([Line(one.read(["جملة."]), 0, Task.BULLET, "light", 20)], GREEDY)
    assert [one.text for one in found] == ([] if text is None else [text])


def test_a_line_may_have_to_end_early_and_others_share_its_beginning() -> None:
    engine = Engine([(" سطر", True)])
    one = editor(engine)
    article = one.read(["جملة."])
    lines = [Line(article, 0, Task.HEADLINE, "middle", 14, tokens) for tokens in (None, 28)]
    one.write(lines, GREEDY)
    assert [prompt.max_new_tokens for prompt in engine.asked[:2]] == [14 * 3 + 8, 28]
    assert all(prompt.start[: prompt.common] == engine.asked[0].start[:-1] for prompt in engine.asked[:2])


def test_a_sentence_is_read_once_for_all_lines_that_are_judged() -> None:
    engine = Engine()
    drafts = [Draft("جملة.", task, text) for text in ("سطر", "غيره") for task in (Task.BULLET, Task.HEADLINE)]
    found = editor(engine).judge(drafts)
    assert [set(verdict or ()) for verdict in found] == [set(LABELS)] * 4
    assert sum(math.exp(chance) for chance in (found[0] or {}).values()) == pytest.approx(1)
    assert len({prompt.source for prompt in engine.asked}) == 1
    assert len({prompt.start for prompt in engine.asked}) == 4
    assert len(engine.asked[0].source) == len(encode(" جملة.")) + 2


def test_without_a_judge_nothing_is_said_of_a_draft() -> None:
    engine = Engine(labels=0)
    assert editor(engine).judge([Draft("جملة.", Task.BULLET, "سطر")]) == [None]
    assert engine.asked == []


def test_nothing_is_asked_for_nothing() -> None:
    engine = Engine()
    assert editor(engine).write([], GREEDY) == []
    assert editor(engine).judge([]) == []
    assert engine.asked == []


def test_lines_of_one_call_are_searched_for_each_in_its_own_way() -> None:
    engine = Engine([(" سطر", True)])
    one = editor(engine)
    article = one.read(["الأولى.", "الثانية."])
    headline = Line(article, 0, Task.HEADLINE, "middle", 9, search=Decoding(candidates=4, beam=4))
    bullets = [Line(article, index, Task.BULLET, "light", 9) for index in range(2)]
    found = one.write([bullets[0], headline, bullets[1]], GREEDY)
    assert [len(one) for one in found] == [1, 1, 1]
    assert engine.searches == [(1, 2), (4, 1)]
