"""The numbers of the report: leaderboard and plots, as HTML. Everything that was read is escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from eval.metrics import METRICS
from eval.metrics.score import ScoreRecord
from eval.report.data import Section
from eval.report.plots import COLOURS, Point, axis, interval_bar, scatter
from eval.run.results import score_of
from eval.tables import speed

#: Groups of columns: heading, then (short name, key).
_GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("xlsum-stem", (("R1", "xlsum-stem.rouge1"), ("R2", "xlsum-stem.rouge2"), ("RL", "xlsum-stem.rougeL"))),
    ("xlsum", (("R1", "xlsum.rouge1"), ("R2", "xlsum.rouge2"), ("RL", "xlsum.rougeL"))),
    ("normalized", (("R1", "normalized.rouge1"), ("R2", "normalized.rouge2"), ("RL", "normalized.rougeL"))),
    ("beside", tuple((entry.heading, name) for name, entry in METRICS.items() if entry.heading)),
)
_RISING = {name for name, entry in METRICS.items() if entry.rising}


def leaderboard(section: Section) -> str:
    """The table of systems, best first, each number over its interval."""
    records = section.results["systems"]
    groups = [(name, columns) for name, columns in _GROUPS if any(_has(section, key) for _, key in columns)]
    columns = [(heading, key) for _, group in groups for heading, key in group if _has(section, key)]
    best = {key: _best(section, key) for _, key in columns}
    found = {name: score for name in section.systems if (score := score_of(records[name], section.quality))}
    ends = (min(score["low"] for score in found.values()), max(score["high"] for score in found.values()))
    head = "".join(
        f'<th colspan="{sum(_has(section, key) for _, key in group)}" scope="colgroup">{name}</th>'
        for name, group in groups
    )
    names = "".join(f'<th scope="col"><button type="button">{heading}</button></th>' for heading, _ in columns)
    lines = []
    for colour, name in enumerate(section.systems):
        score = found.get(name)
        bar = interval_bar(ends, (score["low"], score["value"], score["high"]), colour % COLOURS) if score else ""
        cells = "".join(_cell(score_of(records[name], key), name == best[key]) for _, key in columns)
        about = records[name]["about"]
        lines.append(
            f'<tr><th scope="row"><i class="swatch s{colour % COLOURS}"></i>{escape(name)}{_small(section, about)}</th>'
            f"<td>{bar}</td>{cells}{_speed_cell(about)}</tr>"
        )
    return (
        f'<div class="wide"><table class="board"><thead><tr><th></th><th></th>{head}<th></th></tr>'
        f'<tr><th scope="col">system</th><th scope="col">{escape(section.quality)}</th>{names}'
        f'<th scope="col"><button type="button">articles/s</button></th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def plots(section: Section) -> str:
    """Quality against speed, length and support."""
    quality = f"quality: {section.quality}"
    drawn = [
        _plot(section, "articles a second", "", quality, logarithmic=True),
        _plot(section, "length in words", "length", quality),
        _plot(section, "support in the article, %", "support", quality),
    ]
    untimed = [name for name in section.systems if not section.results["systems"][name]["about"]["articles_per_second"]]
    if untimed and drawn[0]:
        drawn[0] += f"<figcaption>Written elsewhere, not timed: {escape(', '.join(untimed))}</figcaption>"
    return f'<div class="plots">{"".join(f"<figure>{plot}</figure>" for plot in drawn if plot)}</div>'


def _plot(section: Section, title: str, key: str, quality: str, *, logarithmic: bool = False) -> str:
    """One plot of quality (up) against the score ``key``, or against speed when it is empty; empty with no point."""
    points = []
    for colour, name in enumerate(section.systems):
        record = section.results["systems"][name]
        score = score_of(record, section.quality)
        across = score_of(record, key) if key else None
        value = across["value"] if across else None if key else record["about"]["articles_per_second"]
        if score and value is not None and (value > 0 or not logarithmic):
            ends = (across["low"], across["high"]) if across else None
            points.append(Point(name, value, score["value"], ends, (score["low"], score["high"]), colour % COLOURS))
    if not points:
        return ""
    xs = [value for point in points for value in (point.x, *(point.x_interval or ()))]
    ys = [value for point in points for value in (point.y, *(point.y_interval or ()))]
    return scatter(f"{quality} against {title}", points, axis(title, xs, logarithmic=logarithmic), axis(quality, ys))


def _has(section: Section, key: str) -> bool:
    return any(score_of(record, key) for record in section.results["systems"].values())


def _best(section: Section, key: str) -> str:
    """The system with the highest value; none for scores where more is not better. The oracle is out of contest."""
    if "rouge" not in key and key not in _RISING:
        return ""
    records = section.results["systems"]
    found = {name: score["value"] for name in records if name != "oracle" and (score := score_of(records[name], key))}
    return max(found, key=lambda name: found[name], default="")


def _cell(score: ScoreRecord | None, best: bool) -> str:
    if score is None:
        return '<td data-value="-1">–</td>'
    interval = f"{score['low']:.1f}–{score['high']:.1f}"
    value = f"<b>{score['value']:.1f}</b>" if best else f"{score['value']:.1f}"
    return (
        f'<td data-value="{score["value"]}" title="{escape(score["signature"])}">{value}<small>{interval}</small></td>'
    )


def _speed_cell(about: Mapping[str, Any]) -> str:
    rate = about["articles_per_second"]
    return f'<td data-value="{rate}">{speed(rate)}</td>' if rate else '<td data-value="-1">–</td>'


def _small(section: Section, about: Mapping[str, Any]) -> str:
    """Below a system's name: how many articles when not all, which rungs, what is noted."""
    parts = []
    if about["articles"] != section.results["benchmark"]["rows"]:
        parts.append(f"{about['articles']} articles")
    if len(about["methods"]) > 1 or about["refused"]:
        parts += [f"{method} {count}" for method, count in about["methods"].items()]
    parts += [f"{count} {reason}" for reason, count in {**about["excluded"], **about["noted"]}.items()]
    return f"<small>{escape(' · '.join(parts))}</small>" if parts else ""
