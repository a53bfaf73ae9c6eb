"""The benchmark ``briefs-dev``: 150 articles of the other benchmarks with a brief, its cuts, and the sentences.

The articles are read from their benchmarks as everywhere; the references' indices are of the ``sentences`` that stand
beside them. Where these stand in the article as it is read now is found by their characters, so that a sentence
splitter that has changed since moves no index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path

from eval.jsonl import Line, read_lines
from summarizer.config import data_dir
from summarizer.errors import DataError
from summarizer.schema import Span
from training.corpora.annotated.briefs import EditedBrief, read_briefs

NAME = "briefs-dev"
FILE = "briefs/dev.jsonl"
#: The benchmarks that the articles are of.
ORIGINS = ("bbc-2018h2.jsonl", "xlsum-sample.jsonl", "easc.jsonl", "argen-headlines.jsonl")


@dataclass(frozen=True, slots=True)
class Reference:
    """An edited brief and its article's body as the benchmark has it."""

    brief: EditedBrief
    body: str


def load_references(data: Path | None = None) -> list[Reference]:
    """The articles of ``briefs-dev``, in their order; ``data`` is the folder of the corpora (``MUJAZ_DATA`` when None).

    ``DataError`` without that folder, for a row that cannot be used, and for an id that no benchmark has.
    """
    folder = data or data_dir()
    if folder is None:
        raise DataError(expected="the folder of the corpora", got="none", hint="pass --data DIR or set MUJAZ_DATA")
    bodies = _bodies(folder / "benchmarks")
    briefs = read_briefs(folder / FILE, bodies).checked()
    return [Reference(brief, bodies[brief.id]) for brief in briefs]


def reference_lines(data: Path | None = None) -> Iterator[Line]:
    """The same as rows of a benchmark, the first five bullets as a list of texts: for ``eval.run``."""
    for found in load_references(data):
        brief = found.brief
        fields = {"id": brief.id, "body": found.body, "headline": brief.headline, "standfirst": brief.standfirst}
        bullets = [bullet.text for bullet in brief.printed]
        sentences = [list(bullet.sentences) for bullet in brief.printed]
        beside = {"sentences": sentences, "cuts": asdict(brief.cuts)}  # for the digest
        yield Line(f"{FILE} ({brief.id})", {**fields, "bullets": bullets, **beside})


def _bodies(folder: Path) -> dict[str, str]:
    """Body by id, of those benchmarks that are there."""
    lines = (line for name in ORIGINS if (folder / name).exists() for line in read_lines(folder / name))
    return {str(line.fields.get("id")): str(line.fields.get("body") or "") for line in lines}


class Places:
    """Which of an article's given sentences a span of its text lies in, by the letters alone."""

    def __init__(self, sentences: Sequence[str], text: str) -> None:
        """``sentences`` in order, ``text`` what the spans are of. ``DataError`` when one does not stand there."""
        self._before = [0, *accumulate(not character.isspace() for character in text)]
        letters, start, self._spans = squeezed(text), 0, []
        for sentence in sentences:
            wanted = squeezed(sentence)
            start = letters.find(wanted, start)
            if start < 0:
                raise DataError(
                    expected="each sentence in its article, in order",
                    got=f"an article without «{sentence[:40]}»",
                    hint="the benchmark is another version than the briefs were written on",
                )
            self._spans.append(Span(start, start + len(wanted)))
            start += len(wanted)

    def of(self, span: Span) -> tuple[int, ...]:
        """Indices of the given sentences that ``span`` shares at least half of its or their characters with."""
        start, end = self._before[span.start], self._before[span.end]
        found = []
        for index, own in enumerate(self._spans):
            shared = min(end, own.end) - max(start, own.start)
            if shared > 0 and 2 * shared >= min(end - start, own.end - own.start):
                found.append(index)
        return tuple(found)


def squeezed(text: str) -> str:
    """``text`` without its white space: what is left of a sentence however its lines were wrapped."""
    return "".join(text.split())
