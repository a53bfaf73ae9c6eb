"""Final marks, digits and quotation marks: one way through a whole brief."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic.clauses import is_balanced
from summarizer.briefing.house import House, house_of, uniform_quotes
from summarizer.schema import Task

NEWS, PLAIN, ARABIC = House(), House("plain"), House("news", "arabic")


@pytest.mark.parametrize(
    ("house", "task", "text", "expected"),
    [
        (NEWS, Task.BULLET, "الحكومة تعلن الميزانية.", "الحكومة تعلن الميزانية"),
        (NEWS, Task.STANDFIRST, "الحكومة تعلن الميزانية", "الحكومة تعلن الميزانية."),
        (PLAIN, Task.BULLET, "الحكومة تعلن الميزانية", "الحكومة تعلن الميزانية."),
        (PLAIN, Task.HEADLINE, "هل تستقيل الحكومة؟", "هل تستقيل الحكومة؟"),
        (PLAIN, Task.BULLET, "الميزانية تبلغ ٤٫٥ مليار", "الميزانية تبلغ 4.5 مليار."),
        (NEWS, Task.BULLET, "التضخم ۲۳٫۴٪ و١٬٢٠٠٬٠٠٠ طن", "التضخم 23.4% و1,200,000 طن"),
        (NEWS, Task.BULLET, "انخفضت 3٫5٪٪", "انخفضت 3.5%"),
        (NEWS, Task.BULLET, "بلغت 41،5 في المئة و1،250 شركة", "بلغت 41,5 في المئة و1,250 شركة"),
        (NEWS, Task.BULLET, "في 30، و40", "في 30، و40"),
        (ARABIC, Task.BULLET, "التضخم ٢٣.٤٪ و1,200,000 طن", "التضخم ٢٣٫٤٪ و١٬٢٠٠٬٠٠٠ طن"),
        (ARABIC, Task.BULLET, "السعر ٣١,٢٠٠ والوزن ١.٥٠٠ و26,013,94", "السعر ٣١٬٢٠٠ والوزن ١.٥٠٠ و٢٦٬٠١٣٫٩٤"),
        (ARABIC, Task.BULLET, "انخفضت 3.5% يوم 5/10", "انخفضت ٣٫٥٪ يوم ٥/١٠"),
        (NEWS, Task.BULLET, "الميزانية تبلغ ٤٠ مليارا", "الميزانية تبلغ 40 مليارا"),
        (ARABIC, Task.BULLET, "الميزانية تبلغ 40 مليارا", "الميزانية تبلغ ٤٠ مليارا"),
        (ARABIC, Task.BULLET, "لقاح COVID-19 وشبكة 4G و۵ آخرون", "لقاح COVID-19 وشبكة 4G و٥ آخرون"),
        (NEWS, Task.BULLET, 'الوزير يعد "بحل قريب"', "الوزير يعد «بحل قريب»"),
        (NEWS, Task.BULLET, 'الوزير على تويتر:"سنعود"', "الوزير على تويتر: «سنعود»"),
        (NEWS, Task.BULLET, 'موقع"الشرق" وصحيفة بـ"الغرب"', "موقع «الشرق» وصحيفة بـ«الغرب»"),
        (PLAIN, Task.BULLET, 'الوزير يعد "بحل قريب."', "الوزير يعد «بحل قريب.»"),
    ],
)
def test_a_text_is_set_as_the_house_sets_it(house: House, task: Task, text: str, expected: str) -> None:
    assert house.set_type(text, task) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال “نعم” ثم ″لا″", "قال «نعم» ثم «لا»"),
        ('قال «إنه "نجم" كبير»', "قال «إنه “نجم” كبير»"),
        ('قال "نعم', 'قال "نعم'),  # a mark without its partner is not ours to guess
        ("كيم (25 عاما) تفوز", "كيم (25 عاما) تفوز"),
    ],
)
def test_quotation_marks_are_of_one_kind(text: str, expected: str) -> None:
    assert uniform_quotes(text) == expected


@given(st.text(alphabet='اب "«»“”()', max_size=40))
def test_quotation_marks_keep_their_number_and_places(text: str) -> None:
    uniform = uniform_quotes(text)
    assert len(uniform) == len(text)
    assert [c for c in uniform if c not in '"«»“”'] == [c for c in text if c not in '"«»“”']
    assert is_balanced(uniform) or not is_balanced(text)


@pytest.mark.parametrize(
    ("body", "style", "digits"),
    [("٤٠ شخصا و٥٠ آخرون و3", "news", "arabic"), ("40 شخصا", "news", "european"), ("٤٠ شخصا", "plain", "european")],
)
def test_digits_are_those_of_the_article(body: str, style: str, digits: str) -> None:
    assert house_of(body, style).digits == digits  # type: ignore[arg-type]
