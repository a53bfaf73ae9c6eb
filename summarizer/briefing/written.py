"""What is wrong with a text that a model wrote, beyond what holds for any: looked up in the sentences it shortens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from summarizer.arabic.clauses import COMMA
from summarizer.arabic.grammar import is_verb
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SAYING
from summarizer.arabic.sentences.quotations import find_quotes
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import country_of, is_common, is_name, lexicon
from summarizer.arabic.words import count_words, folded_words, is_stopword, strip_clitics, tokenize
from summarizer.briefing.actors import moved_name, wrong_actor
from summarizer.briefing.alignment import Copied, copied_end, nearest
from summarizer.briefing.beginnings import lost_beginning
from summarizer.briefing.completeness import before_its_clause, in_the_first_person, lacks_its_object, of_nobody
from summarizer.briefing.endings import may_stop
from summarizer.briefing.labels import accusative_label, false_label, false_speaker
from summarizer.briefing.overstated import (
    held_by_another,
    lost_modality,
    lost_negation,
    miscounted,
    unheard_death,
    unheard_deed,
    wider_rank,
)
from summarizer.briefing.predicate import has_predicate, is_unfinished
from summarizer.briefing.source_index import SourceIndex
from summarizer.briefing.word_forms import wrong_form
from summarizer.schema import Passage, Task

_MIN_LETTERS, _MIN_SPELT = 3, 4
_FEMININE_PLURAL = re.compile(r"[وف]?[سل]?[يت]\w{3,}ن")
"""«يحجبن» is no name, though no list has it."""
_MOST_LOST, _LABEL_WORDS = 2, 8
_FOR_THEM = word_list("particles", "for them")
_FORMS = word_list("affixes", "other forms")
"""What other forms of a word end in."""
_COME_AND_GO = frozenset("اويءل")
"""Letters that inflection puts in and takes out of the middle of a word: «مقاتل», «مقتل»; «للبيت», «لبيت»."""
_VOICE, _OPENED = re.compile(r"[:«\"]"), re.compile(r"[^.]*(?=\.\.)")
_ASKING = re.compile(r"(?:هل|لماذا|ماذا|كيف|من هو|من هي|أين|متى)\s")
_NEEDS_NEGATION, _BEFORE_STILL = word_list("negation", "still, of a verb"), word_list("negation", "before still")


def fault(text: str, task: Task, passage: Passage) -> str:
    """Why ``text`` (polished), written from ``passage``, is not to be printed; empty when nothing is wrong."""
    sentences = passage.texts
    found = (
        *_of_the_line(text, task, passage),
        _slip(text, passage.text),
        *_of_the_deed(text, sentences),
        lacks_its_object(text),
        miscounted(text, sentences),
        unheard_death(text, sentences),
    )
    if task is Task.BULLET:
        copied = copied_end(text, sentences)
        whole = before_its_clause(text, copied) or of_nobody(text) or in_the_first_person(text, copied)
        found = (_asks(text, copied), _borrows_a_voice(text, copied), whole, *found)
    return next((reason for reason in found if reason), "")


def cut_badly(text: str, sentences: Sequence[str]) -> str:
    """Why a beginning of a sentence, lifted as it stands, is not to be printed; empty when nothing is wrong."""
    if is_unfinished(text) or lacks_its_object(text):
        return "ends before its main clause"
    copied = copied_end(text, sentences)
    if copied is None or copied.after.lstrip(' »"').startswith(("،", ",")):  # where clauses part by rules of their own
        return ""
    return "" if may_stop(text, copied) else "stops in the middle of a phrase"


def _of_the_line(text: str, task: Task, passage: Passage) -> tuple[str, ...]:
    """What headlines and bullets must do: a true label, a predicate, a main clause."""
    if task is Task.STANDFIRST:
        return ()
    headline = task is Task.HEADLINE
    opened = _OPENED.match(text)
    return (
        "a parenthesis stays open" if opened and len(COMMA.findall(opened[0])) % 2 else "",
        false_label(text, passage.text) or false_speaker(text, passage.text),
        accusative_label(text, passage.text),
        "names something and says nothing of it" if not headline and not has_predicate(text) else "",
        "ends before its main clause" if is_unfinished(text) or _begins_nothing(text) else "",
        _told_twice(text, passage.texts) or ("" if headline else _done_twice(text)),
        _never_done(text, passage.texts) if headline else "",
    )


def _begins_nothing(text: str) -> bool:
    """True for «الوزيرة: «بناء على ما توصلنا إليه»»: what stands behind the label is no sentence."""
    label, colon, rest = text.partition(": ")
    return bool(colon) and count_words(label) <= _LABEL_WORDS and is_unfinished(rest.strip("«»"))


def _never_done(text: str, sentences: Sequence[str]) -> str:
    """Why a headline does not tell a deed that the source does not: «تمنع القنب» of «تبيح القنب»."""
    verb = unheard_deed(text, sentences)
    return f"«{verb}» is no deed of the source" if verb else ""


def _done_twice(text: str) -> str:
    """Why a bullet does not go on with the verb it began with: «نشرت منظمة، …، نشرت تصميمات»."""
    first, *others = folded_words(text) or [""]
    return f"says «{first}» twice" if len(first) > _MIN_LETTERS and is_verb(first) and first in others else ""


def _told_twice(text: str, sentences: Sequence[str]) -> str:
    """Why a text does not say a word twice that its sentence says once: «التعديل الوراثي يمنع التعديل».

    Names may: «أمريكا تستدعي مبعوثيها إلى أمريكا اللاتينية».
    """
    counts = Counter(word for word in folded_words(text) if len(word) > _MIN_SPELT and not is_name(word))
    theirs = Counter(folded_words(nearest(text, sentences)))
    return next((f"says «{word}» twice" for word, count in counts.items() if count > max(1, theirs[word])), "")


def _of_the_deed(text: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Who did what, in the sentences that the text shortens."""
    verb, name = wrong_actor(text, sentences), moved_name(text, " ".join(sentences))
    denied = lost_negation(text, sentences)
    due, ranked, form = lost_modality(text, sentences), wider_rank(text, sentences), wrong_form(text, sentences)
    held = held_by_another(text, sentences)
    return (
        f"«{denied}» is denied in the source" if denied else "",
        "begins behind its verb" if lost_beginning(text, sentences) else "",
        f"«{verb}»: somebody else did it" if verb else "",
        f"«{name}» stands beside another word than in the source" if name else "",
        f"«{due}» is due or possible in the source" if due else "",
        f"«{ranked}» ranks more than the source does" if ranked else "",
        f"«{held}» is another country" if held else "",
        f"«{form}» is another form of the source's word" if form else "",
    )


