"""Who did it? Two ways in which a shortened sentence gives a deed or a role to somebody else.

«تشاريتي تطلق النار على والدها» of «أطلقت والدتها النار على والدها»: behind the verb the source names another
(:func:`wrong_actor`). «مدرب الفريق، كريستيانو رونالدو، يدافع عن لاعبه» of «عن لاعبه، كريستيانو رونالدو»: the name stood
beside another word (:func:`moved_name`). No parser: both look at neighbours in the source, and are silent in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.arabic.clauses import PART
from summarizer.arabic.forms import forms, roots
from summarizer.arabic.grammar import is_verb
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import Word, content_keys, folded_words, is_stopword, tokenize

_BESIDE_A_COMMA = re.compile(r"(\w+)[»\"]?\s*[،,]\s*[«\"]?(\w+)")
_BARE_IMPERFECT = re.compile(r"[يت]\w{2,}$")
#: Words: how far into a text its subject may reach, and behind the source's verb that verb's subject.
_SUBJECT, _SUBJECT_REACH = 6, 14


def moved_name(text: str, source: str) -> str:
    """The name that stands behind a comma in both, but beside another word; the empty string when there is none."""
    theirs: dict[str, set[str]] = {}
    for match in _BESIDE_A_COMMA.finditer(source):
        theirs.setdefault(fold(match[2]), set()).update(forms(match[1]))
    for match in _BESIDE_A_COMMA.finditer(text):
        beside = theirs.get(fold(match[2]))
        if beside and is_name(match[2]) and beside.isdisjoint(forms(match[1])):
            return match[2]
    return ""


def wrong_actor(text: str, sentences: Sequence[str]) -> str:
    """The verb whose subject in ``text`` did not do it: the source names another, or the two the other way round.

    The empty string when there is none, or the source does not name its subject right behind the verb.
    """
    words = tokenize(text)
    place = next((index for index, word in enumerate(words[: _SUBJECT + 1]) if _is_deed(word.text)), 0)
    subject = {key for word in words[:place] for key in content_keys(word.text)}
    if not subject or ":" in text or "«" in text[: words[place].span.start]:
        return ""
    named = [word.text for word in words[place + 1 : place + 2] if is_name(word.text)]
    others = {key for name in named for key in content_keys(name)} - subject
    deed = roots(words[place].text)
    clauses = [clause for sentence in sentences for clause in _clauses(deed, sentence)]
    if not clauses or any(clause.has(subject, others) for clause in clauses):
        return ""
    return "" if _stands(text[: words[place].span.end], sentences) else words[place].text


def _stands(opening: str, sentences: Sequence[str]) -> bool:
    """True when the words of ``opening``, subject and verb, stand together in one of ``sentences``."""
    wanted = f" {' '.join(folded_words(opening))} "
    return any(wanted in f" {' '.join(folded_words(sentence))} " for sentence in sentences)


def _is_deed(word: str) -> bool:
    return bool(_BARE_IMPERFECT.match(fold(word))) and is_verb(word) and not is_stopword(word)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of the source by its verb: the content keys before that and, in order, behind it."""

    before: frozenset[str]
    behind: tuple[str, ...]

    def has(self, subject: set[str], others: set[str]) -> bool:
        """True when ``subject`` may have done it: it stands here, and none of ``others`` nearer behind the verb."""
        if subject & self.before:
            return True
        places = [self.behind.index(key) for key in subject & set(self.behind)]
        nearer = [self.behind.index(key) for key in others & set(self.behind)]
        return bool(places) and not (nearer and min(nearer) < min(places))


def _clauses(deed: frozenset[str], sentence: str) -> list[_Clause]:
    """The clauses whose verb has one of the roots and is followed by its subject."""
    words = tokenize(sentence)
    found = []
    for place, word in enumerate(words[:-1]):
        if deed.isdisjoint(roots(word.text)) or not _may_open(words, place, sentence):
            continue
        before = frozenset(key for one in _clause_before(words, place, sentence) for key in content_keys(one.text))
        behind = (key for one in words[place + 1 : place + 1 + _SUBJECT_REACH] for key in content_keys(one.text))
        found.append(_Clause(before, tuple(behind)))
    return found


def _may_open(words: Sequence[Word], place: int, sentence: str) -> bool:
    """True for a word in a verb's place before its subject: a definite noun or a name comes next, no preposition."""
    word, behind = words[place].text, words[place + 1].text
    if word.startswith("ال") or PART.search(sentence, words[place].span.end, words[place + 1].span.start):
        return False
    opens = place == 0 or bool(PART.search(sentence, words[place - 1].span.end, words[place].span.start))
    possessed = fold(behind).endswith(("ه", "ها", "هم")) and not is_stopword(behind)
    return opens and not is_stopword(behind) and (behind.startswith("ال") or is_name(behind) or possessed)


def _clause_before(words: Sequence[Word], place: int, sentence: str) -> list[Word]:
    start = max((match.end() for match in PART.finditer(sentence, 0, words[place].span.start)), default=0)
    return [word for word in words[:place] if word.span.start >= start]
