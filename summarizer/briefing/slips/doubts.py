"""Words that may be slips, and what may be meant: counts of forms in well-edited news alone, no rule of language.

A word is doubted where well-edited news hardly has it and a form one letter away (dropped, added, changed, or two
swapped; or a lost blank) is many times commoner: Damerau, A technique for computer detection and correction of
spelling errors, 1964.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.arabic.scripture import quotes_scripture
from summarizer.arabic.spelling.mend import free_words
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.word_counts import bare, form_count, spellings
from summarizer.arabic.words import tokenize
from summarizer.schema import Fork, Span

KINDS = ("added", "changed", "dropped", "swapped", "parted", "letters")
"""What has to be done to the word; ``letters``: another form of the same letter (a hamza, «ى», «ه»)."""
_ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة"
_LEAST_LETTERS = 3
_DOUBTED_BELOW = 20
"""A form that stands oftener in well-edited news is not doubted."""
_TIMES_COMMONER = 20
"""So many times commoner is what may be meant, or it stands in the article itself."""
_SEEN_FORM, _SEEN_PART = 5, 300
_MOST_FORMS = 8
"""Forms that are weighed for one word, the commonest."""
_BEFORE_WORDS = "وفلب"
_CLITIC_SHARE = 30
"""A word behind a clitic is taken to be so many times rarer than by itself."""
_AROUND = 16
_BEHIND = 4
"""Words before and behind that the model reads."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A form that may be meant: its ``count`` in well-edited news, ``here`` in the article, and what was done wrong."""

    word: str
    kind: str
    count: float
    here: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word of the sentence at ``place`` that may be a slip; ``before`` and ``behind``: the text around it."""

    place: int
    span: Span
    word: str
    count: float
    here: int
    before: str
    behind: str
    meant: tuple[Meant, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The word as it stands, then each form that may be meant."""
        return (self.word, *(meant.word for meant in self.meant))

    @property
    def fork(self) -> Fork:
        """What the model is asked."""
        return self.before, self.words, self.behind


def doubts(sentences: Sequence[str]) -> Iterator[Doubt]:
    """The doubted words of an article in order; none in scripture or quotation marks, or beside other signs."""
    here = Counter(bare(token.text) for sentence in sentences for token in tokenize(sentence))
    for place, sentence in enumerate(sentences):
        for token in () if quotes_scripture(sentence) else free_words(sentence):
            word = bare(token.text)
            count = _count(word)
            if len(word) < _LEAST_LETTERS or count >= _DOUBTED_BELOW or word != token.text:
                continue
            if meant := _meant(word, count, here):
                last = sentences[place - 1] if place else ""
                before = " ".join(f"{last} {sentence[: token.span.start]}".split()[-_AROUND:])
                yield Doubt(
                    place, token.span, word, count, here[word], before, _behind(sentence[token.span.end :]), meant
                )


def _behind(text: str) -> str:
    """The next words of ``text``, with the blank before them where there is one."""
    return (" " if text[:1].isspace() else "") + " ".join(text.split()[:_BEHIND])


def _meant(word: str, count: float, here: Mapping[str, int]) -> tuple[Meant, ...]:
    found = [
        one
        for one in _forms(word, here)
        if one.count + 0.5 >= _TIMES_COMMONER * (count + 0.5)
        or (one.here > here[word] + 1 and (one.count > count or count < 5))
    ]
    found.sort(key=lambda one: (-one.count * (4 if one.kind == "letters" else 1) - 200 * one.here, one.word))
    return tuple(found[:_MOST_FORMS])


def _forms(word: str, here: Mapping[str, int]) -> Iterator[Meant]:
    """The known forms one step away, and the two words that it may be fused of."""
    others = dict.fromkeys(spellings().get(fold(word), ()), "letters")
    others.pop(word, None)
    for form, kind in {**others, **_edits(word)}.items():
        count = float(form_count(form))
        if not count and form[0] == word[0] == "و" and len(form) > 4:
            count = form_count(form[1:]) / _CLITIC_SHARE
        if count >= _SEEN_FORM or here.get(form, 0):
            yield Meant(form, "letters" if fold(form) == fold(word) else kind, count, here.get(form, 0))
    for cut in range(2, len(word) - 1):
        least = min(form_count(word[:cut]), form_count(word[cut:]))
        if least >= _SEEN_PART:
            yield Meant(f"{word[:cut]} {word[cut:]}", "parted", least / 100, 0)


def _count(word: str) -> float:
    """How often a word stands in well-edited news, perhaps behind a clitic."""
    count = form_count(word)
    behind = word[:1] in _BEFORE_WORDS and len(word) > 4
    return count or (form_count(word[1:]) / _CLITIC_SHARE if behind else 0)


def _edits(word: str) -> dict[str, str]:
    """Every string one step away, with the step."""
    found: dict[str, str] = {}
    for at in range(len(word) + 1):
        found.update((word[:at] + letter + word[at:], "added") for letter in _ALPHABET)
    for at in range(len(word)):
        found.update((word[:at] + letter + word[at + 1 :], "changed") for letter in _ALPHABET)
        found[word[:at] + word[at + 1 :]] = "dropped"
        found[word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]] = "swapped"
    found.pop(word, None)
    return found
