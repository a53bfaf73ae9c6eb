"""Feeds of all families, the slips that feeds have, and XML that is out to harm."""

from __future__ import annotations

import pytest

from summarizer.article.formats.feeds import feed_records, looks_like_feed
from summarizer.article.formats.records import read_record
from summarizer.article.read import read_text
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, InputError, UnreadableInput
from tests.article.formats.articles import OTHERS, PARAGRAPHS, TITLE, item, rss

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>أخبار</title>
<entry><id>tag:1</id><title type="html">{TITLE}</title><link rel="self" href="http://example.test/self"/>
<link href="http://example.test/1"/><author><name>سلمى أحمد</name><email>s@example.test</email></author>
<published>2024-02-11</published><category term="مياه"/><category term="اقتصاد"/><summary>قصير</summary>
<content type="{{}}">{{}}</content></entry></feed>"""
XHTML = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{"</p><p>".join(PARAGRAPHS)}</p></div>'
ESCAPED = f"&lt;p&gt;{'&lt;/p&gt;&lt;p&gt;'.join(PARAGRAPHS)}&lt;/p&gt;"
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>أخبار</title></channel><item><title>{TITLE}</title>
<link>http://example.test/1</link><description>{" ".join(PARAGRAPHS)}</description><dc:creator>سلمى أحمد</dc:creator>
<dc:date>2024-02-11</dc:date></item></rdf:RDF>"""


def said(record: dict[str, str]) -> list[str]:
    return [sentence.text for sentence in read_record(record, InputLimits()).sentences]


@pytest.mark.parametrize("feed", [ATOM.format("xhtml", XHTML), ATOM.format("html", ESCAPED), RDF])
def test_families(feed: str) -> None:
    (record,) = feed_records(feed)
    assert said(record) == list(PARAGRAPHS)
    assert (record["title"], record["author"], record["date"]) == (TITLE, "سلمى أحمد", "2024-02-11")
    assert record["link"] == "http://example.test/1"


def test_all_that_an_item_says() -> None:
    more = "<guid>g-1</guid><category>مياه</category><category>اقتصاد</category><pubDate>Sun, 11 Feb 2024</pubDate>"
    media = '<media:content xmlns:media="http://search.yahoo.com/mrss/"><media:title>صورة</media:title></media:content>'
    full = f"<content:encoded xmlns:content='urn:c'><![CDATA[<p>{'</p><p>'.join(OTHERS)}</p>]]></content:encoded>"
    (record,) = feed_records(rss(item(PARAGRAPHS).replace("</item>", f"{media}{more}{full}</item>")))
    assert (record["id"], record["category"], record["date"]) == ("g-1", "مياه، اقتصاد", "Sun, 11 Feb 2024")
    assert said(record) == list(OTHERS)


@pytest.mark.parametrize(
    "slip",
    [
        lambda feed: feed.replace("UTF-8", "windows-1256"),
        lambda feed: feed.replace(" وقال", "&nbsp;وقال").replace("<br/><br/>", "&nbsp;<br/><br/>"),
        lambda feed: feed.replace("example.test/1", "example.test/1?a=1&b=2"),
        lambda feed: feed.replace("خطة لتحلية", "خطة\x0bلتحلية"),
        lambda feed: "\ufeff\n" + feed,
        lambda feed: feed.replace("<rss", "<!-- made by hand --><rss"),
    ],
)
def test_slips_that_feeds_have(slip: object) -> None:
    article = read_text(slip(rss(item(PARAGRAPHS))))  # type: ignore[operator]
    assert article.title == TITLE
    assert [" ".join(sentence.text.split()) for sentence in article.sentences] == list(PARAGRAPHS)


def test_entities_in_titles_and_bodies_without_markup() -> None:
    (record,) = feed_records(
        rss(item([PARAGRAPHS[0].replace("مياه", "&quot;مياه&quot;")], "مياه &amp;laquo;البحر&amp;raquo;"))
    )
    article = read_record(record, InputLimits())
    assert article.title == "مياه «البحر»"
    assert '"مياه"' in article.text


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "نص نص نص نص">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + f"]>{rss(item(['&j;']), declared='')}"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "entities of its own"),
        (
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item(["&x;"]), declared=""),
            "entities of its own",
        ),
        (rss(item(PARAGRAPHS))[:-40], "broken XML"),
        (rss() + "<rss>", "broken XML"),
        ("<rss>" * 2000 + "</rss>" * 2000, "broken XML"),
        ("<rss/>", "no items"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>", "an object with no keys"),
    ],
)
def test_feeds_that_are_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_text(text, kind="feed")
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, UnreadableInput | EmptyInput)


@pytest.mark.parametrize(
    ("text", "feed"),
    [
        ("<rss version='2.0'>", True),
        ("<?xml version='1.0'?>\n<!DOCTYPE rss PUBLIC 'a' 'b'>\n<rss>", True),
        ("<atom:feed xmlns:atom='a'>", True),
        ("<feedback>", False),
        ("<html><rss>", False),
        ("نص <rss>", False),
    ],
)
def test_what_looks_like_a_feed(text: str, feed: bool) -> None:
    assert looks_like_feed(text) is feed
