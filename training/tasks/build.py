"""From a clean article to training rows: headline and standfirst over the body, bullets over single passages."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.words import content_keys
from training.recipe import AtLeast1, Share, Table
from training.tasks.gates import Gates, headline_reason
from training.tasks.row import CleanArticle, Row, make_row
from training.tasks.support import Source, Verdict, leading_words
from training.tasks.targets import clean_standfirst, drop_weekday, unquote_paraphrases


class TaskOptions(Table):
    """How much of a target its source must bear out (shares of content words) and how far a reader may look."""

    headline_support: Share = 0.6
    standfirst_support: Share = 0.6
    rest_support: Share = 0.7
    """For rows without the lead, where an actor is easily left unnamed."""
    lead_support: Share = 0.7
    """For a lead as the summary of the rest (stage ``lead``)."""
    bullet_support: Share = 0.75
    far_bullet_support: Share = 0.85
    """For passages after the lead, where a chance overlap is likelier."""
    within_words: AtLeast1 = 240
    """The support must stand in the first words of the source: later ones are cut off in training."""
    max_passage_words: AtLeast1 = 70
    column_lead_share: Share = 0.5
    """Newspapers that print columns among the news: less of a headline than this in the lead is a column's."""
    teaser_one_in: AtLeast1 = 8
    """Questions and teasers among the headlines: one in so many is kept."""


TEASER = re.compile(
    r"[؟?!]|^(?:و?هذ[اه] |هؤلاء |لهذ[اه] |إليك|تعرف على|تعرفوا|اكتشف|كيف|لماذا|ماذا|متى|أين|هل |من هو|من هي|ما |شاهد|"
    r"احذر|"
    r"لا تفوت|أغرب|أفضل \d|\d+ (?:أسباب|نصائح|طرق|أشياء|معلومات|خطوات|حقائق))|هذا ما |إليك|وهكذا|\bشاهد\b|"
    r"\b(?:صادم|صادمة|مذهل|مذهلة|مرعب|مرعبة|مفاجأة|مفاجئ|غريب|غريبة|مثير|مثيرة|لن تصدق|طريف|طريفة|السر|سر)\b"
)
CHAPEAU = frozenset({"france24"})
"""Publishers whose first paragraph is an editor's summary set in bold above a story that then starts again."""
MIN_PASSAGE_WORDS = 12
LAST_PASSAGE = 12
"""Paragraphs after this one are not tried as the source of a bullet."""

Staged = tuple[str, Row]


def build_rows(article: CleanArticle, gates: Gates, options: TaskOptions, counts: Counter[str]) -> Iterator[Staged]:
    """Yield ``(stage, row)`` for every target that its source bears out; ``counts`` takes the reasons of the rest.

    Stages: ``main`` (the file ``train.jsonl``) and ``lead`` (``lead.jsonl``: a lead as summary of the rest).
    """
    article = replace(article, title=_usable_title(article, gates, options, counts))
    if article.source_name in CHAPEAU and len(article.paragraphs) > 3:
        chapeau = first_sentence(article.paragraphs[0])
        article = replace(article, standfirst=chapeau, paragraphs=article.paragraphs[1:])
        yield from _body_row(article, "", gates, options, counts)
    else:
        yield from _body_row(article, "", gates, options, counts)
        rest = replace(article, paragraphs=article.paragraphs[1:])
        if article.standfirst:
            yield from _body_row(rest, "~rest", gates, options, counts)
        else:
            yield from _lead_row(article.paragraphs[0], rest, gates, options, counts)
    if article.title and not TEASER.search(article.title):
        yield from _bullet_rows(article, options, counts)


def source_text(article: CleanArticle, max_words: int) -> str:
    """The body as a model reads it: paragraphs joined by line breaks, to about ``max_words``, the first one whole."""
    kept: list[str] = []
    total = 0
    for paragraph in article.paragraphs:
        total += len(paragraph.split())
        if kept and total > max_words:
            break
        kept.append(paragraph)
    return "\n".join(kept)


def first_sentence(chapeau: str, least_words: int = 12) -> str:
    """The first sentence of a summary paragraph, with the next ones while it is shorter than ``least_words``."""
    spans = split_sentences(chapeau)
    for span in spans:
        if len(chapeau[: span.end].split()) >= least_words:
            return clean_standfirst(chapeau[: span.end])
    return clean_standfirst(chapeau)


def keeps_teaser(article_id: str, one_in: int) -> bool:
    """A fixed draw by id: the same articles at every run."""
    return zlib.crc32(article_id.encode()) % one_in == 0


def _usable_title(article: CleanArticle, gates: Gates, options: TaskOptions, counts: Counter[str]) -> str:
    """The title when it is a headline to learn from, else nothing."""
    reason = headline_reason(article.title, gates) if article.title else "missing"
    if not reason and TEASER.search(article.title) and not keeps_teaser(article.id, options.teaser_one_in):
        reason = "teaser"
    if reason:
        counts[f"headline:{reason}"] += 1
    return "" if reason else article.title


