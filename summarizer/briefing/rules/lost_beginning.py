"""«علماء العثور على أدلة» of «أكد علماء العثور على أدلة»: a shortened sentence lost its beginning.

No parser: the first three words are looked up in the source, and what stood before them in their clause is due unless
it is a particle or copula, or the line says it in other words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.arabic.forms import roots
from summarizer.arabic.grammar import is_action, is_verb
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SAYING
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import Word, folded_words, is_stopword, tokenize
from summarizer.briefing.draft import Draft
from summarizer.briefing.polish import strip_opening
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source

#: What stands before it belongs to another clause.
_NEW_CLAUSE = re.compile(r"[،,؛:«»\"“”.…(\-–]|(?:^|\s)[وفب]?[أإا]ن(?:ه|ها|هم|هما|ني|نا)?(?=\s)")
#: A headline may leave them out: «[بات] التنظيم محاصرا في جيبه الأخير».
_COPULAS = word_list("grammar", "copulas that may go")
_MIN_START = 3
"""Words that must stand together in both before they are taken for a copy."""


def find(draft: Draft, source: Source) -> str:
    """Why, when a written line begins inside a clause whose first words it dropped and says in no other words.

    A label, a noun of action at its head or a verb of its own shows that it was written anew.
    """
    found = None if draft.lifted or ": " in draft.text else _copied_start(draft.folded, source.sentences)
    if found is None or is_action(draft.words):
        return ""
    before, sentence = found
    dropped = [word for word in _of_its_clause(before, sentence) if not _may_go(word.text)]
    if not dropped:
        return ""
    words, theirs = [word.text for word in draft.words], set(folded_words(sentence))
    anew = any(is_verb(word) and not is_stopword(word) and fold(word) not in theirs for word in words)
    lost = not anew and frozenset().union(*map(roots, words)).isdisjoint(roots(dropped[0].text))
    return "begins behind its verb" if lost else ""


def _copied_start(words: Sequence[str], sentences: Sequence[str]) -> tuple[tuple[Word, ...], str] | None:
    """The words before the first three of ``words`` in the sentence that has these together, and that sentence.

    None when no sentence has them. Before the first a conjunction may stand there.
    """
    opening = tuple(words[:_MIN_START])
    if len(opening) < _MIN_START:
        return None
    firsts = (opening[0], "و" + opening[0], "ف" + opening[0])
    for sentence in sentences:
        keys = folded_words(sentence)
        for place in range(len(keys) - _MIN_START + 1):
            if keys[place] in firsts and tuple(keys[place + 1 : place + _MIN_START]) == opening[1:]:
                return tokenize(sentence)[:place], sentence
    return None


def _of_its_clause(before: Sequence[Word], sentence: str) -> list[Word]:
    """Those of the words ``before`` a copy that belong to the clause that it begins in."""
    end = before[-1].span.end + 1 if before else 0
    start = max((match.end() for match in _NEW_CLAUSE.finditer(sentence, 0, end)), default=0)
    opened = 0 if start else len(tokenize(sentence)) - len(tokenize(strip_opening(sentence)))
    return [word for word in before[opened:] if word.span.start >= start]


def _may_go(word: str) -> bool:
    bare = fold(word)
    return (is_stopword(word) and not {bare, bare[1:]} & SAYING) or bare in _COPULAS or bare[1:] in _COPULAS


RULE = Rule(
    "lost beginning",
    find,
    bad=(
        example("علماء العثور على أدلة قاطعة", "أكد علماء العثور على أدلة قاطعة على وجود الجليد."),
        example("قائمة بأسماء المخطوفين إلى الوزير", "سلمت قائمة بأسماء المخطوفين إلى الوزير أمس."),
    ),
    good=(
        example("علماء يؤكدون العثور على أدلة", "أكد علماء العثور على أدلة قاطعة."),
        example("التنظيم محاصر في جيبه الأخير", "بات التنظيم محاصر في جيبه الأخير."),
        example("القوات تنتظر إتمام التحضيرات", "قال المتحدث إن القوات تنتظر إتمام التحضيرات."),
        example("وفاة الأمين العام السابق", "أعلنت مصادر وفاة الأمين العام السابق."),
        example("المدير العام: لا زيادة في الأسعار", "نفى المدير العام: لا زيادة في الأسعار."),
        example("كشفت رسائل مسربة عن خطة", "كما كشفت رسائل مسربة عن خطة لإقالة الوزير."),
        example("علماء العثور على أدلة قاطعة", "أكد علماء العثور على أدلة قاطعة على وجود الجليد.", lifted=True),
    ),
)
