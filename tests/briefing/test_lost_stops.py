from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.read import read_text
from summarizer.briefing.lost_stops import committed, features, parted, places
from summarizer.briefing.lost_stops.learned import Weights
from summarizer.errors import DataError
from summarizer.schema import Fork, Sentence, Span

CAPTION = "الوزيرة تلقي كلمتها وبجوارها رئيسة البلدية"
NEWS = "وقالت الوزيرة إنها لن تعلن الخطة قبل انتهاء العمل فيها."
LOST, KEPT = [(-14.0, -30.0), (-9.0, -26.0)], [(-9.0, -26.0), (-16.0, -30.0)]
"""What a model says where a full stop was lost, and where none was."""


def answers(*lost: bool) -> object:
    """A model that tells each place in turn."""
    told = iter(lost)
    return lambda forks: [LOST if next(told) else KEPT for _ in forks]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{CAPTION} {NEWS}", ["وقالت"]),
        (f"{CAPTION}. {NEWS}", []),  # a full stop is there
        ("قالت الوزيرة إن «الحكومة تدرس الطلب وأضافت بنودا أخرى إليه» أمس.", []),  # quoted
        ("زار الوزير المدينة والقرية والحقول القريبة منها أمس.", []),  # no word that opens sentences
        ("حضر الوزير وقال كلمة قصيرة.", []),  # too near the beginning
        ("انتهت الزيارة القصيرة إلى المدينة وقال كلمة.", []),  # too near the end
        ("", []),
    ],
)
def test_places_are_before_words_that_open_sentences(text: str, words: list[str]) -> None:
    assert [text[one.start :].split()[0] for one in places([text])] == words


def test_the_model_is_asked_with_a_full_stop_and_without() -> None:
    (place,) = places(["انتهى الاجتماع أمس.", f"{CAPTION} {NEWS}"])
    assert place.sentence == 1
    assert place.fork == (
        f"انتهى الاجتماع أمس. {CAPTION.rsplit(' ', 1)[0]}",
        ("البلدية وقالت", "البلدية. وقالت"),
        " الوزيرة إنها لن تعلن الخطة",
    )


def test_a_sentence_is_parted_where_the_model_reads_a_full_stop() -> None:
    article = read_text(f"{CAPTION} {NEWS} {NEWS}")
    (found,) = parted([article.sentences], answers(True))
    assert [one.text for one in found] == [CAPTION, NEWS, NEWS]
    assert [one.span.of(article.text) for one in found] == [CAPTION, NEWS, NEWS]
    (kept,) = parted([article.sentences], answers(False))
    assert kept == article.sentences


def test_where_nobody_can_tell_nothing_is_parted() -> None:
    article = read_text(f"{CAPTION} {NEWS}")
    assert parted([article.sentences], lambda forks: [[] for _ in forks]) == [article.sentences]


def test_each_article_is_parted_by_its_own_answers() -> None:
    texts = [f"{CAPTION} {NEWS}", NEWS, f"{CAPTION} {NEWS}"]
    articles = [read_text(text).sentences for text in texts]
    assert [len(one) for one in parted(articles, answers(False, True))] == [1, 1, 2]


def test_a_part_whose_own_place_is_not_known_stands_in_the_whole() -> None:
    text = f"{CAPTION} {NEWS}"
    sentence = Sentence(Span(0, len(text) + 3), text, 0)
    (found,) = parted([(sentence,)], answers(True))
    assert [one.span for one in found] == [sentence.span] * 2


@given(st.lists(st.sampled_from([CAPTION, NEWS, "وأضاف", "«", "وكانت المدينة آمنة", "12"]), max_size=8), st.booleans())
def test_no_word_is_lost(pieces: Sequence[str], lost: bool) -> None:
    text = " ".join(pieces)
    told = lambda forks: [LOST if lost else KEPT for _ in forks]  # noqa: E731
    (found,) = parted([(Sentence(Span(0, len(text)), text, 0),)], told)
    assert " ".join(one.text for one in found).split() == text.split()
    assert all(one.span.of(text) == one.text for one in found)


def test_the_committed_weights_know_both() -> None:
    (place,) = places([f"{CAPTION} {NEWS}"])
    lost, kept = committed().chances([features(place, LOST), features(place, KEPT)])
    assert lost > 0.9
    assert kept < 0.1


def test_weights_of_another_version_are_refused() -> None:
    with pytest.raises(DataError, match=r"version 0 in lost_stops\.json"):
        Weights({"version": 0})


def test_forks_are_asked_at_once() -> None:
    asked: list[Sequence[Fork]] = []

    def tell(forks: Sequence[Fork]) -> list[list[tuple[float, float]]]:
        asked.append(forks)
        return [KEPT for _ in forks]

    parted([read_text(f"{CAPTION} {NEWS}").sentences] * 3, tell)
    assert [len(forks) for forks in asked] == [3]
