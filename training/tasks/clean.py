"""From a corpus' record to news prose: furniture off, glued sentences parted, ASCII digits.

The rules of ``summarizer.article`` (datelines, captions, credits) do most of it; what is added here are habits of
corpora, found by reading them: ``docs/data.md`` says where and how often.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from summarizer.arabic.sentences.split import split_sentences
from summarizer.article.parts.datelines import dateline_end
from summarizer.article.parts.furniture import kind_of, tail_start
from summarizer.article.parts.lines import Line
from summarizer.schema import Span

_INVISIBLE = [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xFFFD]
_DIGITS = {start + digit: str(digit) for start in (0x660, 0x6F0) for digit in range(10)}
_TABLE = {
    **dict.fromkeys(_INVISIBLE),
    **_DIGITS,
    **dict.fromkeys([0xA0, 0x2009, 0x202F, 0x3000], " "),
    0x66A: "%",
    0x66B: ".",
    0x66C: ",",
    0x6A9: "ك",
    0x6CC: "ي",
    0x2028: "\n",
    0x2029: "\n",
    0x85: "\n",
}
_MARKS = "\u064b-\u0652"
_CHARACTER_RULES = (
    (re.compile(r"#+(?=\w)"), ""),  # hashtags become words
    (re.compile(r"(?<=[ء-ي])_+(?=[ء-ي])"), " "),
    (re.compile(rf"(?<=[ء-ي{_MARKS}])\u0640+(?=[ء-ي{_MARKS}])"), ""),  # tatweel inside a word
    (re.compile(r"(?<=[ء-ي]{3})\u0640+(?=[\s،.؛:]|$)"), ""),  # and at the end of one, but not in «بـ», «1436هـ»
    (re.compile(r"\u0640{2,}"), "\u0640"),
    (re.compile(r"\r\n?|\x0b|\x0c"), "\n"),
    (re.compile(r"[^\S\n]+"), " "),
    (re.compile(r"''|``"), '"'),
    (re.compile(r" +([،؛؟!:»”)])"), r"\1"),
    (re.compile(r" +\.(?![\d.])"), "."),
    (re.compile(r"([«“(]) +"), r"\1"),
    (re.compile(r"[“”\"]{2,}"), '"'),  # after the spaces between them went
)
_BBC_BYLINE = re.compile(r"(?<=بي بي سي)(?: نيوز| العربية)?\s*[-–—ـ،,]\s*(?=\S)")
_BYLINE_CITY = re.compile(
    r"^(?:الرياض|جدة|مكة المكرمة|مكة|المدينة المنورة|الدمام|الطائف|تبوك|أبها|جازان|نجران|الباحة|حائل|القصيم|بريدة|"
    r"عرعر|الجوف|"
    r"سكاكا|الخبر|الأحساء|ينبع|الجبيل|القطيف|عسير|بيشة|عنيزة|الخرج|القنفذة|خميس مشيط|عين اليوم|"
    r"متابعات)\s+(?=[^-–—:،]{12})"
)
_SHARE_BAR = re.compile(r"^شارك من خلال(?: (?:تويتر|فيسبوك|جوجل بلس|لينكد ان|واتساب))* (?:اكتب رأيك )?")
_AGENCY_LINE = re.compile(r"الموافق .{5,40} م\s+واس|//\s*انتهى\s*//|^\d{1,2}:\d{2}\s*ت\s*م")
_TAGS = re.compile(
    r"\s*(?:رابط الخبر بصحيفة الوئام\s*:|(?:^|(?<=[.!؟\"»”)\n ]))سمات (?!ال\S+ التي)).{0,200}\Z", re.DOTALL
)
_POINTER = re.compile(
    r"^\W{0,3}(?:شاهد(?:وا)?\s?(?:أيض[اً]+|الفيديو|الصور|الحلقة|المزيد|:)|تابعونا|تابعوا |للاشتراك|يمكنكم |للتواصل|"
    r"البريد |http|www|"
    r"حقوق (?:النشر|الصورة)|\*?\s?نقل[اً]+ عن|Image|Getty|Reuters|AFP|EPA\b)"
)
_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w{2,}|@\w{3,}|pic\.twitter\S+")
_TOUCHING = re.compile(r"[.؟?!…»”\"](?=[^\s.؟?!…،؛,:»”\")])")
"""Where one sentence may touch the next: anything else need not be split to find out."""
_ENDS = '.؟!?:…»"”؛،'
_MAX_LABEL_WORDS = 9
"""A line up to this long without an end mark is a subheading, caption or byline."""
_MAX_DECK_WORDS = 18
"""The same for the first line, where Saudi papers print decks and long captions."""


def tidy(text: str) -> str:
    """Characters only: entities decoded, invisible ones dropped, ASCII digits, single spaces; line breaks kept."""
    text = html.unescape(html.unescape(text)).translate(_TABLE)
    for pattern, became in _CHARACTER_RULES:
        text = pattern.sub(became, text)
    return text.strip()


def part_sentences(line: str, gap: str) -> tuple[str, int]:
    """Put ``gap`` between sentences that touch («كلمة.كلمة»); also how many did."""
    if not _TOUCHING.search(line):
        return line, 0
    pieces: list[str] = []
    end, count = 0, 0
    for span in split_sentences(line):
        between = line[end : span.start]
        if pieces and not between:
            between, count = gap, count + 1
        pieces += [between, span.of(line)]
        end = span.end
    return "".join(pieces), count


def strip_dateline(paragraph: str) -> str:
    """The lead without its dateline or byline («الرياض - واس:», «دبي، الإمارات (CNN) --»); "" when it is all that."""
    text = _SHARE_BAR.sub("", paragraph)
    marked = _BBC_BYLINE.sub(" - ", text, count=1) if "بي بي سي" in text[:60] else text
    end = dateline_end(marked)
    if not end:
        return text
    return _BYLINE_CITY.sub("", marked[end:].lstrip(" -–—:ـ،"))


def is_furniture(line: str) -> bool:
    """True for a caption, credit, byline, subheading, link or agency line: nothing that a reporter wrote as prose."""
    if _POINTER.match(line) or _AGENCY_LINE.search(line[:120]) or len(_LINK.sub("", line).split()) < 3:
        return True
    if len(line.split()) <= _MAX_LABEL_WORDS and line[-1] not in _ENDS:
        return True
    return kind_of(Line(line, Span(0, len(line)), 0)) is not None


def clean_body(body: str, paragraph_breaks: bool = False) -> tuple[tuple[str, ...], Counter[str]]:
    """The prose paragraphs of ``body`` and how often each rule bit. ``paragraph_breaks``: glue stands for a break."""
    counts: Counter[str] = Counter()
    text, counts["tail_tags_or_links"] = _TAGS.subn("", tidy(body))
    paragraphs: list[str] = []
    for line in _lines(text, "\n" if paragraph_breaks else " ", counts):
        if is_furniture(line) or (not paragraphs and _is_deck(line)):
            counts["furniture_lines"] += 1
            continue
        kept = line if paragraphs else strip_dateline(line)
        counts["datelines"] += kept != line
        kept = _LINK.sub("", kept[: tail_start(kept)]).strip()
        if kept and kept in paragraphs:
            counts["repeated_paragraphs"] += 1
        elif kept:
            paragraphs.append(kept)
    return tuple(paragraphs), counts


def _lines(text: str, gap: str, counts: Counter[str]) -> list[str]:
    """The lines of a tidy text that hold anything, glued sentences parted."""
    lines: list[str] = []
    for line in text.split("\n"):
        parted, count = part_sentences(line.strip(), gap)
        counts["glued_sentences"] += count
        lines += [piece.strip() for piece in parted.split("\n") if piece.strip()]
    return lines


def _is_deck(line: str) -> bool:
    """True for an opening line without an end mark that is too short for a lead: a deck, a long caption, a byline."""
    return len(line.split()) <= _MAX_DECK_WORDS and line[-1] not in _ENDS
