"""Does a shortened sentence stop where it may, and did it keep its beginning?

A written bullet that copies a sentence of its passage can be judged by what that sentence goes on with: «شروطا للتوصل
لأي اتفاق نووي | جديد مع إيران» stops inside a phrase, «وضع شروطا | في مايو» does not. :func:`finish` carries the
bullet on to the next place where it may stop; :func:`lost_beginning` tells a sentence that begins behind its verb
(«علماء العثور على أدلة», out of «أكد علماء العثور على أدلة»). No parser: the words around the cut and the marks decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.arabic.adjuncts import comes_back
from summarizer.arabic.clauses import AFTER_COMMA, ends_weakly, is_balanced
from summarizer.arabic.normalize import fold
from summarizer.arabic.roots import roots
from summarizer.arabic.saying import SAYING
from summarizer.arabic.words import Word, count_words, is_stopword, tokenize
from summarizer.brief.alignment import Copied, copied_end, copied_start
from summarizer.brief.boundaries import may_part
from summarizer.brief.lexicon import is_common
from summarizer.brief.openings import strip_opening
from summarizer.brief.predicate import is_action, is_verb, may_be_verb

_OVER = re.compile(r"[\s»”\"')\]]*(?:[.!؟?؛…:]|\.\.|\s[–-]\s|$)")
"""Nothing but marks, or a mark that ends a sentence or an independent part of one."""
_CLOSED = re.compile(r"\s*[»”\"']")
_COMMA = re.compile(r"[\s»”\"')\]]*[،,](?!\d)")
_PARTS = re.compile(r"[،,](?!\d)")
_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"'})
#: What stands before it belongs to another clause.
_NEW_CLAUSE = re.compile(r"[،,؛:«»\"“”.…(\-–]|(?:^|\s)[وفب]?[أإا]ن(?:ه|ها|هم|هما|ني|نا)?(?=\s)")
#: A headline may leave them out: «[بات] التنظيم محاصرا في جيبه الأخير».
_COPULAS = frozenset(
    fold("كان كانت كانوا بات باتت أصبح أصبحت ظل ظلت يعد تعد يعتبر تعتبر أضحى صار صارت ما زال زالت لا يزال تزال").split()
)
#: They open what stands between two commas.
_INSERTED = re.compile(r"\s*(?:الذي|التي|الذين|اللذين|اللتين|وهو|وهي|وهم|ال\w+|أحد|إحدى|قبل|بعد|في|خلال|يوم)\s")
_AFTER_COMMA = frozenset(map(fold, AFTER_COMMA))
_ACCUSATIVE = re.compile(r"(?!ال|[وفبلك]ال)\w{3,}[^\Wاوى](?:ا\u064b?|\u064bا)")
"""An indefinite word with the ending of the accusative: «محاصرا», «محاصرًا»."""
_INSERTED_WORDS = 6
_MOST_ADDED = 5
"""Words: a statement that needs more to end is another statement."""
_TERSE = 10
"""Words: a statement of fewer goes on to the next mark, if that is near, rather than stop in the middle of a part."""
_MARK = re.compile(r"[،,](?!\d)|[.!؟?؛…:](?:\s|$)|\s[–-]\s|$")


def finish(text: str, sentences: Sequence[str], most: int) -> str:
    """``text`` as it stands when it copies nothing or stops where it may; else carried on to where it may stop.

    A terse one is carried on to the next mark of its sentence. The empty string when there is no place to stop within
    five words and ``most`` words in all.
    """
    copied = copied_end(text, sentences)
    if copied is None:
        return text
    if may_stop(text, copied):
        terse = count_words(text) < _TERSE
        return (terse and _carried(text, copied, _to_the_mark(copied.after), most)) or text
    if comes_back(copied.after):
        return _carried(text, copied, _behind_the_parenthesis(copied.after), most)
    ends = (word.span.end for word in tokenize(copied.after)[:_MOST_ADDED])
    return next((longer for end in ends if (longer := _carried(text, copied, end, most))), "")


def _to_the_mark(after: str) -> int:
    """How many code points of the rest of a sentence belong to the part that it begins with."""
    found = _MARK.search(after)
    return found.start() if found else len(after)


def _behind_the_parenthesis(after: str) -> int:
    """The same for a rest that opens with a parenthesis between commas: up to the mark behind it."""
    closing = [match.end() for match in _PARTS.finditer(after)][1]
    return closing + _to_the_mark(after[closing:])


def _carried(text: str, copied: Copied, end: int, most: int) -> str:
    """``text`` with so much of what its sentence goes on with; "" where that is too long or may not end there."""
    added = copied.after[:end]
    carried = text + (added.translate(_QUOTES) if '"' in text else added)
    longer = Copied(copied.sentence, copied.span._replace(end=copied.span.end + end))
    fits = count_words(carried) <= most and is_balanced(carried) and not ends_weakly(carried)
    return carried if fits and may_stop(carried, longer) else ""


def without_copula(text: str, sentences: Sequence[str]) -> str:
    """``text`` with its predicate in the nominative when the copula before it was dropped.

    «التنظيم محاصرا في جيبه» of «بات التنظيم محاصرا في جيبه» becomes «التنظيم محاصر في جيبه».
    """
    found = copied_start(text, sentences)
    words = tokenize(text)
    if found is None or not found[0] or fold(found[0][-1].text).removeprefix("و") not in _COPULAS:
        return text
    predicate = next((word for word in words if _ACCUSATIVE.fullmatch(word.text)), None)
    if predicate is None or any(is_verb(word.text) for word in words if word.span < predicate.span):
        return text
    bare = predicate.text.rstrip("\u064b").removesuffix("ا").rstrip("\u064b")
    return text[: predicate.span.start] + bare + text[predicate.span.end :] if is_common(bare) else text


def lost_beginning(text: str, sentences: Sequence[str]) -> bool:
    """True when ``text`` begins inside a clause whose first words it dropped and says in no other words.

    A label, a noun of action at its head or a verb of its own shows that it was written anew.
    """
    found = copied_start(text, sentences)
    if found is None or ": " in text or is_action(tokenize(text)):
        return False
    before, sentence = found
    start = max((match.end() for match in _NEW_CLAUSE.finditer(sentence, 0, _end(before))), default=0)
    opened = 0 if start else len(tokenize(sentence)) - len(tokenize(strip_opening(sentence)))
    dropped = [word.text for word in before[opened:] if word.span.start >= start and not _may_go(word.text)]
    if not dropped:
        return False
    words = [word.text for word in tokenize(text)]
    theirs = {fold(word.text) for word in tokenize(sentence)}
    anew = any(is_verb(word) and not is_stopword(word) and fold(word) not in theirs for word in words)
    return not anew and frozenset().union(*map(roots, words)).isdisjoint(roots(dropped[0]))


def _end(words: Sequence[Word]) -> int:
    return words[-1].span.end + 1 if words else 0


def _may_go(word: str) -> bool:
    bare = fold(word)
    return (is_stopword(word) and not {bare, bare[1:]} & SAYING) or bare in _COPULAS or bare[1:] in _COPULAS


def may_stop(text: str, copied: Copied) -> bool:
    """True at the end of the sentence or of a part of it, and before a word that may be parted from the last one."""
    after = copied.after
    if _OVER.match(after):
        return True
    if _comes_back(text, after):
        return False
    if _COMMA.match(after):
        return not comes_back(after)
    begun = copied.sentence[: copied.span.end]
    last = tokenize(begun)[-3:]
    opens = len(last) > 1 and bool(_PARTS.search(begun, last[-2].span.end, last[-1].span.start))
    return not (opens and may_be_verb(last[-1].text)) and may_part(last, tokenize(after))


def _comes_back(text: str, after: str) -> bool:
    """True when ``text`` stops inside a parenthesis and its clause goes on behind it («الرحلة، المقررة غدا[، …]»)."""
    parts = _PARTS.split(text)
    at_comma = _COMMA.match(after) is not None and count_words(parts[-1]) <= _INSERTED_WORDS
    inserted = len(parts) % 2 == 0 and (at_comma or _INSERTED.match(parts[-1] + " "))
    words = tokenize(after.partition("،")[2])
    if not inserted or not words or text.endswith(("»", '"')) or _CLOSED.match(after):
        return False
    following = fold(words[0].text)
    return following[0] not in "وف" and following not in _AFTER_COMMA
