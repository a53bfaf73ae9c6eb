"""Articles of our own wording, and the files that hold them: a DOCX is put together part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

PARAGRAPHS = (
    "أعلنت وزارة المياه أمس خطة جديدة لتحلية مياه البحر في خمس مدن ساحلية، بكلفة تبلغ نحو 250 مليون دينار.",
    "وقال الوزير إن العمل يبدأ في الشهر المقبل ويستمر ثلاث سنوات، مؤكدا أن المشروع سيوفر المياه لنصف مليون مواطن.",
    "وانتقد معارضون الخطة، وطالبوا بإصلاح الشبكة القديمة التي تضيع ثلث المياه قبل أن تصل إلى البيوت.",
)
OTHERS = (
    "قررت بلدية الميناء إغلاق سوق السمك القديم ابتداء من الأول من مارس بعد تكرار شكاوى السكان من الروائح.",
    "وقال رئيس البلدية إن السوق سينقل إلى مبنى جديد، وإن البائعين سيعفون من الرسوم مدة عام كامل.",
    "واعترض عدد من البائعين على القرار، وقالوا إن المكان الجديد بعيد عن زبائنهم.",
)
TITLE = "خطة لتحلية مياه البحر في خمس مدن"

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, part: str = "word/document.xml", declared: str = "") -> bytes:
    """A DOCX file whose document holds ``body``, in XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            part, f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
        )
    return stream.getvalue()


def runs(*texts: str) -> str:
    """A paragraph of a Word document, a run a text."""
    return f"<w:p>{''.join(run(text) for text in texts)}</w:p>"


def run(text: str) -> str:
    """A run of a Word document."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(paragraphs: Iterable[str]) -> bytes:
    """A DOCX file of these paragraphs."""
    return word("".join(map(runs, paragraphs)))


def rss(*items: str, declared: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """An RSS feed of these items."""
    return f'{declared}\n<rss version="2.0"><channel><title>أخبار</title>{"".join(items)}</channel></rss>'


def item(paragraphs: Iterable[str], title: str = TITLE, link: str = "http://example.test/1") -> str:
    """An item of an RSS feed, its text in HTML."""
    text = "<br/><br/>".join(paragraphs)
    return f"<item><title>{title}</title><link>{link}</link><description><![CDATA[{text}]]></description></item>"
