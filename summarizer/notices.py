"""What a reader is told beside a brief: a code, a sentence in English and one in Arabic.

Warnings say that something may be wrong with the input or the brief; notes say how it was made. To add one: a row here,
and :func:`notice` where it is found.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class _Row(NamedTuple):
    english: str
    arabic: str
    is_note: bool = False


NOTICES: dict[str, _Row] = {
    "lead-only": _Row(
        "headline and standfirst were written from the first {read} of {all} sentences",
        "كُتب العنوان والمقدمة من أول المقال وحده: قُرئت الجمل الأولى ({read} من {all}).",
        is_note=True,
    ),
    "weightiest-only": _Row(
        "headline and standfirst were written from the weightiest {read} of {all} sentences",
        "كُتب العنوان والمقدمة من أهم جمل التغطية وحدها: {read} من {all}.",
        is_note=True,
    ),
    "sentence-too-long": _Row(
        "{count} bullets were written from the beginning of a sentence that is too long to be read whole",
        "جملة أطول من أن تُقرأ كاملة: كُتب من أولها عدد من النقاط هو {count}.",
    ),
    "few-bullets": _Row(
        "{count} of {wanted} bullets: the article says no more that passes the checks",
        "عدد النقاط {count} من {wanted} مطلوبة: ليس في المقال أكثر مما يجتاز التدقيق.",
    ),
    "mended-spelling": _Row(
        "the article's spelling was mended in these words of the brief: {words}",
        "صُحح إملاء المقال في كلمات من هذا الموجز: {words}.",
        is_note=True,
    ),
    "no-full-stops": _Row(
        "the body has no closing sentence marks: where its sentences end is a guess",
        "لا علامات وقف في المقال: حدود الجمل تقديرية.",
    ),
    "escapes": _Row(
        "escapes such as \\n were spelled out in the text: they were read as line ends and characters",
        "في النص رموز برمجية مكتوبة مثل \\n، فقُرئت نهاياتٍ للسطور ومحارف.",
    ),
    "visual-order": _Row(
        "the text was in visual order, its letters reversed, as readers of PDF give it: it was put right",
        "كانت حروف النص معكوسة الترتيب كما تخرج من ملفات PDF، فأُعيدت إلى ترتيبها.",
    ),
    "pieces-of-words": _Row(
        "the text was cut into pieces of words by a tokenizer: they were put together",
        "كانت كلمات النص مقطعة إلى أجزاء، فجُمعت.",
    ),
    "broken-words": _Row(
        "{count} words were broken in two, as by a scan: they were joined; others may be broken still",
        "في النص كلمات مكسورة كما في المسح الضوئي، وُصل منها {count}، وقد يبقى غيرها.",
    ),
    "encoding": _Row("read as {name}, not UTF-8", "قُرئ الملف بترميز {name}."),
    "damaged-characters": _Row(
        "{count} damaged characters were replaced", "في الملف محارف تالفة استُبدلت، وعددها {count}."
    ),
    "invalid-utf-8": _Row(
        "invalid UTF-8 from byte {byte} on: {count} damaged characters were replaced",
        "في الملف محارف تالفة استُبدلت، وعددها {count}.",
    ),
    "hidden-text": _Row(
        "{count} invisible tag characters (hidden text) were blanked", "في المقال نص خفي عُطّل، وعدد محارفه {count}."
    ),
    "variation-selectors": _Row(
        "{count} invisible variation selectors were blanked", "في النص محارف خفية عُطّلت، وعددها {count}."
    ),
    "mixed-direction": _Row(
        "{count} bidi override characters were blanked", "في النص محارف تقلب اتجاهه عُطّلت، وعددها {count}."
    ),
    "lone-surrogates": _Row("{count} lone surrogates were replaced", "في النص محارف غير صالحة عُطّلت، وعددها {count}."),
    "no-characters": _Row(
        "{count} code points that are no characters were replaced", "في النص محارف غير صالحة عُطّلت، وعددها {count}."
    ),
    "control-characters": _Row("{count} control characters were blanked", "في النص محارف تحكم عُطّلت، وعددها {count}."),
    "stacked-marks": _Row(
        "{count} combining marks beyond {most} on one letter were blanked",
        "في النص علامات مكدسة على حرف واحد عُطّلت، وعددها {count}.",
    ),
}


class Notice(str):
    """One notice: the English sentence as a string, with its ``code``, the ``arabic`` one and whether it is a note."""

    code: str = "other"
    arabic: str = ""
    is_note: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The notice as a JSON object."""
        return {"code": self.code, "note": self.is_note, "text": str(self), "arabic": self.arabic or str(self)}


def notice(code: str, **values: object) -> Notice:
    """The notice of ``code`` with its ``values`` put in; ``KeyError`` for a code without a row."""
    row = NOTICES[code]
    made = Notice(row.english.format(**values))
    made.code, made.arabic, made.is_note = code, row.arabic.format(**values), row.is_note
    return made
