"""True statements besides the references: sentences of the passage, whole, shortened, or in a headline's order."""

from __future__ import annotations

import re
from random import Random

from summarizer.arabic.clauses import ends_weakly, is_balanced, shorter_clauses
from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import tokenize
from training.falsify.mentions import find_mentions
from training.falsify.scene import edit
from training.falsify.words import presents

MIN_WORDS, MAX_WORDS = 6, 26
_MAY_FOLLOW = frozenset(fold(word) for word in "أن إن عن بعد قبل خلال أنه أنها إنه إنها".split())
_ATTRIBUTION = re.compile(r"^و(?=(?:قال|أضاف|أكد|أوضح|ذكر|أشار|أعلن|كشف|لفت|تابع|أفاد)ت?\s)")


def lift(passage: str, draw: Random) -> str | None:
    """A sentence of ``passage``, or its main clause where the whole is long; None when none fits."""
    found = lifted_sentences(passage, draw)
    return draw.choice(found) if found else None


def lifted_sentences(passage: str, draw: Random) -> list[str]:
    """One statement a sentence of ``passage``: the whole sentence or, half of the time, a clause of it."""
    found = []
    for span in split_sentences(passage):
        sentence = span.of(passage)
        forms = [sentence, *(part.of(sentence) for part in shorter_clauses(sentence))]
        forms = [form for form in forms if MIN_WORDS <= len(form.split()) <= MAX_WORDS and _stands(form)]
        if forms:
            found.append(_ATTRIBUTION.sub("", forms[0] if draw.random() < 0.5 else draw.choice(forms)))
    return found


def _stands(form: str) -> bool:
    return is_balanced(form) and not ends_weakly(form) and "؟" not in form


def reorder(statement: str) -> str | None:
    """«أعلن الجيش أن …» as a headline has it: «الجيش يعلن أن …»; None when the subject's end is not plain."""
    words, mentions = tokenize(statement), find_mentions(statement)
    if len(words) < MIN_WORDS or not mentions or fold(words[0].text) not in presents():
        return None
    subject = mentions[0]
    following = next((word for word in words if word.span.start > subject.span.end), None)
    plain = statement[words[0].span.end : subject.span.start] == " " and not subject.prefix
    if not plain or following is None or fold(following.text) not in _MAY_FOLLOW:
        return None
    if statement[subject.span.end : following.span.start] != " ":
        return None
    verb = presents()[fold(words[0].text)]
    return edit(statement, [(words[0].span, subject.core), (subject.span, verb)]).rstrip(".")
