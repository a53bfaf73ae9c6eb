"""Who «القيادي», «الوزير», «الوكالة» is: a bullet is read alone, so the role at its head is given its name.

The neighbourhood is the passage and the sentences before it. A role is resolved by the last phrase that introduced it
(«وزير الخارجية الليبي», «شركة أبل»), or by the name that stands before that phrase («هفال روني قائد العمليات»). What
cannot be resolved points back (:func:`bare_role`), and another candidate is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.arabic.clauses import is_balanced
from summarizer.arabic.lexicon import rows, word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import Word, is_stopword, tokenize
from summarizer.briefing.names import GIVEN_NAMES
from summarizer.schema import Sentence, Span

_HEAD_WORDS = 3
_MAX_QUALIFIERS = 5
_MAX_NAME_WORDS = 3
MAX_BACK = 8
"""Sentences to look back for who a role is: farther ones are of another part of the story."""
#: Verbs by their shape: the imperfect, and the perfect of a feminine subject.
_VERB_SHAPE = re.compile(r"[وف]?(?:س?[يت]\w{2,}|\w{2,}ت)")
_MASCULINE_PERFECT = word_list("grammar", "verbs before a role")
_CLOSING_MARKS = tuple('»”"')
_RELATIVES = word_list("particles", "relatives")


class Referent(NamedTuple):
    """What a role stands for, and where it was introduced."""

    phrase: str
    source: Span


@lru_cache(maxsize=1)
def _roles() -> dict[str, frozenset[str]]:
    """Folded role → folded forms that introduce it."""
    return {fold(role): frozenset(map(fold, forms)) for role, *forms in rows("roles")}


def bare_role(text: str) -> Word | None:
    """The role among the first words of ``text`` that nothing says more of; None when there is none.

    A relative clause describes without naming («القيادي الذي يستخدم اسما حركيا»); an adjective, an office («المسؤول عن
    الخدمات») or a name does name.
    """
    words = tokenize(text)
    for place, word in enumerate(words[:_HEAD_WORDS]):
        if fold(word.text) in _roles() and all(_may_stand_before(one.text) for one in words[:place]):
            following = words[place + 1].text if place + 1 < len(words) else ""
            glued = place + 1 < len(words) and not text[word.span.end : words[place + 1].span.start].strip()
            described = following == "عن" or (following.startswith("ال") and following not in _RELATIVES)
            return None if glued and (described or _is_person(following)) else word
    return None


def _may_stand_before(word: str) -> bool:
    """True for a verb or a particle: behind a noun the role is the second half of another («رئيس الشركة»)."""
    folded = fold(word)
    return bool(_VERB_SHAPE.fullmatch(folded)) or is_stopword(word) or folded in _MASCULINE_PERFECT


def resolve(role: str, passage: Sequence[Sentence], before: Sequence[Sentence]) -> Referent | None:
    """Who ``role`` is, by the nearest sentence that says so: those of ``passage``, then those of ``before``, backwards.

    None when no sentence does, or when the nearest that does names two.
    """
    forms = _roles()[fold(role)]
    for sentence in [*passage, *reversed(before[-MAX_BACK:])]:
        found = dict.fromkeys(_phrases(sentence.text, forms))
        if len(found) > 1:
            return None
        if found:
            return Referent(next(iter(found)), sentence.span)
    return None


def _phrases(text: str, forms: Iterable[str]) -> list[str]:
    """Each phrase that introduces one of ``forms``: the name before it, or itself with what qualifies it."""
    words, found = tokenize(text), []
    for place, word in enumerate(words):
        if fold(word.text) not in forms:
            continue
        name = _name_before(words[:place], text, word)
        if name:
            found.append(name)
        elif end := _qualified_end(words, place, text):
            phrase = text[word.span.start : end + (text[end : end + 1] in _CLOSING_MARKS)]
            found += [phrase] if is_balanced(phrase) else []
    return found


def _name_before(words: Sequence[Word], text: str, role: Word) -> str:
    """The two or three name-like words right before the role; empty when there are fewer."""
    start = role.span.start
    count = 0
    for word in reversed(words[-_MAX_NAME_WORDS:]):
        if not _is_person(word.text) or text[word.span.end : start].strip(" ،,"):
            break
        start, count = word.span.start, count + 1
    end = words[-1].span.end if words else 0
    return text[start:end] if count > 1 else ""


def _qualified_end(words: Sequence[Word], place: int, text: str) -> int:
    """Where the words that say which role it is end; 0 when none do.

    Definite nouns and adjectives, names, and one indefinite noun before a definite one («مدير مستشفى الميناء»).
    """
    end, last = 0, words[place].span.end
    for step, word in enumerate(words[place + 1 : place + 1 + _MAX_QUALIFIERS]):
        if text[last : word.span.start].strip(' "«»“”'):
            break
        definite = word.text.startswith(("ال", "لل")) and word.text not in _RELATIVES
        if words[place + step].text.endswith("ية") and definite and not word.text.endswith("ة"):
            break  # «استدعت وزارة الخارجية العراقية [السفير]»: another noun
        if definite or _is_person(word.text):
            end = word.span.end
        elif step or is_stopword(word.text):
            break
        last = word.span.end
    return end


def _is_person(word: str) -> bool:
    """True for a word that looks like part of a name, without the article."""
    return bool(word) and not word.startswith("ال") and (is_name(word) or fold(word) in GIVEN_NAMES)
