"""Did a shortened sentence keep its beginning? What a small model drops there is put back, or the text is refused.

:func:`mended` puts back a subject («سجل [الفريق] هدفين») or copula, :func:`with_verb` a verb («[أكد] علماء العثور على
أدلة»); :func:`lost_beginning` tells a sentence that begins behind more than that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from summarizer.arabic.clauses import PART
from summarizer.arabic.forms import roots
from summarizer.arabic.grammar import is_action, is_verb, may_be_verb, own_waw
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SAYING
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_common, is_name
from summarizer.arabic.words import Word, folded_words, is_stopword, tokenize
from summarizer.briefing.alignment import copied_start, same
from summarizer.briefing.openings import strip_opening

#: What stands before it belongs to another clause.
_NEW_CLAUSE = re.compile(r"[،,؛:«»\"“”.…(\-–]|(?:^|\s)[وفب]?[أإا]ن(?:ه|ها|هم|هما|ني|نا)?(?=\s)")
#: A headline may leave them out: «[بات] التنظيم محاصرا في جيبه الأخير».
_COPULAS = word_list("grammar", "copulas that may go")
_ACCUSATIVE = re.compile(r"(?!ال|[وفبلك]ال)\w{3,}[^\Wاوى](?:ا\u064b?|\u064bا)")
"""An indefinite word with the ending of the accusative: «محاصرا», «محاصرًا»."""
_ACCUSATIVE_NOUN = re.compile(r"(?!ال)\w{2,}[^\Wاوى]ا\u064b?")
_WEAK_LETTER = re.compile(r"[اي]$")
"""«دعا», «رمى»: their feminine is «دعت», «رمت»."""
_WAS = word_list("particles", "was")
_HAD = re.compile(r"(?:\S+\s+){1,5}قد\s")
_AT = word_list("particles", "at")
_ALIKE = 4
"""So many words behind the first one tell that a sentence is copied."""
_MOST_DROPPED = 5
"""Words that a subject has at most."""


def mended(text: str, sentences: Sequence[str]) -> str:
    """``text`` with the subject or copula that it dropped, its verb in the gender and its predicate in the case due."""
    text = _in_gender(_with_subject(text, sentences), sentences)
    return without_copula(_with_copula(text, sentences), sentences)


def _in_gender(text: str, sentences: Sequence[str]) -> str:
    """«يوجد طبقات الجليد» of «وتوجد طبقات الجليد» with the source's «توجد»."""
    return _with_verb_of(text, sentences, lambda verb, theirs: verb[:1] in "يت" and theirs[1:] == verb[1:])


def as_the_source_has_it(text: str, sentences: Sequence[str]) -> str:
    """«وصف ماي الهجوم» of «ووصفت ماي الهجوم», «نظر الصين بعين القلق» of «وتنظر الصين …»; for bullets, not headlines.

    There a noun of action opens as often: «تحطم طائرة» of «تحطمت طائرة».
    """
    return _with_verb_of(text, sentences, _lost_its_person)


def with_first_word(text: str, sentences: Sequence[str]) -> str:
    """«كونت السعودية تحالفا ضم …» of «كانت السعودية تحالفا ضم …»: the first word of the sentence that goes on alike."""
    words = tokenize(text)
    following = [fold(word.text) for word in words[1 : 1 + _ALIKE]]
    if len(following) < _ALIKE:
        return text
    if dropped := _dropped_preposition([fold(words[0].text), *following], sentences):
        return f"{dropped} {text}"
    for sentence in sentences:
        theirs = tokenize(strip_opening(sentence))[: 1 + _ALIKE]
        if [fold(word.text) for word in theirs[1:]] == following and fold(theirs[0].text) != fold(words[0].text):
            return _without_waw(theirs[0].text, words[0].text) + text[words[0].span.end :]
    return text


def _without_waw(theirs: str, written: str) -> str:
    """The source's first word without its conjunction; ``written`` where it cannot be told whose «و» it is: «وكونت»."""
    if not own_waw(fold(theirs)):
        return theirs.removeprefix("و")
    return theirs if may_be_verb(theirs) else written


def _dropped_preposition(opening: Sequence[str], sentences: Sequence[str]) -> str:
    """«في» of «وفي مايو، وضع الوزير شروطا» where a text begins with «مايو، وضع»; "" where none went."""
    for sentence in sentences:
        first, *others = folded_words(sentence)[: 1 + len(opening)] or [""]
        if others == list(opening) and first.removeprefix("و") in _AT:
            return first.removeprefix("و")
    return ""


def _lost_its_person(verb: str, theirs: str) -> bool:
    """True when ``theirs`` is the feminine of a perfect, or an imperfect of the same letters."""
    feminine = theirs in (verb + "ت", _WEAK_LETTER.sub("ت", verb))
    return len(verb) > 2 and (feminine or (theirs[:1] in "يت" and theirs[1:] == verb))


def _with_verb_of(text: str, sentences: Sequence[str], is_meant: Callable[[str, str], bool]) -> str:
    """``text`` with the source's verb at its head, where the same word follows both."""
    words = tokenize(text)
    if len(words) < 2:
        return text
    verb, following = fold(words[0].text), fold(words[1].text)
    for sentence in sentences:
        for one, other in pairwise(tokenize(sentence)):
            theirs = one.text.removeprefix("و")
            folded = fold(theirs)
            if fold(other.text) == following and folded != verb and folded[:1] and is_meant(verb, folded):
                return theirs + text[words[0].span.end :] if may_be_verb(theirs) else text
    return text


