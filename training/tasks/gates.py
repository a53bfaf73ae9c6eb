"""Which articles are news prose at all. Every gate answers with its reason, or nothing when the article passes."""

from __future__ import annotations

import re

from training.recipe import AtLeast0, NotNegative, Share, Table
from training.tasks.row import CleanArticle


class Gates(Table):
    """Limits on body and headline. Lengths in words parted by white space; shares in [0, 1]."""

    min_body_words: AtLeast0 = 60
    max_body_words: AtLeast0 = 600
    """A longer body is cut at a paragraph's end."""
    min_headline_words: AtLeast0 = 4
    max_headline_words: AtLeast0 = 16
    min_standfirst_words: AtLeast0 = 8
    max_standfirst_words: AtLeast0 = 45
    min_arabic_share: Share = 0.75
    """Arabic letters among all characters that are not white space."""
    max_digit_share: Share = 0.15
    max_first_person: NotNegative = 6.0
    """First-person markers outside quotations per 300 words: above it the text is a column."""


_ARABIC = re.compile(r"[ء-غف-ي]")
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")
_FIRST_PERSON = re.compile(
    r"(?<![ء-ي])(?:و|ف)?(?:أنا|إنني|أنني|إني|أني|لأنني|أقول|أظن|أعتقد|أرى|أتذكر|أذكر|أود|أتمنى|أكتب|كتبت|رأيي|لي|"
    r"عزيزي القارئ|زميلي|"
    r"صديقي|قلت|سألت|أعرف|أدري|عندي|نحن|علينا|إننا|أننا|لدينا|دعونا|لنا|نريد|يا)(?![ء-ي])"
)
_PRAYER = re.compile(r"قال تعالى|صلى الله عليه وسلم|رسول الله|قال الشاعر|يقول الشاعر")
_OPINION_TITLE = re.compile(
    r"^(?:رأي|كلمة|مقال|حديث|زاوية|كاريكاتير|كاريكاتور|أخبارهم|أخبار قصيرة|مختصرات|وفيات|أفراح)(?:\s|$)"
)
_LISTING = re.compile(
    r"(?:أسماء|أرقام) (?:المقبول|المرشح|الفائز|الناجح)|جدول مباريات|مواقيت الصلاة|نص (?:البيان|الكلمة|الخطاب)|"
    r"درجات الحرارة"
)


def body_reason(article: CleanArticle, gates: Gates) -> str:
    """Why the body cannot be used: ``body_short``, ``not_arabic``, ``numbers``, ``verse``, ``opinion``; or ``""``."""
    text = " ".join(article.paragraphs)
    count = len(text.split())
    if count < gates.min_body_words:
        return "body_short"
    dense = re.sub(r"\s", "", text)
    if len(_ARABIC.findall(dense)) < gates.min_arabic_share * len(dense):
        return "numbers" if _digit_share(dense) > gates.max_digit_share else "not_arabic"
    if _digit_share(dense) > gates.max_digit_share:
        return "numbers"
    if len(article.paragraphs) >= 8 and count / len(article.paragraphs) < 9:
        return "verse_or_list"
    return "opinion" if is_opinion(text, count, gates) else ""


def headline_reason(title: str, gates: Gates) -> str:
    """Why a cleaned title is no headline to learn from; ``""`` when it is one."""
    count = len(title.split())
    if count < gates.min_headline_words:
        return "headline_short"
    if count > gates.max_headline_words:
        return "headline_long"
    if len(_ARABIC.findall(title)) < 0.55 * len(re.sub(r"\s", "", title)):
        return "headline_not_arabic"
    if _OPINION_TITLE.search(title) or _LISTING.search(title):
        return "headline_column_or_list"
    return ""


def is_opinion(text: str, count: int, gates: Gates) -> bool:
    """True when the writer speaks in the first person, outside quotations, or preaches."""
    plain = _QUOTED.sub(" ", text)
    voice = len(_FIRST_PERSON.findall(plain)) * 300 / max(count, 150)
    sermon = len(_PRAYER.findall(text)) * 300 / max(count, 150)
    return voice > gates.max_first_person or sermon > 2.5


def _digit_share(dense: str) -> float:
    """Digits among the characters of a text without white space."""
    return sum(map(str.isdigit, dense)) / max(len(dense), 1)
