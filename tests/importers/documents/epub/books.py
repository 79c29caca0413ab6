"""Books made for tests: an archive with a package, contents of either version, and chapters."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
FACTS = (
    '<dc:title id="t">Ponds by Lot</dc:title><dc:creator id="a">Ada Moss</dc:creator>'
    '<meta refines="#a" property="role" scheme="marc:relators">aut</meta><dc:language>en</dc:language>'
    '<dc:identifier id="i">urn:isbn:9780306406157</dc:identifier><dc:date>2024-03-02</dc:date>'
    "<dc:subject>ponds</dc:subject>"
)


def page(body: str, title: str = "Page", attributes: str = "") -> str:
    """A file of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops" xmlns:m="http://www.w3.org/1998/Math/MathML">'
        f"<head><title>{title}</title><style>p {{ margin: 0 }}</style></head><body{attributes}>{body}</body></html>"
    )


def book(
    chapters: Mapping[str, str],
    contents: Sequence[tuple[int, str, str]] = (),
    facts: str = FACTS,
    ncx: bool = False,
    guide: str = "",
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """An EPUB. `contents` are (depth, title, href); with `ncx` they stand where EPUB 2 has them."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    listed = (
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        if ncx
        else '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    )
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{facts}</metadata>'
        f"<manifest>{items}{listed}</manifest><spine>{spine}</spine><guide>{guide}</guide></package>"
    )
    files = {"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": package}
    files |= {f"OEBPS/{name}": text for name, text in chapters.items()}
    files |= {"OEBPS/toc.ncx": _ncx(contents)} if ncx else {"OEBPS/nav.xhtml": _nav(contents)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in {**files, **(extra or {})}.items():
            archive.writestr(name, text)
    return made.getvalue()


def _nav(contents: Sequence[tuple[int, str, str]]) -> str:
    lines, open_ = "", 0
    for depth, title, href in contents:
        if depth > open_:
            lines += "<ol>" * (depth - open_)
        else:
            lines += "</li>" + "</ol></li>" * (open_ - depth)
        lines += f'<li><a href="{href}">{title}</a>'
        open_ = depth
    lines += "</li></ol>" * open_
    return page(f'<nav epub:type="toc"><h1>Contents</h1>{lines}</nav>')


def _ncx(contents: Sequence[tuple[int, str, str]]) -> str:
    points, open_ = "", 0
    for number, (depth, title, href) in enumerate(contents):
        points += "</navPoint>" * (open_ - depth + 1)
        points += f'<navPoint id="n{number}"><navLabel><text>{title}</text></navLabel><content src="{href}"/>'
        open_ = depth
    points += "</navPoint>" * open_
    return f'<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'
