"""Verbs of saying, folded, in one place: three sets, the first two within the third, by what is asked of them."""

from __future__ import annotations

from summarizer.arabic.text.normalize import fold


def _folded(*lines: str) -> frozenset[str]:
    return frozenset(fold(" ".join(lines)).split())


SAYING = _folded(
    "قال قالت قالوا يقول تقول أضاف أضافت أضافوا يضيف تضيف أوضح أوضحت أوضحوا يوضح أكد أكدت أكدوا يؤكد تؤكد",
    "أشار أشارت يشير تشير ذكر ذكرت لفت لفتت تابع تابعت شدد شددت اعتبر اعتبرت اعتبروا رأى رأت بين بينت أفاد",
    "أفادت كشف كشفت صرح صرحت نوه نوهت أردف أردفت استطرد واصل ختم نفى نفت توقع توقعت يتوقع تتوقع زعم زعمت حذر",
    "حذرت دعا دعت طالب طالبت غرد غردت كتب كتبت علق علقت",
)
"""Somebody speaks: what opens with one of them names the speaker, or its sentence leans on the one before."""

UNFINISHED = _folded(
    "قال قالت يقول تقول أكد أكدت أضاف أضافت أوضح أوضحت ذكر ذكرت أشار أشارت اعتبر اعتبرت رأى رأت شدد شددت أفاد",
    "أفادت كشف كشفت صرح صرحت بين بينت لفت لفتت تابع تابعت توقع توقعت يتوقع تتوقع أعلن أعلنت نقل نقلت",
)
"""A beginning of a sentence with one of them needs what was said."""

SPEAKING = (
    SAYING
    | UNFINISHED
    | _folded(
        "يقولون توضح يشدد يذكر يعتبر تعتبر يرى ترى ينفي تنفي يزعم تزعم يحذر تحذر يدعو يطالب تطالب يعلن تعلن تحدث",
        "تحدثت روى روت ادعى ادعت اعترف اعترفت أقر أقرت اعتقد اعتقدت يعتقد تعتقد رد ردت تعهد تعهدت هدد",
        "هددت رفض رفضت اتهم اتهمت انتقد انتقدت هاجم هاجمت وصف وصفت عبر عبرت أعرب أعربت نصح نصحت تساءل تساءلت قوله",
        "قولها بقوله قائلا قائلة",
    )
)
"""Words whose subject may stand before the colon of a headline («فلان: …»)."""