def _asks(text: str, copied: Copied | None) -> str:
    """Why a question, or one without its mark («دفعت قطر أكبر فدية؟»), is no bullet."""
    asked = copied is not None and copied.sentence.rstrip(' »"').endswith(("؟", "?"))
    return "a question" if asked or _ASKING.match(text) else ""


def _borrows_a_voice(text: str, copied: Copied | None) -> str:
    """Why somebody's quoted words do not stand as the paper's own: «قرأت أخبارا عن رحيلي»."""
    if copied is None or _VOICE.search(text):
        return ""
    stretch, quotes = copied.span, find_quotes(copied.sentence)
    inside = any(quote.start <= stretch.start and stretch.end <= quote.end for quote in quotes)
    return "somebody's words, without saying whose" if inside else ""


def _slip(text: str, source: str) -> str:
    """A slip of grammar that small models make: «[لا] يزال», an article too many («العملية السلام»)."""
    words = folded_words(text)
    for before, word in pairwise(["", *words]):
        if word in _NEEDS_NEGATION and before not in _BEFORE_STILL:
            return f"«{word}» without its negation"
    said = folded_words(source)
    theirs = set(pairwise(said))
    for one, other in pairwise(words):
        article = one.startswith(("ال", "لل")) and other.startswith("ال")
        plain = {("ل" * (one[0] == "ل") + one[2:], other), (one[2:], other)}
        if article and plain & theirs and (one, other) not in theirs:
            return f"«{one} {other}» has an article too many"
    if wrong := _ending_changed(text, frozenset(said), theirs) or _word_lost(words, said):
        return wrong
    shorter = {(lost, other) for one, other in theirs for lost in _letter_lost(one.removeprefix("و"))} - theirs
    return next(
        (f"«{one}» lacks a letter of the source's" for one, other in pairwise(words) if (one, other) in shorter), ""
    )


