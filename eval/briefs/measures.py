"""What is measured of a brief, slot by slot, and how much of what matters it reaches.

All words are those of ROUGE's setting ``xlsum-stem`` where texts are compared with references, and the house's folded
words where a statement is laid beside its sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from eval.briefs.printed import Printed, Statement
from eval.metrics import load_metric, load_setting
from eval.metrics.base import Item, Measurement, mean_of, ratio
from eval.metrics.lcs import lcs_length
from eval.metrics.settings import Tokens
from summarizer.arabic.words import count_words
from training.corpora.annotated.briefs import PRINTED, EditedBrief

SLOTS = ("headline", "standfirst", "bullets")
AGAINST = ("", "_cut")
ROUGES = ("rouge1", "rouge2", "rougeL")
ROUGE_SETTING, WORDS = "xlsum-stem", "normalized"


class Pair(NamedTuple):
    """A brief beside the edited one of the same article."""

    printed: Printed
    edited: EditedBrief


def measure(pairs: Sequence[Pair]) -> dict[str, Measurement]:
    """Every measure that applies to at least one of ``pairs``, by key.

    ``SLOT.rouge1`` … ``SLOT_cut.rougeL``: in per cent, bullets a line each as one text, against the first five
    references (cuts that are "" left out); ``reached`` … ``words_*``: see the functions below.
    """
    found: dict[str, Measurement] = {}
    for slot in SLOTS:
        for against in AGAINST:
            items = _items(pairs, slot, cut=bool(against))
            for rouge in ROUGES if items else ():
                found[f"{slot}{against}.{rouge}"] = load_metric(rouge)(items, load_setting(ROUGE_SETTING))
    found["reached"] = reached(pairs, lambda brief: brief.bullets)
    found["reached_all"] = reached(pairs, lambda brief: brief.statements)
    found["stood_on"] = _per_bullet(pairs, lambda line, own: float(len(standing(line, own))), unit="sentences")
    found["kept"] = _per_bullet(pairs, lambda line, own: 100.0 * beside(line, own).kept)
    found["added"] = _per_bullet(pairs, lambda line, own: float(beside(line, own).added), unit="words")
    found["bullet_count"] = mean_of([len(pair.printed.bullets) for pair in pairs], unit="bullets")
    found["words_headline"] = _words([[pair.printed.headline] for pair in pairs])
    found["words_standfirst"] = _words([[pair.printed.standfirst] for pair in pairs])
    found["words_bullet"] = _words([pair.printed.bullets for pair in pairs])
    return {key: measurement for key, measurement in found.items() if measurement.count}


def _items(pairs: Sequence[Pair], slot: str, *, cut: bool) -> list[Item]:
    """Output and reference of one slot; articles without a cut for it left out."""
    found = []
    for printed, edited in pairs:
        wanted = _reference(edited, slot, cut=cut)
        lines = printed.bullets if slot == "bullets" else (getattr(printed, slot),)
        if wanted:
            found.append(Item(printed.id, "\n".join(line.text for line in lines), (wanted,), ""))
    return found


def _reference(edited: EditedBrief, slot: str, *, cut: bool) -> str:
    if slot != "bullets":
        return str(getattr(edited.cuts if cut else edited, slot))
    texts = edited.cuts.bullets[:PRINTED] if cut else [bullet.text for bullet in edited.printed]
    return "\n".join(text for text in texts if text)


def reached(pairs: Sequence[Pair], lines: Callable[[Printed], Sequence[Statement]]) -> Measurement:
    """The share of the first five reference bullets that the brief's ``lines`` stand on, in per cent, over all bullets.

    A reference bullet is reached when one of its sentences is among those that any of the lines stands on.
    """
    counts = []
    for printed, edited in pairs:
        own = {place for line in lines(printed) for place in standing(line, edited)}
        hits = sum(not own.isdisjoint(bullet.sentences) for bullet in edited.printed)
        counts.append((100.0 * hits, len(edited.printed)))
    return _micro(counts, first=str(PRINTED), rule="one-sentence-shared")


def by_chance(edited: EditedBrief, drawn: int = PRINTED) -> float:
    """Reference bullets, of the first five, that ``drawn`` different sentences reach when all are equally likely."""
    total = len(edited.sentences)
    taken = min(drawn, total)
    ways = math.comb(total, taken)
    return sum(1.0 - math.comb(total - len(bullet.sentences), taken) / ways for bullet in edited.printed)


def reached_by_chance(briefs: Sequence[EditedBrief]) -> Measurement:
    """:func:`reached` of five sentences drawn at random: the expected value, nothing is drawn."""
    counts = [(100.0 * by_chance(edited), len(edited.printed)) for edited in briefs]
    return _micro(counts, first=str(PRINTED), rule="one-sentence-shared", drawn=f"{PRINTED},expected")


def standing(line: Statement, edited: EditedBrief) -> tuple[int, ...]:
    """The sentences a statement stands on: those its writer names, else the one it has most words in order with."""
    if line.sentences or not line.text:
        return line.sentences
    return (nearest(line.text, edited.sentences, range(len(edited.sentences))),)


class Beside(NamedTuple):
    """A statement laid beside its sentence: the share of the sentence's words that stand in it in order (0 to 1), and
    how many of its own words do not come from there.
    """

    kept: float
    added: int


def beside(line: Statement, edited: EditedBrief) -> Beside:
    """The statement beside that of its sentences which it has most words in order with."""
    place = nearest(line.text, edited.sentences, standing(line, edited))
    own, sentence = _tokens(line.text), _tokens(edited.sentences[place])
    common = lcs_length(own, sentence)
    return Beside(common / len(sentence) if len(sentence) else 0.0, len(own) - common)


def nearest(text: str, sentences: Sequence[str], places: Sequence[int]) -> int:
    """The first of ``places`` whose sentence has most words of ``text`` in order."""
    own = _tokens(text)
    return max(places, key=lambda place: (lcs_length(own, _tokens(sentences[place])), -place))


def _tokens(text: str) -> Tokens:
    return load_setting(WORDS).tokens(text)


def _words(lines: Sequence[Sequence[Statement]]) -> Measurement:
    """Words a statement, over all of them."""
    counts = [(float(sum(count_words(line.text) for line in own)), len(own)) for own in lines]
    return _micro(counts, tok="mujaz-words", unit="words")


def _per_bullet(pairs: Sequence[Pair], value: Callable[[Statement, EditedBrief], float], **fields: str) -> Measurement:
    counts = [(sum(value(line, edited) for line in printed.bullets), len(printed.bullets)) for printed, edited in pairs]
    return _micro(counts, tok=f"{WORDS}-words", **fields)


def _micro(counts: Sequence[tuple[float, int]], **fields: str) -> Measurement:
    """Sums over everything, from each article's sum and number."""
    statistics = np.asarray(counts, dtype=np.float64).reshape(len(counts), 2)  # (articles, 2)
    return Measurement(statistics, ratio, ratio(statistics), {**fields, "avg": "micro"})
