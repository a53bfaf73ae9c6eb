"""Who said it, in few words where a bullet is too long.

«أشار هفال روني [الذي يستخدم اسمه العسكري] إن قواته تنتظر …», «قال ترامب [في مؤتمر صحفي عقده في واشنطن] إن …»: what was
said is the news, and :func:`with_shorter_speaker` drops what stands between it and the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.arabic.grammar import own_waw
from summarizer.arabic.lexicon import entries, word_list
from summarizer.arabic.saying import UNFINISHED
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import Word, count_words, folded_words, tokenize

_OPENS = word_list("openings", "details")
"""What opens a relative clause or the occasion of what was said."""
_SPEECH = re.compile(r"(?:(?:إلى|على)\s+)?(?:[إأ]ن(?:ه|ها|هم|هما|نا|ني)?|بأن(?:ه|ها|هم)?)(?=\s)|[«\"“]|:\s")
_COMMA_AROUND = re.compile(r"\s*[،,]\s*")
_FEWEST, _MOST, _MOST_NAMED = 2, 12, 6
"""Words of a speaker that stays, of what goes, and of one that is put in."""
_OBJECTS = word_list("particles", "behind a verb of saying")
_NEUTRAL = word_list("saying", "neutral")
_PLAIN_THAT = frozenset(entries("particles", "bare that"))
_TO_WHOM = re.compile(r"^\s*(?:لي|لنا|له|لها|لهم|لل\w+)\s+|\s+(?:لي|لنا|لل\w+|لبي بي سي)\s*$")
"""«قال لي مسؤول», «قال الملياردير للصحفيين»: no part of the speaker."""
_JOINED_QUOTE = re.compile(r"(?<=\w) «و[^«»]*»$")
_ACCUSATIVE_PLURAL = re.compile(r"ال\w{3,}ين\b")
"""«إن المهاجرين تمكنوا»: without «إن» they are «المهاجرون»."""
_SPEAKER_ENDS = re.compile(r"[،,؛:(]")


def with_shorter_speaker(text: str, most: int) -> str:
    """``text`` without what it tells about its speaker beside the name, when it has more than ``most`` words.

    Where that is not enough it becomes «speaker: what was said», or loses a quotation that goes on with «و». As it
    stands when it opens with no verb of saying, when too little of the speaker would stay, when what would go has a
    number (an old statement is not told as a new one), or when it would still be too long.
    """
    words = tokenize(text)
    if len(words) <= most or not _says(words[0].text):
        return text
    shorter = _without_details(text)
    found = (shorter, *_labelled(text), *_labelled(shorter), _JOINED_QUOTE.sub("", shorter))
    return next((one for one in found if count_words(one) <= most), text)


def _without_details(text: str) -> str:
    """«قال ترامب إن …» of «قال ترامب في مؤتمر صحفي عقده في واشنطن إن …»; as it stands where nothing may go."""
    words = tokenize(text)
    said = _SPEECH.search(text, words[0].span.end)
    if not said:
        return text
    opened = next((word for word in words[1 + _FEWEST :] if _opens_detail(word, said.start())), None)
    dropped = text[opened.span.start : said.start()] if opened else ""
    if not opened or count_words(dropped) > _MOST or any(letter.isdigit() for letter in dropped):
        return text
    between = "" if said[0].startswith(":") else " "
    return _COMMA_AROUND.sub(" ", text[: opened.span.start]).rstrip() + between + text[said.start() :]


def labelled(text: str) -> str:
    """«ترامب: …» of «قال ترامب إن …», as headlines tell what somebody said; as it stands where that is not plain."""
    return next(_labelled(text), text)


def _labelled(text: str) -> Iterator[str]:
    """«ترامب: …» of «قال ترامب إن …», for neutral verbs, plain «إن» and quotations, and a speaker of few words."""
    words = tokenize(text)
    said = _SPEECH.search(text, words[0].span.end) if words else None
    if not said:
        return
    speaker = _TO_WHOM.sub("", text[words[0].span.end : said.start()]).strip()
    plain = said[0].split()[-1] in _PLAIN_THAT
    named = set(folded_words(speaker))
    if fold(words[0].text) not in _NEUTRAL or not 0 < len(named) <= _MOST_NAMED or named & (_OPENS | _OBJECTS):
        return
    if _SPEAKER_ENDS.search(speaker) or (plain and _ACCUSATIVE_PLURAL.match(text[said.end() :].lstrip())):
        return
    if plain or said[0] in '«"“':
        yield f"{speaker}: {text[said.end() if plain else said.start() :].strip()}"


def _says(word: str) -> bool:
    bare = fold(word)
    return bare in UNFINISHED or (bare[1:] in UNFINISHED and bare[0] in "وف" and not own_waw(bare))


def _opens_detail(word: Word, end: int) -> bool:
    """True for a word before ``end`` that opens a relative clause or the occasion."""
    return word.span.start < end and fold(word.text) in _OPENS
