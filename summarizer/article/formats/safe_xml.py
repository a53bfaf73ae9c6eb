"""XML from anywhere: nothing in it is expanded, loaded or fetched."""

from __future__ import annotations

import re
from typing import Any

from summarizer.errors import UnreadableInput

_DECLARATION = re.compile(r"[\ufeff\s]*<\?xml[^>]*\?>\s*")
_ENTITY_OF_ITS_OWN = re.compile(r"<!ENTITY\b", re.IGNORECASE)


def parse_xml(text: str, what: str) -> Any:
    """The root element of an XML text; ``what`` it is, for messages. Whatever encoding it declares, it is text already.

    ``UnreadableInput`` for what is broken, with the place, and for a document that declares entities of its own: a few
    lines of them swell to gigabytes. The import is here because lxml takes a while.
    """
    from lxml import etree

    if _ENTITY_OF_ITS_OWN.search(text):
        got, hint = f"{what} that declares entities of its own", "save it without them: they are not expanded"
        raise UnreadableInput(expected=f"{what} in plain XML", got=got, hint=hint)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    declared = _DECLARATION.match(text)
    try:
        return etree.fromstring(
            text[declared.end() if declared else 0 :].strip("\ufeff \t\r\n").encode("utf-8"), parser
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        place = (str(error).splitlines() or ["empty"])[0][:200]
        hint = "save it again, or give the text itself"
        raise UnreadableInput(expected=f"{what} in XML", got=f"broken XML ({place})", hint=hint) from error


def local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
