"""Corruptions made of true statements: halves put together, and statements of another passage or article."""

from __future__ import annotations

import re
from random import Random

from summarizer.arabic.clauses import ends_weakly, is_balanced
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import Word, content_keys, folded_words, tokenize
from training.falsify.scene import BORNE_OUT, Scene
from training.falsify.words import word_set

_JOINTS = frozenset(fold(word) for word in "في من على إلى عن بعد قبل بسبب خلال ضد لدى منذ عبر وسط حول".split())
_OPEN = frozenset(
    fold(word) for word in "أن أنه أنها ان إن ما خلال حال أجل بين قبل جانب جهة غير حين وقت ذلك هذا هذه".split()
)
"""Behind a preposition these begin what has no end of its own, or what fits any statement («من جهة أخرى»)."""
_FINITE = frozenset(fold(word) for word in "قد فقد كان كانت هو هي لم لن ليس ما وقد التي الذي".split())
"""A tail with one of these is more than a phrase."""
_MIN_HEAD, _MIN_TAIL, _MAX_TAIL = 3, 2, 12


def recombine(scene: Scene, draw: Random) -> str | None:
    """The first half of the statement with the second half of another one that goes on with the same preposition."""
    heads = _joints(scene.statement)
    if not heads:
        return None
    near = [*scene.elsewhere, *(span.span.of(scene.source) for span in scene.index.sentences)]
    options = [
        scene.statement[: word.span.start] + tail
        for other in (*near, *scene.neighbours)
        for tail_at in _joints(other)
        for word in heads
        if fold(word.text) == fold(tail_at.text)
        and is_balanced(scene.statement[: word.span.start])
        and _differs(tail := _ended(other[tail_at.span.start :]), scene.statement, other)
    ]
    return draw.choice(options) if options else None


def _joints(text: str) -> list[Word]:
    """The prepositions of ``text`` that have enough before and behind them."""
    words = tokenize(text)
    places = range(_MIN_HEAD, len(words) - _MIN_TAIL)
    joints = (place for place in places if fold(words[place].text) in _JOINTS)
    return [words[place] for place in joints if fold(words[place + 1].text) not in _OPEN]


def _ended(tail: str) -> str:
    """The tail to its first comma; "" when it is longer than a headline's half."""
    words = re.split("[،؛:.]", tail)[0].split()
    return " ".join(words) if len(words) <= _MAX_TAIL else ""


def _differs(tail: str, statement: str, other: str) -> bool:
    """True when ``tail`` tells something of its own, of another event than ``statement``."""
    keys, said, rest = set(content_keys(tail)), set(content_keys(statement)), set(content_keys(other))
    generic = any(fold(word.text) in word_set("generic") for word in tokenize(tail))
    shares = len(said & rest) / max(1, min(len(said), len(rest)))
    whole = bool(tail) and is_balanced(tail) and not ends_weakly(tail)
    whole = whole and _FINITE.isdisjoint(folded_words(tail))
    return whole and not generic and len(keys) >= _MIN_TAIL and len(keys & said) <= 0.34 * len(keys) and shares <= 0.5


def neighbour(scene: Scene, _: Random) -> str | None:
    """A true statement of another article on the same matter."""
    options = [text for text in scene.neighbours if scene.share(text) < BORNE_OUT]
    return options[0] if options else None


def other_passage(scene: Scene, draw: Random) -> str | None:
    """A true statement of the same article that this passage does not bear out."""
    options = [text for text in scene.elsewhere if 5 <= len(text.split()) <= 28 and scene.share(text) < BORNE_OUT]
    return draw.choice(options) if options else None
