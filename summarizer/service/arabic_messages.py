"""What an Arabic editor reads: errors, rungs and reasons, one table each.

The pipeline speaks English; here its words are put into Arabic. Warnings bring their own (``summarizer.notices``).
"""

from __future__ import annotations

import re

from summarizer.errors import MujazError

_PROBLEMS: dict[str, str] = {
    "unreadable-request": "تعذّرت قراءة الطلب؛ أرسل كائن JSON سليما.",
    "key-needed": "الخدمة محمية بمفتاح؛ أرسل المفتاح في ترويسة الطلب.",
    "not-found": "لا شيء في هذا العنوان.",
    "method-not-allowed": "هذا العنوان لا يقبل هذا النوع من الطلبات.",
    "not-acceptable": "لا صيغة مما يقبله العميل.",
    "too-slow": "وصل الطلب ببطء شديد فأُغلق الاتصال.",
    "body-too-large": "الطلب أكبر من الحد المسموح به.",
    "not-json": "يجب أن يكون الطلب بصيغة JSON، ونوعه في ترويسته application/json.",
    "invalid-request": "في الطلب حقل غير صالح؛ راجع قائمة الأخطاء.",
    "queue-full": "الخدمة مشغولة الآن؛ أعد المحاولة بعد لحظات.",
    "internal-error": "حدث خلل غير متوقع؛ أعد المحاولة، فإن تكرر فأبلغ المشرف.",
    "not-ready": "الخدمة لم تجهز بعد؛ أعد المحاولة بعد لحظات.",
    "timeout": "استغرقت كتابة الموجز وقتا أطول من المسموح به؛ أعد المحاولة أو اختصر المقال.",
}

_ERRORS: dict[str, str] = {
    "UnreadableInput": "لا يمكن قراءة هذا الملف. يُقبل النص (.txt) ومستند Word وصفحة الويب (.html) وسجل JSON.",
    "UndecodableInput": "ترميز الملف غير معروف. احفظه بترميز UTF-8 ثم أعد المحاولة.",
    "EmptyInput": "لا نص في المقال. ألصق نص المقال كاملا أو اختر ملفا آخر.",
    "NotArabic": "النص ليس مقالا عربيا. يكتب «موجز» عن المقالات العربية وحدها.",
    "TooShort": "النص عربي لكنه أقصر من أن يكون مقالا. ألصق المقال كاملا.",
    "ManyArticles": "في هذا الملف أكثر من مقال. تُكتب موجزات المقالات الكثيرة بالأمر mujaz batch.",
    "NotProse": "النص شعر أو جدول أو قائمة، لا جمل فيه. ألصق المقال المكتوب معه.",
    "InputTooLarge": "المقال أطول من الحد المسموح به ({chars} حرف). ألصق مقالا واحدا في كل مرة.",
    "UnknownName": "لا نموذج بهذا الاسم.",
    "ConfigError": "خيار غير صالح.",
    "DamagedModel": "ملفات النموذج ناقصة أو تالفة؛ أبلغ المشرف.",
    "OutOfMemory": "الذاكرة لا تكفي لكتابة الموجز الآن؛ أعد المحاولة بعد قليل، فإن تكرر الخلل فأبلغ المشرف.",
    "BackendError": "تعذّر تشغيل النموذج؛ أعد المحاولة، فإن تكرر الخلل فأبلغ المشرف.",
}

#: English reasons for which a candidate was turned down → Arabic; the commonest, others are shown as they came.
_REASONS: tuple[tuple[str, str], ...] = (
    (r"number «(.*)» not in the source", r"العدد «\1» لم يرد في السند"),
    (r"date «(.*)» not in the source", r"التاريخ «\1» لم يرد في السند"),
    (r"name «(.*)» not in the source", r"الاسم «\1» لم يرد في السند"),
    (r"quote «(.*)» not in the source", r"الاقتباس «\1» لم يرد في السند"),
    (r"negation «(.*)» not in the source", r"النفي «\1» لم يرد في السند"),
    (r"«(.*)» is not in the source", r"«\1» لم ترد في السند"),
    (r"«(.*)» is written otherwise in the source", r"«\1» مكتوبة في السند بغير هذا الرسم"),
    (r"(\d+) words, outside (\d+)-(\d+)", r"عدد كلماتها \1، والمقبول من \2 إلى \3"),
    (r"support ([\d.]+), below ([\d.]+)", r"درجة السند \1، دون \2"),
    (r"repeats the headline", "تكرار للعنوان"),
    (r"repeats the standfirst", "تكرار للمقدمة"),
    (r"repeats the bullet", "تكرار لنقطة"),
    (r"the same as the headline", "هي العنوان نفسه"),
    (r"the same as the standfirst", "هي المقدمة نفسها"),
    (r"repeats itself", "تكرر نفسها"),
    (r"says «(.*)» twice in a row", r"«\1» مرتين متتاليتين"),
    (r"in the first person", "بضمير المتكلم"),
    (r"speaks to the reader", "تخاطب القارئ"),
    (r"ends in mid-sentence", "تنتهي في وسط الجملة"),
    (r"stops in the middle of a phrase", "تقف في وسط العبارة"),
    (r"scripture is not paraphrased", "النص القرآني لا يُعاد صوغه"),
)

METHODS: dict[str, str] = {
    "extractive": "من نص المقال",
    "model": "صياغة النموذج",
    "model-next": "صياغة بديلة للنموذج",
    "model-wider": "صياغة النموذج ببحث أوسع",
    "edited": "بتحرير المحرر",
}

CLAIM_KINDS: dict[str, str] = {
    "number": "عدد",
    "date": "تاريخ",
    "name": "اسم",
    "quote": "اقتباس",
    "negation": "نفي",
}

#: What a brief without a fault may say of itself: what was looked up, and what was not.
CHECKED = "الأرقام والأسماء والاقتباسات موجودة في المقال؛ لم يُفحص المعنى"


def problem_in_arabic(slug: str) -> str:
    """The Arabic sentence of a problem type; a general one for a type without a row."""
    return _PROBLEMS.get(slug, "تعذّر تنفيذ الطلب.")


def error_in_arabic(error: MujazError, max_chars: int = 100_000) -> str:
    """The Arabic sentence of an error, by its class or the nearest class above it."""
    for kind in type(error).__mro__:
        if kind.__name__ in _ERRORS:
            return _ERRORS[kind.__name__].format(chars=f"{max_chars:,}")
    return problem_in_arabic("internal-error")


def reason_in_arabic(reason: str) -> str:
    """The Arabic of why a candidate was turned down, one part after the other; one without a row as it came."""
    return "؛ ".join(_in_arabic(part, _REASONS) for part in reason.split("; "))


def _in_arabic(said: str, table: tuple[tuple[str, str], ...]) -> str:
    for pattern, arabic in table:
        if match := re.fullmatch(pattern, said):
            return match.expand(arabic)
    return said
