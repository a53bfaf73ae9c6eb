"""What mending slips changes in edited text, and how many of the annotators' own mends it makes.

    python -m eval.spelling                 # references, sentences with their lines, dev sentences: counts
    python -m eval.spelling --show 40       # and up to so many changes of each kind, to be read

References are the texts of ``briefs/train.jsonl`` (briefs, cuts, lines); what is changed there is a false alarm unless
the annotators left a slip. ``labels/light*.jsonl`` have sentences and what an editor prints instead: *agreed* says that
the line has the mended word too, *left* that it kept the word, *gone* that it has neither. ``recall`` is the share of
the annotators' mends of the same letters (a word against a word, equal when folded) that are made. The table of slips
was counted without the articles of these files; ``briefs/dev.jsonl`` is of others, and for reading only.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from eval.command import guarded
from summarizer.arabic.spelling import Mend, mend_spelling
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import tokenize
from summarizer.config import data_dir
from summarizer.errors import DataError
from training.corpora.annotated.briefs import EditedBrief, Slots, read_briefs
from training.corpora.annotated.labels import read_light

_AROUND_CHARS = 30


@dataclass(slots=True)
class Tally:
    """Texts read, changes of each kind, and each change in its surroundings (a change seen twice stands once)."""

    texts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    shown: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, text: str) -> tuple[Mend, ...]:
        """Count what is changed in ``text``; the changes."""
        self.texts += 1
        mends = mend_spelling(text).mends
        for mend in mends:
            before, after = text[: mend.span.start][-_AROUND_CHARS:], text[mend.span.end :][:_AROUND_CHARS]
            self.kinds[mend.kind] += 1
            self.shown[mend.kind][f"{before}[{mend.was} > {mend.becomes}]{after}"] = None
        return mends


def tally(texts: Iterable[str]) -> Tally:
    """What is changed in ``texts``."""
    found = Tally()
    for text in texts:
        found.add(text)
    return found


def references(briefs: Iterable[EditedBrief]) -> Iterator[str]:
    """Every text that an annotator wrote, once."""
    texts: dict[str, None] = {}
    for brief in briefs:
        own = Slots(brief.headline, brief.standfirst, tuple(bullet.text for bullet in brief.bullets))
        for slots in (own, brief.cuts, brief.lines):
            if slots:
                texts.update(dict.fromkeys([slots.headline, slots.standfirst, *slots.bullets]))
    return (text for text in texts if text)


def compare(pairs: Iterable[tuple[str, str]]) -> tuple[Tally, Counter[tuple[str, str]], int, int]:
    """Changes in sentences; (kind, verdict of the line); the annotators' mends, and how many of them are made."""
    found, verdicts, theirs, made = Tally(), Counter[tuple[str, str]](), 0, 0
    for sentence, line in pairs:
        mends = found.add(sentence)
        printed = {token.text for token in tokenize(line)}
        for mend in mends:
            agreed = printed.issuperset(mend.becomes.split())
            verdicts[mend.kind, "agreed" if agreed else "left" if printed.issuperset(mend.was.split()) else "gone"] += 1
        becomes = {mend.span.start: mend.becomes for mend in mends}
        for start, word in _respelt(sentence, line):
            theirs += 1
            made += becomes.get(start) == word
    return found, verdicts, theirs, made


def _respelt(sentence: str, line: str) -> Iterator[tuple[int, str]]:
    """Where the line has another spelling of a word's letters, and that spelling."""
    before, after = tokenize(sentence), tokenize(line)
    matcher = difflib.SequenceMatcher(
        None, [word.text for word in before], [word.text for word in after], autojunk=False
    )
    for name, start, end, other, last in matcher.get_opcodes():
        if name == "replace" and end - start == last - other:
            for old, new in zip(before[start:end], after[other:last], strict=True):
                if old.text != new.text and fold(old.text) == fold(new.text):
                    yield old.span.start, new.text


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.spelling", _run, argv)


def _run(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="eval.spelling", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print up to N changes of each kind")
    arguments = parser.parse_args(argv)
    data = arguments.data or data_dir()
    if data is None:
        raise DataError(expected="the folder of the corpora", got="none", hint="pass --data DIR or set MUJAZ_DATA")
    show = partial(_show, most=arguments.show)
    show("references", tally(references(read_briefs(data / "briefs" / "train.jsonl").checked())))
    articles = [one for path in sorted((data / "labels").glob("light*.jsonl")) for one in read_light(path).checked()]
    pairs = [
        (sentence, light.line or sentence)
        for article in articles
        for sentence, light in zip(article.sentences, article.lines, strict=True)
        if light.rank
    ]
    found, verdicts, theirs, made = compare(pairs)
    show("sentences with lines", found)
    for (kind, verdict), number in sorted(verdicts.items()):
        print(f"  {kind}: {verdict} {number}")
    print(f"  recall: {made} of {theirs} mends of the same letters")
    dev = read_briefs(data / "briefs" / "dev.jsonl").checked()
    show("dev sentences", tally(sentence for brief in dev for sentence in brief.sentences))
    return 0


def _show(name: str, found: Tally, most: int) -> None:
    total = found.kinds.total()
    print(f"{name}: {found.texts} texts, {total} changes, {100 * total / max(1, found.texts):.2f} a hundred texts")
    for kind, number in found.kinds.most_common():
        print(f"  {kind}: {number}", *list(found.shown[kind])[:most], sep="\n    ")


if __name__ == "__main__":
    sys.exit(main())
