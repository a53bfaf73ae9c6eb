"""What is asked about articles of ``labels/``: ranks and light edits, and judged candidates with their cures."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from summarizer.arabic.words import count_words, folded_words
from summarizer.briefing.polish import strip_opening
from training.corpora.annotated.labels import Judged, JudgedArticle, Light, LightArticle
from training.edit_rows.article import Count, EditedArticle
from training.edit_rows.likeness import bearing, kept

LIGHT, CANDIDATES = "light", "candidates"
HELD_ONE_IN = 8
"""Of the articles, by a checksum of their ids."""
MAX_SENTENCE_WORDS = 60
"""What is longer is seldom one sentence; its line is no light edit."""
MIN_OF_LINE = 0.5
"""A cure that has less of its words in its sentence, in order, was made from others."""


def is_held(article_id: str) -> bool:
    """True for an article that no training row is of."""
    return zlib.crc32(article_id.encode()) % HELD_ONE_IN == 0


def from_light(rows: Sequence[LightArticle], count: Count) -> Iterator[EditedArticle]:
    """Every sentence ranked; a line of those that are for print, as light an edit as the editor could."""
    for row in rows:
        article = EditedArticle(row.id, LIGHT, row.sentences, count, is_held(row.id))
        words = frozenset(folded_words(article.body))
        for place, light in enumerate(row.lines):
            article.answer("rank", place, rank_of(light))
            if light.rank:
                _write_light(article, place, light, words)
        yield article


def rank_of(light: Light) -> str:
    """The answer about a sentence: see ``summarizer.backends.asks.RANKS``."""
    return f"{light.rank} as it is" if light.as_is else str(light.rank)


def _write_light(article: EditedArticle, place: int, light: Light, words: frozenset[str]) -> None:
    sentence = article.sentences[place]
    if count_words(sentence) > MAX_SENTENCE_WORDS:
        article.drop("bullet", f"of a sentence of more than {MAX_SENTENCE_WORDS} words")
    else:
        # An opening «و» is the machine's to mend, says the guideline.
        article.write("bullet", [place], light.line or strip_opening(sentence, words), "light")


def from_candidates(rows: Sequence[JudgedArticle], count: Count) -> Iterator[EditedArticle]:
    """Every candidate judged; what is ok, and the cures of what is not, as lines; of the cures half judged as ok."""
    for row in rows:
        article = EditedArticle(row.id, CANDIDATES, row.sentences, count, is_held(row.id))
        written: set[str] = set()
        for one in row.candidates:
            if row.benchmark:
                article.drop(one.slot, "of a benchmark, which measures and is not learned")
                continue
            places = bearing(one.text, row.sentences) if one.sentence is None else (one.sentence,)
            article.judge(one.slot, places, one.text, one.label)
            _write_cure(article, places, one, written)
        yield article


def _write_cure(article: EditedArticle, places: Sequence[int], one: Judged, written: set[str]) -> None:
    text = one.text if one.label == "ok" else one.cure
    if text in written:
        article.drop(one.slot, "a line written already")
    if not text or text in written:
        return
    written.add(text)
    if kept(text, article.about(places)).of_line < MIN_OF_LINE:
        article.drop(one.slot, "a cure made from other sentences")
        return
    article.write(one.slot, places, text)
    if one.label != "ok" and zlib.crc32(text.encode()) % 2:
        article.judge(one.slot, places, text, "ok")
