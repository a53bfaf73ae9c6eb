"""Where a record comes from and when: publisher, topic and ISO date out of each corpus' own habits."""

from __future__ import annotations

import re
from email.utils import parsedate

from training.corpora.record import Record

PUBLISHERS = {
    "BBC": "bbc",
    "BBC Arabic (OSAC)": "bbc",
    "CNN": "cnn",
    "CNN Arabic (OSAC)": "cnn",
    "alarabia": "alarabiya",
    "skynews": "skynews",
    "france24": "france24",
    "Jawhara FM": "jawhara",
    "Al Jazeera": "aljazeera",
    "Hespress": "hespress",
    "Al-Khaleej": "alkhaleej",
}
SAUDI = frozenset(
    "alriyadh aljazirah aawsat aleqtisadiya okaz alyaum alwatan 3alyoum alweeam almadina sabq was arreyadi "
    "arriyadiyah".split()
)
TOPICS = {
    "economy": "economy", "economie": "economy", "finance": "economy", "sport": "sport", "sports": "sport",
    "culture": "culture", "technology": "technology", "tech": "technology", "science": "science",
    "medical": "health", "diverse": "diverse", "middleeast": "middle-east", "internationalnews": "world",
    "localnews": "local", "society": "society", "societe": "society", "politics": "politics", "politique": "politics",
    "religion": "religion", "regions": "local", "faits-divers": "society", "tamazight": "culture",
}  # fmt: skip
MONTHS = {
    "يناير": 1, "كانون الثاني": 1, "فبراير": 2, "شباط": 2, "مارس": 3, "آذار": 3, "أبريل": 4, "ابريل": 4, "إبريل": 4,
    "نيسان": 4, "مايو": 5, "أيار": 5, "ماي": 5, "يونيو": 6, "حزيران": 6, "يوليو": 7, "يوليوز": 7, "تموز": 7,
    "أغسطس": 8, "اغسطس": 8, "غشت": 8, "آب": 8, "سبتمبر": 9, "شتنبر": 9, "أيلول": 9, "أكتوبر": 10, "اكتوبر": 10,
    "نوفمبر": 11, "نونبر": 11, "ديسمبر": 12, "دجنبر": 12,
}  # fmt: skip
_ARABIC_DATE = re.compile(r"(\d{1,2})\s+([ء-ي]+)[^\d]*(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")
_ANT_ID = re.compile(r"^[A-Z]{2}-([A-Za-z]+)-\d+-(\d{8})?")


def publisher(source: str) -> str:
    """The short name of a publisher: ``bbc``, ``saudi:okaz``; an unknown one in lower case."""
    name = source.partition(":")[0]
    if name in SAUDI:
        return f"saudi:{name}"
    return PUBLISHERS.get(name, name.lower())


def topic(record: Record) -> str:
    """The topic out of source suffix, id or URL; empty when nothing tells."""
    suffix = record.source.partition(":")[2].lower()
    if suffix in TOPICS:
        return TOPICS[suffix]
    match = _ANT_ID.match(record.id)
    if match and match[1].lower() in TOPICS:
        return TOPICS[match[1].lower()]
    if "aleqtisadiya" in record.source or re.search(r"اقتصاد|business|econom", record.id + record.url):
        return "economy"
    return ""


def iso_date(text: str, id: str = "") -> str:
    """``YYYY-MM-DD`` from the date formats of the corpora (RFC 2822, ISO, d/m/y, Arabic months); empty when none."""
    match = _ANT_ID.match(id)
    if match and match[2] and (found := _of_digits(match[2])):
        return found
    if match := re.match(r"(\d{4})-(\d{2})-(\d{2})", text):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHES.search(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _iso(year, int(match[2]), int(match[1]))
    if match := _ARABIC_DATE.search(text):
        return _iso(int(match[3]), MONTHS.get(match[2], 0), int(match[1]))
    parsed = parsedate(text)
    return _iso(*parsed[:3]) if parsed else ""


def _of_digits(text: str) -> str:
    """The date of eight digits, the year first as in most ids, or last as in some (20012016)."""
    return _iso(int(text[:4]), int(text[4:6]), int(text[6:])) or _iso(int(text[4:]), int(text[2:4]), int(text[:2]))


def _iso(year: int, month: int, day: int) -> str:
    """The date as text, or nothing when it is none."""
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 and 1990 <= year <= 2100 else ""
