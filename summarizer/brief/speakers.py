"""Who said it, in fewer words: what news tells about a speaker beside the name may go where a bullet is too long.

«أشار هفال روني [الذي يستخدم اسمه العسكري] إن قواته تنتظر …», «قال ترامب [في مؤتمر صحفي عقده في واشنطن] إن …»: the
relative clause and the occasion stand between the speaker and what was said, and what was said is the news.
"""

from __future__ import annotations

import re

from summarizer.arabic.normalize import fold
from summarizer.arabic.saying import UNFINISHED
from summarizer.arabic.words import Word, count_words, tokenize
from summarizer.brief.openings import own_waw

_OPENS = frozenset(fold("الذي التي الذين وهو وهي في خلال أثناء عقب بعد عبر أمام لدى").split())
"""What opens a relative clause or the occasion of what was said."""
_SAID = re.compile(r"(?:(?:إلى|على)\s+)?(?:[إأ]ن(?:ه|ها|هم|هما|نا|ني)?|بأن(?:ه|ها|هم)?)(?=\s)|[«\"“]|:\s")
_MARKED = re.compile(r"\s*[،,]\s*")
_FEWEST, _MOST = 2, 12
"""Words of a speaker that stays, and of what goes."""


def with_shorter_speaker(text: str, most: int) -> str:
    """``text`` without what it tells about its speaker beside the name, when it has more than ``most`` words.

    As it stands when it opens with no verb of saying, when too little of the speaker would stay, when what would go has
    a number (an old statement is not told as a new one), or when it would still be too long.
    """
    words = tokenize(text)
    if len(words) <= most or not _says(words[0].text):
        return text
    said = _SAID.search(text, words[0].span.end)
    opened = said and next((word for word in words[1 + _FEWEST :] if _opens_detail(word, said.start())), None)
    if not said or not opened:
        return text
    dropped = text[opened.span.start : said.start()]
    if count_words(dropped) > _MOST or any(letter.isdigit() for letter in dropped):
        return text
    between = "" if said[0].startswith(":") else " "
    shorter = _MARKED.sub(" ", text[: opened.span.start]).rstrip() + between + text[said.start() :]
    return shorter if count_words(shorter) <= most else text


def _says(word: str) -> bool:
    bare = fold(word)
    return bare in UNFINISHED or (bare[1:] in UNFINISHED and bare[0] in "وف" and not own_waw(bare))


def _opens_detail(word: Word, end: int) -> bool:
    """True for a word before ``end`` that opens a relative clause or the occasion."""
    return word.span.start < end and fold(word.text) in _OPENS
