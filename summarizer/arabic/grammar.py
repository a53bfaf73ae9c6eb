"""Is this word a verb, is it a noun of action, is its «و» a letter of its own? By lists and shapes.

There is no tagger. A verb is told by the shape of the imperfect («يعلن»; «تعلن» where the common words have «يعلن»,
which «تمثال» and «تقرير» do not have) or is a common one in the perfect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.arabic.lexicon import entries, word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name, lexicon
from summarizer.arabic.words import Word, key

#: Nouns of action by their shape: the derived forms are told by their letters.
_ACTION = re.compile(r"(?:ا\w{1,3}ا\w(?:ه|ات)?|است\w{2,3}ا\w?ه?|ت\w{2}ي\w(?:ه|ات)?|ت\w[اع]\w{1,2}|م\w[اا]\w{2}ه)$")
_IMPERFECT = re.compile(r"[وف]?س?[يت](\w{2,})$")
_VERBS = word_list("grammar", "copulas") | word_list("grammar", "perfect")
#: Words whose و is a letter of their own.
OWN_WAW = tuple(map(fold, entries("grammar", "own waw")))


@lru_cache(maxsize=16384)
def is_verb(word: str) -> bool:
    """True for a copula, a common verb in the perfect, and what has the shape of an imperfect."""
    folded = fold(word)
    if folded in _VERBS or (folded[:1] in ("و", "ف") and folded[1:] in _VERBS):
        return True
    match = _IMPERFECT.match(folded)
    if not match or folded in word_list("grammar", "nouns"):
        return False
    return key("ي" + match[1]) in lexicon().frequency


def is_action(words: Sequence[Word]) -> bool:
    """True when the first word is a noun of action: «افتتاح المدرسة», «مقتل ناشطة»."""
    first = fold(words[0].text) if words else ""
    shaped = not first.startswith("ال") and bool(_ACTION.match(first))
    return len(words) > 2 and (first in word_list("grammar", "actions") or shaped)


def own_waw(word: str) -> bool:
    """True for a folded word whose و is a letter of its own: «وزير», «واشنطن»."""
    return word.startswith(OWN_WAW) or is_name(word)
