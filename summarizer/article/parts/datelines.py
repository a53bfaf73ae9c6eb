"""Datelines and bylines: what stands before the first word of the news.

«دبي، الإمارات العربية المتحدة (CNN) --», «السوسة (سوريا) -», «القاهرة - رويترز», «الرياض (واس)», «سبق- جدة:»,
«الشارقة - «الخليج»:», «عين اليوم – الرياض». A dateline is read as segments between separators, each of which must
be something a dateline is made of: a place, an agency, a label, a date or a name; and one of them must be known.
"""

from __future__ import annotations

import re

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import normalize
from summarizer.arabic.words import is_stopword

_MAX_DATELINE_CHARS = 110
_SEPARATOR = re.compile(r"\s*(?:-{2,}|\s-+(?=[\s\"(]|$)|(?<=\S)-+(?=[\s\"(]|$)|[:|/])\s*(?:-+\s*)?")
"""Between segments, in folded text: a dash with white space or a quotation after it, a colon, a bar, a stroke."""
_DATE = re.compile(
    r"\d{1,4}(?:[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\s+[^\W\d]+(?:\s*/\s*[^\W\d]+)?(?:\s+\d{4})?)|"
    r"(?:السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه)"
)
_BRACKETED = re.compile(r"[\"'(\[]\s*([^\"'()\[\]]{1,40}?)\s*[\"')\]]")
_DASHED_TATWEEL = re.compile("(?<=\\s)\u0640+(?=\\s)")
_NOISE = re.compile(r"^(?:next previous\s*)+")
_NAME = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){1,4}")
_BRACKETS = " .*\"'()[]-"
_AREA = re.compile(r"^(?:(?:شمال|جنوب|شرق|غرب|وسط|ريف|ضواحي|مخيم|محافظه|مدينه|شمالي|جنوبي|شرقي|غربي|العاصمه)\s+)+")
_NAME_PARTICLES = word_list("names", "function words in names")
"""Function words, as folded, that names are made with too."""

_INITIAL_DOTS = re.compile(r"(?<=\b[^\W\d])\s*\.\s*")


def dateline_end(text: str) -> int:
    """How many characters of ``text`` (the start of a paragraph) are dateline and byline; 0 when none is there.

    White space after it is counted in, so ``text[dateline_end(text):]`` begins with the news. A dateline that fills
    the whole line gives ``len(text)``.
    """
    head = _DASHED_TATWEEL.sub(lambda dash: "-" * len(dash.group()), text[:_MAX_DATELINE_CHARS])
    copy = normalize(head)
    end = _folded_end(copy.text)
    if end < len(copy.text.rstrip()):
        return copy.span(end, end).start if end else 0
    return len(text) if len(text) <= _MAX_DATELINE_CHARS else 0


def is_agency(folded: str) -> bool:
    """True when ``folded`` names an agency or a newspaper, or several joined by «/», «،» or «و»."""
    parts = re.split(r"\s*[/,+-]\s*|\s+و(?=ا|ر|د|ب|ك)", _INITIAL_DOTS.sub(" ", folded).strip(_BRACKETS))
    names = (re.sub(r"\s+", " ", part).strip(_BRACKETS) for part in parts)
    return all(
        name in word_list("agencies", "agencies")
        or name in word_list("datelines", "labels")
        or name in word_list("agencies", "ordinary")
        for name in names
    )


def _folded_end(text: str) -> int:
    """The end of the dateline of a folded line, in its own offsets; ``len(text)`` when it is all dateline."""
    noise = _NOISE.match(text)
    at = noise.end() if noise else 0
    kinds: list[str] = []
    end = 0
    for _ in range(4):
        mark = _SEPARATOR.search(text, at)
        if mark is None or mark.start() - at > 60:
            break
        kind = _kind(text[at : mark.start()].strip())
        if not kind or _opens_aside(text, mark, kind):
            break
        kinds.append(kind)
        at = end = mark.end()
    if not end:
        return _whole_line(text, at) or _unseparated(text, at)
    if _is_last_segment(text[end:].strip(), kinds, len(text[:end].split()), colon=":" in text[at - 3 : end]):
        return len(text)
    if not {"known", "label"} & set(kinds) and kinds.count("ordinary") < 2 and not _lonely_place(text, end):
        return 0
    return _after_last(text, end)


def _is_last_segment(rest: str, kinds: list[str], words_before: int, colon: bool) -> bool:
    """True when nothing but one more segment is left of the line: «القاهرة - رويترز», «الرياض - محمد الحيدر».

    After a colon only a label takes a name: «كتب: محمد علي» is a byline, «مصر: مقتل خمسة» a headline.
    """
    if not rest:
        return "known" in kinds
    if _is_known(rest):
        return "known" in kinds or "label" in kinds or words_before <= 4
    named = len(rest.split()) <= 4 and _kind(rest) == "name"
    return named and ("label" in kinds or ("known" in kinds and not colon))


def _kind(segment: str) -> str:
    """What a segment is: «known» (a place or an agency), «label» («كتب»), «ordinary» (an agency with a common name),
    «name» (what may be a byline, a small place or a date), or an empty string.
    """
    if segment in word_list("datelines", "labels"):
        return "label"
    rest = _BRACKETED.sub(lambda quoted: " " if _is_known(quoted.group(1)) else quoted.group(), segment)
    quoted = rest != segment
    without_date = _DATE.sub(" ", rest)
    dated, rest = without_date != rest, without_date.strip(" ,.")
    if not rest:
        return "known" if quoted else "name" if dated else ""
    if rest in word_list("agencies", "ordinary") and not quoted and not dated:
        return "ordinary"
    if _is_known(rest):
        return "known"
    if not _name_like(rest):
        return ""
    return "known" if quoted or _starts_known(rest) else "name"


