"""A brief and its article as HTML. Statements carry the numbers of the sentences that they rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.schema import Article, Brief, Statement
from summarizer.service.page.files import Opened
from summarizer.service.page.text import both, escape
from summarizer.service.page.verdict import for_script, is_doubtful, label, marked, summary

#: The icon, the style sheet and the page's own behaviour, all from this service.
HEAD = """<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="house/mujaz.svg"><link rel="stylesheet" href="house/page.css">
<script src="house/page.js"></script><script src="house/lines.js"></script><script src="house/tools.js"></script>
<script src="house/edit.js"></script><script src="house/files.js"></script>
<script src="house/history.js"></script>"""

HEADER = f"""<header class="mj-header"><div class="mj-brand"><img src="house/mujaz.svg" alt="" width="44" height="44">
<div><h1>موجز</h1><p>{
    both("من المقال إلى الموجز، وكل جملة بسندها", "From article to brief, every line with its source")
}</p></div></div></header>"""

EXAMPLES = f'<p class="mj-examples">{both("أو جرّب مثالا", "Or try an example")}</p>'

HISTORY = f"""<section id="mj-history" hidden><div class="mj-heading"><h2>{
    both("موجزات هذا المتصفح", "Briefs of this browser")
}</h2><button type="button" data-forget="">{both("امسح السجل", "Clear the history")}</button></div><p>{
    both(
        "آخر خمسين موجزا مع مقالاتها وتعديلاتها، محفوظة في هذا المتصفح وحده.",
        "The last fifty briefs with their articles and changes, kept in this browser alone.",
    )
}</p><output aria-live="polite"></output><ul></ul></section>"""

FOOTER = f"""<footer class="mj-footer"><p>{
    both(
        "يكتب «موجز» بالآلة ويدقق ما يكتب في نص المقال وحده، ولا يغني عن مراجعة المحرر. لا يحفظ هذا الخادم نصا ولا "
        "يرسله إلى خارجه.",
        "Mujaz writes by machine and checks what it writes against the article alone; it does not replace an editor. "
        "This server keeps no text and sends none elsewhere.",
    )
}</p><p><a href="docs">{both("واجهة المبرمجين", "API")}</a></p></footer>"""


def said_html(file_bytes: int) -> str:
    """Where the page's own script says something, with the words that it needs."""
    return f'<div id="mj-said" data-words="{escape(for_script(file_bytes))}"></div>'


def sentences_of(statement: Statement, article: Article) -> list[int]:
    """The numbers of the article's sentences that a statement's sources overlap."""
    return [
        number
        for number, sentence in enumerate(article.sentences)
        if any(map(sentence.span.overlaps, statement.sources))
    ]


def brief_html(brief: Brief, article: Article, *, writing: bool = False) -> str:
    """HTML of the brief. ``writing``: with a sign that bullets are still to come."""
    data = escape(brief.to_json(indent=None))
    bullets = "".join(f"<li>{_statement(one, article, 'p', 'bullet')}</li>" for one in brief.bullets)
    waiting = '<li class="mj-skeleton"></li>' * max(1, 3 - len(brief.bullets)) if writing else ""
    return (
        f'<section class="mj-brief" data-brief="{data}" aria-live="polite">{_heading(brief)}'
        f'<div lang="ar" dir="rtl">{_statement(brief.headline, article, "h2", "headline")}'
        f"{_statement(brief.standfirst, article, 'p', 'standfirst')}"
        f'<ul class="mj-bullets">{bullets}{waiting}</ul></div>'
        f"{'' if writing else _end(brief)}</section>"
    )


def _heading(brief: Brief) -> str:
    """That a machine wrote this, whether the checks found fault with it, and on a phone how to see its sources."""
    return (
        '<div class="mj-heading"><p class="mj-notice">'
        f"{both('كتبته الآلة: راجعه قبل النشر', 'Machine-written: review before publishing')}</p>{summary(brief)}"
        f'<p class="mj-touch">{both("المس سطرا يظهر سنده تحته", "Touch a line: its source opens below")}</p></div>'
    )


def _statement(statement: Statement, article: Article, tag: str, kind: str) -> str:
    """One statement: a button that lights its sources up, with its rung, its verdict, and the sources themselves."""
    numbers = sentences_of(statement, article)
    flag = " mj-flagged" if is_doubtful(statement) else ""
    quotes = "".join(f"<blockquote>{escape(article.sentences[n].text)}</blockquote>" for n in numbers)
    return (
        f'<div class="mj-statement mj-{kind}{flag}" role="button" tabindex="0" aria-pressed="false" '
        f'data-sentences="{" ".join(map(str, numbers))}">'
        f'<{tag} class="mj-text">{marked(statement)}</{tag}> {label(statement)}'
        f'<div class="mj-quotes">{quotes}</div></div>'
    )


def _end(brief: Brief) -> str:
    """Warnings, copy buttons, model and time."""
    told = [
        "".join(f"<li>{both(one.arabic, one)}</li>" for one in brief.warnings if one.is_note == note)
        for note in (False, True)
    ]
    lists = (
        f'<ul class="{kind}">{rows}</ul>' for kind, rows in zip(("mj-warnings", "mj-notes"), told, strict=True) if rows
    )
    seconds = f"{brief.timing_s:.1f}" if brief.timing_s >= 0.95 else f"{brief.timing_s:.2f}"
    formats = (("text", both("نص", "Text")), ("markdown", "Markdown"), ("html", "HTML"), ("json", "JSON"))
    buttons = "".join(f'<button type="button" data-copy="{name}">{label}</button>' for name, label in formats)
    return (
        "".join(lists) + f'<div class="mj-copy"><span>{both("انسخ الموجز", "Copy the brief")}</span>{buttons}'
        f'<output class="mj-toast" aria-live="polite"></output></div>{_files()}'
        f'<p class="mj-timing">{both("النموذج", "Model")}: <bdi>{escape(brief.model)}</bdi> · '
        f"{both(f'{seconds} ثانية', f'{seconds} s')}</p>"
    )


