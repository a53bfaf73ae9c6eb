"""The named ways of cutting text into the tokens that ROUGE and its kin compare.

- ``xlsum``: what the csebuetnlp multilingual ROUGE does with Arabic, so that our numbers stand beside published ones.
- ``xlsum-stem``: the same with NLTK's Snowball stemmer, as XL-Sum's tables are made.
- ``normalized``: our own words, with hamza, ya, ta marbuta, tashkeel and digits folded: for references that were
  typed without them, like EASC's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from typing import Any

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import tokenize
from summarizer.errors import UnknownName


class Tokens:
    """The tokens of one text, with the tables that metrics ask for again and again."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def unigrams(self) -> Counter[str]:
        """How often each token stands in the text."""
        return Counter(self.words)

    @cached_property
    def bigrams(self) -> Counter[tuple[str, str]]:
        """How often each pair of neighbours stands in the text."""
        return Counter(zip(self.words, self.words[1:], strict=False))

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each token stands, as the set bits of an integer (bit 0 is the first token)."""
        found: dict[str, int] = {}
        for place, word in enumerate(self.words):
            found[word] = found.get(word, 0) | 1 << place
        return found


@dataclass(frozen=True)
class Setting:
    """One way of cutting text: its name, the function from text to words, and its parts of the signature."""

    name: str
    words: Callable[[str], tuple[str, ...]]
    fields: Callable[[], dict[str, str]]

    def tokens(self, text: str) -> Tokens:
        """The tokens of ``text``, remembered: references are asked for once a system."""
        return _tokens(self, text)


@lru_cache(maxsize=40_000)
def _tokens(setting: Setting, text: str) -> Tokens:
    return Tokens(setting.words(text))


def forget() -> None:
    """Empty the memory of tokens and stems, for timing."""
    _tokens.cache_clear()
    _stem.cache_clear()


class _XlsumCharacters(dict[int, str]):
    """For ``str.translate``: each character as the fork's sanitizer leaves it, decided when first seen."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = result = _sanitized(character)
        return result


def _sanitized(character: str) -> str:
    """A space for white space and punctuation, nothing for control characters, CJK set apart, the rest as it is."""
    category = unicodedata.category(character)
    if character in " \t\n\r" or category in ("Zs", "Zl", "Zp"):
        return " "
    if character == "\ufffd" or category.startswith("C"):
        return ""
    # The fork, like BERT, counts every ASCII sign as punctuation, also «$», «+» and «`», which Unicode calls symbols.
    if category.startswith("P") or (character.isascii() and not character.isalnum()):
        return " "
    return character


#: The characters that are words of their own: CJK ideographs, extensions A-E, compatibility forms. Some outputs of
#: the published systems fall into Chinese.
_CJK = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f])"
)
_SANITIZE = _XlsumCharacters()


def xlsum_words(text: str) -> tuple[str, ...]:
    """Lower case, punctuation and control characters gone, then OpenNMT's aggressive mode, which parts digits too."""
    sanitized = " ".join(text.lower().translate(_SANITIZE).split())
    if not sanitized:
        return ()
    pieces, _ = _opennmt().tokenize(sanitized)
    return tuple(_CJK.sub(r" \1 ", " ".join(pieces)).split())


def xlsum_stems(text: str) -> tuple[str, ...]:
    """:func:`xlsum_words`, those longer than three characters stemmed; words stemmed to nothing are dropped."""
    return tuple(
        stem for word in SETTINGS["xlsum"].tokens(text).words if (stem := _stem(word) if len(word) > 3 else word)
    )


def normalized_words(text: str) -> tuple[str, ...]:
    """The house's words of the folded text: spellings of one word become one token."""
    return tuple(word.text for word in tokenize(fold(text)))


@lru_cache(maxsize=1)
def _opennmt() -> Any:
    import pyonmttok

    return pyonmttok.Tokenizer("aggressive")


@lru_cache(maxsize=1)
def _snowball() -> Callable[[str], str]:
    """NLTK's stemmer, without its stop-word list.

    It keeps a flag between words that is false only until the first verb suffix was taken off; a word is spent here,
    so that no stem depends on the words before it. («أكدوا» gives «اكد» as the first word of a process and «اكدو»
    ever after; the fork lives with the latter.)
    """
    from nltk.stem.snowball import ArabicStemmer

    stem: Callable[[str], str] = ArabicStemmer(ignore_stopwords=False).stem
    stem("كتابهم")
    return stem


@lru_cache(maxsize=400_000)
def _stem(word: str) -> str:
    return _snowball()(word)


def _xlsum_fields() -> dict[str, str]:
    return {"tok": f"pyonmttok-{version('pyonmttok')}-aggressive", "case": "lower", "stem": "no"}


def _xlsum_stem_fields() -> dict[str, str]:
    return {**_xlsum_fields(), "stem": f"nltk-{version('nltk')}-snowball-arabic"}


def _normalized_fields() -> dict[str, str]:
    return {"tok": "mujaz-words", "case": "lower", "fold": "hamza+ya+ta+tashkeel+digits", "stem": "no"}


SETTINGS: dict[str, Setting] = {
    "xlsum": Setting("xlsum", xlsum_words, _xlsum_fields),
    "xlsum-stem": Setting("xlsum-stem", xlsum_stems, _xlsum_stem_fields),
    "normalized": Setting("normalized", normalized_words, _normalized_fields),
}


def load_setting(name: str) -> Setting:
    """The setting of that name; ``UnknownName`` when there is none."""
    if name not in SETTINGS:
        raise UnknownName("setting", name, SETTINGS)
    return SETTINGS[name]
