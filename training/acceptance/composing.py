"""What would be printed of labelled lines, by judges that have not seen their articles: to choose ``BARS``."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.backends.asks import LABELS
from summarizer.briefing import composing
from summarizer.briefing.acceptance import BARS, Bars
from summarizer.briefing.choice.outlook import Outlook
from summarizer.briefing.composing import Offer
from summarizer.schema import Statement, Support, Task
from training.acceptance.fitting import Labelled, Unseen

_WANTED = 5
TRIED = tuple(
    replace(BARS, printable=printable, true=true)
    for true in (0.88, 0.92, 0.95)
    for printable in ((0.0, 0.0, 0.55), (0.0, 0.0, 0.0, 0.55), BARS.printable, (0.4, 0.4, 0.4, 0.55), (0.55,))
)


def composed(lines: Sequence[Labelled], unseen: Unseen, bars: Bars) -> Iterator[tuple[int, Labelled]]:
    """The lines that a brief would have, each with its article (``summarizer.briefing.composing``)."""
    articles: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        articles[line.article].append(place)
    for article, places in articles.items():
        offers = [_offer(lines[place], unseen, place) for place in places]
        line_of = {id(offer): lines[place] for offer, place in zip(offers, places, strict=True)}
        outlooks = {lines[place].place: _outlook(lines[place]) for place in places}
        for offer in composing.composed(offers, outlooks, _WANTED, bars):
            yield article, line_of[id(offer)]


def _offer(line: Labelled, unseen: Unseen, place: int) -> Offer:
    statement = Statement(line.text, line.task, (), "", Support(0.0))
    return Offer(statement, line.place, float(unseen.printable[place]), float(unseen.true[place]))


def _outlook(line: Labelled) -> Outlook:
    return Outlook(*(1 / (1 + math.exp(-line.found[name])) for name in ("important", "stands", "news")))


def table(lines: Sequence[Labelled], unseen: Unseen) -> str:
    """A row for each of ``TRIED``: bullets an article, articles with three or more, shares that are ok and false."""
    rows = ["| bars | bullets | 3 or more | headlines ok | standfirsts ok | bullets ok | false | all ok | all false |"]
    rows.append("|---|" + "---:|" * 8)
    rows += [_row(bars, list(composed(lines, unseen, bars))) for bars in TRIED]
    return "\n".join(rows)


def offered(lines: Sequence[Labelled]) -> str:
    """A row for each slot: how many lines were offered, and the share of each label."""
    rows = ["| offered | lines | " + " | ".join(LABELS) + " |", "|---|" + "---:|" * (len(LABELS) + 1)]
    for task in Task:
        own = [line for line in lines if line.task is task]
        cells = [task.value, str(len(own)), *(f"{_share(own, label):.0%}" for label in LABELS)]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _row(bars: Bars, printed: Sequence[tuple[int, Labelled]]) -> str:
    articles = {article for article, _ in printed}
    counts = Counter(article for article, line in printed if line.task is Task.BULLET)
    three = sum(count >= 3 for count in counts.values()) / len(articles)
    ok = {task: _share([line for _, line in printed if line.task is task], "ok") for task in Task}
    every = [line for _, line in printed]
    false = _share([line for line in every if line.task is Task.BULLET], "false")
    cells = [f"printable {', '.join(map(str, bars.printable))}; true {bars.true}"]
    cells += [f"{counts.total() / len(articles):.1f}", f"{three:.0%}"]
    cells += [f"{ok[task]:.0%}" for task in (Task.HEADLINE, Task.STANDFIRST, Task.BULLET)]
    cells += [f"{false:.1%}", f"{_share(every, 'ok'):.0%}", f"{_share(every, 'false'):.1%}"]
    return "| " + " | ".join(cells) + " |"


def _share(lines: Sequence[Labelled], label: str) -> float:
    return sum(line.label == label for line in lines) / max(1, len(lines))
