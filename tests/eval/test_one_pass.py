"""A brief in one generation: its lines become statements over the passages that they point at, or nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from eval import one_pass
from summarizer.article.read import read_text
from summarizer.backends.engines.base import Hypothesis, Prompt
from summarizer.backends.extractive import Extractive
from summarizer.backends.model import ModelBackend
from summarizer.config import BriefOptions
from summarizer.plan import plan_for
from summarizer.schema import Task
from training import brief_rows
from training.prompts import CONTROL_TOKENS

BODY = """افتتحت وزارة النقل في المدينة الساحلية خط القطار الجديد صباح الأحد بعد ثلاث سنوات من العمل.

وأعلنت شركة القطارات أن الخط الجديد يخدم نحو مئتي ألف راكب يوميا، وهو ما يخفف الزحام في وسط المدينة.

وطالب سكان الأحياء الشرقية بمحطة إضافية قرب المستشفى المركزي، بعد أن ألغتها البلدية من المخطط الأول.
"""
HEADLINE = "وزارة النقل تفتتح خط القطار الجديد في المدينة الساحلية"
STANDFIRST = "افتتحت وزارة النقل في المدينة الساحلية خط القطار الجديد صباح الأحد."
BULLET = "طالب سكان الأحياء الشرقية بمحطة إضافية قرب المستشفى المركزي"


def _backend(text: str) -> ModelBackend:
    """A model that writes ``text`` whatever it is asked."""
    prompt = Prompt(tuple(range(600)), (1,), 96)
    engine = SimpleNamespace(write=lambda prompts, _: [[Hypothesis(tuple(prompts[0].source), -0.1, True)]])
    tokenizer = SimpleNamespace(decode=lambda _: text, id_of=lambda _: 7)
    return cast(
        ModelBackend, SimpleNamespace(engine=engine, tokenizer=tokenizer, prompt=None, make_prompt=lambda *_: prompt)
    )


@pytest.mark.parametrize(
    ("lines", "told", "written"),
    [
        ([HEADLINE, STANDFIRST, f"وطالب سكان الأحياء | {BULLET}"], [HEADLINE, STANDFIRST, BULLET], 1),
        ([HEADLINE, STANDFIRST, f"وهدد سكان الأحياء | {BULLET}"], [HEADLINE, STANDFIRST], 1),  # points at nothing
        ([HEADLINE, STANDFIRST, BULLET], [HEADLINE, STANDFIRST], 1),  # no pointer
        ([HEADLINE, "وصل الوزير سالم العلي إلى القاهرة يوم الخميس مع وفد كبير."], [HEADLINE], 0),  # not in the source
        ([], [], 0),
    ],
)
def test_what_is_left_of_one_generation(lines: list[str], told: list[str], written: int) -> None:
    plan = plan_for(read_text(BODY), Extractive(), BriefOptions())
    said, count = one_pass.in_one_pass(_backend("\n".join(lines)), plan)
    assert [statement.text for statement in said] == told
    assert count == written


def test_it_asks_as_training_taught() -> None:
    assert (CONTROL_TOKENS["brief"], brief_rows.POINTER) == (one_pass.BRIEF, one_pass.POINTER)


def test_a_way_is_counted() -> None:
    plan = plan_for(read_text(BODY), Extractive(), BriefOptions())
    said, count = one_pass.in_one_pass(_backend("\n".join([HEADLINE, STANDFIRST, f"وطالب سكان | {BULLET}"])), plan)
    way = one_pass.Way("one pass")
    way.add(said, count, BULLET, 2.0)
    way.add([], 0, "", 1.0)
    assert way.row(2) == "| one pass | 50 | 50 | 0.5 | 0.5 | 9.0 | 100.0 | 1.50 |"
    assert [one.task for one in way.bullets] == [Task.BULLET]


def test_the_source_leaves_room_for_a_brief() -> None:
    seen: list[Prompt] = []
    backend: Any = _backend("")
    backend.engine.write = lambda prompts, _: seen.extend(prompts) or [[]]
    one_pass.in_one_pass(backend, plan_for(read_text(BODY), Extractive(), BriefOptions()))
    assert len(seen[0].source) + seen[0].max_new_tokens == 512
    assert seen[0].start == (7,)
