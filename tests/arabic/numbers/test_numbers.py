"""Numbers in digits and words: (text, values), units, places, and properties that hold for any text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic.numbers.find import find_numbers
from summarizer.arabic.numbers.spelled import dimension

VALUES = [
    ("قتل 15 شخصا", ["15"]),
    ("قتل ١٥ شخصا", ["15"]),
    ("قتل ۱۵ شخصا", ["15"]),
    ("قتل １５ شخصا", ["15"]),
    ("و20 جريحا", ["20"]),
    ("ب500 دولار", ["500"]),
    ("1,234 شخصا", ["1234"]),
    ("1٬234 شخصا", ["1234"]),
    ("1,234,567", ["1234567"]),
    ("1.234.567", ["1234567"]),
    ("1,500.75", ["1500.75"]),
    ("10 000 شخص", ["10000"]),
    ("10\u00a0500 شخص", ["10500"]),
    ("3.14", ["3.14"]),
    ("3٫14", ["3.14"]),
    ("3,5 ملايين", ["3500000"]),
    ("3،5 ملايين", ["3500000"]),
    ("عامي 2010،2011", ["2010", "2011"]),
    ("2018-2019", ["2018"]),
    ("2018 - 2020 - 2021", ["2018", "2020", "2021"]),
    ("1-2-2018", ["1", "2", "2018"]),
    ("هاتف 011-4567-890", ["11", "4567", "890"]),
    ("26،013،94", ["26013.94"]),
    ("25799,52", ["25799.52"]),
    ("10\u00a0500,5 كغ", ["10500.5"]),
    ("فاز 2-1", ["2", "1"]),
    ("الساعة 10:30", ["10", "30"]),
    ("ثلاثة", ["3"]),
    ("ثمان", ["8"]),
    ("عشر سنوات", ["10"]),
    ("أحد عشر كوكبا", ["11"]),
    ("إحدى عشرة دولة", ["11"]),
    ("أحد المسؤولين", []),
    ("إحدى الدول", []),
    ("اثنا عشر", ["12"]),
    ("اثنتي عشرة", ["12"]),
    ("ثماني عشرة", ["18"]),
    ("خمسة عشر", ["15"]),
    ("عشرون", ["20"]),
    ("ثلاثة وعشرين", ["23"]),
    ("واحد وثلاثون", ["31"]),
    ("خمسة وستة", ["5", "6"]),
    ("ثلاثة، وعشرون", ["3", "20"]),
    ("مئة", ["100"]),
    ("مائة وخمسة", ["105"]),
    ("مئتين وخمسين", ["250"]),
    ("ثلاث مئة وخمسة وأربعين", ["345"]),
    ("ثلاثمئة وخمسة عشر", ["315"]),
    ("تسعمائة", ["900"]),
    ("ألف وخمسمئة", ["1500"]),
    ("ألفين وثمانية عشر", ["2018"]),
    ("ألف وتسعمائة وسبعة وستين", ["1967"]),
    ("4 آلاف", ["4000"]),
    ("أربعة آلاف", ["4000"]),
    ("خمسة وسبعون ألفا", ["75000"]),
    ("مئة ألف", ["100000"]),
    ("مئتي ألف", ["200000"]),
    ("مليون و200 ألف", ["1200000"]),
    ("مليون ومئتا ألف", ["1200000"]),
    ("مليونين ونصف المليون", ["2500000"]),
    ("ثلاثة ملايين ونصف", ["3500000"]),
    ("مليوني لاجئ", ["2000000"]),
    ("3.5 مليار", ["3500000000"]),
    ("20 ألف مليون", ["20000000000"]),
    ("ملياري دولار", ["2000000000"]),
    ("تريليون دولار", ["1000000000000"]),
    ("نصف مليون", ["500000"]),
    ("ربع مليار", ["250000000"]),
    ("نصف السكان", ["0.5"]),
    ("نصفهم", ["0.5"]),
    ("ثلاثة أرباع السكان", ["0.75"]),
    ("ثلث المقاعد", [str(Decimal(1) / 3)]),
    ("عامين", ["2"]),
    ("الطفلين", ["2"]),
    ("بثلاثة أهداف", ["3"]),
    ("للثلاثين", ["30"]),
    ("المركز الثالث والعشرين", ["23"]),
    ("القرن الحادي والعشرين", ["21"]),
    ("الدقيقة الثانية عشرة", ["12"]),
    ("لأول مرة", ["1"]),
    ("المرة الأولى", ["1"]),
    ("آلاف الأشخاص", ["1000"]),
    ("عشرات الآلاف", ["10000"]),
    ("يوم الاثنين", []),
    ("لست هنا", []),
    ("مجموعة G20 وطائرة F16", []),
    ("الطائرة ثلث قرن", [str(Decimal(1) / 3)]),
    ("", []),
    ("لا أرقام هنا", []),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text: str, expected: list[str]) -> None:
    assert [quantity.value for quantity in find_numbers(text)] == [Decimal(value) for value in expected]


UNITS = [
    ("50%", "percent"),
    ("٥٠٪", "percent"),
    ("%50", "percent"),
    ("50 في المئة", "percent"),
    ("خمسين بالمائة", "percent"),
    ("$20", "dollar"),
    ("20 دولارا", "dollar"),
    ("مليون يورو", "euro"),
    ("ثلاثة أيام", "day"),
    ("عامين", "year"),
    ("10 كيلومترات", "kilometre"),
    ("4 آلاف طن", "ton"),
    ("20 شخصا", None),
    ("20، دولار", None),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_units(text: str, unit: str | None) -> None:
    (quantity,) = find_numbers(text)
    assert quantity.unit == unit


KINDS = [("ثلاثة", "cardinal"), ("الثالثة", "ordinal"), ("نصف", "fraction"), ("الستينيات", "decade"), ("مئات", "vague")]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text: str, kind: str) -> None:
    (quantity,) = find_numbers(text)
    assert quantity.kind == kind


def test_a_point_before_three_digits_may_be_read_both_ways() -> None:
    (quantity,) = find_numbers("1.500 شخص")
    assert quantity.readings == (Decimal("1.500"), Decimal(1500))


RANGES = [
    ("2014-2015", "2015"),
    ("2014/15", "2015"),
    ("1999–2000", "2000"),
    ("10-15 ألفا", "15000"),
    ("20-30%", "30"),
    ("18 - 35 عاما", "35"),
    ("2\u200f014-20\u200f15", "2015"),
]


@pytest.mark.parametrize(("text", "end"), RANGES)
def test_a_range_in_digits_is_one_number(text: str, end: str) -> None:
    (quantity,) = find_numbers(text)
    assert quantity.until == Decimal(end)
    assert quantity.span.of(text).rstrip(" ألفا") == text.rstrip("% ألفاعم")


NO_RANGES = ["فاز 2-1", "15/9", "2014-2013", "2018-09", "3-4-3"]


@pytest.mark.parametrize("text", NO_RANGES)
def test_results_and_dates_are_no_ranges(text: str) -> None:
    assert [quantity.until for quantity in find_numbers(text)] == [None] * len(find_numbers(text))


@pytest.mark.parametrize("text", ["بين 10 و15 ألفا", "من 10 إلى 15 ألفا"])
def test_the_first_end_of_a_range_may_share_the_scale(text: str) -> None:
    first, last = find_numbers(text)
    assert first.readings == (Decimal(10), Decimal(10000))
    assert last.readings == (Decimal(15000),)


def test_decades_stand_for_their_first_year_too() -> None:
    (quantity,) = find_numbers("تسعينيات القرن الماضي")
    assert quantity.readings == (Decimal(90), Decimal(1990))


def test_spans_are_places_in_the_text() -> None:
    text = "قُتِلَ ثَلاثة وعشرون شخصًا و٤ آلافٍ نزحوا"
    assert [quantity.span.of(text) for quantity in find_numbers(text)] == ["ثَلاثة وعشرون", "٤ آلافٍ"]


def test_units_of_one_dimension() -> None:
    assert dimension("dollar") == dimension("euro") == "money"
    assert dimension("percent") == "percent"


NUMERALS = st.sampled_from("ثلاثة وعشرون مئة ألف آلاف مليون و نصف 5 12.5 1,000 في المئة ٪ ، . ألفين أحد عشر".split())


@given(st.lists(NUMERALS, max_size=12))
def test_numerals_in_any_order_never_crash_and_never_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find_numbers(text)
    ends = [0, *(quantity.span.end for quantity in found)]
    assert all(quantity.span.start >= end for quantity, end in zip(found, ends, strict=False))
    assert all(quantity.readings and quantity.value == quantity.readings[0] for quantity in found)


@given(st.text(max_size=200))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in find_numbers(text))


@given(st.integers(min_value=0, max_value=10**15))
def test_digits_keep_their_value_in_every_script(value: int) -> None:
    western = str(value)
    for zero in "0٠۰०":
        digits = "".join(chr(ord(zero) + int(digit)) for digit in western)
        assert [quantity.value for quantity in find_numbers(digits)] == [Decimal(value)]
