"""Between which two words of a sentence a shorter one may end: before an adjunct, a conjunction, a relative clause.

Not inside a phrase («اتفاق نووي | جديد», «محمد بن | سلمان», «25 | نقطة»), not before what a verb waits for («شاركت |
في», «حقق الفريق | فوزا») and not before the predicate («أجهزة الشركة | لم تواجه»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.arabic.adjuncts import needs_in, needs_next, opens_adjunct
from summarizer.arabic.clauses import AFTER_COMMA_FOLDED
from summarizer.arabic.grammar import is_verb, own_waw
from summarizer.arabic.lexicon import entries, sections, word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import country_of, is_name, lexicon
from summarizer.arabic.words import Word, is_stopword, key

#: Behind a subject they open the predicate; «أن» opens what a verb waits for.
_GOES_ON = word_list("boundaries", "going on")
_OF_NAMES = word_list("names", "needing a name")
_BETWEEN_WORD = fold("بين")
_YEARS = word_list("boundaries", "years")
_FREE_WORDS = word_list("boundaries", "free")
_RANKS = word_list("boundaries", "ranks")
_RANKED_WITHIN = 3
_OPENS_A_VERB = word_list("boundaries", "before a verb")
"""The word behind them is a verb, which has said nothing yet: «إذ منح»."""
#: Nouns of action whose object comes with «ل»: «وقف الفلسطينيين | للاتصالات».
_DEEDS = word_list("boundaries", "deeds")
_NEEDS_BY = re.compile(
    r"[وف]?(?:[يت]?رحب\w?|[يت]?طالب\w?|اتهم\w?|[يت]تهم|[يت]?هدد\w?|سمح\w?|[يت]سمح|اشاد\w?|[يت]شيد|[يت]?ندد\w?|[يت]?تعهد\w?"
    r"|امر\w?|[يت]?تسبب\w?|اعترف\w?|[يت]عترف|قام\w?|[يت]قوم|فاز\w?|[يت]فوز|احتفل\w?|[يت]حتفل|[يت]?كلف\w?|زود\w?)"
)
"""Verbs, folded, that need a noun with «ب»."""
_PAIR = re.compile(r"\w{3,}(?:ي|ا)(?:ه|ها|هم)")
"""Two of something, of which two names are due: «نائبيه»."""
_ITS = re.compile(r"\w{2,}(?:ه|ها|هم)")
_TO_IT = word_list("particles", "to it")
"""Behind a word with a pronoun they belong to it: «طلب نقله | لها وجهاء»."""
_CLITIC = re.compile(r"[بلكف]\w{3,}|لل\w{2,}")


def may_part(last: Sequence[Word], following: Sequence[Word]) -> bool:
    """True when a sentence may end behind ``last`` (its last words), ``following`` being next with no mark between."""
    if not following or not last:
        return True
    end, after = last[-1].text, following[0].text
    folded = fold(after)
    if folded in _GOES_ON or fold(end) in _OF_NAMES or (is_verb(end) and not is_stopword(end)) or _waits(last, folded):
        return False
    if _joins_names(last, after) or (folded in _TO_IT and _ITS.fullmatch(end)):
        return False
    if _is_free(after, folded):
        return True
    if end[0].isdigit():
        before = last[-2].text if len(last) > 1 else ""
        return before.startswith("ال") or fold(before) in _YEARS or is_verb(after)
    return _adds_a_clause(end, after) or (end.startswith("ال") and is_name(after) and not after.startswith("ال"))


def head_waits(words: Sequence[Word], following: Sequence[Word]) -> bool:
    """True when the verb at the head of ``words`` waits for what comes next: «رحبت بريطانيا والنرويج | بالاتفاق»."""
    if len(words) < 2 or not following:
        return False
    head, after = fold(words[0].text), fold(following[0].text)
    if after[0] == "ب" and _is_joined(following[0].text):
        return bool(_NEEDS_BY.fullmatch(head)) and not any(
            word.text[0] == "ب" and _is_joined(word.text) for word in words[1:]
        )
    needing = _needs().get(after)
    return bool(needing and needing.fullmatch(head)) and after not in [fold(word.text) for word in words]


def _joins_names(last: Sequence[Word], after: str) -> bool:
    """True before the second of two people or places: «نائبيه حسبو عبد الرحمن | وبكري حسن صالح»."""
    names = lexicon().names
    if not after.startswith("و") or fold(after) in names or after[1:3] == "ال":
        return False
    named = is_name(last[-1].text) or (len(last) > 1 and fold(last[-2].text) in _OF_NAMES)
    pair = any(_PAIR.fullmatch(word.text) for word in last)
    return named and (fold(after[1:]) in names or bool(country_of(after[1:])) or pair)


def _adds_a_clause(end: str, after: str) -> bool:
    """True for a verb behind an indefinite noun, which it describes («تقرير | نشرته الصحيفة», «تنظيم | تدعمه إيران»).

    «منطقة | تجمع» is a noun as often as a verb.
    """
    definite = end.startswith("ال") or is_name(end)
    clear = not after.startswith("ت") or after.endswith(("ه", "ها", "هم"))
    return is_verb(after) and clear and not definite


def _waits(last: Sequence[Word], after: str) -> bool:
    """True when what comes next belongs to one of the last words («شاركت | في», «الفترة | بين», «أول زيارة | له»)."""
    if _ranks(last[-_RANKED_WITHIN:]) or (len(last) > 1 and fold(last[-2].text) in _OPENS_A_VERB):
        return True
    if after == _BETWEEN_WORD:
        return last[-1].text.startswith("ال")
    words = [word.text for word in last]
    if after.startswith("لل") and any(fold(word) in _DEEDS for word in words):
        return True
    needing = _needs().get(after)
    if needing and any(needing.fullmatch(fold(word)) for word in words):
        return True
    return (after == "في" and needs_in(words)) or needs_next(words, after)


def _ranks(last: Sequence[Word]) -> bool:
    """True when one of the last words ranks something and does not say among what («أول مدرسة نظامية»)."""
    places = [place for place, word in enumerate(last) if fold(word.text) in _RANKS]
    return bool(places) and not any(_CLITIC.fullmatch(fold(word.text)) for word in last[places[-1] + 1 :])


@lru_cache(maxsize=1)
def _needs() -> dict[str, re.Pattern[str]]:
    """For each preposition the verbs and nouns that say too little without it: «الدفاع | عن المدينة»."""
    listed = {preposition: map(fold, entries("needs", preposition)) for preposition in sections("needs")}
    return {
        fold(name): re.compile(rf"[وفبل]?(?:ال)?(?:{'|'.join(words)})(?:ها?|هم)?") for name, words in listed.items()
    }


def _is_free(word: str, folded: str) -> bool:
    """True for a word that opens something of its own: a function word, an adjunct, a time, «و…» or «ب…»."""
    if is_stopword(word) or folded in _FREE_WORDS or folded in AFTER_COMMA_FOLDED or opens_adjunct(word):
        return True
    if is_name(word):
        return False
    if folded[0] == "و":
        return not own_waw(folded)
    return bool(_CLITIC.fullmatch(folded)) and _is_joined(word)


def _is_joined(word: str) -> bool:
    """True when the first letter is a preposition: without it the word is the commoner one («بإطلاق», not «بلاد»)."""
    counts, own, bare = lexicon().frequency, key(word), key(word[1:])
    return word[1:3] == "ال" or word[:2] == "لل" or own == bare or counts.get(bare, 0) > counts.get(own, 0)
