"""A source read once, so that many statements can be checked against it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from summarizer.arabic.dates import DateMention, find_dates
from summarizer.arabic.forms import forms, roots, skeleton
from summarizer.arabic.lexicon import rows
from summarizer.arabic.numbers.find import Quantity, find_numbers
from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.text.normalize import fold, seen
from summarizer.arabic.vocabulary import country_of, is_name
from summarizer.arabic.words import Word, is_stopword, key, tokenize
from summarizer.schema import Span

#: Skeletons with fewer consonants match too much.
MIN_BONES = 3


#: Content words are near when the one is among the next three of the other.
_NEAR = 3
#: Countries that news names by two words.
_UNIONS = {(fold(one), fold(other)): country for country, one, other in rows("names", "unions")}


@dataclass(frozen=True, slots=True)
class IndexedSentence:
    """One source sentence: where it stands, its words in order and the keys of its content words."""

    span: Span
    words: tuple[Word, ...]
    keys: frozenset[str]


class SourceIndex:
    """What ``source`` states, ready for look-ups; each part is made when first asked for.

    Takes any text. Build it once for an article and check every candidate against it.
    """

    def __init__(self, source: str) -> None:
        self.source = seen(source).text

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the source in order."""
        return tokenize(self.source)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words folded, in order."""
        return tuple(fold(word.text) for word in self.words)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Each word as written, with the word positions where it stands, in order."""
        places: dict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self.words):
            places[word.text].append(position)
        return dict(places)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every form of every word."""
        return frozenset().union(*map(forms, self.places))

    @cached_property
    def skeletons(self) -> dict[str, list[int]]:
        """Consonant skeletons of the name-like words, with their word positions; short ones are left out."""
        found: dict[str, list[int]] = defaultdict(list)
        for word, positions in self.places.items():
            if is_name(word):
                for bones in {skeleton(form) for form in (word, *forms(word))}:
                    found[bones] += positions
        return {bones: sorted(positions) for bones, positions in found.items() if len(bones) >= MIN_BONES}

    @cached_property
    def countries(self) -> dict[str, list[int]]:
        """Countries named or meant by an adjective, with their word positions."""
        found: dict[str, list[int]] = defaultdict(list)
        for word, positions in self.places.items():
            if country := country_of(word):
                found[country] += positions
        for position, pair in enumerate(zip(self.folded, self.folded[1:], strict=False)):
            if pair in _UNIONS:
                found[country_of(_UNIONS[pair])].append(position)
        return dict(found)

    @cached_property
    def numbers(self) -> tuple[Quantity, ...]:
        """Every number of the source."""
        return find_numbers(self.source)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Every date, month and weekday of the source."""
        return find_dates(self.source, self.numbers)

    @cached_property
    def sentences(self) -> tuple[IndexedSentence, ...]:
        """The source sentence by sentence."""
        found = []
        words = iter(self.words)
        word = next(words, None)
        for span in split_sentences(self.source):
            inside = []
            while word is not None and word.span.start < span.end:
                inside.append(word)
                word = next(words, None)
            keys = frozenset(key(one.text) for one in inside if not is_stopword(one.text))
            found.append(IndexedSentence(span, tuple(inside), keys))
        return tuple(found)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the content words in order, numbers in digits left out."""
        return tuple(key(w.text) for w in self.words if not is_stopword(w.text) and not w.text[0].isdigit())

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each content key stands in the source."""
        return Counter(self.keys)

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        """Pairs of content keys with at most ``_NEAR - 1`` content words between them, in the source's order."""
        keys = self.keys
        return frozenset(pair for step in range(1, _NEAR + 1) for pair in zip(keys, keys[step:], strict=False))

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset().union(*(roots(word) for word in self.places if not is_stopword(word)))

    def are_near(self, one: str, other: str) -> bool:
        """True when the content keys ``one`` and ``other`` stand near each other in the source, in either order."""
        return (one, other) in self._pairs or (other, one) in self._pairs

    def knows(self, word: str) -> bool:
        """True when the source has ``word`` or another word of its root, as far as consonants show («قتل», «مقتل»)."""
        return self.has(word) or not self._roots.isdisjoint(roots(word))

    def positions(self, word: str) -> list[int]:
        """Where ``word`` stands in the source in any of its forms: word positions, in order; [] when nowhere."""
        wanted = forms(word)
        found = [places for other, places in self.places.items() if not wanted.isdisjoint(forms(other))]
        return sorted(place for places in found for place in places)

    def has(self, word: str) -> bool:
        """True when ``word`` stands in the source in any of its forms."""
        return not self.forms.isdisjoint(forms(word))

    def closest(self, keys: Iterable[str]) -> tuple[IndexedSentence, ...]:
        """The sentences by the share of ``keys`` that they hold, best first; those that hold none are left out."""
        wanted = frozenset(keys)
        scored = [(len(wanted & sentence.keys), -place, sentence) for place, sentence in enumerate(self.sentences)]
        return tuple(sentence for shared, _, sentence in sorted(scored, reverse=True, key=lambda s: s[:2]) if shared)