def _files() -> str:
    """Buttons for the brief as a file, and on paper."""
    forms = (("docx", "Word"), ("markdown", "Markdown"), ("html", "HTML"), ("json", "JSON"))
    buttons = "".join(f'<button type="button" data-file="{name}">{label}</button>' for name, label in forms)
    return (
        f'<div class="mj-copy"><span>{both("نزّل الموجز", "Save the brief")}</span>{buttons}'
        f'<button type="button" data-print="">{both("اطبع", "Print")}</button></div>'
    )


def choices_html(headlines: Sequence[Statement], article: Article) -> str:
    """HTML of headlines to choose from, the printed one first; empty when there is no choice."""
    if len(headlines) < 2:
        return ""
    rows = "".join(_choice(one, article, number == 0) for number, one in enumerate(headlines))
    title = both("اختر العنوان", "Choose the headline")
    return (
        f'<section class="mj-choices"><h3>{title}</h3>'
        f'<div role="radiogroup" aria-label="اختر العنوان" lang="ar" dir="rtl">{rows}</div></section>'
    )


def _choice(statement: Statement, article: Article, checked: bool) -> str:
    """One headline as a radio button that carries all there is to know about it."""
    data = escape(json.dumps(statement.to_dict(article.text), ensure_ascii=False))
    return (
        f'<button type="button" role="radio" aria-checked="{str(checked).lower()}" data-statement="{data}">'
        f"{escape(statement.text)}</button>"
    )


def article_html(article: Article, asked: Mapping[str, Any] | None = None) -> str:
    """HTML of the article, sentence by sentence, each with its number; what is not body is set apart.

    ``asked``: the article as it was given and how it was to be briefed, for the page's script.
    """
    parts, done = [], 0
    for number, sentence in enumerate(article.sentences):
        parts.append(_between(article.text[done : sentence.span.start], article.title))
        shown = escape(_flat(sentence.span.of(article.text)))
        place = f'data-sentence="{number}" data-start="{sentence.span.start}" data-end="{sentence.span.end}"'
        parts.append(f'<span class="mj-sentence" {place}>{shown}</span>')
        done = sentence.span.end
    parts.append(_between(article.text[done:], article.title))
    hint = both("أشر إلى سطر في الموجز يضئ سنده هنا", "Point at a line of the brief and its source lights up here")
    return (
        f'<section class="mj-article" data-asked="{escape(json.dumps(asked or {}, ensure_ascii=False))}">'
        f'<h3>{both("المقال", "The article")}</h3><p class="mj-hint">{hint}</p>'
        f'<div class="mj-body" lang="ar" dir="rtl" tabindex="0">{"".join(parts).strip()}</div></section>'
    )


def _between(text: str, title: str) -> str:
    """What stands between two sentences: white space, or a title, caption or dateline, in a lighter colour."""
    lines = [_flat(line) for line in text.split("\n")]
    gap = '<span class="mj-gap"></span>' if "\n" in text else " "
    asides = [_aside(line, is_title=line == _flat(title)) for line in lines if line]
    if not asides:
        return gap
    before, after = ("" if lines[0] else gap), (" " if lines[-1] else gap)
    return before + gap.join(asides) + after


def _aside(line: str, *, is_title: bool) -> str:
    return f'<span class="{"mj-title" if is_title else "mj-aside"}">{escape(line)}</span>'


def _flat(text: str) -> str:
    return " ".join(text.split())


def waiting_html() -> str:
    """HTML that stands where the brief will be, while it is written."""
    lines = "".join('<div class="mj-skeleton"></div>' for _ in range(5))
    return (
        f'<section class="mj-brief mj-waiting" role="status"><p class="mj-notice">'
        f"{both('يُقرأ المقال ويُكتب موجزه…', 'Reading the article and writing its brief…')}</p>{lines}</section>"
    )


def waiting_article_html() -> str:
    """HTML that stands where the article will be."""
    lines = "".join('<div class="mj-skeleton"></div>' for _ in range(9))
    return f'<section class="mj-article" aria-hidden="true"><h3>{both("المقال", "The article")}</h3>{lines}</section>'


def chooser_html(opened: Opened) -> str:
    """HTML of the articles of a file to choose from; the first is in the form already."""
    count = f"{len(opened.articles) + opened.unusable}{'+' if opened.more else ''}"
    said = both(
        f"في الملف {count} من السجلات؛ فُتح أول مقال صالح منها، ولك أن تختار غيره.",
        f"The file holds {count} records; the first usable article was opened, choose another if you like.",
    )
    if opened.unusable:
        said += " " + both(f"تعذّرت قراءة {opened.unusable} منها.", f"{opened.unusable} of them cannot be read.")
    buttons = "".join(
        f'<button type="button" aria-pressed="{str(number == 0).lower()}" data-article="{escape(text)}">'
        f"{escape(name)}</button>"
        for number, (name, text) in enumerate(opened.articles)
    )
    chooser = f'<div class="mj-chooser" role="group" aria-label="المقالات" lang="ar" dir="rtl">{buttons}</div>'
    return f'<div class="mj-message mj-note" role="status">{said}{chooser}</div>'


def message_html(arabic: str, english: str, *, error: bool = True) -> str:
    """HTML of an error or a notice for the reader."""
    role, kind = ("alert", "mj-error") if error else ("status", "mj-note")
    return f'<div class="mj-message {kind}" role="{role}">{both(arabic, english)}</div>'
