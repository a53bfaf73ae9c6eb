"""A speaker's particulars go where a bullet is too long, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic.words import count_words, tokenize
from summarizer.briefing.speakers import with_shorter_speaker, with_speaker, without_listener
from summarizer.schema import Sentence, Span

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


def _sentences(*texts: str) -> list[Sentence]:
    return [Sentence(Span(1000 * place, 1000 * place + len(text)), text, place) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "before", "own", "whole"),
    [
        (
            "أشار إلى أن قواته رفضت طلبا",
            "وأشار القيادي الذي يستخدم اسمه العسكري إن قواته تنتظر التحضيرات.",
            "وأشار إلى أن قواته رفضت طلبا من التنظيم.",
            "أشار القيادي إلى أن قواته رفضت طلبا",
        ),
        (
            "أضاف «لن نقبل الطلب»",
            "وقال سالم الحداد، وزير النقل، إن الجسر يفتتح قريبا.",
            "وأضاف «لن نقبل الطلب».",
            "أضاف سالم الحداد «لن نقبل الطلب»",
        ),
        (
            "لفتت إلى أن الجسر جاهز",
            "وتقول الوزيرة سلمى إن العمل انتهى.",
            "ولفتت إلى أن الجسر جاهز.",
            "لفتت الوزيرة سلمى إلى أن الجسر جاهز",
        ),
        ("لفت إلى أنه جاهز", "وتوقع سالم أن ينتهي.", "ولفت إلى أنه جاهز.", "لفت سالم إلى أنه جاهز"),
        ("أضافوا أن الجسر جاهز", "وقال محللون إن العمل انتهى.", "وأضافوا أن الجسر جاهز.", None),
        ("أضافت أن الجسر جاهز", "وقال سالم الحداد إن العمل انتهى.", "وأضافت أن الجسر جاهز.", None),  # somebody else
        ("أضاف أن الجسر جاهز", "وافتتح سالم الحداد الجسر.", "وأضاف أن الجسر جاهز.", None),  # nobody has spoken
        ("قال كمال إن الجسر جاهز", "وقال سالم إن العمل انتهى.", "وقال كمال إن الجسر جاهز.", None),
        ("الجسر جاهز", "وقال سالم إن العمل انتهى.", "وأضاف أن الجسر جاهز.", None),
    ],
)  # fmt: skip
def test_the_speaker_of_the_sentence_before_is_named(text: str, before: str, own: str, whole: str | None) -> None:
    sentences = _sentences(before, own)
    said = (sentences[0].span,) if whole else ()
    assert with_speaker(text, sentences) == (whole or text, said)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("لي مسؤول قطري: أفراد الأسرة نقلوا", "مسؤول قطري: أفراد الأسرة نقلوا"),
        ("لي لي ممثلة صينية", "لي لي ممثلة صينية"),
        ("مسؤول قطري: أفراد الأسرة نقلوا", "مسؤول قطري: أفراد الأسرة نقلوا"),
    ],
)
def test_the_one_who_was_told_is_no_part_of_the_label(text: str, told: str) -> None:
    assert without_listener(text) == told
