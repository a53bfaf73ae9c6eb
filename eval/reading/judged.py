"""Labels to numbers: the shares of each system with intervals, and the statements that are not ok."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.metrics.base import Measurement, ratio
from eval.metrics.intervals import scores
from eval.metrics.score import Score, Signature
from eval.reading.agreement import agreement_note
from eval.reading.answers import Answer, Judgement
from eval.reading.rubric import LABELS
from eval.reading.sheets import Asked, Round
from training.corpora.annotated.labels import Label, Slot

_EMPTY = Judgement("broken", "not a word")
_HEADS = (
    "headlines ok (false), %",
    "standfirsts ok, %",
    "bullets ok, %",
    "bullets false / broken / unclear / trivial, %",
    "all ok / false, %",
    "clean briefs, %",
    "bullets a brief",
)


@dataclass(frozen=True, slots=True)
class JudgedBrief:
    """A brief and its labels. A headline or standfirst without a word counts as broken; nobody was asked about it."""

    id: str
    lines: tuple[tuple[Slot, Label], ...]


def judged_report(made: Round, answers: Mapping[str, Sequence[Answer]]) -> str:
    """The table, a row a system, then the notes, the agreement, and every statement that is not ok."""
    briefs = judged_briefs(made, answers)
    lines = ["| system | " + " | ".join(_HEADS) + " |", "|---|" + "---:|" * len(_HEADS)]
    lines += [f"| {name} | " + " | ".join(_cells(own)) + " |" for name, own in briefs.items() if own]
    return "\n".join([*lines, "", *_notes(made, briefs, answers), "", *_faults(made, answers)])


def judged_briefs(made: Round, answers: Mapping[str, Sequence[Answer]]) -> dict[str, list[JudgedBrief]]:
    """System → its briefs, by the first reader of each article."""
    found: dict[str, list[JudgedBrief]] = {system: [] for system in made.systems}
    for sheet in made.sheets:
        said = list(zip(sheet.statements, answers[sheet.id][0].judgements, strict=True))
        for letter, writer in made.writers[sheet.id].items():
            own = [(asked.slot, judgement.label) for asked, judgement in said if asked.brief == letter]
            own += [(slot, _EMPTY.label) for slot in writer.empty]
            found[writer.system].append(JudgedBrief(sheet.id, tuple(own)))
    return found


def measure_judged(briefs: Sequence[JudgedBrief]) -> dict[str, Score]:
    """``SLOT.LABEL`` and ``all.LABEL`` as shares of statements, ``clean`` of briefs, all in per cent, and ``bullets``.

    Intervals are a bootstrap over the articles. A slot that no brief has is left out.
    """
    measured = {"clean": _ratio([(100.0 * all(label == "ok" for _, label in one.lines), 1) for one in briefs])}
    measured["bullets"] = _ratio([(sum(slot == "bullet" for slot, _ in one.lines), 1) for one in briefs])
    for slot in ("headline", "standfirst", "bullet", "all"):
        own = [[label for of, label in one.lines if slot in (of, "all")] for one in briefs]
        for label in LABELS if any(own) else ():
            measured[f"{slot}.{label}"] = _ratio([(100.0 * labels.count(label), len(labels)) for labels in own])
    signed = {key: (one, Signature.of(f"judged-{key}", rubric="RUBRIC.md")) for key, one in measured.items()}
    return scores(signed)


def _ratio(counts: Sequence[tuple[float, float]]) -> Measurement:
    statistics = np.asarray(counts, dtype=np.float64).reshape(len(counts), 2)  # (articles, 2)
    return Measurement(statistics, ratio, ratio(statistics))


def _cells(briefs: Sequence[JudgedBrief]) -> list[str]:
    found = measure_judged(briefs)

    def share(key: str, digits: int = 0) -> str:
        score = found.get(key)
        return f"{score.value:.{digits}f} [{score.low:.{digits}f}, {score.high:.{digits}f}]" if score else "–"

    return [
        f"{share('headline.ok')} ({share('headline.false')})",
        share("standfirst.ok"),
        share("bullet.ok"),
        " / ".join(share(f"bullet.{label}") for label in ("false", "broken", "unclear", "trivial")),
        f"{share('all.ok')} / {share('all.false')}",
        share("clean"),
        share("bullets", 1),
    ]


def _notes(
    made: Round, briefs: Mapping[str, Sequence[JudgedBrief]], answers: Mapping[str, Sequence[Answer]]
) -> list[str]:
    about, changed = made.about, " with changes" if made.about["git_dirty"] else ""
    counts = ", ".join(f"{name} {sum(len(one.lines) for one in own)} statements" for name, own in briefs.items())
    readers = sorted({answer.reader for given in answers.values() for answer in given[:1]})
    empty = sum(len(writer.empty) for letters in made.writers.values() for writer in letters.values())
    failed = [f"{name} wrote no brief of {', '.join(keys)}" for name, keys in about["failed"].items() if keys]
    lines = [
        f"Benchmark `{about['benchmark']}`, {len(made.sheets)} articles, seed {about['seed']}, offset "
        f"{about['offset']}; commit `{about['git_commit'][:10]}`{changed}; {counts}. "
        f"Labelled by {'; '.join(readers)}. In brackets: 95 % bootstrap interval over the articles.",
        *(f"Left out: {one}." for one in failed),
    ]
    lines += [f"Headlines or standfirsts without a word, counted as broken: {empty}."] if empty else []
    return [*lines, *agreement_note(answers)]


def _faults(made: Round, answers: Mapping[str, Sequence[Answer]]) -> list[str]:
    """Every statement that the first reader does not call ok, system by system, as a table."""
    lines = ["| system | article | slot | label | statement | why |", "|---|---|---|---|---|---|"]
    rows = sorted(_rows(made, answers), key=lambda row: made.systems.index(row[0]))
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return lines if rows else ["Every statement is ok."]


def _rows(made: Round, answers: Mapping[str, Sequence[Answer]]) -> Iterator[tuple[str, ...]]:
    for sheet in made.sheets:
        writers = made.writers[sheet.id]
        first, *others = answers[sheet.id]
        for place, asked in enumerate(sheet.statements):
            said = first.judgements[place]
            if said.label != "ok":
                second = "".join(f"; second: {other.judgements[place].label}" for other in others)
                yield _row(writers[asked.brief].system, sheet.id, asked, said, second)
        for writer in writers.values():
            for slot in writer.empty:
                yield writer.system, sheet.id, slot, _EMPTY.label, "", _EMPTY.why


def _row(system: str, key: str, asked: Asked, said: Judgement, second: str) -> tuple[str, ...]:
    return system, f"{key} {asked.number}", asked.slot, said.label, asked.text, said.why + second
