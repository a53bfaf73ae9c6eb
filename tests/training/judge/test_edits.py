"""What the judge learns of editors' work: what was left as it was can be printed, what was mended could not."""

from __future__ import annotations

import pytest

from training.corpora.annotated.briefs import Bullet, EditedBrief, Slots
from training.corpora.annotated.labels import Light, LightArticle
from training.judge.edits import from_briefs, from_light
from training.judge.rows import FAULTS, OK, Said

SENTENCES = (
    "وصل القطار الأول إلى المدينة صباح الأحد.",
    'وقال الوزير إنه "تأخر" ساعة كاملة.',
    "وأكدت الشركة أن " + "المسافرين " * 30 + "وصلوا.",
)
ARRIVED = "وصل القطار الأول إلى المدينة صباح الأحد"
SAID = "قال الوزير إنه «تأخر» ساعة كاملة"
MENDED = "قال وزير النقل إن القطار تأخر ساعة"


@pytest.mark.parametrize(
    ("place", "light", "expected"),
    [
        (0, Light(2, True, ""), [(ARRIVED, OK)]),
        (1, Light(1, False, MENDED + "."), [(MENDED, OK), (SAID, FAULTS)]),
        (1, Light(0, False, ""), [(SAID, FAULTS)]),
        # Too long to be printed, whatever else it may lack.
        (2, Light(1, False, MENDED), [(MENDED, OK)]),
    ],
)
def test_a_sentence_that_an_editor_left_can_be_printed(
    place: int, light: Light, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    article = LightArticle("a", (SENTENCES[place],), (light,))
    (edited,) = from_light([article])
    assert [(one.text, one.labels) for one in edited.said] == expected
    assert {(one.slot, one.sentence) for one in edited.said} == {("bullet", 0)}


def brief(cuts: Slots, lines: Slots | None) -> EditedBrief:
    bullets = tuple(Bullet(f"bullet {number}", (number % 2,)) for number in range(len(cuts.bullets)))
    return EditedBrief("a", SENTENCES, "headline", "standfirst", bullets, cuts, lines)


def test_cuts_that_were_mended_have_a_fault_and_what_they_became_has_none() -> None:
    cuts = Slots(
        "وصل القطار", "وصل القطار الأول إلى المدينة.", ("وصل القطار الأول", "قال الوزير إنه تأخر", "", "تأخر ساعة")
    )
    lines = Slots("وصول القطار إلى المدينة", cuts.standfirst, ("وصل القطار الأول", MENDED, "", ""))
    (edited,) = from_briefs([brief(cuts, lines)])
    assert edited.said == (
        Said("headline", "وصل القطار", 0, FAULTS),
        Said("headline", "وصول القطار إلى المدينة", 0, OK),
        Said("standfirst", "وصل القطار الأول إلى المدينة.", 0, OK),
        Said("bullet", "وصل القطار الأول", 0, OK),
        Said("bullet", "قال الوزير إنه تأخر", 1, FAULTS),
        Said("bullet", MENDED, 1, OK),
        Said("bullet", "تأخر ساعة", 1, FAULTS),
    )


def test_cuts_that_nobody_read_again_say_nothing() -> None:
    assert not list(from_briefs([brief(Slots("وصل القطار", "", ()), None)]))


def test_of_the_bullets_left_as_they_were_every_second_is_taken() -> None:
    texts = tuple(f"وصل القطار الأول {word}" for word in ("إلى", "المدينة", "صباح", "الأحد"))
    cuts = Slots("", "", texts)
    (edited,) = from_briefs([brief(cuts, cuts)])
    assert [one.text for one in edited.said] == [texts[0], texts[2]]


def test_a_cut_of_several_sentences_is_about_none() -> None:
    cuts = Slots("", "", ("القطار الوزير المسافرين الشركة",))
    (edited,) = from_briefs([brief(cuts, cuts)])
    assert not edited.said
