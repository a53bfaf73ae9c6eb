"""Is a score worth anything? Measured against people who judged 375 summaries, or against labelled lines.

    python -m eval.calibrate --data DIR [--out FILE]
    python -m eval.calibrate --labels FILE… [--model embedded]
    python -m eval.calibrate --data DIR --fit summarizer/briefing/claims/support_weights.json

DIR holds ``hallucination-judged.jsonl`` and ``xlsum-sample.jsonl``. Three numbers for each score: Spearman's rank
correlation with the 1-5 rating; the area under the ROC curve against «any factual error»; the same against «any
factual error, or not a summary of the article». Intervals are 95 % bootstrap over articles. «support» is fitted and
scored on different articles (cross-validation by article); «support, as shipped» are the committed weights, which
have seen these rows. FILE has lines that a reader labelled (``labels/candidates.jsonl``, ``eval.reading``), of articles
that the committed weights, or the one of their judges that ``--judge`` names, were not fitted on: of each slot and
score the area for ok lines, for true ones, and for ok ones against each fault; then how far the probabilities are what
they say.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from eval.calibrate import agreement, labelled
from eval.calibrate import fit as support_fit
from eval.calibrate.judged import JUDGED, Judgement, read_judged
from eval.command import guarded, positive
from eval.metrics.base import Array
from eval.metrics.score import Score, Signature
from eval.metrics.settings import load_setting
from eval.run.provenance import git_commit
from summarizer.arabic.numbers.find import find_numbers
from summarizer.backends.base import editor_of, load_backend
from summarizer.briefing.claims.check import check_many
from summarizer.briefing.claims.support_score import DEFECTS

FOLDS, REPEATS = 10, 5
BASELINES = ("unigram overlap", "bigram overlap", "unsupported digits", "length")
CHECKERS = ("support", "support, as shipped", "unsupported claims")
MEASURES = ("spearman", "auc_error", "auc_unusable")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Score → measure → value with interval; and «support» minus the best baseline, measure by measure."""

    scores: Mapping[str, Mapping[str, Score]]
    gains: Mapping[str, Score]
    judgements: int
    articles: int


def all_scores(judged: Sequence[Judgement], folds: int, repeats: int) -> dict[str, Array]:
    """Every checker and baseline over all judgements, higher for better; the rating itself last, as a ceiling."""
    table = support_fit.defect_table(judged)
    found = {"support": support_fit.cross_validated(table, judged, folds, repeats), **_shipped(judged)}
    found |= _baselines(judged)
    return {**found, "the rating itself": np.asarray([one.rating for one in judged])}


def _shipped(judged: Sequence[Judgement]) -> dict[str, Array]:
    """The score as users get it, and the count of unsupported claims, negated."""
    reports = [report for one in judged for report in check_many([one.output], one.source)]
    shipped = np.asarray([report.score for report in reports])
    claims = np.asarray([-float(len(report.unsupported)) for report in reports])
    return {CHECKERS[1]: shipped, CHECKERS[2]: claims}


def _baselines(judged: Sequence[Judgement]) -> dict[str, Array]:
    """Shares of stemmed words and word pairs that the source has; digits that it lacks and length, negated."""
    setting = load_setting("xlsum-stem")
    rows = []
    for one in judged:
        words, known = setting.tokens(one.output).words, setting.tokens(one.source).words
        pairs, known_pairs = list(pairwise(words)), set(pairwise(known))
        digits = {n.value for n in find_numbers(one.source) if n.digits}
        missing = sum(n.digits and n.value not in digits for n in find_numbers(one.output))
        rows.append((_share(words, set(known)), _share(pairs, known_pairs), -missing, -len(one.output)))
    table = np.asarray(rows, dtype=float)
    return {name: table[:, place] for place, name in enumerate(BASELINES)}


def _share(items: Sequence[object], known: set[object] | set[str] | set[tuple[str, str]]) -> float:
    return sum(item in known for item in items) / len(items) if items else 0.0


