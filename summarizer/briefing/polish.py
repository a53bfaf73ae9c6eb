"""A line as it would be printed: printable characters, one line, what ties it to a sentence before it taken away."""

from __future__ import annotations

import re
from collections.abc import Collection

from summarizer.arabic.grammar import OWN_WAW
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SAYING
from summarizer.arabic.text.charsets import MARKS
from summarizer.arabic.text.normalize import clean, fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import key
from summarizer.briefing.house import House
from summarizer.schema import Task

HOUSE = House()
_SPACE_BEFORE_MARK = re.compile(r"\s+((?:[.،:](?!\d)|[؛؟!%»”)\]]))")
"""Not before a point that a digit follows: «84 .0» is two numbers, or one that was turned around, and never 84.0."""
_NO_SPACE_AFTER_MARK = re.compile(r"([،؛»])(?=[^\W\d_])")
_NOTHING_QUOTED = re.compile(r"«\s*»|“\s*”|\"\s*\"")
#: Phrases that join a sentence to the one before it and can go.
_JOINING = re.compile(
    r"^(?:و?(?:كما|لكن|كذلك|أيضا|أيضاً)\s+(?!أن|ان|أنه|انه|أنها|هو|هي|لو|كان متوقع|كان منتظر|هو متوقع)"
    r"|و?(?:إلى ذلك|في المقابل|بالمقابل|من جهة أخرى|من جهة ثانية|من ناحية أخرى|في الوقت نفسه|في الوقت ذاته"
    r"|في هذا السياق|في هذا الإطار|في هذا الصدد|في السياق ذاته|في السياق نفسه|في سياق (?:متصل|منفصل|آخر)|في غضون ذلك"
    r"|على صعيد آخر|على صعيد متصل|بالتالي|من ثم|مع ذلك|رغم ذلك|بالإضافة إلى ذلك|علاوة على ذلك|في الأثناء"
    r"|في تلك الأثناء|من جهته|من جهتها|من جانبه|من جانبها|من ناحيته|من ناحيتها)\s*[،,:]?\s+(?:ف(?=[إا]نّ?\s))?)"
)
_LIST_MARKS = re.compile(
    r"^(?:[\s\-–—•*·▪►،,؛;:.…)\]]+|\(?\d{1,2}\s?[.)\-–ـ/]\s+(?=[^\W\d])|(?:سؤال|جواب|س|ج)\s*[:/]\s*)+"
)
_AFTER_WAW = word_list("grammar", "behind waw")
#: Verbs that no word of their letters behind «و» is mistaken for: «واتهمت», «وفرض»; not «ورد», «وعد».
_VERBS_BEHIND_WAW = word_list("grammar", "verbs behind waw")
#: Before a name somebody answers; «ورد في التقرير» is another verb.
_ANSWERED = word_list("grammar", "answering")
_WITH_QAD = word_list("particles", "with qad")
_MIN_JOINED = 3
_PREFIXES_OF_PERSON = "تي"
"""What imperfects of the third person begin with, and some other words."""


def polish(text: str, task: Task, source_words: Collection[str] = frozenset(), house: House = HOUSE) -> str:
    """The text as it would be printed: printable characters, one line, opening stripped, set as the house sets it.

    In ``news`` a standfirst ends with a full stop, a headline or bullet with none («؟» and «!» stay).
    """
    line = _SPACE_BEFORE_MARK.sub(r"\1", " ".join(_NOTHING_QUOTED.sub(" ", clean(text)).split()))
    line = _NO_SPACE_AFTER_MARK.sub(r"\1 ", line)
    return house.set_type(strip_opening(line, source_words).strip(), task)


def strip_opening(text: str, source_words: Collection[str] = frozenset()) -> str:
    """``text`` without what ties it to a sentence before it: list marks and numbers, joining phrases, a leading و.

    ``source_words`` are folded words of the article: a و goes when what remains is a word there.
    """
    text = _LIST_MARKS.sub("", text)
    joined = _JOINING.sub("", text)
    # The vowel marks of a letter go with it.
    return _drop_waw(joined if joined.strip() else text, source_words).lstrip(MARKS)


def _drop_waw(text: str, source_words: Collection[str]) -> str:
    """Without a leading conjunction و and the «قد» behind it, when it surely is one."""
    first, *behind = [*text.split(maxsplit=1), ""][:2] if text.strip() else ("", "")
    if fold(first) in _WITH_QAD and behind[0]:
        # Before what may be an imperfect it says «perhaps»: «وقد تؤدي» is no «تؤدي».
        return f"قد {behind[0]}" if "لقد" not in first and behind[0][0] in _PREFIXES_OF_PERSON else behind[0]
    rest = fold(first[1:])
    if first[:1] == "و" and behind[0] and (rest in _VERBS_BEHIND_WAW or rest in _AFTER_WAW):
        return text[1:]
    if fold(first) in _ANSWERED and is_name(behind[0].split()[0] if behind[0] else ""):
        return text[1:]
    if first[:1] != "و" or len(rest) < 2 or fold(first).startswith(OWN_WAW):
        return text
    article = rest.startswith("ال") and len(rest) > 4
    imperfect = rest[0] in _PREFIXES_OF_PERSON and len(rest) >= 4
    if article or imperfect or rest in _AFTER_WAW or rest in SAYING or rest in source_words or _is_joined(first):
        return text[1:]
    return text


def _is_joined(word: str) -> bool:
    """True when a word is «و» before another: both have one stem, and that is no name («وانتقد», not «واشنطن»)."""
    rest = word[1:]
    return len(rest) >= _MIN_JOINED and key(word) == key(rest) and not is_name(rest)
