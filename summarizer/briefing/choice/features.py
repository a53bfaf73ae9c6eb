"""What is counted of each sentence of an article: place, length, marks, words, what was said before and after.

Every function returns named numbers; what they are worth is learned (``training.choice``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer.arabic.saying import SAYING, SPEAKING
from summarizer.briefing.choice.relations import relations, relations_of
from summarizer.briefing.choice.sentence import Sentence

VERSION = 1
"""Raised whenever a feature changes: weights of another version are refused."""
_OPEN, _CLOSE = "«“", "»”"
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن")
_RARE = 300
"""A word that stands less often in the table of counts (17.5 million words) is mostly a name or misspelt."""
_LONGEST_LINE, _SHORTEST_LINE = 26, 6
"""Words of the longest and the shortest printed line (``LIGHT.md`` of the labels)."""


def features(sentences: Sequence[Sentence]) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The names of the features and their values, [sentences, features]; of no sentences, an empty table."""
    seen = relations(sentences)
    rows = [{**alone(s, i, len(sentences)), **seen[i]} for i, s in enumerate(sentences)]
    if not rows:
        return (), np.zeros((0, 0))
    names = tuple(rows[0])
    return _with_company(names, _table(rows, names))


def features_of(
    sentences: Sequence[Sentence], place: int, known: Sequence[Mapping[str, float]]
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """As :func:`features`, of the sentence at ``place`` alone; ``known``: :func:`alone` of each of the others."""
    seen = relations_of(sentences, place)
    row = {**alone(sentences[place], place, len(sentences)), **seen[place]}
    compared = tuple(dict.fromkeys((*_AGAINST_MEAN, *_BESIDE)))
    rows: list[Mapping[str, float]] = [{**one, **other} for one, other in zip(known, seen, strict=True)]
    rows[place] = row
    names, table = _with_company(compared, _table(rows, compared))
    own = np.array([float(value) for value in row.values()])
    return (*row, *names[len(compared) :]), np.concatenate([own, table[place, len(compared) :]])


def alone(s: Sentence, index: int, total: int) -> dict[str, float]:
    """Named numbers of a sentence by itself, and of where it stands among ``total``."""
    return {**_place(index, total), **_marks(s.text), **_words(s), **_openings(s)}


def _table(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[float(row[name]) for name in names] for row in rows])


def _place(index: int, total: int) -> dict[str, float]:
    return {
        "first": index == 0,
        "index": min(index, 40),
        "log_index": math.log1p(index),
        "from_end": min(total - 1 - index, 40),
        "share": index / max(1, total - 1),
        "total": min(total, 80),
    }


def _marks(text: str) -> dict[str, float]:
    quotes = re.split('["«»“”]', text)
    end = text.rstrip()[-1:]
    inside = sum(map(len, quotes[1::2]))
    return {
        "chars": len(text),
        "quote_marks": len(quotes) - 1,
        "quoted_share": inside / max(1, len(text)),
        "open_quote": text.count('"') % 2 or sum(map(text.count, _OPEN)) != sum(map(text.count, _CLOSE)),
        "asks": "؟" in text,
        "exclaims": "!" in text,
        "dots": "..." in text or "…" in text,
        "end_stop": end in ".؟!",
        "end_quote": end in '"»”',
        "end_colon": end in ":،",
        "colon_at": text.find(":") / max(1, len(text)),
        "colons": text.count(":"),
        "commas": text.count("،") + text.count(","),
        "inner_stops": len(re.findall(r"[.؟!؛]\s", text)),
        "dashes": len(re.findall(r"\s[-–—]\s?", text)),
        "parens": text.count("("),
        "latin": len(re.findall("[A-Za-z]+", text)),
        "numbers": len(re.findall(r"\d+", text)),
        "digits": sum(map(str.isdigit, text)),
        "lines": text.count("\n"),
        "hashes": text.count("#") + text.count("_") + text.count("@"),
        "loose_marks": len(re.findall(r"\s[.،:؛؟!]|[،:؛.][^\W\d]", text)),
        "percent": "%" in text or "المئة" in text or "المائة" in text,
    }


