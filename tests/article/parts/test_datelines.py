"""Datelines and bylines: (line, the part of it that is one)."""

from __future__ import annotations

import pytest

from summarizer.article.parts.datelines import dateline_end, is_agency
from summarizer.article.read import read_text

NEWS = "أعلنت الوزارة أمس خطة جديدة لتحلية المياه"
DATELINES = [
    "السوسة (سوريا) - ",
    "دبي، الإمارات العربية المتحدة (CNN) -- ",
    "دبي، الإمارات العربية المتحدة (CNN)-- ",
    "دبي، الإمارات العربية المتحدة (CNN)— ",
    "واشنطن، الولايات المتحدة الأمريكية(CNN) -- ",
    "(CNN)-- ",
    "القدس (CNN) -- ",
    "القاهرة (رويترز) - ",
    "بيروت (أ.ف.ب) - ",
    "بيروت (أ ف ب) – ",
    "الرياض (واس) ",
    "الرياض: ",
    "القاهرة- ",
    "القاهرة – ",
    "إسلام آباد– ",
    "رام الله – ",
    "شمال سوريا – ",
    "جاوا الغربية- ",
    "القدس المحتلة- ",
    "تونس 11 ديسمبر 2016 (وات) - ",
    "واشنطن 3 سبتمبر / أيلول (د ب أ) - ",
    "أنقرة – الأناضول – ",
    "جدة ـ واس: ",
    "سبق- الرياض: ",
    "سبق-الجوف: ",
    "حاتم العميري- سبق- جدة: ",
    "دبي «الخليج»: ",
    "دبي:«الخليج» ",
    'أبوظبي - "الخليج":',
    "الشارقة - إبراهيم اليوسف: ",
    "لندن: «الشرق الأوسط» ",
    "أبوظبي: رانيا الغزاوي ",
    "ديمة حمدان بي بي سي - القدس ",
    "عمر محمد – بي بي سي – القاهرة: ",
    "دُبَيّ – ",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_datelines_before_news(dateline: str) -> None:
    line = dateline + NEWS
    assert line[: dateline_end(line)] == dateline


@pytest.mark.parametrize(
    "line",
    [
        "القاهرة - رويترز",
        "الرياض (واس)",
        "عين اليوم – الباحة",
        "رغد عشميل – عين اليوم",
        "رغد عشميل -عين اليوم",
        "نايف عبدالله – جدة",
        "الرياض - محمد الحيدر",
        "دبي، الإمارات العربية المتحدة (CNN) --",
        "القدس/ محمد أحمد/ الأناضول",
        "إسطنبول / الأناضول",
        "بيروت 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس",
        "كتب: محمد علي",
        "بقلم: د. محمد علي",
    ],
)
def test_lines_that_are_nothing_else(line: str) -> None:
    assert dateline_end(line) == len(line)


@pytest.mark.parametrize(
    "line",
    [
        NEWS,
        "الأمير سعود الفيصل - رحمه الله - أعلن قبل وفاته خطة لتطوير الوزارة",
        "فرضت الولايات المتحدة -اليوم الأربعاء- عقوبات على شبكة دولية",
        "أعلنت سوريا - اليوم الجمعة - رفضها التصريحات",
        "الرئيس الأمريكي: لن ننسحب من الاتفاق مهما كانت الظروف في المنطقة",
        "الاتحاد: سنفوز في المباراة المقبلة على أرضنا وبين جمهورنا",
        "فاز الأهلي على مضيفه الفجيرة 4 - 1 يوم الثلاثاء في إطار احتفالات النادي",
        "1938 - السلطات تمنع ممارسة التجارة وعددا من الخدمات",
        "حين ساد صمت - طويل في القاعة خرج الجميع إلى الشارع",
        "قال خالد - وهو طبيب - إن المرض لا ينتقل باللمس",
        "في الصحف اليوم: المفاوضات مستمرة بين الطرفين في العاصمة",
        "تونس التي عرفت ثورتها قبل سنوات - تنتخب رئيسا جديدا",
        "",
        "-",
        ":",
    ],
)
def test_lines_without_one(line: str) -> None:
    assert dateline_end(line) == 0


@pytest.mark.parametrize("name", ["رويترز", "ا ف ب", "ا.ف.ب", "رويترز, ا ف ب", "فرانس24/ ا ف ب", "واس"])
def test_agencies(name: str) -> None:
    assert is_agency(name)


def test_dateline_is_outside_the_paragraph() -> None:
    text = "دبي، الإمارات العربية المتحدة (CNN) -- أعلنت الوزارة خطة.\nوأضافت أن الخطة تبدأ غدا."
    article = read_text(text)
    assert article.dateline is not None
    assert article.dateline.of(text) == "دبي، الإمارات العربية المتحدة (CNN) --"
    assert [span.of(text) for span in article.paragraphs] == ["أعلنت الوزارة خطة.", "وأضافت أن الخطة تبدأ غدا."]


def test_byline_and_dateline_lines_before_the_body() -> None:
    text = "عين اليوم – الرياض\nأعلنت الوزارة أمس خطة جديدة.\nوأضافت أن الخطة تبدأ غدا."
    article = read_text(text)
    assert article.dateline is not None
    assert article.dateline.of(text) == "عين اليوم – الرياض"
    assert article.title == ""
    assert article.sentences[0].text == "أعلنت الوزارة أمس خطة جديدة."
