"""What would be printed of labelled lines, by judges that have not seen their articles: to choose ``BARS``."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.arabic.centrality import jaccard
from summarizer.arabic.words import content_keys
from summarizer.briefing.acceptance import BARS, Bars
from summarizer.schema import Task
from training.acceptance.fitting import Labelled, Unseen

_MOST = 5
_MAX_OVERLAP = 0.5
TRIED = tuple(
    replace(BARS, printable=printable, fewest=fewest) for fewest in (2, 3) for printable in (0.4, 0.5, 0.55, 0.6, 0.7)
)


def composed(lines: Sequence[Labelled], unseen: Unseen, bars: Bars) -> Iterator[tuple[int, Labelled]]:
    """The lines that are printed, each with its article: the best headline and standfirst, then bullets.

    As ``summarizer.editing`` composes, but that a bullet may repeat the standfirst.
    """
    articles: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        articles[line.article].append(place)
    for article, places in articles.items():
        for task in (Task.HEADLINE, Task.STANDFIRST):
            own = [place for place in places if lines[place].task is task]
            worth = {place: unseen.printable[place] * unseen.true[place] ** bars.truth for place in own}
            if task is Task.STANDFIRST:
                worth = {place: value * _chance(lines[place].found["news"]) for place, value in worth.items()}
            if own:
                yield article, lines[max(own, key=worth.__getitem__)]
        for place in _bullets(lines, places, unseen, bars):
            yield article, lines[place]


def _bullets(lines: Sequence[Labelled], places: Sequence[int], unseen: Unseen, bars: Bars) -> list[int]:
    best: dict[int, int] = {}
    for place in places:
        known = best.setdefault(lines[place].place, place) if _fits(lines[place], unseen.true[place], bars) else place
        if known != place and unseen.printable[place] > unseen.printable[known]:
            best[lines[place].place] = place
    kept: list[int] = []
    for place in sorted(best.values(), key=lambda one: -unseen.printable[one] * _weight(lines[one])):
        good = unseen.printable[place] >= bars.printable or len(kept) < bars.fewest
        if good and len(kept) < _MOST and not any(_alike(lines[place], lines[other]) for other in kept):
            kept.append(place)
    return kept


def _fits(line: Labelled, true: float, bars: Bars) -> bool:
    return line.task is Task.BULLET and true >= bars.true


def _weight(line: Labelled) -> float:
    return 0.5 + _chance(line.found["important"])


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _alike(one: Labelled, other: Labelled) -> bool:
    return jaccard(set(content_keys(one.text)), set(content_keys(other.text))) > _MAX_OVERLAP


def table(lines: Sequence[Labelled], unseen: Unseen) -> str:
    """A row for each of ``TRIED``: bullets an article, articles with three or more, shares that are ok and false."""
    rows = ["| bars | bullets | 3 or more | headlines ok | standfirsts ok | bullets ok | false | all ok | all false |"]
    rows.append("|---|" + "---:|" * 8)
    rows += [_row(bars, list(composed(lines, unseen, bars))) for bars in TRIED]
    return "\n".join(rows)


def _row(bars: Bars, printed: Sequence[tuple[int, Labelled]]) -> str:
    articles = {article for article, _ in printed}
    counts = Counter(article for article, line in printed if line.task is Task.BULLET)
    three = sum(count >= 3 for count in counts.values()) / len(articles)
    ok = {task: _share([line for _, line in printed if line.task is task], "ok") for task in Task}
    every = [line for _, line in printed]
    false = _share([line for line in every if line.task is Task.BULLET], "false")
    cells = [f"printable {bars.printable}, fewest {bars.fewest}"]
    cells += [f"{counts.total() / len(articles):.1f}", f"{three:.0%}"]
    cells += [f"{ok[task]:.0%}" for task in (Task.HEADLINE, Task.STANDFIRST, Task.BULLET)]
    cells += [f"{false:.1%}", f"{_share(every, 'ok'):.0%}", f"{_share(every, 'false'):.1%}"]
    return "| " + " | ".join(cells) + " |"


def _share(lines: Sequence[Labelled], label: str) -> float:
    return sum(line.label == label for line in lines) / max(1, len(lines))
