from __future__ import annotations

import pytest

from eval.rules.measure import Found, chance_of, printable, pruned, refused, rows
from eval.shares import Share
from summarizer.schema import Task

GOOD, BAD = "ok", "broken"


def lines(count: int, label: str, *rules: str, of: str = "written", task: Task = Task.BULLET) -> list[Found]:
    return [Found(of, label, frozenset(rules), task)] * count


#: Half of what passes is fit to print; «sharp» hits what is not, «blunt» as much as chance, «copy» with «sharp» alone.
LINES = [
    *lines(50, GOOD),
    *lines(50, BAD),
    *lines(12, BAD, "sharp"),
    *lines(8, BAD, "sharp", "copy"),
    *lines(6, BAD, "blunt"),
    *lines(6, GOOD, "blunt"),
]


def test_a_rule_is_measured_by_what_it_alone_turns_down() -> None:
    sharp, blunt, copy = rows(LINES, ["sharp", "blunt", "copy"])
    assert [row.objections["written"] for row in (sharp, blunt, copy)] == [20, 12, 8]
    assert [row.alone["written"] for row in (sharp, blunt, copy)] == [12, 12, 0]
    assert sharp.evidence[0].own == Share(12, 12)
    assert sharp.evidence[0].chance == 0.5
    assert [row.stays for row in (sharp, blunt, copy)] == [True, False, False]


def test_what_earns_no_place_goes_one_by_one_and_the_hard_stay() -> None:
    names = ["sharp", "blunt", "copy"]
    assert [row.name for row in pruned(LINES, names, ())] == ["blunt", "copy"]
    assert [row.name for row in pruned(LINES, names, {"blunt"})] == ["copy"]
    # Of two that say the same one goes, and the other is then the only one to say it.
    both = [*lines(50, GOOD), *lines(50, BAD), *lines(20, BAD, "one", "other")]
    assert [row.name for row in pruned(both, ["one", "other"], ())] == ["one"]


def test_headlines_are_compared_with_headlines() -> None:
    told = [
        *lines(90, BAD),
        *lines(10, GOOD),
        *lines(10, BAD, task=Task.HEADLINE),
        *lines(90, GOOD, task=Task.HEADLINE),
        *lines(9, BAD, "of bullets"),
        *lines(1, GOOD, "of bullets"),
    ]
    (row,) = rows(told, ["of bullets"])
    assert row.evidence[0].chance == pytest.approx(0.9)
    assert not row.stays


def test_a_rule_that_references_pay_for_does_not_stay() -> None:
    printed = [*lines(97, GOOD, of="briefs"), *lines(3, GOOD, "sharp", of="briefs")]
    assert not rows([*LINES, *printed], ["sharp"])[0].stays
    assert rows([*LINES, *printed[:-2]], ["sharp"])[0].stays


def test_shares_before_and_after() -> None:
    (good, false), _ = printable(LINES, ["sharp"]).values()
    assert (good, false) == (Share(56, 112), Share(0, 112))
    assert refused(LINES, ["sharp", "blunt"], ["blunt"]) == {"written": Share(20, 132)}


@pytest.mark.parametrize(
    ("share", "chance", "expected"),
    [(Share(0, 0), 0.5, 1.0), (Share(0, 4), 0.5, 1.0), (Share(4, 4), 0.5, 0.0625), (Share(1, 2), 0.5, 0.75)],
)
def test_how_likely_so_many_hits_are_by_chance(share: Share, chance: float, expected: float) -> None:
    assert chance_of(share, chance) == pytest.approx(expected)
