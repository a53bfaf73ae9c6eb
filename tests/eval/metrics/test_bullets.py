"""The editor's metrics, against counts made by hand."""

from __future__ import annotations

import math

import pytest

from eval.metrics import load_metric, measure_all
from eval.metrics.base import Item

SOURCE = "أعلن وزير الصحة أن 40 شخصا أصيبوا في حريق بمدينة طنجة. وقال إن الحريق بدأ فجرا في مصنع للنسيج."
WHOLE = "أصيب 40 شخصا في حريق بمدينة طنجة"


def value(metric: str, *outputs: str) -> float:
    measurement = load_metric(metric)([Item(str(i), text, (), SOURCE) for i, text in enumerate(outputs)])
    return float(measurement.combine(measurement.statistics.sum(axis=0)))


def test_count_and_words_of_a_bullet() -> None:
    assert value("bullet_count", "حريق كبير\nوزير يزور طنجة\n", "حريق كبير") == 1.5
    assert value("bullet_words", "حريق كبير\nوزير يزور طنجة الآن", "حريق كبير جدا") == 3


@pytest.mark.parametrize(
    ("bullet", "expected"),
    [
        ("وأضاف أن الحريق بدأ فجرا", 100),
        ("وهو حريق كبير", 100),
        ("قال الوزير إن الحريق كبير", 100),
        ("الوزير يزور المصنع القديم", 100),
        (WHOLE, 0),
    ],
)
def test_dangling(bullet: str, expected: float) -> None:
    assert value("dangling", bullet) == expected
    assert value("dangling", f"{bullet}\n{WHOLE}") == expected / 2


@pytest.mark.parametrize(
    ("bullet", "expected"),
    [("الحريق بدأ في", 100), ("الحريق بدأ فجرا…", 100), ("الحريق «بدأ فجرا", 100), ("الحريق «بدأ» فجرا.", 0)],
)
def test_truncated(bullet: str, expected: float) -> None:
    assert value("truncated", bullet) == expected


def test_duplicates_are_counted_once_each() -> None:
    again = "في حريق بمدينة طنجة أصيب 40 شخصا"
    assert value("duplicates", f"{WHOLE}\n{again}\n{again}\nالوزير يزور المصنع") == 50
    assert value("duplicates", WHOLE, WHOLE) == 0  # of two articles


def test_the_nearest_pair() -> None:
    # Pairs: two of four content words shared; none; none.
    assert value("redundancy_max", "حريق مصنع طنجة\nحريق مصنع فاس\nوزير صحة") == pytest.approx(50)
    assert math.isnan(value("redundancy_max", "حريق مصنع طنجة"))


def test_support_by_kind() -> None:
    output = "أصيب 40 شخصا في حريق بمدينة طنجة قبل 12 يوما"
    assert value("numbers_supported", output) == 50
    assert value("names_supported", output) == 100
    assert value("names_supported", "أصيب 40 شخصا في حريق بمدينة مراكش") == 0


def test_they_are_of_bullets_alone_and_need_no_reference() -> None:
    items = [Item("1", f"{WHOLE}\nالحريق بدأ فجرا في مصنع للنسيج", (), SOURCE)]
    assert "bullet_count" not in measure_all(items)
    found = measure_all(items, bullets=True)
    assert {"bullet_count", "bullet_words", "dangling", "truncated", "duplicates", "redundancy_max"} <= found.keys()
    assert {"numbers_supported", "names_supported", "support"} <= found.keys()
    assert not {"xlsum.rouge1", "coverage", "chrf"} & found.keys()
