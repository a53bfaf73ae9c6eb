"""Passages: neighbouring sentences that are read together, for models and for salience.

A sentence such as «وأضاف أن قواته تتقدم» says nothing without the one that names who spoke. It is kept with that
one, across a paragraph break too; when the passage is full, the naming sentence comes along to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import count_words
from summarizer.article.dialogue import answers
from summarizer.errors import EmptyInput
from summarizer.schema import Article, Passage, Sentence

MAX_SENTENCES = 3
_MIN_WORDS = 6
"""A shorter sentence is no passage of its own when its paragraph has others."""
_MAX_BACK = 6
"""Sentences to walk back for the one that names the actor."""

_HEADING, _MAX_HEADING_WORDS = re.compile(r"\(?\d{1,2}\s?[.)\-–ـ/]"), 8

_NO_SUBJECT = (
    r"(?:ان|انه|انها|انهم|الي|علي|في|عن|من|[بل]\w*|ايضا|كذلك|قايلا|قايله|قوله|خلال|مع|بعد|امام)\b|[\"':(\[\d-]"
)
_AFTER_ANAPHOR = r"(?:ان|انه|انها|في|خلال|الي|علي|[بل]\w*)\b|[\"':,(-]|$"


def lead_passage(article: Article, max_tokens: int, count_tokens: Callable[[str], int]) -> Passage:
    """The body from its start to the last whole sentence within ``max_tokens``, as ``count_tokens`` counts them.

    Of an interview with marked answers, what stands before its first question. At least one sentence, however long.
    Raises ``EmptyInput`` for an article without sentences.
    """
    if not article.sentences:
        raise EmptyInput(expected="an article with sentences", got="none", hint="give the article's text")
    taken, total = 0, 0
    for sentence in _introduction(article):
        total += count_tokens(" " + sentence.text)
        if taken and total > max_tokens:
            break
        taken += 1
    # The whole may count for a little more than its parts.
    while taken > 1 and count_tokens(Passage(article.sentences[:taken]).text) > max_tokens:
        taken -= 1
    return Passage(article.sentences[:taken])


def _introduction(article: Article) -> Sequence[Sentence]:
    """The sentences up to the first question when answers are marked and something stands before it, else all."""
    spoken = answers(article)
    first = next((place for place, one in enumerate(article.sentences) if one.span in spoken), 0)
    while first and article.sentences[first - 1].text.rstrip().endswith("؟"):
        first -= 1
    return article.sentences[:first] or article.sentences


def passages(article: Article, max_words: int = 60) -> tuple[Passage, ...]:
    """The body as passages of one to three sentences, in order, each sentence in at least one of them.

    Sentences that lean on the one before (:func:`leans`) join it, up to ``max_words`` words; so do an answer, what
    stands under an item's heading, and a short sentence of the same paragraph. A leaning sentence that found its
    passage full opens the next one together with the sentence that names its actor: only such sentences stand in two
    passages.
    """
    return tuple(Passage(tuple(group)) for group in _groups(article.sentences, max_words))


def leans(sentence: Sentence, before: Sentence | None = None) -> bool:
    """True when a sentence cannot be understood without the one ``before`` it.

    It opens with a verb of saying and no subject («وأضاف أن») or a pointing one («وقال المصدر إن»), with a pronoun,
    or inside a quotation that the sentence before left open.
    """
    folded = fold(sentence.text).strip()
    reporting, pointing = _openings()
    if reporting.match(folded) or pointing.match(folded):
        return True
    return before is not None and before.paragraph == sentence.paragraph and _leaves_quotation_open(before.text)


@lru_cache(maxsize=1)
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of folded sentences that open on a verb of saying without its subject, or on a pointing word."""
    saying, anaphor, pointer = (
        "|".join(sorted(words, key=len, reverse=True))
        for words in (
            word_list("saying", "at the head of a sentence"),
            word_list("pointers", "anaphors"),
            word_list("pointers", "pointers"),
        )
    )
    subject = rf"(?:{_NO_SUBJECT}|(?:نفس |ذات )?(?:{anaphor})(?: ذاته| ذاتها| نفسه| نفسها)?\s*(?:{_AFTER_ANAPHOR}))"
    return re.compile(rf"(?:و|ف|ثم |كما )(?:قد )?(?:{saying})\s*{subject}"), re.compile(
        rf"(?!هذا و)[وف]?(?:{pointer})\b"
    )


def _groups(sentences: Sequence[Sentence], max_words: int) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    words = 0
    for index, sentence in enumerate(sentences):
        before = sentences[index - 1] if index else None
        size = count_words(sentence.text)
        leaning = leans(sentence, before)
        fits = 0 < len(group) < MAX_SENTENCES and words + size <= max_words
        if fits and (leaning or _is_scrap(size, sentence, group) or _awaits(group[-1])):
            group.append(sentence)
            words += size
            continue
        if group:
            yield group
        anchor = _anchor(sentences, index) if leaning else None
        if anchor is not None and count_words(anchor.text) + size > max_words:
            anchor = None
        group = [sentence] if anchor is None else [anchor, sentence]
        words = sum(count_words(member.text) for member in group)
    if group:
        yield group


def _awaits(sentence: Sentence) -> bool:
    """True for a question, an introduction or an item's heading («1- أصلح الصنابير»): its other half comes next."""
    text = sentence.text.rstrip()
    return text.endswith(("؟", ":")) or (
        bool(_HEADING.match(text)) and not text.endswith(".") and count_words(text) <= _MAX_HEADING_WORDS
    )


def _is_scrap(size: int, sentence: Sentence, group: list[Sentence]) -> bool:
    """True for a few words that share their paragraph with the group, whichever of the two is short."""
    beside = group[-1].paragraph == sentence.paragraph
    return beside and (size < _MIN_WORDS or sum(count_words(member.text) for member in group) < _MIN_WORDS)


def _anchor(sentences: Sequence[Sentence], index: int) -> Sentence | None:
    """The nearest sentence before ``index`` that stands on its own: the one that names who acts."""
    for back in range(index - 1, max(-1, index - 1 - _MAX_BACK), -1):
        if not leans(sentences[back], sentences[back - 1] if back else None):
            return sentences[back]
    return None


def _leaves_quotation_open(text: str) -> bool:
    return text.count("«") > text.count("»") or text.count("“") > text.count("”") or text.count('"') % 2 == 1
