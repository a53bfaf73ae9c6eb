"""Headline-sized sentences inside a sentence: its beginning, up to an adjunct or relative clause that can go.

``clauses.shorter_clauses`` drops what hangs behind a comma or a connective. Most leads of news have neither: «عيّنت
مدرسة داخلية امرأة لتولي منصب إدارة المدرسة التي تواجه فضيحة». When, where and why something happened, and relative
clauses, may go from the end all the same and leave a true sentence, unless the sentence denies something («لم يستقل
بسبب المرض»), ranks something («أول شركة في العالم») or its verb needs them («جاء القرار بعد اجتماع»). Slices of the
original, as there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from summarizer.arabic.clauses import AFTER_COMMA, ends_weakly, is_balanced, stands_alone
from summarizer.arabic.lexicon import entries
from summarizer.arabic.text.normalize import fold
from summarizer.schema import Span

_OPENS_RELATIVE = (*entries("particles", "relatives"), *entries("particles", "rare relatives"))
#: One word that opens an adjunct of time, cause or manner.
_ADJUNCTS = entries("adjuncts", "openers")
_PHRASES = entries("adjuncts", "phrases")  # fmt: skip
_OPENING_PATTERN = "|".join([*_OPENS_RELATIVE, *_ADJUNCTS, *_PHRASES])
_ADJUNCT = re.compile(rf"\s*[،؛,]\s*(?=(?:و?(?:{_OPENING_PATTERN})|ما|مما|إذ)\s)|\s+(?=(?:{_OPENING_PATTERN})\s)")
_PLACE = re.compile(r"\s+(?=في\s(?!المئة|المائة|الميه|المية))")
#: A relative clause without a pronoun: behind an indefinite noun a verb that points back at it («استئنافا قدمته»).
_RELATED = re.compile(
    r"(?:(?<=\w\wا)|(?<=\w\wاً))\s+(?=[يت]\w{3,}\s)|\s+(?=ي\w{2,}(?:ه|ها|هم)\s)|\s+(?=ل\w{3,}(?:ها|هم|هما)\s)"
)
_SPACED_COMMA = re.compile(r"\s*[،,](?!\d)\s*")
#: In words; a part of few words behind the first comma is a parenthesis, and the object may follow it.
_MIN_BEFORE_COMMA, _MIN_BEFORE_COMMAS, _MIN_AFTER_COMMA = 7, 9, 4

_DENIES = re.compile(r"(?:^|\s)[وف]?(?:لم|لن|لا|ليس|ليست|ليسوا|دون|عدم|غير|نفى|نفت|نفي|ينفي|تنفي|سوى|إلا)(?=\s)")
#: Verbs that need what follows them, wherever the sentence is cut.
_NEEDS_MORE = frozenset(entries("adjuncts", "needing more"))
#: Verbs and nouns that need «في», folded.
_NEEDS_IN = re.compile(
    r"[وفبل]?(?:ال)?(?:[يت]?نجح\w{0,2}|[يت]?فشل\w{0,2}|[يت]?شارك\w{0,2}|مشارك\w*|[يت]?ساهم\w{0,2}|[يت]?سهم\w{0,2}|"
    r"اسهم\w{0,2}|[يت]?تسبب\w{0,2}|[يت]?رغب\w{0,3}|راغب\w*|[يت]?حقق\w?|تحقيق\w{0,2}|[يت]?نظر|[يت]?شكك\w?|[يت]شك|"
    r"طعن|تورط\w{0,2}|متورط\w{0,2}|ضلوع\w{0,2}|[يتام]شتبه|حق\w{0,2}|دور\w?|سبب\w?|عضو\w?|اعضاء|طرف\w?|[يت]?كمن|"
    r"زياده|ارتفاع\w?|انخفاض\w?|تراجع\w?|هبوط\w?|نمو\w?|تغيير\w?|امل\w?|ثقه|خبير\w?|استاذ\w?|اختصاصي\w?|"
    r"مسوول\w{0,2}|وزير\w?|باحث\w{0,2}|[يت]?تمثل\w?|بدا\w{0,2}|[يت]بدا|مستمر\w?|[يت]?فكر\w?|مستخدم\w*|مدرج\w*|"
    r"متخصص\w*|[يت]?متد\w?|امتد\w?|مقيم\w*|عامل\w*|موجود\w*|واقع\w?|نجاح|فشل|مقر\w{0,2}|شركاء|طرفا|[يت]?ظهر|[يت]?تردد)$"
)
#: Verbs and nouns that need «مع» and «ل», folded, by what the adjunct begins with.
_NEEDS = {
    "مع": re.compile(
        r"[وفبل]?(?:ال)?(?:اجتم\w*|[يت]جتمع|التق\w*|لقاء\w*|[يت]?لتقي|[يت]?بحث\w?|مباحثات|محادثات|مفاوضات|[يت]?تفاوض\w?|"
        r"[يت]?تفق\w?|اتفق\w?|اتفاق\w*|توصل\w?|وقع\w?|[يت]وقع|تعاون\w?|علاق\w*|حرب\w?|صراع\w?|تنسيق|[يت]?تعامل\w?|"
        r"تزامن\w?|[يت]تزامن|تواصل\w?|اشتباك\w*|خلاف\w*|حدود\w?|شراك\w*|شريك\w?|تضامن\w?|حوار\w?|مقابل\w*|تعاط\w*)$"
    ),
    "ل": re.compile(
        r"(?:[يت]?ستعد\w?|[يت]?سعي|سعت|دعا|دعت|[يت]دعو|[يت]?خطط\w?|اضطر\w?|[يت]ضطر|[يت]?تعرض\w?|انضم\w?|استجاب\w?|"
        r"تعهد\w?|صالح|وفق\w?|[يت]?خضع\w?|نتيج\w*|مجال\w?|سبيل)$"
    ),
}
#: «أول», «أكبر»: cut off from «في العالم» they say more than the sentence.
_RANK = re.compile(r"(?:^|\s)(?:ال)?(?:أ\w{3}|أغلى|أعلى|أول|أولى|أقل|أهم|أحد|إحدى|واحد|واحدة|وحيد|وحيدة)(?=\s|$)")
_RANK_REACH = 6
#: Adjuncts that may stand between a verb and its object.
_BETWEEN_VERB_AND_OBJECT = frozenset(entries("adjuncts", "between verb and object"))
#: Before one of these the adjunct is part of a phrase («من قبل», «إلى ما بعد», «صباح اليوم»), and a relative pronoun
#: has no noun.
_HOLDS = frozenset(entries("adjuncts", "holding"))
#: «بكلفة [تبلغ مليونا]»: an indefinite noun behind a preposition, and the verb that says which.
_BARE_NOUN, _IMPERFECT_NEXT = re.compile(r"و?[بل](?!ال)\w{3,}$"), re.compile(r"[يت]\w{2,}\s")
_THAT_WORD = re.compile(r"[وفب]?[أإا]ن(?:ه|ها|هم|هما|نا|ني)?$")
_THAT_AHEAD = re.compile(r"(?:^|\s)[وفب]?[أإا]ن(?:ه|ها|هم|هما)?(?=\s)")
#: Verbs of saying that also take a noun: «أعلنت السلطات اسمي رجلين», where no «أن» follows.
_ANNOUNCES = frozenset(entries("saying", "announcing"))
_MAX_SENTENCE_CHARS = 1_500
_MAX_PLACE = 4
_MIN_BEFORE_PLACE, _MIN_AFTER_THAT, _MIN_ANNOUNCED, _MIN_BEFORE_RELATED = 7, 4, 8, 6


@lru_cache(maxsize=256)
def tight_clauses(sentence: str, *, min_words: int = 5) -> tuple[Span, ...]:
    """Spans into ``sentence`` of beginnings that can be printed alone, the safer cuts first, the whole one excluded.

    Adjuncts and relative clauses go first, then what stands behind the first comma, then places. ``min_words`` counts
    words between white space. A run of text that is too long for a sentence has none.
    """
    if len(sentence) > _MAX_SENTENCE_CHARS:
        return ()
    cuts = chain(_adjuncts(sentence), _first_comma(sentence), _related(sentence), _places(sentence))
    found = (end for end in cuts if len(sentence[:end].split()) >= min_words and _can_end(sentence, end))
    return tuple(Span(0, end) for end in dict.fromkeys(found))


def _needs_in(words: Sequence[str]) -> bool:
    """True when one of ``words`` needs a «في» that comes next."""
    return any(_NEEDS_IN.match(fold(word)) for word in words)


def _needs_next(words: Sequence[str], opening: str) -> bool:
    """True when one of ``words`` needs the «مع» or «ل…» that comes next as ``opening``."""
    needs = _NEEDS.get(opening if opening == "مع" else opening[:1])
    return needs is not None and any(needs.match(fold(word)) for word in words)


def _comes_back(rest: str) -> bool:
    """True when ``rest`` is a parenthesis and behind it the clause goes on («[، التي أسسها، ستشتريها شركة]»)."""
    parts = _SPACED_COMMA.split(rest)
    if parts[0].strip() or len(parts) < 3 or not (again := parts[2].split()):
        return False
    return again[0].removeprefix("و") not in _OPENS_HANGING and not parts[2].startswith(("و", "ب", "ل"))


def _ends(pattern: re.Pattern[str], sentence: str) -> list[int]:
    """Where the beginnings end, the longest first."""
    return [match.start() for match in pattern.finditer(sentence)][::-1]


def _adjuncts(sentence: str) -> list[int]:
    """Where adjuncts and relative clauses begin that no verb needs; not «ستفتح [خلال الربيع محطتين]»."""
    found = []
    for end in _ends(_ADJUNCT, sentence):
        words, rest = sentence[:end].split(), sentence[end:].lstrip("،؛, ").split(maxsplit=1)
        if not words or not rest:  # a paragraph that was cut at a tag begins with a comma
            continue
        opening = rest[0]
        if _needs_next((words[0], *words[-2:]), opening):
            continue
        if opening not in _BETWEEN_VERB_AND_OBJECT or not _object_follows(sentence[end:]):
            found.append(end)
    return found


def _first_comma(sentence: str) -> list[int]:
    """The place of the first comma, when enough stands before it and what follows is no short parenthesis."""
    ends = _ends(_SPACED_COMMA, sentence)[::-1]
    if not ends:
        return []
    before = sentence[: ends[0]].split()
    part = sentence[ends[0] : ends[1] if len(ends) > 1 else None].split()
    least = _MIN_BEFORE_COMMA if len(ends) == 1 else _MIN_BEFORE_COMMAS
    return ends[:1] if len(before) >= least and len(part) >= _MIN_AFTER_COMMA else []


def _related(sentence: str) -> list[int]:
    """Where relative clauses without a pronoun begin, with enough before them for a clause."""
    return [end for end in _ends(_RELATED, sentence) if len(sentence[:end].split()) >= _MIN_BEFORE_RELATED]


def _places(sentence: str) -> list[int]:
    """Where «في» and a place, time or manner begin that nothing before them needs, and that no object follows."""
    return [
        end
        for end in _ends(_PLACE, sentence)
        if not _needs_place(sentence[:end].split()) and not _object_follows(sentence[end:], _MAX_PLACE)
    ]


def _needs_place(words: list[str]) -> bool:
    """True when the beginning ``words`` is too short, or has a word that needs «في» or says more without it."""
    reach = " ".join(words[-_RANK_REACH:])
    return len(words) < _MIN_BEFORE_PLACE or _needs_in((words[0], *words[-2:])) or bool(_RANK.search(reach))


def _object_follows(rest: str, most: int = 99) -> bool:
    """True when behind the adjunct that opens ``rest`` an object may wait for its verb.

    «رفعت الهيئة في الولايات المتحدة دعوى»: behind a definite noun stands an indefinite one and no preposition. An
    adjunct of more than ``most`` words up to the next preposition or mark is taken to hold one.
    """
    definite = False
    for place, word in enumerate(re.split(r"[،؛,.]", rest, maxsplit=1)[0].split()[1:]):
        if place >= most:
            return True
        if word in _BREAKS or word[0] in "بلكو" or word[0].isdigit():
            return False
        if definite and not word.startswith("ال"):
            return True
        definite = definite or word.startswith("ال")
    return False


def _can_end(sentence: str, end: int) -> bool:
    """True when nothing in the beginning waits for what was cut off."""
    prefix = sentence[:end]
    words = prefix.rstrip("،؛, ").split()
    if not words:
        return False
    first = words[0].removeprefix("و")
    # Too little was said yet behind «إن»: «قال إن الصيرفة الإسلامية [في البنوك] مهمة».
    said_little = any(_THAT_WORD.match(word) for word in words[-_MIN_AFTER_THAT:])
    if words[-1] in _HOLDS or first in _NEEDS_MORE or said_little or _DENIES.search(prefix):
        return False
    if len(words) > 1 and words[-2] in _ADJUNCTS:
        return False
    if _BARE_NOUN.match(words[-1]) and _IMPERFECT_NEXT.match(sentence[end:].lstrip("،؛, ")):
        return False
    if _comes_back(sentence[end:]):
        return False
    announced = first in _ANNOUNCES and len(words) >= _MIN_ANNOUNCED and not _THAT_AHEAD.search(sentence[end:])
    return not _inside_a_part(prefix) and (stands_alone(prefix) or (announced and _is_whole(prefix)))


def _is_whole(prefix: str) -> bool:
    return is_balanced(prefix) and not ends_weakly(prefix)


def _inside_a_part(prefix: str) -> bool:
    """True when the last part behind a comma hangs on what is before it: the main clause may go on after it."""
    parts = re.split(r"[،؛,]", prefix)
    opening = parts[-1].split()
    return len(parts) > 1 and bool(opening) and opening[0].removeprefix("و") in _OPENS_HANGING


_BREAKS = frozenset([*_OPENS_RELATIVE, *_ADJUNCTS, *AFTER_COMMA, *entries("adjuncts", "breaking")])
_OPENS_HANGING = frozenset([*AFTER_COMMA, *_OPENS_RELATIVE, *_ADJUNCTS, *entries("adjuncts", "hanging")])