def _words(s: Sentence) -> dict[str, float]:
    arabic = [count for count in s.counts if count >= 0]
    content = [k for k in s.keys if k]
    logs = [math.log1p(count) for count in arabic]
    odd = sorted(s.oddness, reverse=True)
    unknown = [len(word) for word, count in zip(s.words, s.counts, strict=True) if count == 0]
    return {
        "words": len(s.words),
        "words_by_space": len(s.text.split()),
        "words_over": max(0, len(s.words) - _LONGEST_LINE),
        "over": len(s.words) > _LONGEST_LINE,
        "short": len(s.words) < _SHORTEST_LINE,
        "content": len(content),
        "content_share": len(content) / max(1, len(s.words)),
        "word_length": sum(map(len, s.words)) / max(1, len(s.words)),
        "unknown": len(unknown),
        "unknown_share": len(unknown) / max(1, len(arabic)),
        "unknown_longest": max(unknown, default=0),
        "rare": sum(count < _RARE for count in arabic),
        "rare_share": sum(count < _RARE for count in arabic) / max(1, len(arabic)),
        "log_count": sum(logs) / max(1, len(logs)),
        "odd_most": odd[0] if odd else 0,
        "odd_second": odd[1] if len(odd) > 1 else 0,
        "odd_words": sum(one > 2 for one in odd),
        "odd_sum": sum(one for one in odd if one > 0.7),
        "first_rare": next((i for i, count in enumerate(s.counts) if 0 <= count < _RARE), 30),
        "articles": sum(word.startswith("ال") for word in s.folded),
    }


def _openings(s: Sentence) -> dict[str, float]:
    bound = [
        i
        for i, word in enumerate(s.folded)
        if len(word) > 3 and word.endswith(_PRONOUNS) and not s.words[i].endswith("ة")
    ]
    says = [i for i, word in enumerate(s.folded) if word in SPEAKING or word[1:] in SPEAKING]
    first = s.folded[0] if s.folded else ""
    return {
        "and": first[:1] in ("و", "ف"),
        "first_definite": first.startswith("ال"),
        "second_definite": len(s.folded) > 1 and s.folded[1].startswith("ال"),
        "first_count": math.log1p(max(0, s.counts[0])) if s.counts else 0,
        "second_count": math.log1p(max(0, s.counts[1])) if len(s.counts) > 1 else 0,
        "third_count": math.log1p(max(0, s.counts[2])) if len(s.counts) > 2 else 0,
        "first_says": first in SAYING or first[1:] in SAYING,
        "says": len(says),
        "says_at": says[0] if says else 30,
        "pronouns": len(bound),
        "pronoun_at": bound[0] if bound else 30,
        "second_stop": len(s.keys) > 1 and not s.keys[1],
        "third_stop": len(s.keys) > 2 and not s.keys[2],
    }


#: Of these the article's mean is taken off, and the neighbours' values are set beside.
_AGAINST_MEAN = (
    "words",
    "centroid",
    "to_lead",
    "known_share",
    "new",
    "numbers",
    "unknown_share",
    "odd_sum",
    "rare_share",
)
_BESIDE = ("words", "and", "open_quote", "first_says", "end_colon", "centroid", "pronouns", "asks")


def _with_company(names: tuple[str, ...], table: NDArray[np.float64]) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The table with the article's means, the differences from them, ranks, and what stands in the next sentences."""
    against = [names.index(name) for name in _AGAINST_MEAN]
    beside = [names.index(name) for name in _BESIDE]
    means = table[:, against].mean(axis=0)
    ranks = np.argsort(np.argsort(-table[:, against], axis=0, kind="stable"), axis=0).clip(max=40)
    blank = np.zeros((1, len(beside)))
    parts = [
        table,
        np.broadcast_to(means, (len(table), len(against))),
        table[:, against] - means,
        ranks,
        np.concatenate([blank, table[:-1, beside]]),
        np.concatenate([table[1:, beside], blank]),
    ]
    labels = [*names]
    labels += [f"{kind}_{name}" for kind in ("mean", "less_mean", "rank") for name in _AGAINST_MEAN]
    labels += [f"{kind}_{name}" for kind in ("before", "after") for name in _BESIDE]
    return tuple(labels), np.concatenate(parts, axis=1)
