"""A brief as a Word document: paragraphs from right to left, in the parts that ECMA-376 asks of a file at least.

The headline is in the style «Heading 1»; the bullets carry their mark as text.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from summarizer.schema import Brief

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: What XML 1.0 has no place for, however it is written.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:pPr><w:bidi/><w:spacing w:after="160"/></w:pPr>'
    '<w:rPr><w:sz w:val="24"/><w:szCs w:val="28"/><w:lang w:bidi="ar-SA"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="40"/></w:rPr>'
    "</w:style></w:styles>",
}

#: ZIP's first day: the same brief gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)


def as_docx(brief: Brief) -> bytes:
    """The bytes of a ``.docx``; characters that XML cannot carry are left out."""
    said = [
        _paragraph(brief.headline.text, style="Heading1"),
        _paragraph(brief.standfirst.text, bold=True),
        *(_paragraph(f"• {bullet.text}") for bullet in brief.bullets),
    ]
    body = f'<w:document xmlns:w="{_W}"><w:body>{"".join(said)}<w:sectPr><w:bidi/></w:sectPr></w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {**_PARTS, "word/document.xml": body}.items():
            file.writestr(zipfile.ZipInfo(name, _DAY), _HEAD + text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _paragraph(text: str, *, style: str = "", bold: bool = False) -> str:
    shown = escape(_NOT_XML.sub("", text))
    kind = f'<w:pStyle w:val="{style}"/>' if style else ""
    weight = "<w:b/><w:bCs/>" if bold else ""
    return (
        f"<w:p><w:pPr>{kind}<w:bidi/></w:pPr><w:r><w:rPr>{weight}<w:rtl/></w:rPr>"
        f'<w:t xml:space="preserve">{shown}</w:t></w:r></w:p>'
    )
