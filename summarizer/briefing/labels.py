"""«فلان: …»: did the one before the colon say what stands behind it?

A headline's label is read as the speaker. Where the passage has verbs of saying, the label must be the subject of one,
or be named as a source («بحسب فلان»); where nobody speaks it may be the topic, and a country always may.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import LABEL, SPEAKING
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import country_of
from summarizer.arabic.words import Word, content_keys, is_stopword, tokenize

_MAX_LABEL_WORDS = 6
#: How far the subject may reach behind its verb, and stand before it.
_BEHIND, _WORDS_BEFORE, _BEHIND_SOURCE, _FROM_THE_HEAD = 12, 4, 5, 9
_SOURCES = word_list("saying", "sources")
_SUBJECT_AND_VERB = 3
_SPEAKING_VERBS = SPEAKING - {"بين"}
"""«بين» is more often «between»."""
_TO = word_list("particles", "to")
_SPEECH_MARKS = frozenset(':؛،,«»"')
_COMMENTS = word_list("saying", "commenting")
"""Behind «لم» verbs of saying too; else «تعلق» is more often what something is about."""
_NEGATED = word_list("negation", "before a verb of saying")
ACCUSATIVE_PLURAL = re.compile(r"ال\w{3,}ين\b")
"""«إن المهاجرين تمكنوا»: without «إن» they are «المهاجرون»."""
_UP_TO_THAT = word_list("particles", "that") | word_list("particles", "behind a preposition")


def false_label(text: str, passage: str) -> str:
    """Why the label of ``text`` is not to be printed; empty when there is none, or it is borne out by ``passage``."""
    match = LABEL.match(text)
    if not match or len(tokenize(match[1])) > _MAX_LABEL_WORDS:
        return ""
    label, rest = set(content_keys(match[1])), content_keys(text[match.end() :])
    if label and label <= set(rest):
        return f"names «{match[1]}» twice"
    if _was_made_to(text[match.end() :], passage):
        return f"«{match[1]}» did not say it"
    subjects = _subjects(tokenize(passage), passage)
    if not label or not subjects or country_of(match[1]) or any(label & subject for subject in subjects):
        return ""
    return f"«{match[1]}» did not say it"


def accusative_label(text: str, passage: str) -> str:
    """Why «الشرطة: المهاجرين تمكنوا» is not to be printed: the ending is due to an «إن» that went; else empty."""
    match = LABEL.match(text)
    words = tokenize(text[match.end() :])[:1] if match else []
    if not words or not ACCUSATIVE_PLURAL.fullmatch(words[0].text):
        return ""
    theirs = [fold(word.text) for word in tokenize(passage)]
    governed = any(before in _TO and word == fold(words[0].text) for before, word in pairwise(theirs))
    return f"«{words[0].text}» kept the case that «إن» asks for" if governed else ""


def _was_made_to(rest: str, passage: str) -> bool:
    """True for «تعود إلى منزلها» of «أقنع باريس الجليسة بأن تعود إلى منزلها»: a clause of «أن» where nobody speaks."""
    words, opening = tokenize(passage), [fold(word.text) for word in tokenize(rest)[:_SUBJECT_AND_VERB]]
    verb = next((word for word in opening if word[0] in "يت"), "")
    places = [
        place for place, (before, word) in enumerate(pairwise(words), start=1)
        if fold(word.text) == verb and fold(before.text) in _TO
    ]  # fmt: skip
    sentences = [words[_sentence_start(words, place, passage) : place] for place in places]
    return bool(sentences) and not any(
        fold(word.text).removeprefix("و") in SPEAKING | _SOURCES for sentence in sentences for word in sentence
    )


def false_speaker(text: str, passage: str) -> str:
    """Why the one whom a headline has speak («أبل تعلن عن عيوب») did not; empty where ``passage`` bears it out.

    As with a label: where the passage has verbs of saying, the one before the verb must be the subject of one.
    """
    words = tokenize(text)
    place = next((at for at, word in enumerate(words[:_MAX_LABEL_WORDS]) if fold(word.text) in _SPEAKING_VERBS), 0)
    named = text[: words[place].span.start] if place else ""
    speaker = set(content_keys(named))
    if not speaker or set(named) & _SPEECH_MARKS or any(is_stopword(word.text) for word in words[:place]):
        return ""
    if any(country_of(word.text) for word in words[:place]):
        return ""
    theirs = tokenize(passage)
    subjects = _subjects(theirs, passage)
    if not subjects:
        silent = _subjects(theirs, passage, denied=True)
        return f"«{named.strip()}» said nothing" if any(speaker & subject for subject in silent) else ""
    return "" if any(speaker & subject for subject in subjects) else f"«{named.strip()}» did not say it"


def _subjects(words: Sequence[Word], passage: str, *, denied: bool = False) -> list[set[str]]:
    """The content keys around each verb of saying and behind each mention of a source: one of them speaks.

    With ``denied`` those around the verbs that say that somebody did not: «لم تعلق شركة أبل».
    """
    found = [_around(words, place, passage) for place in range(len(words)) if _denied(words, place) is denied]
    return [{key for word in near for key in content_keys(word.text)} for near in found if near]


def _denied(words: Sequence[Word], place: int) -> bool:
    """True for a word behind «لم», «لن» or «لا»."""
    return place > 0 and fold(words[place - 1].text).removeprefix("و") in _NEGATED


def _around(words: Sequence[Word], place: int, passage: str) -> list[Word]:
    """The words that may be the speaker of the verb or source at ``place``; none when it is neither."""
    written = fold(words[place].text)
    bare = written[1:] if written[:1] in ("و", "ف") and written[1:] in SPEAKING | _SOURCES else written
    if bare in _SOURCES:
        return [*words[place + 1 : place + 1 + _BEHIND_SOURCE]]
    if bare not in SPEAKING and not (bare in _COMMENTS and _denied(words, place)):
        return []
    start = _sentence_start(words, place, passage)
    near = [
        *words[max(start, place - _WORDS_BEFORE) : place],
        *_until_that(words[place + 1 : place + 1 + _BEHIND], passage),
    ]
    # «دافع المدرب عن لاعبه، وأكد أنه جاهز»: the subject is the sentence's.
    return near if bare == written else [*near, *words[start : min(place, start + _FROM_THE_HEAD)]]


def _sentence_start(words: Sequence[Word], place: int, passage: str) -> int:
    """The place of the first word of the sentence in which ``place`` is."""
    start = place
    while start and not set(passage[words[start - 1].span.end : words[start].span.start]) & set(".؟!"):
        start -= 1
    return start


def _until_that(words: Sequence[Word], passage: str) -> list[Word]:
    """The words up to «إن», a colon or a quotation mark."""
    found: list[Word] = []
    for word in words:
        if fold(word.text) in _UP_TO_THAT or (
            found and set(passage[found[-1].span.end : word.span.start]) & set(':"«“')
        ):
            break
        found.append(word)
    return found