def _is_known(text: str) -> bool:
    """True for a place, an agency, or several of them joined by commas, strokes or «و»."""
    bare = re.sub(r"\s+", " ", text).strip(" .,")
    parts = [_AREA.sub("", part) or part for part in re.split(r"\s*[,/-]\s*|\s+و\s*", bare) if part]
    return bool(bare) and (is_agency(bare) or all(part in word_list("places") or is_agency(part) for part in parts))


def _starts_known(text: str) -> bool:
    """A place or agency before or after a name: «دبي ايمان عبد الله», «عمر محمد بي بي سي», «محمد علي, جده»."""
    words = re.sub(r"[,-]", " ", text).split()
    heads = {" ".join(words[:count]) for count in (1, 2, 3) if len(words) > count}
    tails = {" ".join(words[-count:]) for count in (1, 2, 3) if len(words) > count}
    return (
        bool(heads & word_list("places"))
        or bool((heads | tails) & word_list("agencies", "agencies"))
        or any(map(_is_known, text.split(",")))
    )


def _name_like(text: str) -> bool:
    """One to seven words without digits, sentence marks, function words or news verbs: a name, an office, a place."""
    words = re.sub(r"[,()\"-]|\b[دما]\.", " ", text).split()
    text = " ".join(words)
    if not 1 <= len(words) <= 7 or re.search(r"[\d.?!;:]", text):
        return False
    return not any(
        word in word_list("datelines", "news verbs") or (is_stopword(word) and word not in _NAME_PARTICLES)
        for word in words
    )


def _opens_aside(text: str, mark: re.Match[str], kind: str) -> bool:
    """True when the dash opens an aside («الامير سعود - رحمه الله - اعلن»): another dash soon closes it."""
    if kind == "known" or ":" in mark.group() or "--" in mark.group():
        return False
    second = _SEPARATOR.search(text, mark.end(), min(len(text), mark.end() + 40))
    return second is not None and _kind(text[mark.end() : second.start()].strip()) in ("", "name")


def _lonely_place(text: str, end: int) -> bool:
    """True when an unlisted name before a dash reads as a place: one to three words, set as datelines are.

    A dash that hangs on its word («جاوا الغربيه- تزخر») is set so; one between spaces needs news after it.
    """
    head, following = text[:end].rstrip(), text[end:].split()[:1]
    words = head.strip(" -").split()
    if not head.endswith("-") or len(words) > 3 or not following or not _name_like(" ".join(words)):
        return False
    hanging = len(words) <= 2 and not head[:-1].endswith(" ")
    return hanging or following[0] in word_list("datelines", "news verbs") or following[0].startswith('"')


def _after_last(text: str, end: int) -> int:
    """``end`` moved past what may follow the last mark: «الخليج», a place behind a broadcaster, a byline."""
    quoted = _BRACKETED.match(text, end)
    if quoted and _is_known(quoted.group(1)):
        tail = re.compile(r"\s*[:-]*\s*").match(text, quoted.end())
        return tail.end() if tail else quoted.end()
    if re.search(r"(?:بي بي سي|bbc)\s*-\s*$", text[:end]):
        return _past_place(text, end)
    return _past_byline(text, end)


def _past_place(text: str, end: int) -> int:
    words = list(re.finditer(r"\S+", text[end:]))
    for count in (3, 2, 1):
        if len(words) > count and " ".join(word.group() for word in words[:count]) in word_list("places"):
            return end + words[count].start()
    return end


def _past_byline(text: str, end: int) -> int:
    """«ابوظبي: رانيا الغزاوي كشفت الخدمات»: a name of two to four words with a news verb after it, behind a colon."""
    if not text[:end].rstrip().endswith(":"):
        return end
    words = list(re.finditer(r"\S+", text[end:]))[:6]
    for index, word in enumerate(words[2:], start=2):
        if word.group() in word_list("datelines", "news verbs"):
            name = text[end : end + word.start()].strip()
            return end + word.start() if index <= 5 and _NAME.fullmatch(name) and _name_like(name) else end
    return end


def _whole_line(text: str, at: int) -> int:
    """A line that is nothing but «بيروت 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس» or «رغد عشميل -عين اليوم»."""
    line = text[at:].strip()
    stamped = re.fullmatch(r"(.{2,25}?) \d{1,2} .{3,60}\d{4}.{0,6} (\S.{1,20})", line)
    joined = re.fullmatch(r"(.{3,40}?)\s*-+\s*(.{2,20})", line)
    if stamped and _is_known(stamped.group(1)) and is_agency(stamped.group(2)):
        return len(text)
    if joined and _is_known(joined.group(2)) and _name_like(joined.group(1)) and len(joined.group(1).split()) <= 4:
        return len(text)
    return 0


def _unseparated(text: str, at: int) -> int:
    """«الرياض (واس) قال…», «دبي «الخليج» …»: a known place and an agency in brackets need no mark after them."""
    bracket = _BRACKETED.search(text, at)
    if bracket is None or not is_agency(bracket.group(1)) or not _is_known(_DATE.sub(" ", text[at : bracket.start()])):
        return 0
    space = re.match(r"\s*", text[bracket.end() :])
    return bracket.end() + (space.end() if space else 0)
