"""Shorter sentences inside a sentence: prefixes that still stand on their own.

A news sentence opens with its main clause and hangs the rest behind it: «بات التنظيم محاصرا في جيبه الأخير، فيما
تستعد القوات للتقدم». Cutting before the hanging part leaves a true, grammatical, shorter sentence whose span is
a slice of the original. The rules here prefer refusing a cut to making a wrong one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.arabic.lexicon import entries
from summarizer.arabic.saying import UNFINISHED
from summarizer.arabic.text.normalize import fold
from summarizer.schema import Span

#: Words that open a part which can be dropped from the end (folded by hand: both spellings are listed).
_HANGING = entries("clauses", "hanging")

#: Openings whose clause is itself the hanging part: the first comma after them ends no main clause.
_FRONTED = entries("clauses", "fronted")

_SPEECH_BEGINS = re.compile(
    r"(?:^|\s)[وف]?(?:[إأا]ن(?:ه|ها|هم|هما|نا|ني)?|بأن(?:ه|ها|هم)?|بان(?:ه|ها|هم)?)(?=\s)|[\"«“:]"
)

_OPENS_FRONTED = frozenset(map(fold, _FRONTED))

#: A sentence does not end on these.
_WEAK_ENDS = frozenset(entries("clauses", "weak ends"))

#: After a comma the rest hangs only when one of these opens it: a comma may also end an apposition, and then the
#: subject still waits for its verb («القوات المشكلة من ائتلاف عربي، آخر المعارك»).
AFTER_COMMA = (*_HANGING, *_FRONTED, *entries("clauses", "after a comma"))
_TWO_WORDS = r"(?:بعد|قبل|إلا|الا|على|رغم|غير)\s+[أا]ن(?:ه|ها|هم)?|وقد\s+\w{3,}"

_CUT = re.compile(
    rf"\s*[،؛,;]\s*(?=[وف]?(?:{'|'.join(AFTER_COMMA)})\s)|\s*[؛;]\s*"
    rf"|\s+(?=(?:{'|'.join(_HANGING)})\s)|\s+(?={_TWO_WORDS}\s)|\s+[-–—]+\s+|\s+\.{{3,}}\s*|\s*…\s*"
)
_OBJECT_PREPOSITIONS = frozenset(entries("particles", "objects"))
_COMMA = re.compile(r"[،,](?!\d)")
"""A comma that stands in no number."""
_BALANCED_PAIRS = (("«", "»"), ("(", ")"), ("“", "”"), ("[", "]"), ("﴿", "﴾"))


def ends_weakly(text: str) -> bool:
    """True when ``text`` stops on a preposition, a conjunction or another word that needs a next one."""
    words = text.rstrip(" .…!؟?\"»”'").split()
    if not words:
        return True
    last = words[-1]
    return last in _WEAK_ENDS or (last[0] in "وف" and last[1:] in _WEAK_ENDS)


def is_balanced(text: str) -> bool:
    """True when every quotation mark and bracket that opens also closes behind it."""
    return text.count('"') % 2 == 0 and all(
        text.count(left) == text.count(right) and text.rfind(left) <= text.rfind(right)
        for left, right in _BALANCED_PAIRS
    )


@lru_cache(maxsize=256)  # a sentence is asked for with every task of its article
def shorter_clauses(sentence: str, *, min_words: int = 5) -> tuple[Span, ...]:
    """Spans into ``sentence`` of prefixes that can be printed alone, longest first, the whole one excluded.

    ``min_words`` counts words between white space. The spans end before the cut, so no comma trails.
    """
    found = []
    for match in _CUT.finditer(sentence):
        prefix = sentence[: match.start()]
        if (
            len(prefix.split()) >= min_words
            and stands_alone(prefix)
            and not _closes_apposition(prefix, match[0], sentence[match.end() :])
        ):
            found.append(Span(0, match.start()))
    return tuple(reversed(found))


def _closes_apposition(prefix: str, cut: str, rest: str) -> bool:
    """True for the second comma of «وافق رئيس الحكومة، مصطفى مدبولي، على القرار»: behind it the verb has its object."""
    if not cut.strip() or cut.strip() not in "،,":
        return False
    commas = _COMMA.findall(prefix)
    return len(commas) == 1 and not _OBJECT_PREPOSITIONS.isdisjoint(rest.split(maxsplit=1)[:1])


def stands_alone(prefix: str) -> bool:
    """True when the beginning of a sentence may be printed as one: the refusals, cheapest first."""
    words = prefix.split()
    if not words or ends_weakly(prefix) or not is_balanced(prefix):
        return False
    if _bare(fold(words[0])) in _OPENS_FRONTED and not re.search(r"[،؛]", prefix):
        return False
    saying = any(_bare(fold(word)) in UNFINISHED for word in words[:8])
    return not saying or bool(_SPEECH_BEGINS.search(prefix))


def _bare(word: str) -> str:
    """The folded word without a leading و or ف that is not its own letter (judged by what remains being listed)."""
    return word[1:] if len(word) > 2 and word[0] in "وف" and word[1:] in _LISTED_OPENERS else word


_LISTED_OPENERS = _OPENS_FRONTED | UNFINISHED
