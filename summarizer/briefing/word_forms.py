"""Words that a small model gets wrong by one form, found by what the source has in their place.

«عثرات على تمثال» of «عثر … على تمثال», «إندونيسيا تعتقل» of «اعتقل إندونيسي», «تدرسه علم» of «لدراسة علم».
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from summarizer.arabic.forms import roots
from summarizer.arabic.grammar import is_verb
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import country_of
from summarizer.arabic.words import folded_words, tokenize
from summarizer.briefing.alignment import nearest

_PASSIVE, _KEEP_ALEF = re.compile(r"[يت](\wا\w)"), word_list("grammar", "hollow with alef")
_WITH_OBJECT = re.compile(r"[وف]?[سل]?([يت]\w{3,}?)(?:ه|ها|هم)")


def wrong_form(text: str, sentences: Sequence[str]) -> str:
    """The first word of ``text`` that is no form the source's word has; the empty string for none.

    Who or what a country stands for is looked up in the nearest sentence, the others in all.
    """
    theirs = [word for sentence in sentences for word in folded_words(sentence)]
    known, pairs = frozenset(theirs), list(pairwise(theirs))
    near = frozenset(folded_words(nearest(text, sentences)))
    words = tokenize(text)
    for place, word in enumerate(words):
        folded, after = fold(word.text), text[word.span.end : word.span.end + 1]
        following = fold(words[place + 1].text) if place + 1 < len(words) else ""
        if folded not in near and _of_a_citizen(folded, near) and after != ":":
            return word.text
        if folded not in known and (_of_a_verb(folded, known) or _hollow(folded, following, pairs)):
            return word.text
        if not word.text.endswith("ة") and (folded, following) not in pairs and _doubled(folded, following, pairs):
            return word.text
    return ""


def _of_a_verb(word: str, known: Collection[str]) -> bool:
    """«عثرات» of the verb «عثر»."""
    stem = word.removesuffix("ات")
    nouns = (stem + "ه", "ال" + stem + "ه", "ال" + word)
    return stem != word and stem in known and is_verb(stem) and not any(one in known for one in nouns)


def _of_a_citizen(word: str, known: Collection[str]) -> bool:
    """«إندونيسيا» where the source has «إندونيسي» alone: somebody from there."""
    citizen = word.removesuffix("ا")
    return citizen != word and citizen.endswith("ي") and citizen in known and bool(country_of(word))


def _hollow(word: str, following: str, pairs: Collection[tuple[str, str]]) -> bool:
    """«يثار سليماني» of «ثار سليماني», which is «يثور»: in the imperfect the «ا» makes a passive of most such verbs."""
    match = _PASSIVE.fullmatch(word)
    if match is None or match[1] in _KEEP_ALEF:
        return False
    return any((one + match[1] + end, following) in pairs for one in ("", "و", "ف") for end in ("", "ت"))


def _doubled(word: str, following: str, pairs: Collection[tuple[str, str]]) -> bool:
    """A verb with a pronoun of its own before the object that the source's verb has: «تدرسه علم البيئة»."""
    match = _WITH_OBJECT.fullmatch(word)
    if match is None or not following or not is_verb(match[1]):
        return False
    deed = roots(match[1])
    return any(other == following and not deed.isdisjoint(roots(one)) for one, other in pairs)