def calibrate(
    judged: Sequence[Judgement], folds: int = FOLDS, repeats: int = REPEATS, resamples: int = agreement.RESAMPLES
) -> Calibration:
    """Every score against every measure, with intervals; ``judged`` must hold good and bad summaries."""
    scores = all_scores(judged, folds, repeats)
    targets = {
        "spearman": np.asarray([one.rating for one in judged]),
        "auc_error": np.asarray([float(not one.factual_error) for one in judged]),
        "auc_unusable": np.asarray([float(not one.unusable) for one in judged]),
    }
    groups = [one.article for one in judged]
    table: dict[str, dict[str, Score]] = {name: {} for name in scores}
    gains = {}
    for measure in MEASURES:
        function = agreement.spearman if measure == "spearman" else agreement.auc
        values = {name: function(column, targets[measure]) for name, column in scores.items()}
        draws = agreement.bootstrap(function, list(scores.values()), targets[measure], groups, resamples)
        signature = _signature(measure, len(judged), len(set(groups)), folds, repeats, resamples)
        for place, name in enumerate(scores):
            table[name][measure] = Score(values[name], *agreement.interval(draws[:, place]), signature)
        best = max(BASELINES, key=lambda name: values[name])
        places = list(scores)
        difference = draws[:, places.index("support")] - draws[:, places.index(best)]
        gains[measure] = Score(values["support"] - values[best], *agreement.interval(difference), signature)
    return Calibration(table, gains, len(judged), len(set(groups)))


def _signature(measure: str, judgements: int, articles: int, folds: int, repeats: int, resamples: int) -> Signature:
    return Signature.of(
        measure, unit="1", n=judgements, articles=articles, cv=f"{folds}x{repeats}-by-article", bootstrap=resamples
    )


def render(found: Calibration) -> str:
    """The table as Markdown."""
    lines = [
        f"{found.judgements} judged summaries of {found.articles} articles; 95 % intervals over articles",
        "",
        "| score | Spearman, rating | AUC, factual error | AUC, error or off task |",
        "|---|---|---|---|",
    ]
    lines += [f"| {name} | {' | '.join(_cell(row[m]) for m in MEASURES)} |" for name, row in found.scores.items()]
    gains = " | ".join(_cell(found.gains[measure], sign="+") for measure in MEASURES)
    return "\n".join([*lines, f"| *support minus the best baseline* | {gains} |"])


def _cell(score: Score, sign: str = "") -> str:
    return f"{score.value:{sign}.3f} [{score.low:{sign}.3f}, {score.high:{sign}.3f}]"


def write_weights(path: Path, judged: Sequence[Judgement]) -> None:
    """Fits the weights on all of ``judged`` and writes them with what they were fitted on."""
    table = support_fit.defect_table(judged)
    weights = support_fit.scaled(support_fit.fit(table, support_fit.target(judged)), table, judged)
    record = {
        "weights": {name: round(float(weight), 4) for name, weight in zip(DEFECTS, weights, strict=True)},
        "fitted_on": f"{len(judged)} judgements of {len({one.article for one in judged})} articles in {JUDGED}",
        "command": "python -m eval.calibrate --data DIR --fit summarizer/briefing/claims/support_weights.json",
        "ridge": support_fit.RIDGE,
        "error_share": support_fit.ERROR_SHARE,
    }
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="eval.calibrate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, help="folder with the two JSONL files")
    what.add_argument("--labels", type=Path, nargs="+", help="files of labelled lines")
    parser.add_argument("--model", help="with --labels: a backend or folder whose judge reads the lines too")
    parser.add_argument("--judge", type=int, help="with --labels: one of the committed judges, from 0, by itself")
    parser.add_argument("--out", type=Path, help="also write the table as JSON here")
    parser.add_argument("--fit", type=Path, help="fit the weights on all judgements, write them here and stop")
    parser.add_argument("--folds", type=positive, default=FOLDS)
    parser.add_argument("--repeats", type=positive, default=REPEATS)
    parser.add_argument("--resamples", type=positive, default=agreement.RESAMPLES)
    options = parser.parse_args(argv)
    if options.labels:
        editor = editor_of(load_backend(options.model)) if options.model else None
        print(labelled.render(labelled.read_lines(options.labels, options.judge, editor)))
        return 0
    judged, left_out = read_judged(options.data)
    for reason, count in left_out.items():
        print(f"left out: {count} ({reason})", file=sys.stderr)
    if options.fit:
        write_weights(options.fit, judged)
        print(f"weights fitted on {len(judged)} judgements -> {options.fit}")
        return 0
    found = calibrate(judged, options.folds, options.repeats, options.resamples)
    print(render(found))
    if options.out:
        options.out.write_text(json.dumps(_record(found), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _record(found: Calibration) -> dict[str, object]:
    scores = {name: {m: score.record() for m, score in row.items()} for name, row in found.scores.items()}
    gains = {measure: score.record() for measure, score in found.gains.items()}
    return {"scores": scores, "support_minus_best_baseline": gains, "git_commit": git_commit()}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.calibrate", _main, argv)
