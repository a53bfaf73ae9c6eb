"""Whether the names of a statement stand in its source, alone and together."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.arabic.forms import near, skeleton
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import country_of, is_name
from summarizer.arabic.words import Word, is_stopword, strip_clitics
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Claim, Span

#: Names this long or longer may differ from the source's by one letter (foreign names have no fixed spelling).
_MIN_FUZZY = 5
#: Words of a name may stand this far apart in the source and still be together («محمد بن سلمان»).
_TOGETHER = 4
_LINKS = word_list("names", "links")


def check_names(words: Sequence[Word], text: str, source: SourceIndex, taken: Sequence[Span]) -> list[Claim]:
    """A claim for each run of name-like words of the statement ``text``; ``taken`` are spans of other claims.

    A run is borne out when the source has each of its words, in any light form or transliteration, and has
    neighbours of the run near each other: a first name of one person before the last name of another is not.
    """
    claims = []
    for run in _runs(words, text, taken):
        span = Span(run[0].span.start, run[-1].span.end)
        reason = _reason(run, source)
        claims.append(Claim("name", span.of(text), span, not reason, reason))
    return claims


def _runs(words: Sequence[Word], text: str, taken: Sequence[Span]) -> list[list[Word]]:
    """Maximal runs of name-like words with only white space and links («بن») between them."""
    runs: list[list[Word]] = []
    current: list[Word] = []
    links: list[Word] = []
    for word in words:
        before = (links or current)[-1:]
        if before and text[before[0].span.end : word.span.start].strip():
            current, links = [], []
        if any(word.span.start < span.end and span.start < word.span.end for span in taken):
            current, links = [], []
        elif is_name(word.text):
            if current and not fold(word.text).startswith("و"):
                current += [*links, word]
            else:
                current = [word]
                runs.append(current)
            links = []
        elif current and fold(word.text) in _LINKS:
            links.append(word)
        else:
            current, links = [], []
    return runs


def _reason(run: Sequence[Word], source: SourceIndex) -> str:
    """Why the source does not bear ``run`` out; "" when it does."""
    names = [word for word in run if fold(word.text) not in _LINKS]
    found = [name_positions(word.text, source) for word in names]
    missing = [word.text for word, positions in zip(names, found, strict=True) if not positions]
    if missing:
        return f"the source never says {' '.join(missing)}"
    for place in range(len(names) - 1):
        left, right = found[place], found[place + 1]
        if country_of(names[place].text) or country_of(names[place + 1].text):
            continue
        if not _together(left, right) and (_has_neighbour(left, 1, source) or _has_neighbour(right, -1, source)):
            return f"the source never has {names[place].text} and {names[place + 1].text} together"
    return ""


def _together(left: Sequence[int], right: Sequence[int]) -> bool:
    return any(abs(one - other) <= _TOGETHER for one in left for other in right)


def _has_neighbour(positions: Sequence[int], step: int, source: SourceIndex) -> bool:
    """True when the source gives the name another second half (``step`` 1) or first half (-1) where it stands."""
    places = [place + step for place in positions if 0 <= place + step < len(source.words)]
    return any(is_name(source.words[place].text) and not country_of(source.words[place].text) for place in places)


def name_positions(name: str, source: SourceIndex) -> list[int]:
    """Word positions of the source where ``name`` stands, tried by form, country, skeleton and near spelling."""
    found = source.positions(name)
    if found or is_stopword(name):
        return found
    country = country_of(name)
    if country:
        return source.countries.get(country, [])
    found = [] if fold(name) in GIVEN_NAMES else source.skeletons.get(skeleton(name), [])
    return found or _nearly(name, source)


def _nearly(name: str, source: SourceIndex) -> list[int]:
    """Where the source has a name of one letter's difference, both of five letters or more."""
    stems = [stem for stem in strip_clitics(name) if len(stem) >= _MIN_FUZZY and stem[0] > "z"]
    found = [
        places
        for word, places in source.places.items()
        if stems and is_name(word) and any(near(stem, other) for stem in stems for other in strip_clitics(word))
    ]
    return sorted(place for places in found for place in places)


#: Arabic given names have one spelling: «محمود» is not «محمد».
GIVEN_NAMES = word_list("names", "given")
