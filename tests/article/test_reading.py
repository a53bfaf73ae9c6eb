"""The reading copy: one text for all that look the same, with the way back; and so one brief."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import brief
from summarizer.arabic.text.tables import PRESENTATION_FORMS
from summarizer.article.read import read_text
from summarizer.article.reading import reading_copy

PLAIN = (
    "أعلنت وزارة النقل في سلطنة عمان يوم الأحد افتتاح خط جديد "
    "للحافلات الكهربائية يربط بين مسقط وصحار، بكلفة بلغت 12 مليون ريال.\n\n"
    "وقال وكيل الوزارة سالم الحارثي إن الخط سيخدم نحو 40 ألف راكب "
    "شهريا، مضيفا أن الحافلات صنعت في الصين وخضعت لاختبارات استمرت ستة أشهر.\n\n"
    "وتسعى السلطنة إلى خفض انبعاثات قطاع النقل بنسبة 30.5 في "
    "المئة بحلول عام 2035، بحسب خطة «حكومية» أعلنت العام الماضي.\n\n"
    "ورحب سكان صحار بالخط الجديد، لكن "
    "بعضهم اشتكى من قلة الرحلات المسائية."
)

COPIES = [
    ("ﺃﻋﻠﻨﺖ ﻭﺯﺍﺭﺓ ﻻﺧﺘﺒﺎﺭﺍﺕ", "أعلنت وزارة لاختبارات"),
    ("وزارۃ النقل فی المکان، وقال ہذا", "وزارة النقل في المكان، وقال هذا"),
    ("علی إلی حتی التی", "على إلى حتى التي"),
    ("بـــلغت 1445هـ", "بلغت 1445هـ"),
    ("۱۲ مليون و٣٠ و１٥", "12 مليون و٣٠ و1٥"),
    ("\u202b\u200fبلغت\u200f \u202a12\u202c", "بلغت 12"),
    ("مل\u00adيون \ufeffريال\u2060", "مليون ريال"),
    ("قال\u00a0الوزير\u2003إن", "قال الوزير إن"),
    ("10\u00a0500 شخص", "10,500 شخص"),
    ("أَعْلَنَتْ وِزَارَةُ النَّقْلِ", "أعلنت وزارة النقل"),
    ("أعلنت الوزارة خطّةً جديدةً في البلاد", "أعلنت الوزارة خطّةً جديدةً في البلاد"),
    ("و قال و بحسب 5 و 6", "وقال وبحسب 5 و 6"),
    ("حصيلة فيضانات #طاطا_الجديدة إلى 11 😢", "حصيلة فيضانات طاطا الجديدة إلى 11 "),
    ("🔴 عاجل | مقتل 11", "مقتل 11"),
    ("انتهى. #سيول #طاطا\n#مطر\nنص", "انتهى.\n\nنص"),
    ("جرفتها المياه @interior_ma https://t.co/abc", "جرفتها المياه"),
    ("a@b.com 3.5%", "a@b.com 3.5%"),
]


@pytest.mark.parametrize(("text", "copy"), COPIES)
def test_copies(text: str, copy: str) -> None:
    assert reading_copy(text).text == copy


@given(st.text(alphabet="ابيیکہةۃ وـ\u0640\u064e\u200f\u00a0\u0654#@1۲.😢\nﻻﷺ|", max_size=40))
def test_the_copy_is_its_own_copy_and_leads_back(text: str) -> None:
    copy = reading_copy(text)
    assert reading_copy(copy.text).text == copy.text
    for place in range(len(copy.text)):
        start, end = copy.span(place, place + 1)
        assert 0 <= start < end <= len(text)


_FORMS = {became: chr(code) for code, became in PRESENTATION_FORMS.changes.items() if len(became) == 1}
_KEYBOARD = str.maketrans("يكهة", "یکہۃ")
_UNSEEN = ("\u200f", "\u200e", "\u2067", "\u200b", "\u2060", "\u00ad", "\ufeff", "\u061c")


def _in_forms(text: str, _: random.Random) -> str:
    return "".join(_FORMS.get(char, char) for char in text)


def _from_a_persian_keyboard(text: str, _: random.Random) -> str:
    return text.translate(_KEYBOARD).translate({ord("0") + digit: chr(0x06F0 + digit) for digit in range(10)})


def _with_unseen(text: str, chance: random.Random) -> str:
    return "".join(char + (chance.choice(_UNSEEN) if chance.random() < 0.3 else "") for char in text)


def _stretched(text: str, chance: random.Random) -> str:
    return re.sub(r"[بتسقمل](?=[^\W\d_])", lambda letter: letter[0] + "ـ" * chance.randint(0, 2), text)


def _with_odd_spaces(text: str, chance: random.Random) -> str:
    return re.sub(r" (?!\d)", lambda _: chance.choice("\u00a0\u2002\u3000 "), text)


SPELLINGS = (_in_forms, _from_a_persian_keyboard, _with_unseen, _stretched, _with_odd_spaces)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=3, unique=True), st.integers(0, 10**6))
def test_equal_texts_have_equal_briefs(spellings: list[object], seed: int) -> None:
    spelt, chance = PLAIN, random.Random(seed)
    for spell in spellings:
        spelt = spell(spelt, chance)  # type: ignore[operator]
    written, plain = brief(spelt, "extractive"), brief(PLAIN, "extractive")
    said = [(one.text, len(one.sources)) for one in (written.headline, written.standfirst, *written.bullets)]
    assert said == [(one.text, len(one.sources)) for one in (plain.headline, plain.standfirst, *plain.bullets)]
    for one, other in zip(written.bullets, plain.bullets, strict=True):
        sources = [span.of(spelt) for span in one.sources]
        assert [reading_copy(text).text for text in sources] == [span.of(PLAIN) for span in other.sources]


def test_sentences_of_an_odd_text_are_those_of_the_plain_one() -> None:
    odd, plain = read_text(_with_unseen(PLAIN, random.Random(1))), read_text(PLAIN)
    assert [one.text for one in odd.sentences] == [one.text for one in plain.sentences]
    assert odd.body == plain.body
    assert odd.text != plain.text
