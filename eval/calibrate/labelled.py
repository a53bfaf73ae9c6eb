"""What is said of a line, against what a reader said of it: labelled lines of ``labels/*.jsonl``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from eval.calibrate.agreement import auc
from eval.metrics.base import Array
from eval.metrics.settings import load_setting
from summarizer.backends.asks import LABELS
from summarizer.backends.editor import Draft, Editing
from summarizer.briefing.acceptance import Acceptance, Surveyed, Weighed, committed, features
from summarizer.briefing.claims.check import check
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Task, Verdict
from training.corpora.annotated.labels import JudgedArticle, read_candidates

SCORES = ("printable", "true", "support", "unigram overlap", "bigram overlap", "shortness")
"""The first two are learned, the third is fitted to people's ratings, the others need no learning."""
QUESTIONS = ("ok", "not false")
BINS = 10
_BAR = 20
"""Characters of a whole bar."""


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line and its ``scores``, by the names of ``SCORES``."""

    slot: Task
    label: str
    scores: Mapping[str, float]


def read_lines(paths: Sequence[Path], judge: int | None = None, editor: Editing | None = None) -> list[Line]:
    """The lines of label files with their scores; ``DataError`` names what is wrong with a file.

    ``judge``: the one of the committed judges, from 0, that is asked alone; ``editor``: whose judge reads them too, as
    it does for a brief.
    """
    known = committed() if judge is None else committed().alone(judge)
    articles = [article for path in paths for article in read_candidates(path).checked()]
    return [line for article in articles for line in _of_article(article, known, editor)]


def _read(article: JudgedArticle, editor: Editing | None) -> Sequence[Verdict | None]:
    drafts = [Draft(article.sentences[one.sentence or 0], Task(one.slot), one.text) for one in article.candidates]
    return editor.judge(drafts) if editor else [None] * len(drafts)


def _of_article(article: JudgedArticle, known: Acceptance, editor: Editing | None) -> Iterator[Line]:
    surveyed = Surveyed(article.sentences)
    setting, body = load_setting("xlsum-stem"), " ".join(article.sentences)
    index, words = SourceIndex(body), setting.tokens(body).words
    singles, pairs = set(words), set(pairwise(words))
    for one, verdict in zip(article.candidates, _read(article, editor), strict=True):
        weighed = Weighed.offered(one.text, one.sentence, one.score, one.free, one.log_probs)
        found, said = features(surveyed, weighed), setting.tokens(one.text).words
        couples = list(pairwise(said))
        scores = (
            known.printable(Task(one.slot), found, verdict),
            known.true(found, verdict),
            check(one.text, index).score,
            sum(word in singles for word in said) / max(1, len(said)),
            sum(pair in pairs for pair in couples) / max(1, len(couples)),
            -float(len(one.text)),
        )
        yield Line(Task(one.slot), one.label, dict(zip(SCORES, scores, strict=True)))


def areas(lines: Sequence[Line]) -> str:
    """Of each slot and score the area under the ROC curve: ok against the rest, true against false, ok against each."""
    faults = [label for label in LABELS if label != "ok"]
    heads = ["slot", "score", "lines", *QUESTIONS, *(f"ok, not {fault}" for fault in faults)]
    rows = [f"| {' | '.join(heads)} |", "|---|---|" + "---:|" * (len(heads) - 2)]
    for task in Task:
        own = [line for line in lines if line.slot is task]
        rows += [f"| {task} | {name} | {len(own)} | {' | '.join(_areas(own, name, faults))} |" for name in SCORES]
    return "\n".join(rows)


def _areas(own: Sequence[Line], name: str, faults: Sequence[str]) -> Iterator[str]:
    yield _area([(line.scores[name], line.label == "ok") for line in own])
    yield _area([(line.scores[name], line.label != "false") for line in own])
    for fault in faults:
        yield _area([(line.scores[name], line.label == "ok") for line in own if line.label in ("ok", fault)])


def _area(told: Sequence[tuple[float, bool]]) -> str:
    """«–» where there are not both kinds."""
    value = auc(np.array([score for score, _ in told]), np.array([float(good) for _, good in told])) if told else np.nan
    return "–" if np.isnan(value) else f"{value:.2f}"


def reliability(lines: Sequence[Line], score: str, good: Array) -> str:
    """A row for each tenth of a probability: the lines in it, their mean probability, and the share that is ``good``.

    Last the expected calibration error (Guo et al. 2017, https://arxiv.org/abs/1706.04599).
    """
    chances = np.array([line.scores[score] for line in lines])
    place = np.minimum((chances * BINS).astype(int), BINS - 1)
    rows = [f"| {score} | lines | mean | share | |", "|---|---:|---:|---:|---|"]
    gaps = 0.0
    for one in range(BINS):
        inside = place == one
        if inside.any():
            mean, share = float(chances[inside].mean()), float(good[inside].mean())
            gaps += abs(mean - share) * int(inside.sum())
            name = f"{one / BINS:.1f} to {(one + 1) / BINS:.1f}"
            rows.append(f"| {name} | {inside.sum()} | {mean:.2f} | {share:.2f} | {'█' * round(_BAR * share)} |")
    return "\n".join([*rows, "", f"expected calibration error {gaps / max(1, len(lines)):.3f}"])


def render(lines: Sequence[Line]) -> str:
    """All tables."""
    ok = np.array([float(line.label == "ok") for line in lines])
    true = np.array([float(line.label != "false") for line in lines])
    return "\n\n".join([areas(lines), reliability(lines, "printable", ok), reliability(lines, "true", true)])
