"""Who says what behind a colon."""

from __future__ import annotations

import pytest

from summarizer.briefing.labels import false_label, false_speaker

SAID = "قال وزير النقل سالم الحداد إن الجسر يفتتح في الربيع المقبل، وانتقده رئيس البلدية كمال الراوي."
TOLD = "أخبر سالم الحداد محكمة المدينة إنه كان في بيته ليلة الحادث."
AND_SAID = "دافع مدرب نجوم الساحل عن لاعبه المصاب، وأكد أنه جاهز للعودة."
SOURCE = "يفتتح الجسر في الربيع المقبل بحسب وزارة النقل."
TOPIC = "سقطت أمطار غزيرة على مدينة النخيل وأغلقت المدارس."
MADE = "أقنع سالم جليسة الأطفال بأن تعود إلى منزلها قبل المساء."
ASKED = "طالب سالم جليسة الأطفال بأن تعود إلى منزلها قبل المساء."
FAR = "قال محللون إن لمستشاري الحداد تأثيرا على موقفه من المشروع."


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("الحداد: الجسر يفتتح في الربيع المقبل", SAID),
        ("وزير النقل: الجسر يفتتح في الربيع", SAID),
        (
            "الراوي: الجسر يفتتح غدا",
            "صرح بذلك الأمين العام المساعد لشؤون الطرق في المدينة كمال الراوي مؤكدا أن الجسر جاهز.",
        ),
        ("مدرب نجوم الساحل: اللاعب جاهز للعودة", AND_SAID),
        ("وزارة النقل: الجسر يفتتح في الربيع", SOURCE),
        ("النخيل: إغلاق المدارس بسبب الأمطار", TOPIC),  # nobody speaks there: a topic
        ("سالم: تعود الجليسة إلى منزلها", ASKED),
        ("العراق: الجسر يفتتح في الربيع", SAID),  # a country is a place
        ("الجسر يفتتح في الربيع المقبل", SAID),
        ("يفتتح الجسر عند الساعة 10:30 صباحا", SAID),
    ],
)
def test_borne_out(text: str, passage: str) -> None:
    assert false_label(text, passage) == ""


@pytest.mark.parametrize(
    ("text", "passage", "why"),
    [
        ("الراوي: الجسر يفتتح في الربيع المقبل", SAID.replace("وانتقده", "فيما يغيب"), "did not say"),
        ("المحللون: المشروع جاهز", "قال سالم الحداد إن المشروع جاهز.", "did not say"),
        ("الحداد: لمستشاري الحداد تأثير على موقفه", FAR, "twice"),
        ("سالم جليسة الأطفال: تعود إلى منزلها", MADE, "did not say"),
        ("سالم: جليسة تعود إلى منزلها", MADE, "did not say"),
        ("موقفه: لمستشاري الحداد تأثير", FAR, "did not say"),
    ],
)
def test_not_borne_out(text: str, passage: str, why: str) -> None:
    assert why in false_label(text, passage)


def test_a_verb_that_is_not_of_saying_makes_nobody_speak() -> None:
    assert false_label("محكمة المدينة: كان في بيته", TOLD) == ""
    assert "did not say" in false_label("محكمة المدينة: كان في بيته", TOLD + " وقال المحامي إن ذلك صحيح.")


@pytest.mark.parametrize(
    ("text", "passage", "told"),
    [
        ("أبل تعلن عن عيوب في هواتفها", "لم تعلق شركة أبل على الشكاوى. وقال مدون إن في الهواتف عيوبا.", True),
        ("أبل تعلن عن عيوب في هواتفها", "أعلنت شركة أبل عن عيوب في هواتفها. وقال مدون إنه توقعها.", False),
        ("مدون يؤكد وجود عيوب في الهواتف", "لم تعلق شركة أبل على الشكاوى. وقال مدون إن في الهواتف عيوبا.", False),
        ("مصر تعلن خطة جديدة", "وقال الوزير إن الخطة جاهزة.", False),  # a country speaks through its ministers
        ("أبل تعلن عن عيوب في هواتفها", "لم تعلق شركة أبل على الشكاوى من عيوب في هواتفها.", True),  # it said nothing
        ("شركة أبل لا تعلق على الشكاوى", "لم تعلق شركة أبل على الشكاوى من عيوب في هواتفها.", False),
        ("أبل تبيع هواتفها", "وقال الوزير إن الهواتف غالية.", False),
        ("علاقة بين النوم والمرض", "وقال الطبيب إن النوم يفيد.", False),
        ("أبل تعلن عن عيوب في هواتفها", "باعت أبل هواتف فيها عيوب.", False),  # nobody speaks
        ("", "", False),
    ],
)
def test_a_speaker_without_a_colon_has_spoken_too(text: str, passage: str, told: bool) -> None:
    assert bool(false_speaker(text, passage)) is told
