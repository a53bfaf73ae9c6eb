"""The page's words in both languages, and the escaping that keeps an article's text text."""

from __future__ import annotations

import html
from typing import Literal

Language = Literal["ar", "en"]

#: Characters that Gradio's HTML templates could read as code, besides those of HTML.
_TEMPLATE_CODE = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;", "\\": "&#92;"})

WORDS: dict[str, dict[Language, str]] = {
    "placeholder": {
        "ar": "ألصق نص المقال هنا، أو أفلت ملفا في أي مكان من الصفحة…",
        "en": "Paste an Arabic article here, or drop a file anywhere on the page…",
    },
    "article": {"ar": "نص المقال", "en": "The article"},
    "bullets": {"ar": "عدد النقاط", "en": "Bullets"},
    "options": {"ar": "الطول والأسلوب والكاتب", "en": "Length, style and writer"},
    "words": {"ar": "أقصى عدد لكلمات النقطة", "en": "Most words in a bullet"},
    "style": {"ar": "الأسلوب", "en": "Style"},
    "news": {"ar": "خبري، بلا نقاط في آخره", "en": "As headlines, without full stops"},
    "plain": {"ar": "جمل تامة تنتهي بنقطة", "en": "Whole sentences with full stops"},
    "writer": {"ar": "الكاتب", "en": "Writer"},
    "default": {"ar": "نموذج الخدمة", "en": "This service's model"},
    "extractive": {"ar": "جمل المقال نفسها", "en": "The article's own sentences"},
    "auto": {"ar": "تلقائي", "en": "Automatic"},
    "write": {"ar": "اكتب الموجز", "en": "Write the brief"},
    "open": {"ar": "افتح ملفا", "en": "Open a file"},
    "clear": {"ar": "امسح", "en": "Clear"},
    "edit": {"ar": "عدّل النص", "en": "Edit the text"},
    "stop": {"ar": "أوقف الكتابة", "en": "Stop writing"},
    "new": {"ar": "مقال جديد", "en": "New article"},
    "switch": {"ar": "English", "en": "العربية"},
}


def word(name: str, language: Language) -> str:
    """A word of the page in one language."""
    return WORDS[name][language]


def escape(text: str) -> str:
    """``text`` for the inside of an element or attribute: neither HTML nor a template sees code in it."""
    return html.escape(text).translate(_TEMPLATE_CODE)


def both(arabic: str, english: str) -> str:
    """HTML with both wordings; the style sheet shows the one in the language that the reader chose."""
    return f'<span class="ar" lang="ar">{escape(arabic)}</span><span class="en" lang="en">{escape(english)}</span>'
