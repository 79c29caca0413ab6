"""HTML to Markdown that keeps what the usual converters lose: formulas, footnotes, spoilers, collapsibles, tables.

Made for the bodies of forum posts and comments; good for any page whose main part is known.
"""

from __future__ import annotations

import re

from lxml import etree

from importers.documents.html.blocks import BLOCKS, blocks, paragraphs
from importers.documents.html.footnotes import find_notes
from importers.documents.html.inline import Page, Piece
from kb.text.repair import repair

_TAG = re.compile(r"<[^<>]*>?")
_UNSEEN = re.compile(r"<(script|style|template|svg|head|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.S | re.I)


def to_markdown(html: str, base_url: str = "") -> str:
    """The Markdown of a piece of HTML, repaired (`kb.text.repair.repair`).

    Never raises: what is cut off or nested beyond measure gives its words.

    Args:
        html: a whole page or a fragment.
        base_url: the page's own address; relative links are resolved against it.
    """
    root = parse(html)
    if root is None:
        return repair("\n\n".join(_bare(html)))
    return element_to_markdown(root, base_url)


def parse(html: str) -> etree._Element | None:
    """The tree of a piece of HTML; None where there is none or it is nested deeper than can be followed."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None
    if root is None or any("depth" in entry.message for entry in parser.error_log):
        return None
    return root


def element_to_markdown(root: etree._Element, base_url: str = "") -> str:
    """The Markdown of a parsed element and all that is in it. The element may be changed on the way."""
    apart: set[etree._Element] = set()
    for element in root.iter():
        if element.tag in BLOCKS:
            above = element.getparent()
            while above is not None and above not in apart:
                apart.add(above)
                above = above.getparent()
    page = Page(base_url, find_notes(root), apart)
    try:
        found = blocks(root, page)
    except RecursionError:
        found = paragraphs([Piece("text", " ".join(root.itertext()))])
    return repair("\n\n".join(block for block in found if block.strip()))


def _bare(html: str) -> list[str]:
    """The words between the tags."""
    text = _TAG.sub(" ", re.sub(r"</p\s*>|<br[^>]*>", "\n\n", _UNSEEN.sub(" ", html)))
    from html import unescape

    return [part for block in text.split("\n\n") for part in paragraphs([Piece("text", unescape(block))])]
