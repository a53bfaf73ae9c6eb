"""What is said beside a line: its rung, what was looked up in it, which parts are doubtful.

``lines.js`` says the same of lines that were changed in the browser, with the words of ``for_script``.
"""

from __future__ import annotations

import json

from summarizer.schema import Brief, Claim, Statement
from summarizer.service.arabic_messages import CHECKED, CLAIM_KINDS, METHODS
from summarizer.service.page.text import both, escape

_METHODS_ENGLISH = {
    "extractive": "from the article",
    "model": "written by the model",
    "model-next": "the model's next wording",
    "model-wider": "the model, wider search",
    "edited": "changed by the editor",
}
_LIKELY = 0.5
"""A line at least this likely to be true is called so."""

PHRASES: dict[str, tuple[str, str]] = {
    "found": ("وُجد في المقال: {}", "found in the article: {}"),
    "nothing": ("لا رقم فيه ولا اسم ولا اقتباس ليُفحص", "nothing in it to look up"),
    "check": ("راجع: {}", "check: {} not in the source"),
    "missing": ("{} لم يرد في السند", "{} not in the source"),
    "likely": ("تحقق آلي: مرجّح الصحة", "automatic check: probably true"),
    "unlikely": ("تحقق آلي: صحته غير مرجّحة", "automatic check: probably not true"),
    "sourceless": ("لا سند لهذا السطر في المقال", "check: nothing in the article says this"),
    "checking": ("يُفحص…", "being checked…"),
    "unchecked": ("لم يُفحص بعد", "not checked yet"),
    "too_long": ("لم يُفحص: السطر أطول من 1000 حرف، فاختصره", "not checked: longer than 1,000 characters, shorten it"),
    "far_too_long": ("لا يزيد السطر على {} حرف؛ اختصره ثم احفظه", "a line has at most {} characters; shorten it"),
    "empty": ("لم يُحفظ سطر فارغ؛ إن لم تُرده فاحذفه", "an empty line was not kept; drop it if you do not want it"),
    "field": ("نص السطر", "The line's text"),
    "edit": ("عدّل السطر", "Edit"),
    "wording": ("صياغة أخرى", "Another wording"),
    "asking": ("تُطلب صياغة أخرى…", "asking for another wording…"),
    "reworded": ("هذه صياغة أخرى", "another wording"),
    "no_other": ("ليس لدى النموذج صياغة أخرى لهذا السطر", "the model has no other wording of this line"),
    "up": ("قدّم السطر", "Move up"),
    "down": ("أخّر السطر", "Move down"),
    "drop": ("احذف", "Drop"),
    "undo": ("تراجع", "Undo"),
    "count": ("الكلمات: {}", "{} words"),
    "total": ("كلمات الموجز: {}", "{} words in all"),
    "offline": (
        "تعذّر الاتصال بالخدمة؛ لم يضع شيء، فأعد المحاولة",
        "no answer; nothing is lost, try again",
    ),
    "history_broken": ("في السجل ما تعذّرت قراءته فتُرك", "some of the history cannot be read and was left out"),
    "history_shortened": ("امتلأت ذاكرة المتصفح فحُذف أقدم السجل", "the browser's storage is full: the oldest went"),
    "history_full": (
        "ذاكرة المتصفح ممتلئة أو ممنوعة؛ لم يُحفظ هذا الموجز في السجل",
        "storage is full or forbidden: not kept",
    ),
    "saved": ("نُزّل الملف {}", "{} was saved"),
    "too_large": (
        "الملف أكبر من الحد المسموح به ({} ميغابايت). افتح ملفا فيه مقال واحد.",
        "The file is larger than {} MB. Open a file with one article.",
    ),
    "doubtful": ("تحتاج إلى مراجعة: {} من {}", "To be checked: {} of {} lines"),
    "checked": (CHECKED, "Numbers, names and quotations are in the article; the sense was not checked"),
}


def for_script(file_bytes: int) -> str:
    """The words as JSON for the page's script: kinds of claims, rungs and phrases, each in Arabic and English.

    ``file_bytes``: the largest file that may be opened.
    """
    methods = {name: (arabic, _METHODS_ENGLISH.get(name, name)) for name, arabic in METHODS.items()}
    words = {"kinds": CLAIM_KINDS, "methods": methods, "phrases": PHRASES, "likely": _LIKELY, "file_bytes": file_bytes}
    words["too_large"] = _phrase("too_large", f"{file_bytes / 1e6:g}")
    return json.dumps(words, ensure_ascii=False)


def summary(brief: Brief) -> str:
    """HTML: how many lines the checks found fault with, or what they found."""
    doubtful = sum(map(is_doubtful, brief.statements))
    said = _phrase("doubtful", str(doubtful), str(len(brief.statements))) if doubtful else PHRASES["checked"]
    return f'<p class="mj-summary {"mj-check" if doubtful else "mj-found"}">{both(*said)}</p>'


def is_doubtful(statement: Statement) -> bool:
    """Whether a line has a part that the article does not bear out, or rests on none of its sentences."""
    return not statement.support.supported or not statement.sources


def marked(statement: Statement) -> str:
    """HTML of a statement's text, its unsupported parts marked."""
    parts, done = [], 0
    for claim in sorted(statement.support.unsupported, key=lambda claim: claim.span):
        if claim.span.start < done:
            continue
        parts += [escape(statement.text[done : claim.span.start]), _doubt(claim, statement.text)]
        done = claim.span.end
    return "".join([*parts, escape(statement.text[done:])])


def _doubt(claim: Claim, text: str) -> str:
    reason = PHRASES["missing"][0].format(CLAIM_KINDS[claim.kind])
    return f'<mark class="mj-doubt" title="{escape(reason)}">{escape(claim.span.of(text))}</mark>'


def label(statement: Statement) -> str:
    """HTML in small print: which parts were looked up, found or not, and the rung. No tick: it promises more."""
    rung = METHODS.get(statement.method, statement.method), _METHODS_ENGLISH.get(statement.method, statement.method)
    verdict = _missing(statement) if statement.support.unsupported else _found(statement)
    said = f'<span class="{"mj-check" if is_doubtful(statement) else "mj-found"}">{both(*verdict)}</span>'
    if statement.chances:
        likely = "likely" if statement.chances.true >= _LIKELY else "unlikely"
        said += f'<span class="mj-{likely}">{both(*PHRASES[likely])}</span>'
    return f'<div class="mj-label">{said}<span class="mj-rung">{both(*rung)}</span></div>'


def _found(statement: Statement) -> tuple[str, str]:
    """Which parts of a statement were looked up and are in its sources, if it has any, in Arabic and English."""
    if not statement.sources:
        return PHRASES["sourceless"]
    kinds = list(dict.fromkeys(claim.kind for claim in statement.support.claims))
    if not kinds:
        return PHRASES["nothing"]
    arabic, english = PHRASES["found"]
    return arabic.format("، ".join(CLAIM_KINDS[kind] for kind in kinds)), english.format(", ".join(kinds))


def _missing(statement: Statement) -> tuple[str, str]:
    """Which parts of a statement are not in its sources, in Arabic and English."""
    kinds = sorted({claim.kind for claim in statement.support.unsupported})
    missing = "، ".join(PHRASES["missing"][0].format(CLAIM_KINDS[kind]) for kind in kinds)
    return PHRASES["check"][0].format(missing), PHRASES["check"][1].format(", ".join(kinds))


def _phrase(name: str, *parts: str) -> tuple[str, str]:
    arabic, english = PHRASES[name]
    return arabic.format(*parts), english.format(*parts)
