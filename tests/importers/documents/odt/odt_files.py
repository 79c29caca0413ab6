"""Texts of OpenDocument made for tests, as an archive or flat."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {"office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing", "meta": "meta",
          "manifest": "manifest", "fo": "xsl-fo-compatible"}  # fmt: skip
_SPACES = " ".join(
    [
        *(f'xmlns:{name}="{_URN}:{urn}:1.0"' for name, urn in _NAMES.items()),
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:loext="urn:loext"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
    ]
)
STYLES = (
    '<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"/>'
    '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/>'
    '<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>'
    '<style:style style:name="Quotations" style:family="paragraph"/>'
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)
META = (
    "<dc:title>Ponds by lot</dc:title><meta:initial-creator>Ada Moss</meta:initial-creator><dc:creator>Bram Holt"
    "</dc:creator><meta:creation-date>2024-03-02T10:00:00</meta:creation-date><meta:keyword>ponds</meta:keyword>"
)


def odt(
    body: str, meta: str = META, styles: str = STYLES, extra: Mapping[str, str] | None = None, manifest: str = ""
) -> bytes:
    """The archive."""
    files = {
        "content.xml": _xml(
            "document-content",
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body>",
        ),
        "meta.xml": _xml("document-meta", f"<office:meta>{meta}</office:meta>"),
        "META-INF/manifest.xml": f"<manifest:manifest {_SPACES}>{manifest}</manifest:manifest>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, text in {**files, **(extra or {})}.items():
            archive.writestr(name, text)
    return made.getvalue()


def flat(body: str) -> bytes:
    """The same in one file of XML."""
    inside = (
        f"<office:meta>{META}</office:meta><office:automatic-styles>{STYLES}</office:automatic-styles><office:body>"
        f"<office:text>{body}</office:text></office:body>"
    )
    return _xml("document", inside).encode()


def _xml(root: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{root} {_SPACES}>{inside}</office:{root}>'


def p(words: str, style: str = "Text_20_body") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def remark(name: str, author: str, words: str, more: str = "") -> str:
    """A comment where it begins."""
    named = f' office:name="{name}"' if name else ""
    return (
        f"<office:annotation{named}{more}><dc:creator>{author}</dc:creator><dc:date>2024-05-01T10:00:00</dc:date>"
        f"<text:p>{words}</text:p></office:annotation>"
    )


def end(name: str) -> str:
    """Where the words of a comment end."""
    return f'<office:annotation-end office:name="{name}"/>'
