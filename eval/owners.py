"""Who is meant: does a model that edits put the right owner into a sentence that lacks one, and none where none is due?

    python -m eval.owners --data $MUJAZ_DATA --model embedded [--bar 0.5] [--show 40]

On the held-out articles of labels/light*.jsonl (``crc32(id) % 8 == 0``, never trained on). A sentence needs an owner
when the annotator's line has content words that the sentence does not have and the article does. The model's line is
``right`` when it has one of them, ``wrong`` when it has others instead, ``none`` when it has none. Only lines that pass
the vetoes, and with ``--bar`` those that an editor prints with that probability, are counted as offered. What is
counted as wrong has to be read: another name of the same person counts so.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.command import guarded
from summarizer.arabic.words import content_keys
from summarizer.article.read import read_text
from summarizer.backends.base import editor_of, load_backend
from summarizer.backends.editor import Editing, Line
from summarizer.briefing.acceptance import Surveyed, Weighed, committed, features
from summarizer.config import BriefOptions
from summarizer.desk import GREEDY
from summarizer.errors import BackendError
from summarizer.plan import plan_for
from summarizer.schema import Candidate, Refusal, Task
from training.corpora.annotated.labels import LightArticle, read_light

_WORDS = 26


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence, the annotator's line and the model's; ``wanted`` and ``added`` are keys from outside the sentence."""

    sentence: str
    reference: str
    line: str
    wanted: frozenset[str]
    added: frozenset[str]
    offered: bool

    @property
    def kind(self) -> str:
        """``right``, ``wrong`` or ``none`` where an owner is due; else ``needless`` or ``quiet``."""
        if not self.wanted:
            return "needless" if self.added else "quiet"
        if not self.added:
            return "none"
        return "right" if self.added & self.wanted else "wrong"


def held_out(data: Path) -> list[LightArticle]:
    """The articles that no model was trained on."""
    paths = sorted((data / "labels").glob("light*.jsonl"))
    articles = [article for path in paths for article in read_light(path).checked()]
    return [article for article in articles if zlib.crc32(article.id.encode()) % 8 == 0]


def find(articles: Sequence[LightArticle], editor: Editing, bar: float) -> Iterator[Found]:
    """Every printable sentence of ``articles`` with the model's line about it."""
    for article in articles:
        read, surveyed, passes = editor.read(article.sentences), Surveyed(article.sentences), _vetoes(article)
        places = [place for place, light in enumerate(article.lines) if light.rank]
        written = editor.write([Line(read, place, Task.BULLET, "light", _WORDS) for place in places], GREEDY)
        told = [(place, one) for place, found in zip(places, written, strict=True) for one in found[:1]]
        for place, one in told:
            line = Weighed(one.text, place, one.score, lifted=False, log_probs=one.log_probs)
            sure = committed().printable(Task.BULLET, features(surveyed, line)) >= bar
            yield _found(article, place, one, offered=sure and passes(place, one))


def _found(article: LightArticle, place: int, one: Candidate, *, offered: bool) -> Found:
    light, own = article.lines[place], set(content_keys(article.sentences[place]))
    everywhere = {key for sentence in article.sentences for key in content_keys(sentence)}
    reference = article.sentences[place] if light.as_is else light.line
    wanted = frozenset((set(content_keys(reference)) - own) & everywhere)
    return Found(
        article.sentences[place], reference, one.text, wanted, frozenset(set(content_keys(one.text)) - own), offered
    )


def _vetoes(article: LightArticle) -> Callable[[int, Candidate], bool]:
    """Whether no veto stops a line about a sentence of ``article``, which is read once."""
    read = read_text("\n\n".join(article.sentences))
    vetting = plan_for(read, load_backend("extractive"), BriefOptions()).vetting(read.sentences)

    def passes(place: int, one: Candidate) -> bool:
        same = [sentence for sentence in read.sentences if sentence.text.split() == article.sentences[place].split()]
        return bool(same) and not isinstance(vetting.vet(one, Task.BULLET, same[0]), Refusal)

    return passes


def table(found: Sequence[Found]) -> str:
    """Counts and shares, of all lines and of those offered."""
    rows = ["| lines | need an owner | right | wrong | none | wrong of those put in | need none | put in needlessly |"]
    rows.append("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, chosen in (("all", found), ("offered", [one for one in found if one.offered])):
        kinds = Counter(one.kind for one in chosen)
        due, put = kinds["right"] + kinds["wrong"] + kinds["none"], kinds["right"] + kinds["wrong"]
        shares = [f"{100 * kinds[kind] / max(1, due):.0f} %" for kind in ("right", "wrong", "none")]
        of_put = f"{100 * kinds['wrong'] / max(1, put):.0f} %"
        cells = [name, str(due), *shares, of_put, str(kinds["quiet"] + kinds["needless"]), str(kinds["needless"])]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="eval.owners", description="Does a model say rightly who is meant?")
    parser.add_argument("--data", type=Path, required=True, help="folder with labels/light*.jsonl")
    parser.add_argument("--model", default="embedded", help="a backend or folder (default: embedded)")
    parser.add_argument("--bar", type=float, default=0.0, help="how likely an editor prints what is offered")
    parser.add_argument("--show", type=int, default=0, help="print so many lines that are counted as wrong")
    options = parser.parse_args(argv)
    editor = editor_of(load_backend(options.model))
    if editor is None:
        raise BackendError(
            expected="a model that edits", got=options.model, hint="train it on rows of training.edit_rows"
        )
    found = list(find(held_out(options.data), editor, options.bar))
    print(table(found))
    for one in [one for one in found if one.kind == "wrong" and one.offered][: options.show]:
        print(f"- {one.line}\n  {one.reference}\n  {one.sentence}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded("eval.owners", main, None))
