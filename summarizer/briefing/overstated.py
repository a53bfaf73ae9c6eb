"""Does a shortened sentence say more than its source? «يطرد» of «يجب أن يطرد», «أول بريطانية» of «أول سمراء بريطانية».

What ought to be, or may be, is told as done when the words before «أن» go; and a first of its kind is a first of more
when the word that narrows the kind goes. A number belongs to what it counted, and nobody dies who did not. All look at
neighbours in the source and are silent in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.arabic.forms import forms, roots
from summarizer.arabic.grammar import is_verb
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SAYING, SPEAKING
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import country_of, is_name
from summarizer.arabic.words import Word, folded_words, is_stopword, tokenize
from summarizer.briefing.alignment import nearest

_OUGHT = re.compile(
    r"(?:^|\s)[وف]?(?:[يت]جب|[يت]نبغي|[يت]تعين|[يت]مكن|(?:ال|من ال)?(?:ممكن|محتمل|مفترض|مفروض|ضروري)|ضروره|لابد|لا بد|"
    r"علي(?:ه|ها|هم|نا)|[يت]ستطيع|[يت]فترض|[يت]حتمل|ربما|لعل|قد|سوف|لن|اذا|لو|هل)(?=\s|$)"
)
"""Folded: what makes a deed a duty, a possibility or a question."""
_MODAL = re.compile(
    r"(?:^|\s)[وف]?(?:[يت]جب|[يت]نبغي|[يت]تعين|[يت]مكن|(?:ال|من ال)?(?:ممكن|محتمل|مفترض|مفروض|ضروري)|ضروره|لابد|لا بد)"
    r"(?:\s\S+){0,2}\s+ان$"
)
"""The same with the «أن» that the verb follows, up to the verb."""
_FILLERS = word_list("negation", "between")
"""Between a negation and what it denies: «لم يكن المصدر»."""
_DENYING = word_list("negation", "before a verb or noun")
_ANY_DENIAL = _DENYING | word_list("negation", "words of denial")
"""What denies in a source, and what may stand for it in a text."""
_DENIED_NEAR = 3
_NO_ROOM = re.compile(
    r"(?:ليس|لا|لم يعد|لن يكون) (?:هناك )?(?:اي )?(?:مجال|سبيل|امكاني\w+|نيه|حاجه|داعي|مبرر)\s(?:الي |في )?"
    r"(?:ل(?=\w{3}))?(\w+)"
)
_NOTHING_DOES = re.compile(r"(?:لا (?:يوجد|توجد)|ليست? هناك|لم يكن هناك) (?:\w+ ){1,3}?([يت]\w{3,})")
_GOING_ON = re.compile(
    r"[وف]?س?[يت](?:قضي|علق|شهد|واصل|بدا|ستمر|عتزم|ستعد|سعي|تجه|حتفل|ستقبل|تلقي|خوض|عيش|شارك|صبح|تصدر|ثير|ستضيف|كشف)\w{0,2}"
)
_PERSON = re.compile(r"(?:ان|ون|ين|وا)$")
_WHOLE_ROOT = 3
"""Letters of a root that tells: two are left of many others."""
_CASES = re.compile(r"(?:ال)?(?:حال|اصاب|مصاب)\w*")
_DIED = r"موت(?:ا|ه|ها|هم|ي)?|[يت]موت(?:ون|وا)?|مات\w{0,2}|وفا[هت]\w{0,2}|توفي(?:ت|ا|وا)?|[يت]توفي\w?|متوفي\w?"
_KILLED = (
    r"[يتن]?قتل\w*|مقتل\w*|قتيل\w*|مصرع\w*|[يت]صرع|اغتيال\w*|[يت]غتال\w*|انتحار\w*|[يت]نتحر\w*|استشه\w+|اعدام\w*"
    r"|[يت]عدم"
)
_MAYBE = (
    r"ا?[يت]?قتتل\w*|صرع\w*|ميت\w*|مميت\w*|وفيات|اغت\w+|ضحي\w+|ضحايا\w*|جث\w+|جناز\w+|رحيل\w*|رحل\w*|راحل\w*|حتف\w*|قضاء|قضوا|قضي\w*"
    r"|انتح\w+|شهيد\w*|شهداء|اعدم\w*|هلك\w*|فارق\w*|ازهق\w*|دفن\w*|ابيد\w*|اباد\w*|[يت]?ذبح\w*|ارد[يتا]\w*|اودي|اودت|فقد\w*|لقي\w*|لقوا|لقت"
    r"|[يت]لقي|مجزر\w+|مذبح\w+|مذابح\w*|قاتل\w*|فتك\w*|[يت]فتك|حصد\w*|[يت]حصد|اسقط\w*|نحب\w*|نفوق|نفق\w*|تصفي\w+|احتر\w+|غرق\w*"
)
_WHOLE_WORD = r"(?:^|(?<=[\s«\"(]))[وفبلك]?(?:ال)?(?:{})(?=[\s،,.:؛»\")!؟]|$)"
_DEATH = re.compile(_WHOLE_WORD.format(f"{_DIED}|{_KILLED}"))
_ANY_DEATH = re.compile(_WHOLE_WORD.format(f"{_DIED}|{_KILLED}|{_MAYBE}"))
"""Words of death, folded; in a source also what only may be one."""
_OF_A_KIND = (
    (re.compile(_WHOLE_WORD.format(r"اعدام\w*|[يت]عدم")), re.compile(r"اعد[ام]|عدم|شنق|عقوبه الموت|رميا")),
    (re.compile(_WHOLE_WORD.format(r"انتحار\w*|[يت]نتحر\w*")), re.compile(r"نتح[ار]|فجر|فجير")),
)
_JOINED_IMPERFECT = re.compile(r"[وف]?[يت]\w{2,}")
_HIGHEST = word_list("negation", "ranks")
_NARROWED_WITHIN = 4


def lost_modality(text: str, sentences: Sequence[str]) -> str:
    """The verb that ``text`` has as done and the nearest sentence as due or possible; the empty string for none."""
    if _OUGHT.search(fold(text)):
        return ""
    sentence = nearest(text, sentences)
    for word in tokenize(text):
        if not _JOINED_IMPERFECT.fullmatch(fold(word.text)) or not is_verb(word.text) or is_stopword(word.text):
            continue
        if (found := list(_uses(word.text, sentence))) and all(found):
            return word.text
    return ""


def _uses(verb: str, sentence: str) -> Iterator[bool]:
    """For each form of ``verb`` in a sentence, whether it is due or possible there."""
    deed = roots(verb)
    for word in tokenize(sentence):
        if not deed.isdisjoint(roots(word.text)):
            yield _MODAL.search(fold(sentence[: word.span.start]).rstrip()) is not None


def wider_rank(text: str, sentences: Sequence[str]) -> str:
    """«أول امرأة بريطانية» of «أول امرأة سمراء البشرة»: what is ranked higher than in the source; "" for none."""
    theirs = [ranked for sentence in sentences for ranked in _ranked(tokenize(sentence))]
    for rank, kind, narrowed in _ranked(tokenize(text)):
        same = [other for other in theirs if other[0] == rank and not forms(other[1]).isdisjoint(forms(kind))]
        if same and not any(_narrows_alike(narrowed, other[2]) for other in same):
            return f"{rank} {kind}"
    return ""


def held_by_another(text: str, sentences: Sequence[str]) -> str:
    """«كندا أول دولة» of «أوروغواي، التي أصبحت أول دولة»: the rank of a country that the source gives to others."""
    words = tokenize(text)
    for place, (word, kind) in enumerate(pairwise(words)):
        own = _last_country(words[:place]) if fold(word.text) in _HIGHEST else ""
        if not own:
            continue
        holders = {_last_country(before) for before in _before_rank(word.text, kind.text, sentences)} - {""}
        if holders and own not in holders:
            return f"{word.text} {kind.text}"
    return ""


def _before_rank(rank: str, kind: str, sentences: Sequence[str]) -> Iterator[list[Word]]:
    """What stands before the same rank in each sentence that has it."""
    for words in map(tokenize, sentences):
        for place, (word, other) in enumerate(pairwise(words)):
            if fold(word.text) == fold(rank) and not forms(other.text).isdisjoint(forms(kind)):
                yield list(words[:place])


def _last_country(words: Sequence[Word]) -> str:
    return next((found for word in reversed(words) if (found := country_of(word.text))), "")


def _ranked(words: Sequence[Word]) -> Iterator[tuple[str, str, list[str]]]:
    """Each rank with the noun behind it and the words that narrow that noun, as far as they are adjectives."""
    for place, word in enumerate(words[:-1]):
        rank = fold(word.text)
        if rank not in _HIGHEST or is_stopword(words[place + 1].text):
            continue
        yield (
            rank,
            words[place + 1].text,
            [one.text for one in _adjectives(words[place + 2 : place + 2 + _NARROWED_WITHIN])],
        )


def _adjectives(words: Sequence[Word]) -> Iterator[Word]:
    for word in words:
        if is_stopword(word.text) or is_verb(word.text) or is_name(word.text) or word.text[0].isdigit():
            return
        yield word


def _narrows_alike(narrowed: Sequence[str], theirs: Sequence[str]) -> bool:
    """True when what narrows the noun first in the source narrows it here, or nothing narrows it there."""
    return not theirs or any(not forms(word).isdisjoint(forms(theirs[0])) for word in narrowed)


def lost_negation(text: str, sentences: Sequence[str]) -> str:
    """The word that the source denies and ``text``, in the source's own words, does not; the empty string for none.

    «ينطبق القانون على روسيا، لأن روسيا ليس لديها …» of «ولا ينطبق القانون على روسيا»; «يرتبط بالموهبة فقط» of «لا يرتبط
    بالموهبة فقط».
    """
    words = [word for word in folded_words(text) if word not in _FILLERS]
    said = {
        (words[at], words[at + 1])
        for at in range(len(words) - 1)
        if _ANY_DENIAL.isdisjoint(word.removeprefix("و") for word in words[max(0, at - _DENIED_NEAR) : at])
    }
    found = next((word for word, denied in _denied_pairs(sentences) if denied in said), "")
    return found or _ruled_out(words, sentences)


def _ruled_out(words: Sequence[str], sentences: Sequence[str]) -> str:
    """«تحذر من نزع سلاحها» of «ليس هناك أي مجال لنزع السلاح», «يمنع التعديل» of «لا يوجد سبب يمنع التعديل»."""
    if not _ANY_DENIAL.isdisjoint(words):
        return ""
    lines = [fold(sentence) for sentence in sentences]
    out = {match[1] for said in (_NO_ROOM, _NOTHING_DOES) for line in lines for match in said.finditer(line)}
    return next((word for word in words if word in out), "")


def _denied_pairs(sentences: Sequence[str]) -> list[tuple[str, tuple[str, str]]]:
    """Each word behind «لا» and its like with the word behind that, where no sentence has the two without it."""
    lines = [[word for word in folded_words(sentence) if word not in _FILLERS] for sentence in sentences]
    found = [
        (before.removeprefix("و").removeprefix("ف") in _DENYING, (one, other))
        for line in lines
        for before, one, other in zip(["", *line], line, line[1:], strict=False)
    ]
    plain = {pair for denied, pair in found if not denied}
    return [(pair[0], pair) for denied, pair in found if denied and pair not in plain]


def unheard_deed(text: str, sentences: Sequence[str]) -> str:
    """The verb of a headline whose root no word of the source has; the empty string for none.

    «كندا أول دولة تمنع القنب» of «أول دولة تبيح القنب». Of ten such headlines of BBC that were read seven were false.
    Verbs of saying and those that only say that something goes on may be the writer's own.
    """
    told = [word.text for word in tokenize(text) if _JOINED_IMPERFECT.fullmatch(fold(word.text)) and is_verb(word.text)]
    theirs: frozenset[str] = frozenset()
    for verb in told:
        if is_stopword(verb) or fold(verb) in SAYING | SPEAKING or _GOING_ON.fullmatch(fold(verb)):
            continue
        theirs = theirs or _roots_of(sentences)
        bare = _PERSON.sub("", fold(verb).removeprefix("و"))
        own = roots(verb) | roots(bare)
        if any(len(root) >= _WHOLE_ROOT for root in own) and theirs.isdisjoint(own):
            return verb
    return ""


def _roots_of(sentences: Sequence[str]) -> frozenset[str]:
    """The roots of all words, of «حثت» without its ending too."""
    found = {root for one in sentences for word in tokenize(one) for root in roots(word.text)}
    return frozenset(found | {root.removesuffix("ت") for root in found})


def miscounted(text: str, sentences: Sequence[str]) -> str:
    """Why «54 مدنيا» is not to be printed of «54 شخصا، بينهم 28 مدنيا»: the number of others; empty when it may."""
    theirs = [pair for sentence in sentences for pair in _counted(sentence)]
    for number, noun in _counted(text):
        others = [what for count, what in theirs if count == number]
        said_of = {count for count, what in theirs if not roots(what).isdisjoint(roots(noun))}
        if others and said_of and number not in said_of:
            return f"«{number} {noun}» is the number of «{others[0]}»"
    return ""


def _counted(text: str) -> list[tuple[str, str]]:
    """Numbers in digits, each with the noun behind it; not «حالة» and its like, which stand for one another."""
    words = [word.text for word in tokenize(text)]
    return [
        (one, other)
        for one, other in pairwise(words)
        if one.isdigit() and other.isalpha() and not is_stopword(other) and not is_name(other)
        and not _CASES.fullmatch(fold(other))
    ]  # fmt: skip


def unheard_death(text: str, sentences: Sequence[str]) -> str:
    """Why «صخرة تقتل عجوزا» is not to be printed where nobody died; the empty string when it may."""
    source = fold(" ".join(sentences))
    if (found := _DEATH.search(fold(text))) and not _ANY_DEATH.search(source):
        return f"«{found[0]}»: nobody died in the source"
    own = next((one for one, theirs in _OF_A_KIND if one.search(fold(text)) and not theirs.search(source)), None)
    return "a death of another kind than in the source" if own else ""
