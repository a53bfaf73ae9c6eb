"""Source-constrained search: what is written may only use the words of its source, up to inflection.

Names and things that a source does not have then cannot be written at all. Of a vocabulary of word pieces three kinds
are left: pieces of the source itself; whole words that share a form or their consonants with one of it; and what
holds a sentence together (function words, verbs of saying, marks, short endings).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from summarizer.arabic.forms import bones, forms
from summarizer.arabic.lexicon import entries
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import is_stopword, tokenize
from summarizer.backends.files.tokens import TextTokenizer

_WORD_START = "\u2581"
"""LOWER ONE EIGHTH BLOCK: how sentencepiece vocabularies write the space before a word."""
_MAX_ENDING = 2
"""Letters of a piece that may stand behind any other: most endings have one or two."""
_MIN_FORM = 3
_JOINED = ("ال", "و", "ف", "ب", "ل", "ك", "وال", "بال", "لل")
HEADLINE_VERBS = entries("saying", "headlines")
"""What headlines report with. None that takes a side («ينفي», «يتهم»): who denies has to be in the source."""
_FREE_MARKS = frozenset("«»\"'،.:؛؟!-()")


class Grounding:
    """The ids that one vocabulary allows for a source. Made once a model; slow parts when first asked."""

    def __init__(self, tokenizer: TextTokenizer, end: int) -> None:
        """``end``: id of the token that ends a text, which is always allowed."""
        self._tokenizer, self._end = tokenizer, end

    def allowed(self, source: str) -> NDArray[np.int64]:
        """The ids that a text about ``source`` may be written in, ascending."""
        found = {*self._free, *self._tokenizer.encode(" " + source)[0]}
        for word in {word.text for word in tokenize(source)}:
            found.update(self._pieces(word))
            for form in _forms(word):
                found.update(self._by_form.get(form, ()))
        return np.array(sorted(found), np.int64)

    def _pieces(self, word: str) -> set[int]:
        """The pieces of ``word`` as it may be spelt elsewhere in a sentence: with the article, without its particle."""
        bare = {word, *(word[len(first) :] for first in _JOINED if word.startswith(first) and len(word) > 4)}
        spelt = {first + stem for stem in bare for first in ("", "ال", "و", "ب", "ل")}
        return {index for text in spelt for index in self._tokenizer.encode(" " + text)[0]}

    @cached_property
    def _tokens(self) -> list[str]:
        """Every piece by its id."""
        return [self._tokenizer.token_of(index) or "" for index in range(len(self._tokenizer))]

    @cached_property
    def _words(self) -> dict[int, str]:
        """Pieces that are a whole word, folded, by id."""
        return {
            index: fold(token[1:])
            for index, token in enumerate(self._tokens)
            if token.startswith(_WORD_START) and token[1:].isalpha() and len(token) > 2
        }

    @cached_property
    def _by_form(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, word in self._words.items():
            for form in _forms(word):
                found[form].append(index)
        return found

    @cached_property
    def _free(self) -> frozenset[int]:
        words = {index for index, word in self._words.items() if is_stopword(word)}
        words.update(index for word in HEADLINE_VERBS for index in self._tokenizer.encode(" " + word)[0])
        joints = (index for index, token in enumerate(self._tokens) if _holds_together(token))
        return frozenset({self._end, *words, *joints})


def _forms(word: str) -> frozenset[str]:
    """What two words have in common when one may be written for the other; nothing of words under three letters."""
    return frozenset(form for form in (*forms(word), bones(word)) if len(form) >= _MIN_FORM)


def _holds_together(token: str) -> bool:
    """True for marks, for a space or letter that stands alone before a word, and for short endings."""
    text = token.lstrip(_WORD_START)
    if not text:
        return bool(token)
    if set(text) <= _FREE_MARKS:
        return True
    return text.isalpha() and len(text) <= (1 if token.startswith(_WORD_START) else _MAX_ENDING)
