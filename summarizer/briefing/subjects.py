"""Does a sentence that opens with its verb say who did it? «تولى منصب نائب الرئيس», «أسهم في صياغة الدستور» do not.

News drops the subject where the sentence before named it. Only for verbs that somebody must do, and only where what
follows cannot be the subject: «شارك في الاجتماع وزراء» and «أفرج عن الرجل» say all that there is to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.arabic.clauses import AFTER_COMMA_FOLDED, PART
from summarizer.arabic.grammar import is_verb, own_waw
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import Word, is_stopword, tokenize

_PERSONAL = re.compile(
    r"(?:اسهم|ساهم|شارك|انضم|نشا|انتقل|غاب|عاد|سافر|تخرج|التحق|استقال|تقاعد|تمكن|نجح|فشل|اضطر|عاش|درس|ترعرع|هاجر|تزوج"
    r"|اعتزل|اصر|تعهد|حصل|وصل|عمل|اعترف|اعتذر|فاز|انطلق|تاهل|اختفي|تحالف|مثل|ولد|توفي|رحل|اقام|هرب|فر|ترشح|خدم|نزح|لجا|مات|قتل)(?:ت|وا)?|[يت](?:فوز|شارك|حصل|صل|عود|نضم|ستقيل|عتزل|تاهل|عترف)"
)
_AUXILIARY = re.compile(r"(?:كان|ظل)ت?|لم|لن")
_WAS_ONE = re.compile(
    r"كان (?!متوقع|مقرر|مفترض|واضح|لافت|معروف|منتظر|لزام|سابق|لابد)(?!ال)[^\W\d]{3,}ا\s(?:ل|في|من|مع|علي|الي|ب)"
)
"""«كان صديقا لمحمد»; «كان متوقعا أن» is said of nobody."""
_WANTS = re.compile(
    r"[يت](?:ريد|حاول|امل|خطط|ستعد|سعي|نوي|رغب|حلم|عتزم|عرف|ستطي?ع|تمني|شعر|عاني|عيش|عمل|درس|شارك|بحث|فكر|خشي|خاف)"
)
_PLURAL = re.compile(r"(?!ال)\w{2,}وا|س?[يت]\w{2,}ون")
_HIS = re.compile(
    r"(?:بدأت?|أنهت?ى?|أمضى|أمضت|قضى|قضت|كرست?|واصلت?|استهلت?|بنى|بنت|أسست?)\s"
    r"(?:حيات|عمل|مسيرت|طفولت|شباب|دراست|مشوار|تعليم|سنوات|وقت)(?:ه|ها)(?=\s)"
)
"""«بدأ حياته الفنية»: whose?"""
_SHE = re.compile(r"ت(?:عتقد|ريد|امل|حاول|شعر|خشي|ظن)")
"""«تعتقد أن»: she; «يعتقد أن» may be «it is thought»."""
_QUOTED_DEED = re.compile(r"(?:تعهد|اعترف|وعد|هدد|طالب)ت?\s+ب\w+\s+«[^»]*»[.]?")
_CAME, _PLACES = re.compile(r"(?:جاء|حل)ت?"), word_list("openings", "ranks of a table")
_HELD = re.compile(r"(?:تولي|شغل|تقلد|تسلم|تولت|شغلت|تقلدت|تسلمت|يشغل|تشغل)")
_OFFICES = word_list("openings", "offices")
_PREPOSITION = re.compile(r"(?:في|من|الي|علي|عن|مع|امام|ب\w{3,}|ل\w{3,})")
_SHORT = 3
"""Letters of a preposition that is a word of its own."""
_WHO = word_list("particles", "plain relatives")
_OPENS_A_PART = AFTER_COMMA_FOLDED | _WHO


def says_not_who(text: str) -> bool:
    """True when the verb at the head of ``text`` has no subject; False for a text that opens otherwise."""
    words = tokenize(text)
    if len(words) < 2:
        return False
    verb, following = fold(words[0].text), fold(words[1].text)
    if _WAS_ONE.match(fold(text)) or _HIS.match(text) or _they_did(words[0].text):
        return True
    if _AUXILIARY.fullmatch(verb) and len(words) > 2:
        # «كانت تريد أن تصدق»: behind «كانت» somebody's verb, and no subject behind that either
        verb, following, words = following, fold(words[2].text), words[1:]
        if _WANTS.fullmatch(verb) and (following == "ان" or _PREPOSITION.fullmatch(following)):
            return not is_name(words[1].text)
    if (_SHE.fullmatch(verb) and following == "ان") or _QUOTED_DEED.fullmatch(text):
        return True
    ranked = _CAME.fullmatch(verb) and following == "في" and len(words) > 2 and fold(words[2].text) in _PLACES
    if _HELD.fullmatch(verb):
        return following in _OFFICES
    tied = _PERSONAL.fullmatch(verb) and _PREPOSITION.fullmatch(following) and not is_name(words[1].text)
    return bool(ranked or tied) and not _subject_behind(words, text)


def _they_did(verb: str) -> bool:
    """True for a plural verb at the head, whose subject stands in another sentence: «اتهموا», «يعتقدون»."""
    return bool(_PLURAL.fullmatch(verb)) and not is_name(verb) and (verb.endswith("وا") or is_verb(verb))


def _subject_behind(words: Sequence[Word], text: str) -> bool:
    """True when a noun that no article or preposition ties to the adjunct may stand behind it; in doubt too."""
    start = 2 if len(fold(words[1].text)) <= _SHORT else 1
    inside = True
    for before, word in zip(words[start:], words[start + 1 :], strict=False):
        if PART.search(text, before.span.end, word.span.start):
            return fold(word.text) not in _OPENS_A_PART
        if fold(word.text) in _WHO:
            return False
        if not _is_tied(word.text) and (before.text.startswith("ال") or not inside):
            return True
        inside = inside and not word.text.startswith("ال")
    return False


def _is_tied(word: str) -> bool:
    """True for a word with an article or a particle of one letter, and for function words."""
    joined = word[0] in "وف" and not own_waw(fold(word))
    return joined or word[0].isdigit() or is_stopword(word) or word.startswith(("ال", "بال", "لل", "كال"))
