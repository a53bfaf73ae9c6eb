"""Is all there that a text speaks of? What a verb asks for, whom a pronoun stands for, the clause behind a comma.

A small model copies the beginning of a sentence and stops: «لعبت الهيئة التي تضم ثماني دول» lost the role that was
played, «في بلد تنافس فيه الهوكي كرة القدم» the main clause. Each function gives the reason, or the empty string.
"""

from __future__ import annotations

import re

from summarizer.arabic.clauses import stands_alone
from summarizer.arabic.grammar import is_verb, may_be_verb
from summarizer.arabic.sentences.quotations import find_quotes
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import is_stopword, tokenize
from summarizer.briefing.alignment import Copied, is_stretch

_TO_A_PART = r"\s(?:[وبلك]?(?:ال)?(?:دور|أدوار|مبارا|كرة|ورق)|(?:ضد|أمام|مع|لصالح)\s)"
_DUE = (
    (r"(?:^|\s)[وف]?(?:[يت]ستعد(?:ون|ان)?|استعد(?:ت|وا)?)(?=[\s.]|$)", r"\s[«\"(]?ل\w"),
    (r"^[وف]?(?:لعبت?|[يت]لعب)(?=\s)", _TO_A_PART),
    (
        r"(?:^|\s)[وف]?(?:أدى|أدت|[يت]ؤدي)(?=\s)(?!\s(?:ال)?(?:دور|أدوار|صلا|يمين|واجب|مهم|مناسك|تحي|أغ))",
        r"\s(?:إلى|لـ?\w)",
    ),
    (r"^[وف]?(?:[يت]ُ?قدر|قدر|قدرت)(?=\s)", r"\s(?:ب(?:نحو|حوالي|أكثر|أقل|ما|قرابة|ألف|مئ|عشر|ملي|خمس|ثلث)|ب?\d|[أإ]ن)"),
    (r"^[وف]?نقلت?\s.*\sعن(?=\s)", r"\s(?:أن|إن|قول|تأكيد|وصف|اتهام|نفي)\w*|[:«\"]"),
    (r"^(?:.*\s)?[وف]?(?:أخبرت?|أبلغت?)(?=\s)", r"\s(?:ب?أن|بـ?\w|عن\s)|:"),
    (r"^[وف]?(?:أرجعت?|[يت]رجع)(?=\s)", r"\sإلى\s"),
    (r"^[وف]?(?:نجحت?|[يت]نجح)(?=\s)", r"\s(?:في|ب\w+)(?=\s)"),
    (r"(?:^|\s)[وف]?علّ?قت?(?=[\s،])", r"\s(?:على|قائل\w+|بأن|بالقول|العمل|عضوي\w+|مشارك\w+)(?=\s|$)|[:«\"]"),
    (r"(?:قد\s+تحولت?|[يت]تحول)(?=\s)", r"\s(?:إلى|ل\w+|من|عن|\w{3,}(?:ا|اً|ة))(?=[\s.،]|$)"),
    (r"^[وف]?(?:عانى|عانت|[يت]عاني)(?=\s)", r"\s(?:من\s|الأمر|كثيرا|مشك)"),
    (
        r"(?:^|\s)[وف]?(?:لقي|لقيت|لقوا)(?=\s)",
        r"\s(?:حتف|مصرع|استحسان|ترحيب|رواج|إقبال|دعم|قبول|تأييد|نجاح)\w*",
    ),
    (r"^[وف]?ذكرت?\s.*\sعن(?=\s)", r"\s(?:أن|إن|قول)\w*|[:«\"]\S+\s"),
    (r"^(?:.*\s)?[وف]?(?:أمر|أمرت)(?=\s)(?!\s(?:من|في|بالغ|مهم|ال\w+$))", r"\s(?:ب\w+|أن)(?=\s|$)"),
    (r"\s[وف]?(?:ساعد|ساعدت)(?=\s)", r"\s(?:على|في|ب\w+)(?=\s)"),
    (r"^[وف]?(?:تعهدت?|[يت]تعهد)(?=\s)", r"\s(?:ب\w{3,}|بـ\w*|[أإ]ن)(?=\s|$)|[:«\"]"),
    (r"\sقد(?=\s\S+$)", r"\s\S+\s"),
    (r"(?:^|\s)[وف]?(?:تعرض(?:ت|ا|تا|وا)?|[يت]تعرض(?:ون|ان)?)(?=\s)", r"\s(?:ل\w+|لـ)"),
    (r"^[وف]?كتبت?\s.*\sعلى(?=\s)", r"\s(?:أن|إن|قائل|يقول|تقول)\w*|[:«\"]"),
)
_DUE_PATTERNS = tuple((re.compile(verb), re.compile(due)) for verb, due in _DUE)
"""Verbs and what must stand behind them: «تستعد» for something, «لعبت» a role or a match, «أدى» to something."""
_WHOM = re.compile(r"(?:ب|ل|من|علي|الي|عن|مع|في|بين)(?:هم|هن|هما)")
_COMMA_BEHIND = re.compile(r"[\s»\"]*[،,]\s*(\w+)")
_WAS_TO = re.compile(r"[وف]?كانت?\s(?:لل|ل\w{4,})")
_GIVES = re.compile(r"(?:^|\s)(?:أطلقت?|أصدرت?|شنت?|أجرت|أجرى|وجهت?|عقدت?)\s(?!.*\s[^\Wاوى]{3,}(?:ا|ات)(?:\s|$))")
_GIVEN = re.compile(r"آخر|أول|أولى|أكبر|سلسلة|حملة|عملية|عمليات|(?!ال)\w{2,}[^\Wاوى](?:ا|ات)")
"""Verbs of which the object comes behind the comma, where none in the accusative stands before it."""
_PARTED = re.compile(r"\S+(?:\s\S+)?،\s[^،]+،\s[^،]+$")
"""«أصدر، لوثار فون تروثا، الحاكم العسكري [، أمرا]», «دفعت المرأتان، سيتي عائشة، ودوان ثي»: a verb and who."""
_HE = re.compile(
    r"^[وف]?(?:ت\w{2,4}|\w{2,5}ت)\s(\S+)\sإنه\s(?!لا|تم|يجب|ليس|من|لن|لم|سيتم|ينبغي|يمكن|قد|ما|في|يتم|يتعين|على)\S{3,}"
)
_I = re.compile(
    r"(?:^|\s)[وف]?(?:أنا|نحن|كنت|كنا|لست|لكني|لكنني|ولكني|أني|أنني|إني|إنني|لدي|عمري|قصتي|حياتي|أشعر|بأنني|لأنني)(?=[\s،,.]|$)"
)
_SPOKEN = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")
_CAUGHT = re.compile(r"[وف]?(?:أ?ُ?لقي|تم إلقاء|جرى) القبض علي(?:ه|ها|هم)(?=\s|$)")
_TO_ME = re.compile(r"[وف]?(?:[يت]خبرني|أخبر(?:ت)?ني|حدثت?ني|(?:[يت]قول|قالت?) لي)(?=\s)")