def _body_row(
    article: CleanArticle, suffix: str, gates: Gates, options: TaskOptions, counts: Counter[str]
) -> Iterator[Staged]:
    """One row with headline and standfirst over the paragraphs of ``article``, if either is borne out."""
    text = source_text(article, gates.max_body_words)
    if len(text.split()) < gates.min_body_words:
        counts[f"body{suffix}:short"] += 1
        return
    source = Source(text, options.within_words)
    wanted = {"headline": article.title, "standfirst": article.standfirst}
    if wanted["standfirst"] and not _standfirst_fits(article.standfirst, gates):
        counts["standfirst:length"] += not suffix
        wanted["standfirst"] = ""
    shares = {"headline": options.headline_support, "standfirst": options.standfirst_support}
    targets: dict[str, str] = {}
    verdicts: list[Verdict] = []
    for task, target in wanted.items():
        kept, verdict = judge_target(target, source, options.rest_support if suffix else shares[task])
        if kept and _reads_as_column(article, verdict, options):
            kept, verdict = "", replace(verdict, reason="not_in_lead")
        if kept:
            targets[task] = kept
            verdicts.append(verdict)
        if target:
            counts[f"{task}{suffix}:{verdict.reason or 'kept'}"] += 1
    if targets:
        yield "main", make_row(article, suffix, text, targets, verdicts)


def _reads_as_column(article: CleanArticle, verdict: Verdict, options: TaskOptions) -> bool:
    """True when the lead of a Saudi newspaper says little of its title: what columns do, and news does not."""
    return article.source_name.startswith("saudi:") and verdict.lead_share < options.column_lead_share


def judge_target(target: str, source: Source, min_share: float) -> tuple[str, Verdict]:
    """The target as it may be learned, marks off its paraphrases, or nothing; and the verdict on it."""
    if not target:
        return "", Verdict("missing", 0.0, 0)
    plain, _ = unquote_paraphrases(target, source.has_verbatim)
    verdict = source.judge(plain, min_share)
    if verdict.reason == "date_unsupported":
        plain = drop_weekday(plain)
        verdict = source.judge(plain, min_share)
    return ("" if verdict.reason else plain), verdict


def _standfirst_fits(standfirst: str, gates: Gates) -> bool:
    return gates.min_standfirst_words <= len(standfirst.split()) <= gates.max_standfirst_words


def _lead_row(
    lead: str, rest: CleanArticle, gates: Gates, options: TaskOptions, counts: Counter[str]
) -> Iterator[Staged]:
    """The lead as a one-sentence summary of the rest, where the rest bears it out."""
    target = clean_standfirst(lead)
    text = source_text(rest, gates.max_body_words)
    sentences = len(split_sentences(target))
    if sentences != 1 or not 12 <= len(target.split()) <= 40 or len(text.split()) < gates.min_body_words:
        counts["lead:shape"] += 1
        return
    if not _shares_words(target, leading_words(text, options.within_words), 0.5 * options.lead_support):
        counts["lead:content_unsupported"] += 1
        return
    kept, verdict = judge_target(target, Source(text, options.within_words), options.lead_support)
    counts[f"lead:{verdict.reason or 'kept'}"] += 1
    if kept:
        yield "lead", make_row(rest, "~lead", text, {"standfirst": kept}, [verdict])


def _shares_words(target: str, source: str, share: float) -> bool:
    """A quick look before the slow one: whether ``source`` has ``share`` of the keys of ``target``."""
    asked = set(content_keys(target))
    return len(asked.intersection(content_keys(source))) >= share * len(asked)


def passages(article: CleanArticle, max_words: int) -> list[str]:
    """The passages that a bullet may stand for: each paragraph, or its first sentences when it is long."""
    found: list[str] = []
    for paragraph in article.paragraphs[:LAST_PASSAGE]:
        end = 0
        for span in split_sentences(paragraph):
            if end and len(paragraph[: span.end].split()) > max_words:
                break
            end = span.end
        if MIN_PASSAGE_WORDS <= len(paragraph[:end].split()) <= max_words * 1.3:
            found.append(paragraph[:end])
    return found


def _bullet_rows(article: CleanArticle, options: TaskOptions, counts: Counter[str]) -> Iterator[Staged]:
    """The title as the bullet of the lead passage, and of the one later passage that bears it out best."""
    best: tuple[float, int, str, str, Verdict] | None = None
    for number, passage in enumerate(passages(article, options.max_passage_words)):
        if not _shares_words(article.title, passage, 0.5):
            counts["bullet:content_unsupported"] += number == 0
            continue
        share = options.far_bullet_support if number else options.bullet_support
        kept, verdict = judge_target(article.title, Source(passage, options.within_words), share)
        if number == 0:
            counts[f"bullet:{verdict.reason or 'kept'}"] += 1
            if kept:
                yield "main", make_row(article, "~b0", passage, {"bullet": kept}, [verdict])
        elif kept and (not best or verdict.share > best[0]):
            best = (verdict.share, number, passage, kept, verdict)
    if best:
        counts["bullet~far:kept"] += 1
        yield "main", make_row(article, f"~b{best[1]}", best[2], {"bullet": best[3]}, [best[4]])
