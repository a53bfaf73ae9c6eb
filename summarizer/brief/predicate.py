"""Does a bullet say anything? «الذهب في صندوق النقد الدولي» names a thing and a place, and no more.

No parser: a predicate is looked for by its shapes. A verb in the imperfect («يعلن»; «تعلن» where the common words have
«يعلن», which «تمثال» and «تقرير» do not have) or a common one in the perfect; a noun of action at the head («مقتل»,
«افتتاح»); a definite noun or name with an indefinite word behind it («داعش محاصر»); a copula, a number or a quotation.
Of 331 headlines of BBC's editors, those without label and quotation, 6 % have none by these shapes; of 250 bullets of
the first model 19 %.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from summarizer.arabic.normalize import fold
from summarizer.arabic.words import Word, is_stopword, key, tokenize
from summarizer.brief.lexicon import is_name, lexicon, sections

#: Nouns of action by their shape: the derived forms are told by their letters.
_ACTION = re.compile(r"(?:ا\w{1,3}ا\w(?:ه|ات)?|است\w{2,3}ا\w?ه?|ت\w{2}ي\w(?:ه|ات)?|ت\w[اع]\w{1,2}|م\w[اا]\w{2}ه)$")
_IMPERFECT = re.compile(r"[وف]?س?[يت](\w{2,})$")
_PREPOSITION = re.compile(
    r"(?:في|من|على|عن|الى|مع|بين|منذ|بعد|قبل|ضد|حول|عبر|خلال|لدى|عند|تحت|فوق|الذي|التي|الذين|او|و|ثم)$"
)


_SUBORDINATE = re.compile(r"(?:منذ|عندما|حينما|حين|بعدما|قبلما|بينما|فيما|رغم|لدى|بعد ان|قبل ان|في حين|اذا|لو)\b")
_RELATIVE = re.compile(r"\s*(?:التي|الذي|الذين|اللذان|اللتان|البالغ|البالغه|وهو|وهي)\b")
_SPEAKS = re.compile(r"(?:قال|اضاف|اوضح|اشار|ذكر|صرح|افاد|رد)(?:ت|وا)?\s")
_SAID = re.compile(r"[:\"«,]|\b(?:ب?ان(?:ه|ها|هم)?|ال[يى]|عل[يى]|عن|بال\w+)\b")
_HARDLY_BEGUN = 3
"""Words before a relative clause that are no sentence yet."""


@lru_cache(maxsize=1)
def _listed() -> dict[str, frozenset[str]]:
    """The folded words of ``predicates.txt`` by section."""
    return {name: frozenset(fold(" ".join(lines)).split()) for name, lines in sections("predicates.txt").items()}


def has_predicate(text: str) -> bool:
    """True when ``text`` says something of something, as far as shapes show; for headlines and bullets."""
    words = tokenize(text)
    if not words:
        return False
    # What stands behind a label or between quotation marks is said by somebody.
    if re.search(r":\s|[«\"“]", text) or any(word.text[0].isdigit() for word in words):
        return True
    return any(_is_verb(word.text) for word in words) or _is_action(words) or _has_nominal_predicate(words)


def is_unfinished(text: str) -> bool:
    """True when a main clause is still to come: «منذ تحول الأزمة إلى صراع», «وصلت بلجيكا، التي تشتهر بالشوكولاتة».

    Or when somebody speaks and says nothing: «قال قائد العمليات في منطقة هجين».
    """
    folded = fold(text)
    if _SPEAKS.match(folded) and not _SAID.search(folded):
        return True
    before, _, after = folded.partition(",")
    if _SUBORDINATE.match(folded):
        return not after.strip()
    opened = _RELATIVE.match(after) is not None and "," not in after
    return opened and len(before.split()) <= _HARDLY_BEGUN


@lru_cache(maxsize=16384)
def _is_verb(word: str) -> bool:
    folded, verbs = fold(word), _listed()["copulas"] | _listed()["perfect"]
    if folded in verbs or (folded[:1] in ("و", "ف") and folded[1:] in verbs):
        return True
    match = _IMPERFECT.match(folded)
    if not match or folded in _listed()["nouns"]:
        return False
    return key("ي" + match[1]) in lexicon().frequency


def _is_action(words: tuple[Word, ...]) -> bool:
    """True when the first word is a noun of action: «افتتاح المدرسة», «مقتل ناشطة»."""
    first = fold(words[0].text)
    shaped = not first.startswith("ال") and bool(_ACTION.match(first))
    return len(words) > 2 and (first in _listed()["actions"] or shaped)


def _has_nominal_predicate(words: tuple[Word, ...]) -> bool:
    """True for a definite noun or name with an indefinite word right behind it: «داعش محاصر», «الثعابين صماء»."""
    for word, following in pairwise(words):
        folded = fold(following.text)
        definite = word.text.startswith("ال") or is_name(word.text)
        plain = not following.text.startswith("ال") and not is_stopword(following.text) and not is_name(following.text)
        attached = folded[0] in "بلكو" and len(folded) > 3
        if definite and plain and not attached and not _PREPOSITION.match(folded):
            return True
    return False