def lacks_its_object(text: str) -> str:
    """«تستعد القوات» stops short: editors say for what. So do «لعبت الهيئة» and «أدى خطأ»."""
    found = ((verb.search(text), due) for verb, due in _DUE_PATTERNS)
    short = next((match[0] for match, due in found if match and not due.search(text, match.end())), "")
    return f"«{short.strip()}» lacks what belongs to it" if short else ""


def before_its_clause(text: str, copied: Copied | None) -> str:
    """«في بلد تنافس فيها الهوكي كرة القدم» is no sentence: the source's begins behind its first comma.

    Nor is a noun with all that describes it («الملك مانسا حاكم مالي [، يعد أغنى رجل]»), nor «كان للهجوم الذي …», nor a
    verb with its doer between commas, nor «أطلقت القوات المشكلة من ائتلاف [، آخر المعارك]».
    """
    behind = _COMMA_BEHIND.match(copied.after) if copied else None
    if copied is None or behind is None:
        return ""
    fronted = not stands_alone(text) and not copied.before.strip(" وف")
    named = not any(is_verb(word.text) for word in tokenize(text)) and is_stretch(text, [copied.sentence])
    told = may_be_verb(behind[1]) if fronted else named and is_verb(behind[1])
    given = _GIVES.search(text) is not None and _GIVEN.fullmatch(behind[1]) is not None
    return "ends before its main clause" if told or given or _WAS_TO.match(text) or _PARTED.match(text) else ""


def in_the_first_person(text: str, copied: Copied | None) -> str:
    """«كنت عرضة لمواقف كثيرة» of somebody's own story: a paper does not say «I»."""
    own = _I.search(_SPOKEN.sub("", text)) or (copied and _I.search(_SPOKEN.sub("", copied.sentence)))
    return "" if not own or ":" in text or "«" in text else "somebody's first person"


def of_nobody(text: str) -> str:
    """«بومبيو: ترامب يريد أن يلتقي بهم»: before the pronoun are none but names and verbs; «تخبرني يسرا»: who is I?"""
    if found := _TO_ME.match(text) or _CAUGHT.match(text):
        return f"«{found[0]}»: whom?"
    if (said := _HE.match(text)) and said[1].endswith("ة") and not find_quotes(text):
        return "«إنه»: who?"  # «تقول السعودية إنه غادر»
    words = tokenize(text.rpartition(": ")[2])
    place = next((at for at, word in enumerate(words) if _WHOM.fullmatch(fold(word.text))), 0)
    plain = all(is_stopword(word.text) or is_name(word.text) or may_be_verb(word.text) for word in words[:place])
    return f"«{words[place].text}»: whom?" if place and plain else ""
