"""A word twice in a row, or three words more often than one sentence of the source says them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.words import folded_words
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source
from summarizer.schema import Task

#: Names of Latin letters, which acronyms repeat: «سي إن إن», «دي دي تي».
_LETTER_NAMES = word_list("openings", "letters")
_TWICE = "قوات تنظيم الدولة الاسلامية تدخل المدينة بعد معارك ضد مسلحي تنظيم الدولة الاسلامية"


def find(draft: Draft, source: Source) -> str:
    """Why, when the line says again what it said."""
    words = draft.folded
    twice = next((a for a, b in pairwise(words) if a == b and not a.isdigit() and a not in _LETTER_NAMES), "")
    if twice:
        return f"says «{twice}» twice in a row"
    often = {triple: count for triple, count in _triples(words).items() if count > 1}
    theirs = [_triples(folded_words(sentence)) for sentence in source.sentences] if often else []
    too_often = any(all(line[triple] < count for line in theirs) for triple, count in often.items())
    return "repeats itself" if too_often else ""


def _triples(words: Sequence[str]) -> Counter[tuple[str, str, str]]:
    return Counter(zip(words, words[1:], words[2:], strict=False))


RULE = Rule(
    "repetition",
    find,
    bad=(
        example("الحكومة الحكومة تعلن الميزانية"),
        example("وزير المالية يعلن أن وزير المالية يعلن الميزانية"),
        example(_TWICE, *(part + "." for part in _TWICE.split(" بعد ")), task=Task.STANDFIRST),
    ),
    good=(
        example(_TWICE, f"{_TWICE}، كما قيل."),
        example("ترامب يهاجم رئيس شبكة سي إن إن على تويتر"),
        example("الرقم 7 7 يفوز بالجائزة"),
    ),
    hard=True,
)
