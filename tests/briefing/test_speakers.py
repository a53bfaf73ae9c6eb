"""A speaker's particulars go where a bullet is too long, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic.words import count_words, tokenize
from summarizer.briefing.speakers import with_shorter_speaker

_MOST = 14
_SAID = "إن قواته تنتظر «إتمام التحضيرات اللازمة» للتقدم في آخر بقعة"


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        (f"أشار هفال روني الذي يستخدم اسمه العسكري {_SAID}", f"أشار هفال روني {_SAID}"),
        (f"قال دونالد ترامب، في مؤتمر صحفي عقده بواشنطن، {_SAID}", f"قال دونالد ترامب {_SAID}"),
        (f"وأكد متحدث باسم الجيش خلال زيارة إلى المنطقة {_SAID}", f"وأكد متحدث باسم الجيش {_SAID}"),
        (
            "أشار وزير الخارجية في كلمة أمام مجلس الأمن الدولي إلى أن بلاده لن تقبل اتفاقا يمس سيادتها",
            "أشار وزير الخارجية إلى أن بلاده لن تقبل اتفاقا يمس سيادتها",
        ),
        (
            "قال هفال روني إن قواته رفضت طلبا من التنظيم نقله لها وجهاء بالسماح له بالانسحاب",
            "هفال روني: قواته رفضت طلبا من التنظيم نقله لها وجهاء بالسماح له بالانسحاب",
        ),
        (
            "أضاف هفال روني «رفضت القوات أمس طلبا من التنظيم نقله لها وجهاء بالسماح له بالانسحاب»",
            "هفال روني: «رفضت القوات أمس طلبا من التنظيم نقله لها وجهاء بالسماح له بالانسحاب»",
        ),
        (
            "توقع هفال روني أن تنتهي السيطرة الجغرافية للتنظيم قريبا «ويبقى التمشيط والتخلص من الفلول والألغام»",
            "توقع هفال روني أن تنتهي السيطرة الجغرافية للتنظيم قريبا",
        ),
        (
            "قال لي مسؤول قطري إن أفراد الأسرة نقلوا من مكان إلى آخر كل يومين أو ثلاثة",
            "مسؤول قطري: أفراد الأسرة نقلوا من مكان إلى آخر كل يومين أو ثلاثة",
        ),
        (
            "قالت المديرة مارينا وهي طبيبة أعصاب تعمل في باريس: سنرى نتائج التجربة قبل نهاية العام المقبل",
            "قالت المديرة مارينا: سنرى نتائج التجربة قبل نهاية العام المقبل",
        ),
    ],
)
def test_particulars_go(text: str, shorter: str) -> None:
    assert with_shorter_speaker(text, _MOST) == shorter


@pytest.mark.parametrize(
    "text",
    [
        f"أشار القيادي الذي يستخدم اسمه العسكري {_SAID}",  # one word would be left of the speaker
        f"قال دونالد ترامب في تصريحات عام 2015 {_SAID}",  # an old statement
        f"نشرت الصحيفة الفرنسية التي تصدر في باريس {_SAID}",  # no verb of saying
        "قال دونالد ترامب في مؤتمر صحفي عقده في البيت الأبيض مع عدد كبير من الصحفيين الأجانب",  # nothing was said
        "قال هفال روني في هجين إن قواته تنتظر إتمام التحضيرات اللازمة كلها للتقدم في آخر بقعة يتواجد فيها الجهاديون",
    ],
)
def test_as_it_stands(text: str) -> None:
    assert with_shorter_speaker(text, _MOST) == text


def test_what_fits_keeps_its_particulars() -> None:
    text = f"أشار هفال روني الذي يستخدم اسمه العسكري {_SAID}"
    assert with_shorter_speaker(text, count_words(text)) == text


@given(st.text("قال إن في الذي «»،: محمد علي ", max_size=120), st.integers(1, 12))
def test_only_words_of_the_text_remain(text: str, most: int) -> None:
    shorter = with_shorter_speaker(text, most)
    assert shorter == text or count_words(shorter) <= most
    assert {word.text for word in tokenize(shorter)} <= {word.text for word in tokenize(text)}