def _with_subject(text: str, sentences: Sequence[str]) -> str:
    """«سجل هدفين متتاليين» of «سجل نيوكاسل هدفين متتاليين» with the names and definite nouns that it lost."""
    words = tokenize(text)
    if len(words) < 3 or not may_be_verb(words[0].text):
        return text
    deed, pair = roots(words[0].text), folded_words(text)[1:3]
    for sentence in sentences:
        theirs = tokenize(sentence)
        keys = folded_words(sentence)
        opened = next((at for at, key in enumerate(keys) if same(fold(words[0].text), key)), None)
        if opened is None:
            opened = next((at for at, word in enumerate(theirs[:1]) if not deed.isdisjoint(roots(word.text))), None)
        if opened is None:
            continue
        for place in range(opened + 2, min(opened + 2 + _MOST_DROPPED, len(keys) - 1)):
            dropped = theirs[opened + 1 : place]
            if keys[place : place + 2] == pair and _is_subject(dropped, sentence, theirs[opened], theirs[place]):
                subject = sentence[dropped[0].span.start : dropped[-1].span.end]
                return f"{text[: words[0].span.end]} {subject} {text[words[1].span.start :]}"
    return text


def _is_subject(words: Sequence[Word], sentence: str, verb: Word, following: Word) -> bool:
    """True for names and definite nouns between a verb and what follows, without a mark or function word."""
    if PART.search(sentence, verb.span.end, following.span.start):
        return False
    told = any(is_name(word.text) or word.text.startswith("ال") or not is_common(word.text) for word in words)
    return (told or len(words) > 1) and not any(is_stopword(word.text) or _is_attached(word.text) for word in words)


def _is_attached(word: str) -> bool:
    """True for a word behind a conjunction or preposition of one letter: «بالقاهرة», «لمدينة»; not «كاسيل»."""
    return word[0] in "وبلك" and (word[1:3] == "ال" or word[1:2] == "ل" or (word[0] != "ك" and not is_name(word)))


def _with_copula(text: str, sentences: Sequence[str]) -> str:
    """«ماسك قد ألمح» of «وكان ماسك قد ألمح» with its «كان», which «قد» needs."""
    found = copied_start(text, sentences)
    if found is None or not found[0] or not _HAD.match(text):
        return text
    before = fold(found[0][-1].text).removeprefix("و")
    return f"{found[0][-1].text.removeprefix('و')} {text}" if before in _WAS else text


def without_copula(text: str, sentences: Sequence[str]) -> str:
    """``text`` with its predicate in the nominative when the copula before it was dropped.

    «التنظيم محاصرا في جيبه» of «بات التنظيم محاصرا في جيبه» becomes «التنظيم محاصر في جيبه».
    """
    found = copied_start(text, sentences)
    words = tokenize(text)
    if found is None or not found[0] or fold(found[0][-1].text).removeprefix("و") not in _COPULAS:
        return text
    predicate = next((word for word in words if _ACCUSATIVE.fullmatch(word.text)), None)
    before = [word.text for word in words if predicate and word.span < predicate.span]
    # «ضيع هدفا محققا»: an attribute of an object, no predicate.
    if predicate is None or any(map(is_verb, before)) or _ACCUSATIVE_NOUN.fullmatch(before[-1] if before else ""):
        return text
    bare = predicate.text.rstrip("\u064b").removesuffix("ا").rstrip("\u064b")
    return text[: predicate.span.start] + bare + text[predicate.span.end :] if is_common(bare) else text


def lost_beginning(text: str, sentences: Sequence[str]) -> bool:
    """True when ``text`` begins inside a clause whose first words it dropped and says in no other words.

    A label, a noun of action at its head or a verb of its own shows that it was written anew.
    """
    return _is_lost(text, *_dropped(text, sentences))


def _is_lost(text: str, sentence: str, before: Sequence[Word]) -> bool:
    """True when ``text`` needs one of the words ``before`` it in ``sentence``."""
    dropped = [word for word in before if not _may_go(word.text)]
    if not dropped:
        return False
    words = [word.text for word in tokenize(text)]
    theirs = set(folded_words(sentence))
    anew = any(is_verb(word) and not is_stopword(word) and fold(word) not in theirs for word in words)
    return not anew and frozenset().union(*map(roots, words)).isdisjoint(roots(dropped[0].text))


def with_verb(text: str, sentences: Sequence[str]) -> str:
    """«كتاب عما إذا كان يحق له» of «تساءل كتاب عما إذا كان يحق له» with the verb that it lost; else as it stands."""
    sentence, dropped = _dropped(text, sentences)
    if len(dropped) != 1 or not _is_lost(text, sentence, dropped):
        return text
    verb = strip_opening(f"{dropped[0].text} {text}").split()[0]
    return text if verb.startswith("ال") or is_name(verb) else f"{verb} {text}"


def _dropped(text: str, sentences: Sequence[str]) -> tuple[str, list[Word]]:
    """The sentence that ``text`` begins inside, and the words of the clause before that; none of a text of its own."""
    found = copied_start(text, sentences)
    if found is None or ": " in text or is_action(tokenize(text)):
        return "", []
    before, sentence = found
    start = max((match.end() for match in _NEW_CLAUSE.finditer(sentence, 0, _end(before))), default=0)
    opened = 0 if start else len(tokenize(sentence)) - len(tokenize(strip_opening(sentence)))
    return sentence, [word for word in before[opened:] if word.span.start >= start]


def _end(words: Sequence[Word]) -> int:
    return words[-1].span.end + 1 if words else 0


def _may_go(word: str) -> bool:
    bare = fold(word)
    return (is_stopword(word) and not {bare, bare[1:]} & SAYING) or bare in _COPULAS or bare[1:] in _COPULAS
