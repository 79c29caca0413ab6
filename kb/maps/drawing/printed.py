"""An SVG drawing as a PDF of one page: lines stay lines and words can be searched, in the fonts of this machine."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from kb.errors import KbError

_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_PAGE = '#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#image("map.svg", width: 100%, alt: "{title}")\n'
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_LARGEST = 14_400.0  # points: what readers of PDF take (ISO 32000-1, C.2)


def pdf(svg: str) -> bytes:
    """The drawing as a PDF file, of its own size, smaller where that would be too large for a page.

    Raises:
        KbError: the library is not installed, or cannot draw it.
    """
    try:
        import typst
    except ImportError:
        raise KbError(
            "a PDF is made by the package typst, which is not installed",
            "uv tool install 'kb[pdf]' (80 MB); or open the .html, and print it",
        ) from None
    found = _SIZE.search(svg)
    width, height = (float(found[1]), float(found[2])) if found else (600.0, 400.0)
    zoom = min(1.0, _LARGEST / max(width, height, 1.0))
    title = _TITLE.search(svg)
    words = re.sub(r"[^\w ,.:;?!-]", " ", title[1] if title else "")[:200]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "map.svg").write_text(svg, encoding="utf-8")
        page = Path(folder, "map.typ")
        page.write_text(_PAGE.format(width=width * zoom, height=height * zoom, title=words), encoding="utf-8")
        try:
            return bytes(typst.compile(str(page), root=folder))
        except RuntimeError as error:  # the library's own error is one
            raise KbError(f"the PDF cannot be drawn: {error}", "draw less of the map, or write an .svg") from error
