"""Headlines and standfirsts as targets: one style of quotation marks, no marks of video, agency or category."""

from __future__ import annotations

import re
from collections.abc import Callable

from training.tasks.clean import part_sentences, tidy

_PREFIXES = re.compile(
    r"^(?:عاجل|حصريا?ً?|حصري|بالفيديو والصور|بالصور والفيديو|بالفيديو|بالصور|بالصورة|فيديو وصور|صور وفيديو|فيديو|صور|"
    r"شاهد بالفيديو|شاهد|إنفوغرافيك|إنفوغراف|إنفوجرافيك|إنفوجراف|انفوغراف|فيديوغراف|ريبورتاج|تحديث|خاص)\s*(?:\.{2,}|"
    r"[:،|/\-–—…])+\s*"
)
_CATEGORY = re.compile(r"^[ء-ي]{2,12}(?:\s[ء-ي]+)?\s+/\s*")
_SUFFIXES = re.compile(
    r"\s*(?:[-–—|]\s*(?:CNN.*|BBC.*|فيديو|صور|صورة|بالفيديو|بالصور|سبق|عكاظ|هسبريس|العربية[ .]نت|(?:BBC|"
    r"بي بي سي)(?: عربي)?|"
    r"سكاي نيوز(?: عربية)?)|[(\[]\s*(?:فيديو|صور|صورة|شاهد|بالفيديو|بالصور|تحديث|محدث|إنفوغراف|إضافة)[^)\]]{0,15}[)\]]|"
    r"/\s*إضافة .*|\.{2,}\s*(?:فيديو|صور|صورة|بالفيديو|بالصور|شاهد))\s*$"
)
_APOSTROPHES = re.compile(r"(?<![ء-ي])'([^']{2,60})'(?![ء-ي])|‘([^’]{2,60})’")
_DAY = "(?:السبت|الأحد|الاحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة)"
_DAYTIME = "(?:(?:يوم|مساء|صباح|فجر|مساء يوم|صباح يوم|أمس|اليوم|امس) )?"
_WEEKDAY = re.compile(
    rf"،\s{_DAYTIME}{_DAY}(?:،|(?=\.))|"
    rf"(?<!\bظهر)(?<!\bليل)(?<!\bقبل)(?<!\bمنذ)(?<!\bحتى)(?<!\bبين)\s{_DAYTIME}{_DAY}(?=[\s.،])"
)
_QUOTATION = re.compile(r"«([^«»]*)»")


def clean_title(title: str) -> str:
    """A headline as a target: marks of video, agency and category off, «guillemets», no closing full stop."""
    text = tidy(title).replace("\n", " ")
    previous = ""
    while previous != text:
        previous = text
        text = _PREFIXES.sub("", _SUFFIXES.sub("", _CATEGORY.sub("", text)))
    text = re.sub(r"\s*(?:\.{2,}|…)\s*", ".. ", text)
    text = re.sub(r"(?<!\d)\s*:\s*|\s*:\s*(?!\d)", ": ", text)
    text = re.sub(r"(?<=\d) %", "%", text)
    text = re.sub(r"\s*،\s*", "، ", text)
    return re.sub(r"\s+", " ", guillemets(text)).strip(" .،-–—:/|*ـ")


def clean_standfirst(standfirst: str) -> str:
    """An editor's standfirst as a target: one paragraph, «guillemets», one closing full stop."""
    text = guillemets(tidy(standfirst).replace("\n", " ")).strip(" -–—:/|*ـ")
    text, _ = part_sentences(re.sub(r"\s+", " ", text), " ")
    return text if not text or text[-1] in ".؟!" else text.rstrip("،؛ ") + "."


def guillemets(text: str) -> str:
    """Every pair of quotation marks as «…»; an odd one is taken out."""
    text = _APOSTROPHES.sub(lambda match: f"«{match[1] or match[2]}»", text)
    text = re.sub("[“”„]", '"', text)
    if text.count('"') % 2:
        text = text.replace('"', "")
    parts = text.split('"')
    text = "".join(part + "«»"[index % 2] for index, part in enumerate(parts[:-1])) + parts[-1]
    text = re.sub(r"«\s+", "«", re.sub(r"\s+»", "»", text))
    return text if re.fullmatch(r"[^«»]*(?:«[^«»]+»[^«»]*)*", text) else re.sub("[«»]", "", text)


def unquote_paraphrases(text: str, is_verbatim: Callable[[str], bool]) -> tuple[str, int]:
    """Take the marks off quotations that the source does not have word for word; also how many lost them.

    Headline writers put marks around their own words («تطور كبير»). A model that learns it invents quotations.
    """
    count = 0

    def decide(match: re.Match[str]) -> str:
        nonlocal count
        if is_verbatim(match[1]):
            return match[0]
        count += 1
        return match[1]

    return _QUOTATION.sub(decide, text), count


def drop_weekday(text: str) -> str:
    """A statement without the weekday that dates it («أعلن الحزب، الخميس، فوزه» -> «أعلن الحزب فوزه»).

    Only where it stands free of other words: «بعد ظهر الجمعة» stays.
    """
    return re.sub(r"\s+", " ", _WEEKDAY.sub(" ", text)).replace(" .", ".").strip()


def restore_first_letter(standfirst: str, body: str) -> str:
    """Give back the alef of an article that a corpus lost («لانباء تقول»), when the body has the word only with it."""
    first = standfirst.split(" ", 1)[0]
    words = set(body.split())
    return f"ا{standfirst}" if first.startswith("ل") and first not in words and f"ا{first}" in words else standfirst
