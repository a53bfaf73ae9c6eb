"""How a statement may begin: no «وأضاف», no «كما أن», no pronoun whose owner stands elsewhere.

What can be taken away without harm is (:func:`strip_opening`); what cannot makes the statement unprintable
(:func:`dangling_opening`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from summarizer.arabic.grammar import OWN_WAW
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SAYING
from summarizer.arabic.text.charsets import MARKS
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import key, tokenize

#: After a verb of saying these show that nobody was named.
_NO_SPEAKER = word_list("openings", "no speaker")
#: Definite roles that point back at somebody named before.
_ROLES = word_list("openings", "roles")
#: «والدتها», «إصابته»: whose stands elsewhere. «ته» and «ها» are nearly always pronouns, «هم» often is no ending.
_POSSESSED = re.compile(
    r"(?!ال)\w{2,}(?:ها|هما|ته)|(?!ال|و)\w{3,}هم|(?:والده|ابنه|شقيقه|أخيه|محاميه|أبيه|عمه|خاله|فريقه|حزبه)"
)
_NO_PRONOUN = word_list("openings", "no pronoun")
_TIME_OR_PLACE = word_list("openings", "fronted")
_FRONTED_WORDS = 7
_THAT = word_list("particles", "that")
_POINTING = word_list("openings", "pointing")
#: Phrases that join a sentence to the one before it and can go.
_JOINING = re.compile(
    r"^(?:و?(?:كما|لكن|كذلك|أيضا|أيضاً)\s+(?!أن|ان|أنه|انه|أنها|هو|هي|لو|كان متوقع|كان منتظر|هو متوقع)"
    r"|و?(?:إلى ذلك|في المقابل|بالمقابل|من جهة أخرى|من جهة ثانية|من ناحية أخرى|في الوقت نفسه|في الوقت ذاته"
    r"|في هذا السياق|في هذا الإطار|في هذا الصدد|في السياق ذاته|في السياق نفسه|في سياق (?:متصل|منفصل|آخر)|في غضون ذلك"
    r"|على صعيد آخر|على صعيد متصل|بالتالي|من ثم|مع ذلك|رغم ذلك|بالإضافة إلى ذلك|علاوة على ذلك|في الأثناء"
    r"|في تلك الأثناء|من جهته|من جهتها|من جانبه|من جانبها|من ناحيته|من ناحيتها)\s*[،,:]?\s+)"
)
#: «هذه القوات» near the opening needs the sentence before it; «هذا العام» does not.
_POINTS_AT = re.compile(
    r"(?:^|\s)[وفبلك]?(?:هذا|هذه|ذلك|تلك|هؤلاء)\s+"
    r"(?!(?:العام|الاسبوع|الشهر|اليوم|السنه|السنة|الموسم|الصيف|الشتاء|المساء|الصباح|الفصل|القرن|العقد)\b)\w+"
)
#: «كانت البداية في مايو», «وقع الرجلان الاتفاق»: of what, and who, stands in the sentence before.
_OF_WHAT = re.compile(
    r"(?:كانت? ال(?:بدايه|نهايه)|\w+ ال(?:رجلان|طرفان|جانبان|شابان|مراتان|اثنان|شقيقان|بلدان|فريقان|زعيمان|وزيران)"
    r"|(?:\w+ ){1,3}(?:احدهم|احداهن|بعضهم))\s"
)
_VERB_AND_COLON = re.compile(r"[وف]?\w+\s*:")
_OPENING_WORDS = 6
#: «هذا» with a noun of time stands alone; before anything else it points back.
_BARE_DEMONSTRATIVE = re.compile(r"^[وف]?(?:هذا|هذه|ذلك|تلك)\s+(?!ال)")
_LIST_MARKS = re.compile(
    r"^(?:[\s\-–—•*·▪►،,؛;:.…)\]]+|\(?\d{1,2}\s?[.)\-–ـ/]\s+(?=[^\W\d])|(?:سؤال|جواب|س|ج)\s*[:/]\s*)+"
)
_AFTER_WAW = word_list("grammar", "behind waw")


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
        return behind[0]
    rest = fold(first[1:])
    if first[:1] == "و" and behind[0] and (rest in _VERBS_BEHIND_WAW or rest in _AFTER_WAW):
        return text[1:]
    if fold(first) in _ANSWERED and is_name(behind[0].split()[0] if behind[0] else ""):
        return text[1:]
    if first[:1] != "و" or len(rest) < 2 or fold(first).startswith(OWN_WAW):
        return text
    article = rest.startswith("ال") and len(rest) > 4
    imperfect = rest[0] in "تي" and len(rest) >= 4
    if article or imperfect or rest in _AFTER_WAW or rest in SAYING or rest in source_words or _is_joined(first):
        return text[1:]
    return text


def _is_joined(word: str) -> bool:
    """True when a word is «و» before another: both have one stem, and that is no name («وانتقد», not «واشنطن»)."""
    rest = word[1:]
    return len(rest) >= _MIN_JOINED and key(word) == key(rest) and not is_name(rest)


#: Verbs that no word of their letters behind «و» is mistaken for: «واتهمت», «وفرض»; not «ورد», «وعد».
_VERBS_BEHIND_WAW = word_list("grammar", "verbs behind waw")
#: Before a name somebody answers; «ورد في التقرير» is another verb.
_ANSWERED = word_list("grammar", "answering")
_WITH_QAD = word_list("particles", "with qad")
_MIN_JOINED = 3


def dangling_opening(text: str) -> str:
    """Why ``text`` cannot open a statement, or the empty string when it can."""
    words = [fold(word.text) for word in tokenize(text)[:3]]
    if not words:
        return "no words"
    bare = words[0][1:] if words[0][0] in "وف" and words[0][1:] in SAYING | _POINTING else words[0]
    if bare in _POINTING or _BARE_DEMONSTRATIVE.search(fold(text)):
        return f"opens by pointing back («{words[0]}»)"
    first = tokenize(text)[0].text
    if _POSSESSED.fullmatch(first) and words[0] not in _NO_PRONOUN:
        return f"opens with somebody's («{first}»)"
    if lacks_speaker(text):
        return f"says without a speaker («{words[0]}»)"
    if bare in _TIME_OR_PLACE and _says_behind(text):
        return "says without a speaker, behind a time or place"
    opening = fold(" ".join(text.split()[:_OPENING_WORDS]))
    pointing = _OF_WHAT.match(opening) or _POINTS_AT.search(opening)
    return f"points back («{pointing.group().strip()}»)" if pointing else ""


def lacks_speaker(text: str) -> bool:
    """True for a text that opens with a verb of saying whose subject stands in a sentence before: «أضاف أن»."""
    words = [fold(word.text) for word in tokenize(text)[:3]]
    if not words:
        return False
    bare = words[0][1:] if words[0][0] in "وف" and words[0][1:] in SAYING else words[0]
    return bare in SAYING and _speaker_missing(text, words[1:])


def _says_behind(text: str) -> bool:
    """True for «في يونيو قال إن»: a verb of saying and «إن», with nothing but a time or place before them."""
    words = [fold(word.text) for word in tokenize(text)[:_FRONTED_WORDS]]
    return any(verb in SAYING and that in _THAT for verb, that in pairwise(words[1:]))


def _speaker_missing(text: str, after: list[str]) -> bool:
    """True when what follows a verb of saying names nobody: a quotation, «أن», or a role that points back."""
    if after and after[0].startswith("لل"):  # «قال للصحفيين»: the speaker may stand behind
        text, after = text.split(maxsplit=1)[1], after[1:]
    following = text.split(maxsplit=1)[1:]
    if not after or not following or (_VERB_AND_COLON.match(text) and not text.startswith("رأي")):
        return True
    quoted = following[0].lstrip()[:1] in '"«“:'
    told = len(after) > 1 and (after[1] == "عن" or (after[1] not in _NO_SPEAKER and after[1].startswith("ال")))
    lone_role = after[0] in _ROLES and not told  # «المسؤول عن الخدمات الصحية» is told
    return quoted or after[0] in _NO_SPEAKER or lone_role
