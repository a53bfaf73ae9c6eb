"""The reading copy of an article: what splitter, backends and checks read, with the way back to the original.

Texts that look the same on a screen become one text: presentation forms, letters and digits of Persian keyboards, odd
spaces, stretched and invisible characters. Full vowel marks are left out, since no word list has them, and what a
post carries beside its text. Every place in the copy is a place in the original (:class:`Normalized`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.arabic.text.charsets import ARABIC_LETTERS, INVISIBLE, TASHKEEL, escape_class
from summarizer.arabic.text.normalize import READING, Normalized, drop_tashkeel, normalize
from summarizer.arabic.text.offsets import compose, identity, substitute
from summarizer.arabic.word_counts import count_of

_VOCALISED = 0.4
"""Vowel marks a letter from which on a text is fully vocalised: school books and prayers have 0.8, news under 0.1."""
_PASSES = 4
"""What one rule takes away may have kept another from seeing: a text of marks alone needs three."""
_VOWEL_MARK, _COUNTED_LETTER = (
    re.compile(f"[{escape_class(TASHKEEL)}]"),
    re.compile(f"[{escape_class(ARABIC_LETTERS)}]"),
)
_PERSIAN_END = re.compile(rf"[^\W\d_]+[\u06cc\u06d2](?![{escape_class(INVISIBLE + TASHKEEL)}]*[^\W\d_])")
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u20e3"
_LINK = r"(?:https?://|pic\.twitter\.com/|t\.co/)\S+|(?<![\w.])@[A-Za-z]\w+"
#: Links and handles anywhere, tags behind a sentence or behind one of these at the end of a line, emoji, alert labels.
_POSTED = re.compile(
    rf"^[ \t{_EMOJI}]*#?عاجل[ \t]*[|:][ \t]*|[ \t]*(?:{_LINK})|[{_EMOJI}]+"
    rf"|(?:(?<=[.؟!…{_EMOJI}])|(?<=[.؟!…{_EMOJI}] ))[ \t]?(?:#\w+[ \t]*)+$"
    r"|^(?:#\w+[ \t]*)+$|(?:[ \t]#\w+){2,}[ \t]*$",
    re.MULTILINE,
)
_TAG = re.compile(r"#(?=[^\W\d])\w+")
_LONE_WAW = re.compile(rf"(?<![^\s«\"(،])و +(?=[{escape_class(ARABIC_LETTERS)}]{{2}})")


@lru_cache(maxsize=8)
def reading_copy(text: str) -> Normalized:
    """``text`` as it is read, with its offset map. Lines stay lines. Takes any string; idempotent."""
    copy = identity(text)
    for _ in range(_PASSES):
        once = _once(copy.text)
        if once.text == copy.text:
            break
        copy = compose(copy, once)
    return copy


def _once(text: str) -> Normalized:
    copy = _with_final_ya(text)
    copy = compose(copy, normalize(copy.text, READING))
    if _is_vocalised(copy.text):
        copy = compose(copy, normalize(copy.text, (drop_tashkeel,)))
    for rule in (_without_posted, _without_tag_marks, _with_joined_waw):
        copy = compose(copy, rule(copy.text))
    return copy


def _with_final_ya(text: str) -> Normalized:
    """Words that end in a Persian ya with the Arabic letter that news writes there: «علی» is «على», «فی» is «في»."""
    return substitute(text, _PERSIAN_END, _arabic_end)


def _arabic_end(word: str) -> str:
    plain = normalize(word[:-1], READING).text
    return word[:-1] + max("يى", key=lambda end: count_of(plain + end))


def _is_vocalised(text: str) -> bool:
    return len(_VOWEL_MARK.findall(text)) > _VOCALISED * len(_COUNTED_LETTER.findall(text))


def _without_posted(text: str) -> Normalized:
    return substitute(text, _POSTED, lambda _: "")


def _without_tag_marks(text: str) -> Normalized:
    """«#فيضانات_المغرب» in the middle of a sentence as the words that it is."""
    return substitute(text, _TAG, lambda tag: tag[1:].replace("_", " "))


def _with_joined_waw(text: str) -> Normalized:
    """«و قال» as «وقال», which is how all others write it."""
    return substitute(text, _LONE_WAW, lambda _: "و")
