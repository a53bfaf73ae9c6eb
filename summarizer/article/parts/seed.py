"""The editor's part of an article in the seeds' layout, and of its relatives.

The layout, blocks divided by blank lines:

    هزيمة داعش في شرق سوريا قاب قوسين أو أدنى                        headline

    قوات سوريا الديمقراطية تكشف أنها رفضت طلبا من التنظيم.           standfirst

    الخناق يزداد ضيقا على تنظيم الدولة الإسلامية                     bullets, one a line
    داعش محاصر في 4 كيلومترات مربعة

    السوسة (سوريا) - بات تنظيم الدولة…                               body

Any part of it may be missing, and a plain article is the layout with nothing but a body. Nothing is taken from the
body without a reason: a line that may as well be the lead stays in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.arabic.words import content_keys
from summarizer.article.parts import furniture
from summarizer.article.parts.body import opens_as_continuation, opens_with_verb
from summarizer.article.parts.datelines import dateline_end
from summarizer.article.parts.lines import Line

_MAX_TITLE_WORDS = 25
_MAX_BULLET_WORDS = 20
_MAX_BULLETS = 10
_STANDFIRST_WORDS = (5, 50)
_MIN_ECHO, _MIN_ECHO_OF_VERB = 0.4, 0.6
"""Share of a standfirst's content words that the paragraph after it repeats; more is asked of a line that opens with a
verb, as leads do. On 743 articles of BBC Arabic, July-October 2018, not used to set them: 79 % of the standfirsts
found, 0.5 % of the leads taken for one."""
_MIN_PARAGRAPHS_BELOW = 3
_MAX_LINES = 40
_TEASER = re.compile(r"(?:بالفيديو|بالصور|فيديو|صور|شاهد|شاهدوا|انفوجرافيك|انفوغرافيك)\s*(?:[:|(]|\.{2,})")
_BULLET_MARK = re.compile(r"^\s*(?:[•●▪◦■*·▸►➤✓-]|[–—]|\d{1,2}\s*[.)ـ-])\s*")


class Header(NamedTuple):
    """What the editor wrote above the body, and how many lines it took."""

    title: str = ""
    standfirst: str = ""
    bullets: tuple[str, ...] = ()
    taken: frozenset[int] = frozenset()
    """Indices of the lines that are not body."""


def read_header(lines: Sequence[Line], *, title: bool = True) -> Header:
    """The headline, standfirst and bullets that open ``lines``; ``title=False`` when the headline is known already.

    Lines of furniture among them (a byline, a date) are passed over and left to the body's reader.
    """
    rows = [index for index, line in enumerate(lines[:_MAX_LINES]) if _may_be_header(index, line)]
    taken: list[int] = []
    headline = standfirst = ""
    if title and rows and _is_title(lines, rows):
        headline = lines[rows[0]].text
        taken.append(rows.pop(0))
    bullets = _bullets_at(lines, rows, 0)
    if not bullets and rows:
        after = _bullets_at(lines, rows, 1)
        if _is_standfirst(lines, rows, bool(after), bool(headline) or not title):
            standfirst = lines[rows[0]].text
            taken.append(rows[0])
            bullets = after
    taken += bullets
    return Header(headline, standfirst, tuple(_bare(lines[row].text) for row in bullets), frozenset(taken))


def _may_be_header(index: int, line: Line) -> bool:
    """«بالفيديو.. نسر يخطف هاتفا» points to another article anywhere but on the first line, where it is the title."""
    kind = furniture.kind_of(line)
    return kind is None or (index == 0 and kind is furniture.Kind.LINK and bool(_TEASER.match(line.folded)))


def _is_title(lines: Sequence[Line], rows: list[int]) -> bool:
    """A first line of at most 25 words without a full stop, above something longer that is no second line of it."""
    first, rest = lines[rows[0]], [lines[row] for row in rows[1:]]
    if not rest or first.words > _MAX_TITLE_WORDS or first.hangs or opens_as_continuation(first):
        return False
    if first.stops and not first.text.rstrip(" \"'»”").endswith(("؟", "?", "!", "…", "..")):
        return False
    if dateline_end(first.text) == len(first.text) or _opens_bullet_block(lines, rows):
        return False
    return any(line.words >= max(8, first.words) and (line.stops or line.words > first.words) for line in rest)


def _opens_bullet_block(lines: Sequence[Line], rows: list[int]) -> bool:
    """True when the first line is one of three or more short ones in a block of their own: bullets, no headline."""
    block = [row for row in rows if lines[row].block == lines[rows[0]].block]
    return 3 <= len(block) < len(rows) and all(_is_bullet(lines[row]) for row in block)


def _bullets_at(lines: Sequence[Line], rows: list[int], start: int) -> list[int]:
    """The rows of the bullets that begin at ``rows[start]``: none when they are not certain.

    Certain are two or more short lines without a full stop that fill a block of their own; three or more that stand
    anyhow above a longer paragraph; and short marked lines.
    """
    run: list[int] = []
    for row in rows[start : start + _MAX_BULLETS]:
        if not _is_bullet(lines[row]):
            break
        run.append(row)
    if len(run) < 2 or len(run) == _MAX_BULLETS:
        return []
    rest = [lines[row] for row in rows[start + len(run) :]]
    longest = max((line.words for line in rest), default=0)
    if longest <= max(lines[row].words for row in run):
        return []
    sizes = Counter(lines[row].block for row in run)
    if sizes[lines[run[0]].block] == 1 and max(sizes.values()) > 1:
        return []  # a block of bullets with a line above it: a standfirst without a stop
    marked = all(_BULLET_MARK.match(lines[row].text) for row in run)
    return run if marked or len(run) >= 3 or _is_own_block(lines, run) else []


def _is_bullet(line: Line) -> bool:
    marked = _BULLET_MARK.match(line.text) is not None
    unstopped = not line.stops and not line.hangs and not opens_as_continuation(line)
    return 2 <= line.words <= _MAX_BULLET_WORDS and (marked or unstopped) and not dateline_end(line.text)


def _is_own_block(lines: Sequence[Line], run: list[int]) -> bool:
    blocks = {lines[row].block for row in run}
    beside = [row for row in (run[0] - 1, run[-1] + 1) if 0 <= row < len(lines)]
    return len(blocks) == 1 and all(lines[row].block not in blocks for row in beside)


def _is_standfirst(lines: Sequence[Line], rows: list[int], bullets_follow: bool, titled: bool) -> bool:
    """Is the first line left a standfirst, or the lead? Without a reason for the one, it is the other."""
    first, following = lines[rows[0]], [lines[row] for row in rows[1:]]
    low, high = _STANDFIRST_WORDS
    if not low <= first.words <= high or not following or dateline_end(first.text) or opens_as_continuation(first):
        return False
    if bullets_follow:
        return True
    second = following[0]
    if not titled or opens_as_continuation(second) or second.words < low:
        return False
    if dateline_end(second.text) and second.words > low:
        return True
    if not first.stops and second.stops:
        return first.words >= 8 and second.words > first.words
    keys, echoed = content_keys(first.text), set(content_keys(second.text))
    least = _MIN_ECHO_OF_VERB if opens_with_verb(first) else _MIN_ECHO
    return len(following) >= _MIN_PARAGRAPHS_BELOW and sum(key in echoed for key in keys) >= least * len(keys)


def _bare(text: str) -> str:
    return _BULLET_MARK.sub("", text).strip()
