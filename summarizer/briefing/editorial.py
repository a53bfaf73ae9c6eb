"""What an editor would print: one whole sentence, of the right length, that opens and ends well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from summarizer.arabic.clauses import ends_weakly, is_balanced
from summarizer.arabic.lexicon import entries, word_list
from summarizer.arabic.saying import LABEL
from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.text.normalize import clean
from summarizer.arabic.words import count_words, folded_words, tokenize
from summarizer.briefing.house import House
from summarizer.briefing.openings import dangling_opening, strip_opening
from summarizer.briefing.subjects import says_not_who
from summarizer.config import EditorialLimits, Style
from summarizer.schema import Task

HOUSE = House()
_SPACE_BEFORE_MARK = re.compile(r"\s+([.،؛:؟!%»”)\]])")
_NO_SPACE_AFTER_MARK = re.compile(r"([،؛»])(?=[^\W\d_])")
_NOTHING_QUOTED = re.compile(r"«\s*»|“\s*”|\"\s*\"")
_OTHERS_WORDS = re.compile(r"«[^»]{0,999}»|“[^”]{0,999}”|\"[^\"]{0,999}\"|﴿[^﴾]{0,999}﴾")
_FIRST_PERSON = frozenset(entries("openings", "first person"))
_TOLD_ME = re.compile(r"(?:^|\s)[وف]?(?:قال|قالت|روى|روت) لي(?=\s)")
#: Names of Latin letters, which acronyms repeat: «سي إن إن», «دي دي تي».
_LETTER_NAMES = word_list("openings", "letters")
#: What teasers, live blogs and pages say to those who read them.
_TO_READERS = re.compile(
    r"^(?:تعرف(?:وا|ي)? (?:على|إلى)|إليكم?|شاهد(?:وا)?|اكتشف(?:وا)?) |"
    r"سنوافيكم|نوافيكم|تابعونا|تابعوا معنا|لمتابعتكم|نختم (?:هنا )?تغطيتنا|عزيزي القارئ|يتبع لاحقا"
)


def polish(text: str, task: Task, source_words: Collection[str] = frozenset(), house: House = HOUSE) -> str:
    """The text as it would be printed: printable characters, one line, opening stripped, set as the house sets it.

    In ``news`` a standfirst ends with a full stop, a headline or bullet with none («؟» and «!» stay).
    """
    line = _SPACE_BEFORE_MARK.sub(r"\1", " ".join(_NOTHING_QUOTED.sub(" ", clean(text)).split()))
    line = _NO_SPACE_AFTER_MARK.sub(r"\1 ", line)
    return house.set_type(strip_opening(line, source_words).strip(), task)


def refuse(
    text: str,
    task: Task,
    limits: EditorialLimits,
    *,
    lifted: bool = False,
    style: Style = "news",
    sentences: Sequence[str] = (),
) -> str:
    """Why ``text`` (polished) cannot be printed, or the empty string when it can.

    ``lifted``: it is a slice of the article, for which ``limits.max_extractive_words`` is the upper limit.
    ``sentences``: those of its source; what one of them says twice may be said twice.
    """
    checks = (
        _wrong_length(text, task, limits, lifted),
        dangling_opening(text),
        "does not say who did it" if task is not Task.STANDFIRST and says_not_who(text) else "",
        "ends in mid-sentence" if ends_weakly(text) else "",
        "" if is_balanced(text) else "a quotation mark or bracket stays open",
        "more than one sentence" if len(split_sentences(text)) > 1 else "",
        "a question" if task is not Task.HEADLINE and text.endswith("؟") else "",
        _out_of_voice(text),
        "a label before a colon, in plain style" if style == "plain" and LABEL.match(text) else "",
        _stutter(text, sentences),
    )
    return next((reason for reason in checks if reason), "")


def veto(text: str, task: Task, limits: EditorialLimits, *, lifted: bool, style: Style, sentence: str) -> str:
    """Why a line (polished) can never be printed, or the empty string: no rule of language, only of form.

    ``sentence``: the one that it is about; what that says twice may be said twice.
    """
    checks = (
        _wrong_length(text, task, limits, lifted),
        "" if is_balanced(text) else "a quotation mark or bracket stays open",
        "more than one sentence" if len(split_sentences(text)) > 1 else "",
        "a question" if task is not Task.HEADLINE and text.endswith("؟") else "",
        _out_of_voice(text),
        "a label before a colon, in plain style" if style == "plain" and LABEL.match(text) else "",
        _stutter(text, (sentence,)),
    )
    return next((reason for reason in checks if reason), "")


def word_limits(task: Task, limits: EditorialLimits) -> tuple[int, int]:
    """The fewest and most words that a statement of this kind may have."""
    return {
        Task.HEADLINE: (limits.min_headline_words, limits.max_headline_words),
        Task.STANDFIRST: (limits.min_standfirst_words, limits.max_standfirst_words),
        Task.BULLET: (limits.min_bullet_words, limits.max_asked_bullet_words or limits.max_bullet_words),
    }[task]


def longest(task: Task, limits: EditorialLimits, *, lifted: bool = False) -> int:
    """The most words that are printed: what was asked for is strict, other bullets and lifted sentences have play."""
    most = word_limits(task, limits)[1]
    if task is Task.BULLET and limits.max_asked_bullet_words is not None:
        return most
    if lifted:
        return max(most, limits.max_extractive_words)
    return max(most, limits.max_long_bullet_words) if task is Task.BULLET else most


def _wrong_length(text: str, task: Task, limits: EditorialLimits, lifted: bool) -> str:
    """Why the length does not do."""
    least, most = word_limits(task, limits)[0], longest(task, limits, lifted=lifted)
    count = count_words(text)
    if least <= count <= most:
        return ""
    return f"{count} words, outside {least}-{most}"


def _out_of_voice(text: str) -> str:
    """Why it is not the paper that speaks: in the first person, outside quotations and labels, or to its readers."""
    words = {word.text for word in tokenize(_OTHERS_WORDS.sub(" ", text))}
    if not LABEL.match(text) and (not words.isdisjoint(_FIRST_PERSON) or _TOLD_ME.search(text)):
        return "in the first person"
    return "speaks to the reader" if _TO_READERS.search(text) else ""


def _stutter(text: str, sentences: Sequence[str]) -> str:
    """Degenerate repetition: a word twice in a row, or three words more often than one sentence of the source."""
    words = folded_words(text)
    twice = next((a for a, b in pairwise(words) if a == b and not a.isdigit() and a not in _LETTER_NAMES), "")
    if twice:
        return f"says «{twice}» twice in a row"
    often = {triple: count for triple, count in _triples(words).items() if count > 1}
    theirs = [_triples(folded_words(sentence)) for sentence in sentences] if often else []
    too_often = any(all(line[triple] < count for line in theirs) for triple, count in often.items())
    return "repeats itself" if too_often else ""


def _triples(words: Sequence[str]) -> Counter[tuple[str, str, str]]:
    return Counter(zip(words, words[1:], words[2:], strict=False))
