"""The results of ``eval.briefs`` as one Markdown table, a row a system."""

from __future__ import annotations

from eval.briefs.measures import AGAINST, ROUGES, SLOTS
from eval.run.results import Results, SystemRecord, score_of

#: How far two independent annotations of 50 articles of a third, unseen set agree, as the README of the briefs states
#: it: not measured here, and not on these articles.
CEILING = {
    "headline": "78.6/60.0/75.6",
    "standfirst": "78.6/64.3/73.7",
    "bullets": "74.6/55.6/62.8",
    "reached": "89",
}
_CEILING_NAME = "second annotation*"
_CEILING_NOTE = (
    "\\* stated in the README of the briefs, not measured here: two independent annotations of 50 articles of a third, "
    "unseen set; «reached» is the share of bullets that stand on the same sentences."
)
_COUNTS = (
    ("reached, %", "reached"),
    ("with head, %", "reached_all"),
    ("sentences a bullet", "stood_on"),
    ("kept, %", "kept"),
    ("words added", "added"),
    ("bullets", "bullet_count"),
    ("words h", "words_headline"),
    ("words s", "words_standfirst"),
    ("words b", "words_bullet"),
)
_HEADINGS = {"": "{0}", "_cut": "{0}, cut"}


def brief_table(results: Results) -> str:
    """A GitHub table: ROUGE-1/2/L of each slot against the reference and against the cut, then the other measures.

    A dash stands where a measure does not apply. Below it: the ceiling's origin, the benchmark, what was left out.
    """
    slots = [f"{slot}{against}" for slot in SLOTS for against in AGAINST]
    heads = [_HEADINGS[against].format(slot) for slot in SLOTS for against in AGAINST]
    heads += [heading for heading, _ in _COUNTS] + ["rungs"]
    lines = ["| system | " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1) + "---|"]
    ceiling = [CEILING.get(key, "–") for key in (*slots, *(key for _, key in _COUNTS))]
    lines.append(f"| {_CEILING_NAME} | " + " | ".join([*ceiling, "–"]) + " |")
    for name, record in results["systems"].items():
        cells = [_rouges(record, slot) for slot in slots] + [_value(record, key) for _, key in _COUNTS]
        lines.append(f"| {_named(results, name)} | " + " | ".join([*cells, _rungs(record)]) + " |")
    return "\n".join([*lines, "", *_notes(results)])


def _rouges(record: SystemRecord, slot: str) -> str:
    found = [score_of(record, f"{slot}.{rouge}") for rouge in ROUGES]
    return "/".join(f"{score['value']:.1f}" for score in found if score) or "–"


def _value(record: SystemRecord, key: str) -> str:
    score = score_of(record, key)
    if score is None:
        return "–"
    interval = f" [{score['low']:.0f}, {score['high']:.0f}]" if key == "reached" else ""
    return f"{score['value']:.1f}{interval}"


def _rungs(record: SystemRecord) -> str:
    """Statements by the rung of the ladder that wrote them, the most frequent first."""
    methods = record["about"]["methods"]
    return ", ".join(f"{method} {count}" for method, count in methods.items()) or "–"


def _named(results: Results, name: str) -> str:
    articles = results["systems"][name]["about"]["articles"]
    return name if articles == results["benchmark"]["rows"] else f"{name} ({articles} articles)"


def _notes(results: Results) -> list[str]:
    benchmark = results["benchmark"]
    changed = " with changes" if results["git_dirty"] else ""
    notes = [
        _CEILING_NOTE,
        f"Benchmark `{benchmark['name']}`, {benchmark['rows']} articles, SHA-256 `{benchmark['digest'][:12]}…`; commit "
        f"`{results['git_commit'][:10]}`{changed}; {results['machine']}. ROUGE-1/2/L in the setting `xlsum-stem`, "
        "bullets a line each as one text against the first five references; in brackets the 95 % bootstrap interval.",
    ]
    left = [
        f"{name}: {count} {why}"
        for name, record in results["systems"].items()
        for said in (record["about"]["excluded"], record["about"]["noted"])
        for why, count in said.items()
    ]
    return [*notes, "Left out or noted: " + "; ".join(left) + "."] if left else notes
