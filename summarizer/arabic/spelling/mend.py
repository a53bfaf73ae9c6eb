"""A line with its slips of spelling mended.

A form is mended when it is many times rarer in well-edited news than another of the same letters and stands no oftener
than slips explain («الى», «فى»), or when the word before or after it leaves only one («قال ان», «الحصول علي»);
blanks that were lost or do not belong are put right. What stands in quotation marks or beside digits, signs or Latin
letters stays as it is, and so do names of people, which the table leaves out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summarizer.arabic.sentences.quotations import find_quotes
from summarizer.arabic.spelling.blanks import join, part
from summarizer.arabic.spelling.slips import meant
from summarizer.arabic.word_counts import bare
from summarizer.arabic.words import Word, tokenize
from summarizer.schema import Span

_LETTERS = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_MARK = re.compile('[«»“”„‹›"″]')
_READINGS = 4
"""A mended word may tell what its neighbour is; nothing was seen to need a third reading."""


@dataclass(frozen=True, slots=True)
class Mend:
    """``span`` of the line as it was, the text there, what stands there now, and the kind of slip."""

    span: Span
    was: str
    becomes: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A line as it is printed, and what was changed, in order."""

    text: str
    mends: tuple[Mend, ...]


@dataclass(slots=True)
class _Piece:
    """One word of the line, of two tokens or half a token where a blank was put right. ``kind`` "" while unchanged.

    ``plain`` words have no marks of their own (vowels, a tatweel) that joining would lose.
    """

    word: str
    span: Span
    free: bool
    plain: bool
    kind: str = ""


def mend_spelling(line: str) -> Mended:
    """``line`` with its slips mended, and what was changed. A line without slips comes back as it is; idempotent."""
    pieces = _pieces(line)
    for _ in range(_READINGS):
        joined = _joined(line, pieces)
        changed = _mend_words(line, joined)
        if not changed and len(joined) == len(pieces):
            break
        pieces = joined
    return _applied(line, pieces)


def _pieces(line: str) -> list[_Piece]:
    """The words of ``line``, fused ones in their halves."""
    quotes = _quoted(line)
    pieces: list[_Piece] = []
    for token in tokenize(line):
        word, free = bare(token.text), _is_free(line, token, quotes)
        if free and word == token.text and (halves := part(word)):
            pieces += [_Piece(half, token.span, True, True, "parted") for half in halves]
        else:
            pieces.append(_Piece(word, token.span, free, word == token.text))
    return pieces


def _joined(line: str, pieces: list[_Piece]) -> list[_Piece]:
    """``pieces`` with a lone «و» put to its word; mended words are asked too («و الاسرائيلية»)."""
    found: list[_Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        near = last and last.free and last.word == "و" and _touch(line, last.span, piece.span)
        if last and near and piece.free and piece.plain and (word := join(last.word, piece.word)):
            found[-1] = _Piece(word, Span(last.span.start, piece.span.end), True, True, "joined")
        else:
            found.append(piece)
    return found


def _mend_words(line: str, pieces: list[_Piece]) -> bool:
    """Mends the words of ``pieces`` in place; True when one was changed."""
    changed = False
    for place, piece in enumerate(pieces):
        if not piece.free:
            continue
        before, after = pieces[place - 1] if place else None, pieces[place + 1] if place + 1 < len(pieces) else None
        found = meant(
            piece.word,
            before.word if before and _touch(line, before.span, piece.span) else "",
            after.word if after and _touch(line, piece.span, after.span) else "",
        )
        if found and found[0] != piece.word:
            piece.word, piece.kind, changed = found[0], piece.kind or found[1], True
    return changed


def free_words(line: str) -> tuple[Word, ...]:
    """The words of ``line`` that may be mended: Arabic, not in quotation marks, beside no other letter or digit."""
    quotes = _quoted(line)
    return tuple(token for token in tokenize(line) if _is_free(line, token, quotes))


def _quoted(line: str) -> list[Span]:
    """What stands in quotation marks; a mark without a partner quotes all on its side, a straight one all the line."""
    quotes = list(find_quotes(line))
    for match in _MARK.finditer(line):
        place = match.start()
        if not any(quote.start - 1 <= place <= quote.end for quote in quotes):
            opens, closes = match[0] in "«“„‹", match[0] in "»”›"
            quotes.append(Span(place if opens else 0, place + 1 if closes else len(line)))
    return quotes


def _is_free(line: str, token: Word, quotes: list[Span]) -> bool:
    """True when ``token`` is an Arabic word, not quoted, and touches no other letter or digit."""
    start, end = token.span
    if not _LETTERS.fullmatch(bare(token.text)) or any(quote.start <= start and end <= quote.end for quote in quotes):
        return False
    return not (start and (line[start - 1].isalnum() or line[start - 1] in "@#_")) and not line[end : end + 1].isalnum()


def _touch(line: str, first: Span, second: Span) -> bool:
    """True when only a blank parts the two, or they are halves of one token."""
    return second.start < first.end or line[first.end : second.start].isspace()


def _applied(line: str, pieces: list[_Piece]) -> Mended:
    mends: list[Mend] = []
    for piece in pieces:
        if not piece.kind:
            continue
        was = piece.span.of(line)
        if mends and piece.span.start < mends[-1].span.end:
            mends[-1] = replace(mends[-1], becomes=f"{mends[-1].becomes} {piece.word}", kind="parted")
        else:
            mends.append(
                Mend(piece.span, was, piece.word if piece.kind == "joined" else _respelt(was, piece.word), piece.kind)
            )
    parts, end = [], 0
    for mend in mends:
        parts += [line[end : mend.span.start], mend.becomes]
        end = mend.span.end
    return Mended("".join([*parts, line[end:]]), tuple(mends))


def _respelt(was: str, word: str) -> str:
    """``word`` with the vowel marks of ``was``, which has the same number of letters; of a half, the half itself."""
    if len(bare(was)) != len(word):
        return word
    letters = iter(word)
    return "".join(next(letters) if bare(char) else char for char in was)
