"""Does a shortened sentence stop where it may?

A written bullet that copies a sentence of its passage can be judged by what that sentence goes on with: «شروطا للتوصل
لأي اتفاق نووي | جديد مع إيران» stops inside a phrase, «وضع شروطا | في مايو» does not. :func:`finish` carries the
bullet on to the next place where it may stop. No parser: the words around the cut and the marks decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer.arabic.adjuncts import comes_back, needs_in
from summarizer.arabic.boundaries import head_waits, may_part
from summarizer.arabic.clauses import AFTER_COMMA_FOLDED, COMMA, ends_weakly, is_balanced
from summarizer.arabic.grammar import may_be_verb
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SPEAKING
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import count_words, tokenize
from summarizer.briefing.alignment import Copied, copied_end

_ENDED = re.compile(r"[\s»”\"')\]]*(?:[.!؟?؛…:]|\.\.|\s[–-]\s|$)")
"""Nothing but marks, or a mark that ends a sentence or an independent part of one."""
_CLOSED = re.compile(r"\s*[»”\"']")
_COMMA_AHEAD = re.compile(r"[\s»”\"')\]]*[،,](?!\d)")
_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"'})
#: They open what stands between two commas.
_INSERTED = re.compile(
    r"\s*(?:الذي|التي|الذين|اللذين|اللتين|وهو|وهي|وهم|ال\w+|أحد|إحدى|قبل|بعد|في|خلال|يوم"
    r"|إلى جانب|إضافة إلى|بالإضافة إلى|برفقة)\s"
)
_BEFORE_OBJECTS = word_list("particles", "objects")
_JOINS = re.compile(r"[\s»”\"')\]]*[،,]\s*(?:و(?!ه[ويم]\s)|ف)\w")
_ENDS_IN_BETWEEN, _AND = re.compile(r"\sبين(?:\s\S+){1,2}$"), re.compile(r"\sو\S")
_TIED = re.compile(r"[بلك]\w{3}")
_COLON_AHEAD = re.compile(r"[\s»”\"')\]]*:")
_INSERTED_WORDS, _HARDLY_BEGUN, _SPEAKER_WITHIN, _ADVERB = 6, 5, 4, 1
_MOST_ADDED = 5
"""Words: a statement that needs more to end is another statement."""
_TERSE_WORDS, _TERSE_MOST = 13, 17
"""Words: a statement of fewer goes on to the next mark, if that is near, rather than stop in the middle of a part."""
_DISCLAIMER = re.compile(
    r"\s*[،,]?\s+دون (?:(?:ذكر|إعطاء|تقديم|الكشف عن|الخوض في) )?(?:(?:ال)?مزيد من |أي )?(?:ال)?تفاصيل.*$"
)
_PART_ENDS = re.compile(r"[،,](?!\d)|[.!؟?؛…:](?:\s|$)|\s[–-]\s|$")


def finish(text: str, sentences: Sequence[str], most: int) -> str:
    """``text`` as it stands when it copies nothing or stops where it may; else carried on to where it may stop.

    A terse one is carried on to the next mark of its sentence. The empty string when there is no place to stop within
    five words and ``most`` words in all.
    """
    copied = copied_end(text, sentences)
    if copied is None:
        return text
    if may_stop(text, copied):
        terse = count_words(text) < _TERSE_WORDS
        return (terse and _carried(text, copied, _to_the_mark(copied.after), min(most, _TERSE_MOST))) or text
    if _opens_parenthesis(copied.after):
        return _carried(text, copied, _behind_the_parenthesis(copied.after), most)
    comma = _COMMA_AHEAD.match(copied.after)
    if comma and (whole := _carried(text, copied, comma.end() + _to_the_mark(copied.after[comma.end() :]), most)):
        return whole
    added = tokenize(copied.after)[: _MOST_ADDED + 1]
    ends = [word.span.end for word in added[:_MOST_ADDED]]
    if comma:  # «بمساعدة ثلاثة أشخاص مدججين | بالسلاح»
        ends = [one.span.end for one, other in pairwise(added) if not _TIED.match(fold(other.text))]
    return next((longer for end in ends if (longer := _carried(text, copied, end, most))), "")


def without_disclaimer(text: str) -> str:
    """A headline without «دون ذكر المزيد من التفاصيل», which is said of its source, who is not named there."""
    return text if _says(text) else _DISCLAIMER.sub("", text)


def _says(text: str) -> bool:
    return any(fold(word.text) in SPEAKING for word in tokenize(text)[:_SPEAKER_WITHIN])


def _to_the_mark(after: str) -> int:
    """How many code points of the rest of a sentence belong to the part that it begins with."""
    found = _PART_ENDS.search(after)
    return found.start() if found else len(after)


def _behind_the_parenthesis(after: str) -> int:
    """The same for a rest that opens with a parenthesis between commas: up to the mark behind it."""
    closing = [match.end() for match in COMMA.finditer(after)][1]
    return closing + _to_the_mark(after[closing:])


def _carried(text: str, copied: Copied, end: int, most: int) -> str:
    """``text`` with so much of what its sentence goes on with; "" where that is too long or may not end there."""
    added = copied.after[:end]
    carried = text + (added.translate(_QUOTES) if '"' in text else added)
    longer = Copied(copied.sentence, copied.span._replace(end=copied.span.end + end))
    fits = count_words(carried) <= most and is_balanced(carried) and not ends_weakly(carried)
    return carried if fits and may_stop(carried, longer) else ""


def may_stop(text: str, copied: Copied) -> bool:
    """True at the end of the sentence or of a part of it, and before a word that may be parted from the last one."""
    after = copied.after
    if _ENDED.match(after):
        return not (_COLON_AHEAD.match(after) and _speaks(text))
    if _comes_back(text, after) or (_ENDS_IN_BETWEEN.search(text) and _AND.match(after)):
        return False
    if found := _COMMA_AHEAD.match(after):
        return not _opens_parenthesis(after) and not _goes_on_with_its_object(text, after[found.end() :])
    begun = copied.sentence[: copied.span.end]
    last = tokenize(begun)[-4:]
    opens = len(last) > 1 and bool(COMMA.search(begun, last[-2].span.end, last[-1].span.start))
    if opens or head_waits(tokenize(text), tokenize(after)):
        return False
    return may_part(last, tokenize(after))


def _goes_on_with_its_object(text: str, after: str) -> bool:
    """True for «يبدأ توربينان من 16[، في إنتاج الطاقة]»: behind the comma comes what the verb needs."""
    clause = tokenize(COMMA.split(text)[-1])
    following = after.split(maxsplit=1)
    return bool(following) and fold(following[0]) == "في" and needs_in([word.text for word in clause])


def _opens_parenthesis(after: str) -> bool:
    """True for a rest that opens with a parenthesis and goes on behind it; «، وله أرجل، …» joins a clause instead."""
    return _JOINS.match(after) is None and comes_back(after)


def _speaks(text: str) -> bool:
    """True for «كتب الفريق على صفحته», where what was said comes behind a colon."""
    return ":" not in text and _says(text)


def _comes_back(text: str, after: str) -> bool:
    """True when ``text`` stops inside a parenthesis and its clause goes on behind it («الرحلة، المقررة غدا[، …]»)."""
    parts = COMMA.split(text)
    opening = tokenize(parts[0])
    if len(parts) > 1 and len(opening) == _ADVERB and not may_be_verb(opening[0].text):
        parts = parts[1:]  # «بالفعل، حقق الوالدان أمنيات الطفل»
    at_comma = _COMMA_AHEAD.match(after) is not None and count_words(parts[-1]) <= _INSERTED_WORDS
    inserted = len(parts) % 2 == 0 and (at_comma or _INSERTED.match(parts[-1] + " "))
    words = tokenize(after.partition("،")[2])
    if not inserted or not words or text.endswith(("»", '"')) or _CLOSED.match(after):
        return False
    following = fold(words[0].text)
    if at_comma and following in _BEFORE_OBJECTS and len(parts) == 2 and count_words(parts[0]) <= _HARDLY_BEGUN:
        return may_be_verb(tokenize(text)[0].text)  # «وافق رئيس الحكومة، مصطفى مدبولي[، على القرار]»
    return following[0] not in "وف" and following not in AFTER_COMMA_FOLDED