def _ending_changed(text: str, known: Collection[str], pairs: Collection[tuple[str, str]]) -> str:
    """A pronoun for what the source goes on with («نشاطه» of «نشاط تهريب»), a word cut off, or «منصبي» of «منصبه»."""
    words = tokenize(text)
    for before, word in pairwise(words):
        written, ahead = fold(word.text), fold(before.text)
        stem = written.removesuffix(next((end for end in ("ها", "هم", "ه") if word.text.endswith(end)), ""))
        if written in known or len(written) < 2:
            continue
        if word is words[-1] and stem != written and len(stem) >= _MIN_LETTERS and (ahead, stem) in pairs:
            return f"«{word.text}»: whose?"
        if written in _FOR_THEM and any(one == ahead and other.startswith("ل") for one, other in pairs):
            return f"«{word.text}»: whose?"
        if written.endswith("ي") and (ahead, written[:-1] + "ه") in pairs:
            return f"«{word.text}» in the first person"
        if any(one == ahead and is_cut(written, longer) for one, longer in pairs):
            return f"«{word.text}» lacks its end"
    return ""


def is_cut(written: str, longer: str) -> bool:
    """True for «عش» of «عشر», «سوري» of «سوريا» and what no list knows: another form of a word may be meant."""
    rest = longer.removeprefix(written)
    another_form = rest in _FORMS and is_common(written) and not country_of(longer)
    return longer != rest and len(rest) <= _MOST_LOST and not another_form


def _word_lost(words: Sequence[str], theirs: Sequence[str]) -> str:
    """One of two like words is gone: «سي إن تتمزق» of «سي إن إن تتمزق»."""
    triples = set(zip(words, words[1:], words[2:], strict=False))
    for place in range(1, len(theirs) - 2):
        before, one, other, after = theirs[place - 1 : place + 3]
        if one == other and (before, one, after) in triples and (before, one, other) not in triples:
            return f"«{before} {one} {after}» lacks a word of the source's"
    return ""


def _letter_lost(word: str) -> list[str]:
    """``word`` without each letter of its middle that inflection leaves alone: «تعبر» of «تعتبر», another word."""
    middle = range(1, len(word) - 1) if len(word) > _MIN_SPELT else ()
    return [word[:at] + word[at + 1 :] for at in middle if word[at] not in _COME_AND_GO]


def strange_word(text: str, source: SourceIndex) -> str:
    """The first content word that ``source`` has in no form, verbs of saying aside; the empty string when it has all.

    For bullets, which tell what one passage says: a new verb («اعتمدت» for «باعت») is more often error than style.
    """
    return next((word for word in _words(text) if not source.knows(word)), "")


def misspelt(text: str, source: SourceIndex) -> str:
    """The first name that the source has in no form and no list knows: a slip of a small model in copying.

    «سليماتي» of «سليماني» has the consonants of a variant spelling, for which ``names`` would take it.
    """
    return next((word for word in _words(text) if is_new_name(word) and not source.has(word)), "")


def is_new_name(word: str) -> bool:
    """True for a name that no list knows."""
    if len(word) < _MIN_SPELT or country_of(word) or _FEMININE_PLURAL.fullmatch(word):
        return False
    return is_name(word) and strip_clitics(word).isdisjoint(lexicon().names)


def _words(text: str) -> Sequence[str]:
    found = [word.text for word in tokenize(text)]
    return [
        word
        for word in found
        if len(word) >= _MIN_LETTERS and word.isalpha() and not is_stopword(word) and fold(word) not in SAYING
    ]
