"""How far two readers agree about what a model offered: two label files of the same lines.

    python -m eval.reading.twice FIRST SECOND

Both are like ``labels/candidates.jsonl``. FIRST may have more articles; of each of SECOND's it has every line. Printed
is, of all lines and of each slot's, the share of equal labels and Cohen's kappa with an interval over the articles.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from eval.command import guarded
from eval.reading.agreement import agreement_note
from eval.reading.answers import Answer, Judgement
from summarizer.errors import DataError
from summarizer.schema import Task
from training.corpora.annotated.labels import Judged, JudgedArticle, read_candidates

Line = tuple[str, str, int | None]


def answers_of(first: Sequence[JudgedArticle], second: Sequence[JudgedArticle]) -> dict[str, tuple[Answer, Answer]]:
    """Both readers' answers to each article of ``second``; ``DataError`` where ``first`` lacks it or a line of it."""
    known = {article.id: article for article in first}
    found: dict[str, tuple[Answer, Answer]] = {}
    for article in second:
        labels = _labels(known[article.id]) if article.id in known else {}
        lines = [_line(one) for one in article.candidates]
        if missing := [line for line in lines if line not in labels]:
            got = f"{article.id}: {len(missing)} lines that the first does not have"
            raise DataError(expected="two readings of the same lines", got=got, hint="name the fuller file first")
        one = Answer(article.id, "first", tuple(labels[line] for line in lines))
        other = Answer(article.id, article.reader, tuple(map(_judgement, article.candidates)))
        found[article.id] = (one, other)
    return found


def of_slot(article: JudgedArticle, slot: str) -> JudgedArticle:
    """The article with the lines of one slot."""
    return replace(article, candidates=tuple(one for one in article.candidates if one.slot == slot))


def _labels(article: JudgedArticle) -> Mapping[Line, Judgement]:
    return {_line(one): _judgement(one) for one in article.candidates}


def _line(one: Judged) -> Line:
    return one.slot, one.text, one.sentence


def _judgement(one: Judged) -> Judgement:
    return Judgement(one.label, one.why)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.reading.twice", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="eval.reading.twice", description="How far do two readers agree?")
    parser.add_argument("first", type=Path, help="labels/*.jsonl")
    parser.add_argument("second", type=Path, help="the same lines, read again")
    options = parser.parse_args(argv)
    first, second = (list(read_candidates(path).checked()) for path in (options.first, options.second))
    for slot in ("", *Task):
        some = [of_slot(article, slot) if slot else article for article in second]
        answers = answers_of(first, [article for article in some if article.candidates])
        print(f"{slot or 'all'}:", *agreement_note(answers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
