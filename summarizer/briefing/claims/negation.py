"""Whether a statement denies what its source affirms, or the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.arabic.forms import forms, roots
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import Word, is_stopword
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Claim, Span

#: Particles negate the next content word; «غير» and its like too.
_PARTICLES = word_list("negation", "particles")
#: Verbs of denial negate what follows them.
_DENIALS = word_list("negation", "denials")
#: «لا يزال» and «ما زال» affirm; «إلا» and «سوى» turn a negation round; «ليس فقط» too.
_STILL = word_list("negation", "still")
_EXCEPT = word_list("negation", "except")
#: «لم يتم العثور» denies the finding: light verbs pass the negation on.
_LIGHT = word_list("negation", "light")
#: What a verb of denial denies comes before these or a second noun: «رفض التعليق على الأنباء» denies no news.
_ENDS_REACH = word_list("negation", "ending the reach")
#: How many content words a cue reaches, names not counted.
_PARTICLE_REACH = 1
_DENIAL_REACH = 3
_EXCEPT_REACH = 10
#: Words to each side that tell two uses of one word apart.
_WORDS_BESIDE = 3
#: How many words around them two uses must share, themselves among them, to be one.
_COPIED_BESIDE = 4
#: Shares of the statement's content words that a sentence must hold to be a rendering of it: for a negation that
#: only the statement has, and for one that only the source has (which a summary may leave out with its clause).
_MIN_SHARED = 0.4
_MIN_SHARED_AFFIRMED = 0.6
_MAX_SENTENCES = 3


class Polarity(NamedTuple):
    """One content word and whether something denies it; ``cue`` is the denying word's place, -1 for none.

    ``unsure`` when a negating word stands before it in the sentence without reaching it; ``beside`` are the folded
    words around it.
    """

    word: Word
    denied: bool
    cue: int
    unsure: bool = False
    beside: frozenset[str] = frozenset()


def check_negation(words: Sequence[Word], text: str, source: SourceIndex, keys: Sequence[str]) -> list[Claim]:
    """A claim for each negation of the statement, and one for each word that only the source negates.

    Compared with up to three source sentences that hold most of the statement's content ``keys``. A word flips when
    every one of them that has the word gives it the other polarity, and no other sentence of the source agrees with
    the statement. A question affirms nothing, and a verb of denial is borne out by any negation there.
    """
    wanted = frozenset(keys)
    close = [(len(s.keys & wanted) / len(wanted), s) for s in source.closest(wanted)[:_MAX_SENTENCES]]
    said = polarities(words, text)
    renderings = [(share, polarities(s.words, source.source)) for share, s in close if share >= _MIN_SHARED]
    heard = [item for _, found in renderings for item in found]
    nearest = [item for share, found in renderings[:1] if share >= _MIN_SHARED_AFFIRMED for item in found]
    denies = any(item.denied for item in said) or "؟" in text
    hedged = any(item.denied or item.unsure for item in heard)
    claims = []
    for item in said:
        if not item.denied and (denies or not _same(item, nearest)):
            continue
        if item.denied and hedged and _bare(fold(words[item.cue].text)) in _DENIALS:
            continue
        claim = _flip(item, _same(item, heard), words, text)
        if claim and _flip(item, _same(item, _everything(source)), words, text):
            claims.append(claim)
    return claims[:1] + _agreed({item.cue for item in said if item.denied}, claims, words, text)


def _everything(source: SourceIndex) -> list[Polarity]:
    """The content words of the whole source: read only to confirm a flip, which is rare."""
    return [item for sentence in source.sentences for item in polarities(sentence.words, source.source)]


def _agreed(cues: set[int], flips: Sequence[Claim], words: Sequence[Word], text: str) -> list[Claim]:
    """A claim for each negating word of the statement that no flip covers."""
    spans = [words[cue].span for cue in sorted(cues)]
    covered = [claim.span for claim in flips]
    free = [span for span in spans if not any(span.start >= start and span.end <= end for start, end in covered)]
    return [Claim("negation", span.of(text), span, True) for span in free]


def _same(item: Polarity, heard: Sequence[Polarity]) -> list[Polarity]:
    """What the source says of the word of ``item``."""
    found = [
        other
        for other in heard
        if _same_word(item.word.text, other.word.text) and _is_definite(item.word.text) == _is_definite(other.word.text)
    ]
    if len({other.denied for other in found}) < 2:
        return found
    # «تحدث في الفصل البارد لكنها لا تحدث في كل دول العالم»: the one that stands among the same words.
    shared = [len(item.beside & other.beside) for other in found]
    least = max(*shared, _COPIED_BESIDE)
    return [other for other, count in zip(found, shared, strict=True) if count >= least] or found


def _is_definite(word: str) -> bool:
    """«التهديد» only names what «تهدد» asserts."""
    return fold(word).startswith("ال")


def _flip(item: Polarity, same: Sequence[Polarity], words: Sequence[Word], text: str) -> Claim | None:
    """The claim that ``item`` has the wrong polarity, or None when the source agrees or is silent."""
    if not same or any(other.denied == item.denied or (item.denied and other.unsure) for other in same):
        return None
    if item.denied:
        span = Span(min(words[item.cue].span.start, item.word.span.start), item.word.span.end)
        return Claim("negation", span.of(text), span, False, f"the source affirms {same[0].word.text}")
    return Claim("negation", item.word.text, item.word.span, False, f"the source negates {same[0].word.text}")


@lru_cache(maxsize=32768)
def _same_word(one: str, other: str) -> bool:
    """The same word or another form of the same verb: «يفوز» and «فاز», «يشارك» and «مشاركة»."""
    if not forms(one).isdisjoint(forms(other)):
        return True
    return not roots(one).isdisjoint(roots(other))


def polarities(words: Sequence[Word], text: str) -> tuple[Polarity, ...]:
    """The content words of ``text`` in order, names left out, each with whether a particle or a denial reaches it.

    Punctuation ends the reach.
    """
    folded = [fold(word.text) for word in words]
    found: list[Polarity] = []
    cue, reach, last = -1, 0, words[0].span.start if words else 0
    for place, (word, bare) in enumerate(zip(words, map(_bare, folded), strict=True)):
        reach = 0 if text[last : word.span.start].strip(' "«»“”') else reach
        last = word.span.end
        if reach < _DENIAL_REACH and (bare in _ENDS_REACH or (len(bare) > 3 and bare[0] == "و")):
            reach = 0
        if bare in _DENIALS:
            cue, reach = place, _DENIAL_REACH
        elif bare in _PARTICLES:
            cue, reach = place, 0 if _affirms(folded, place) else _PARTICLE_REACH
        elif not is_stopword(word.text) and bare not in _LIGHT and not is_name(word.text):
            denied = reach > 0
            beside = frozenset(folded[max(0, place - _WORDS_BESIDE) : place + 1 + _WORDS_BESIDE])
            found.append(Polarity(word, denied, cue if denied else -1, cue >= 0 and not denied, beside))
            reach -= 1
    return tuple(found)


def _bare(word: str) -> str:
    """``word`` without a «و» or «ف» that joins a negating word."""
    return word[1:] if word[:1] in ("و", "ف") and word[1:] in _NEGATING else word


_NEGATING = _PARTICLES | _DENIALS


def _affirms(folded: Sequence[str], place: int) -> bool:
    """True for a particle that does not negate after all: «لا يزال», «لم … إلا»."""
    following = folded[place + 1 : place + 1 + _EXCEPT_REACH]
    return bool(following) and (following[0] in _STILL or not _EXCEPT.isdisjoint(following))
