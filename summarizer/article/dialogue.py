"""Interviews in which questions and answers are marked («س: …», «ج: …»): who speaks there is not the paper."""

from __future__ import annotations

import re

from summarizer.schema import Article, Span

_QUESTION = re.compile(r"\s*(?:س|سؤال|السؤال)\s*\d{0,2}\s*[:/]")
_ANSWER = re.compile(r"\s*(?:ج|جواب|الجواب)\s*\d{0,2}\s*[:/]")
_MIN_ANSWERS = 2


def answers(article: Article) -> frozenset[Span]:
    """The spans of the sentences that answer, as marked; empty for an article that is no interview.

    An answer goes on through the paragraphs behind it until the next question.
    """
    found: set[Span] = set()
    count, answering = 0, False
    paragraph = -1
    for sentence in article.sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            begins = bool(_ANSWER.match(sentence.text))
            count += begins
            answering = begins or (answering and not _QUESTION.match(sentence.text))
        if answering:
            found.add(sentence.span)
    return frozenset(found) if count >= _MIN_ANSWERS else frozenset()
