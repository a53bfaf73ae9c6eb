"""Reached, kept and added, by hand; the words of ROUGE are tested with ROUGE."""

from __future__ import annotations

import pytest

from eval.briefs.measures import Pair, beside, by_chance, measure, reached, standing
from eval.briefs.printed import Printed, Statement
from training.corpora.annotated.briefs import Bullet, EditedBrief, Slots

SENTENCES = ("افتتح وزير النقل جسرا جديدا.", "وكلف الجسر 12 مليون دينار.", "وعاد الناس.", "وغنى الأطفال.")


def edited(*places: tuple[int, ...]) -> EditedBrief:
    bullets = tuple(Bullet(f"نقطة {number}", own) for number, own in enumerate(places))
    cuts = Slots("جسر جديد", "افتتح وزير النقل جسرا.", ("",) * len(bullets))
    return EditedBrief("a", SENTENCES, "افتتاح جسر", "افتتح الوزير جسرا.", bullets, cuts)


def printed(*bullets: Statement, headline: Statement | None = None) -> Printed:
    return Printed("a", headline or Statement("جسر جديد", (0,)), Statement("جسر", (0,)), bullets)


def value(measurement: object) -> float:
    statistics, combine = measurement.statistics, measurement.combine  # type: ignore[attr-defined]
    return float(combine(statistics.sum(axis=0)))


@pytest.mark.parametrize(
    ("wanted", "stood_on", "share"),
    [
        ([(0,), (1,)], [(0,), (1,)], 100),
        ([(0,), (1,)], [(1,)], 50),
        ([(0,), (1, 2)], [(2,)], 50),  # one of several is enough
        ([(0,), (1,)], [(0, 1)], 100),  # and a bullet may stand on several
        ([(0,)], [], 0),
        ([(3,), (3,), (3,), (3,), (3,), (0,)], [(0,)], 0),  # the sixth is spare
    ],
)
def test_reached(wanted: list[tuple[int, ...]], stood_on: list[tuple[int, ...]], share: float) -> None:
    brief = printed(*(Statement(f"س{place}", place) for place in stood_on))
    assert value(reached([Pair(brief, edited(*wanted))], lambda brief: brief.bullets)) == share


def test_the_head_counts_only_where_it_is_asked_for() -> None:
    found = measure([Pair(printed(Statement("وعاد الناس", (2,))), edited((0,), (1,)))])
    assert (value(found["reached"]), value(found["reached_all"])) == (0, 50)


@pytest.mark.parametrize(
    ("wanted", "drawn", "expected"),
    [([(0,)], 2, 0.5), ([(0,), (1,)], 2, 1.0), ([(0, 1)], 2, 1 - 1 / 6), ([(0,), (1,)], 5, 2.0)],
)
def test_chance_is_the_expected_value(wanted: list[tuple[int, ...]], drawn: int, expected: float) -> None:
    assert by_chance(edited(*wanted), drawn) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "places", "kept", "added"),
    [
        ("افتتح وزير النقل جسرا جديدا", (0,), 1.0, 0),
        ("وزير النقل افتتح جسرا", (0,), 0.6, 1),  # out of order counts as added
        ("كلف الجسر الجديد 12 مليون دينار", (0, 1), 0.8, 2),  # the nearer of its two sentences
        ("كلف الجسر 12 مليون دينار", (), 0.8, 1),  # none named: the nearest of all
    ],
)
def test_a_bullet_beside_its_sentence(text: str, places: tuple[int, ...], kept: float, added: int) -> None:
    found = beside(Statement(text, places), edited((0,)))
    assert (found.kept, found.added) == (pytest.approx(kept), added)


def test_an_empty_statement_stands_on_nothing() -> None:
    assert standing(Statement(""), edited((0,))) == ()


def test_an_empty_slot_shares_nothing_and_an_empty_cut_is_no_reference() -> None:
    found = measure([Pair(printed(headline=Statement("")), edited((0,)))])
    assert value(found["headline.rouge1"]) == 0
    assert value(found["headline_cut.rougeL"]) == 0
    assert "bullets_cut.rouge1" not in found
    assert "kept" not in found  # no bullet to lay beside a sentence
