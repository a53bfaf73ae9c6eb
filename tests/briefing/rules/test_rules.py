"""Every rule against its own examples, and the table of rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.draft import Draft
from summarizer.briefing.polish import polish
from summarizer.briefing.rules import HARD, RULES, dangling_opening, fault, mended
from summarizer.briefing.rules.rule import Example, Rule, example
from summarizer.briefing.source import Source
from summarizer.errors import ConfigError
from summarizer.schema import Task

BAD = [(rule, one) for rule in RULES for one in rule.bad]
GOOD = [(rule, one) for rule in RULES for one in rule.good]


@pytest.mark.parametrize(("rule", "one"), BAD, ids=lambda value: getattr(value, "name", ""))
def test_a_rule_turns_its_bad_examples_down(rule: Rule, one: Example) -> None:
    assert rule.find(one.draft, Source.of(*one.of))


@pytest.mark.parametrize(("rule", "one"), GOOD, ids=lambda value: getattr(value, "name", ""))
def test_a_rule_lets_its_good_examples_pass(rule: Rule, one: Example) -> None:
    assert rule.find(one.draft, Source.of(*one.of)) == ""


@given(st.text("وقال إن هذا الوزير «»،.؟: 12", max_size=60), st.sampled_from(Task), st.booleans())
def test_whatever_the_text_the_first_reason_is_one_of_them(text: str, task: Task, lifted: bool) -> None:
    draft, source = Draft(text, task, lifted), Source.of(text)
    reasons = [rule.find(draft, source) for rule in RULES]
    assert fault(draft, source) == next(filter(None, reasons), "")


def test_the_first_reason_is_told() -> None:
    draft, source = Draft("هو «يعلن"), Source.of("")
    assert fault(draft, source) == "2 words, outside 4-18"
    assert "pointing" in fault(draft, source, RULES[2:])
    assert "open" in fault(draft, source, HARD[2:])


def test_names_are_given_once() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert set(HARD) < set(RULES)


def test_a_rule_without_examples_is_refused() -> None:
    with pytest.raises(ConfigError, match="new"):
        Rule("new", lambda draft, source: "", bad=(), good=(example("الحكومة تعلن الميزانية"),))


def test_a_bullet_that_is_too_long_loses_the_particulars_of_its_speaker() -> None:
    said = "إن قواته تنتظر إتمام التحضيرات اللازمة للتقدم في آخر بقعة يتحصن فيها التنظيم"
    long = Draft(f"أشار هفال روني الذي يستخدم اسمه العسكري {said}")
    assert mended(long).text == f"أشار هفال روني {said}"
    assert mended(Draft(long.text, lifted=True)).text == long.text
    assert mended(Draft(long.text, Task.STANDFIRST)).text == long.text


def test_what_opens_by_leaning_on_another_sentence() -> None:
    assert dangling_opening("وهذا ما رفضته الحكومة")
    assert dangling_opening("وأضاف أن الحكومة رفضت ذلك")
    assert dangling_opening("الحكومة ترفض الخطة") == ""


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("هزيمة داعش في شرق سوريا قاب قوسين أو أدنى", Task.HEADLINE),
        ("الخناق يزداد ضيقا على تنظيم الدولة الإسلامية", Task.BULLET),
        ("داعش محاصر في 4 كيلومترات مربعة في شرق سوريا", Task.BULLET),
        ("قادة كبار في داعش متحصنون في أخر جيب بشرق سوريا", Task.BULLET),
        ("لا أنباء عن أبي بكر البغدادي ولا مكان تواجده", Task.BULLET),
        ("خلافات بين الجهاديين الأجانب والمحليين تشق صفوف داعش", Task.BULLET),
        (
            "قوات سوريا الديمقراطية تكشف أنها رفضت طلبا من تنظيم الدولة الإسلامية نقله لها وجهاء بالسماح لهم "
            "بالانسحاب من المنطقة.",
            Task.STANDFIRST,
        ),
    ],
)
def test_the_editors_own_words_pass(text: str, task: Task) -> None:
    assert fault(Draft(polish(text, task), task), Source.of(text)) == ""
