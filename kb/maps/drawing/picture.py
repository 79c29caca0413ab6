"""An SVG drawing as pixels, with the fonts of this machine; what they cannot show is told."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kb.errors import KbError, notify

_ZOOM = 2.0
_MOST_PIXELS = 50_000_000  # four bytes each while it is drawn
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_MARKUP = re.compile(r"<title>.*?</title>|<[^>]*>|&[#\w]+;", re.S)
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
    '<text x="2" y="18" font-size="16" font-family="sans-serif">{}</text></svg>'
)
_FAMILIES = (
    "DejaVu Sans", "Liberation Sans", "Helvetica", "Arial", "Noto Sans", "Helvetica Neue", "Segoe UI", "Roboto",
    "Open Sans", "Ubuntu", "Ubuntu Sans", "Cantarell", "Adwaita Sans", "Inter", "Lato", "FreeSans", "Nimbus Sans",
    "Source Sans 3", "Noto Sans CJK JP", "Noto Sans CJK SC", "Droid Sans", "Carlito", "DejaVu Serif",
    "Liberation Serif", "Noto Serif", "FreeSerif", "Times New Roman", "DejaVu Sans Mono", "Liberation Mono",
    "Noto Sans Mono", "FreeMono", "Courier New",
)  # fmt: skip
"""The renderer draws nothing in a family that is not there: one that is there has to be named."""
_MISSING = "\u0378"  # a character that is none, which no font has
_MOST_PROBED = 400  # different characters beyond ASCII
_SHOWN = 20


def png(svg: str) -> bytes:
    """The drawing as a PNG file, smaller where it would have too many pixels.

    A notice names characters that no font of this machine has: they are boxes in the picture.

    Raises:
        KbError: there is no font at all, or the drawing is too large to be a picture.
    """
    found = _SIZE.search(svg)
    width, height = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    zoom = min(_ZOOM, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    try:
        drawn = _drawn(svg, _family(), zoom)
    except ValueError as error:
        raise KbError(f"the picture cannot be drawn: {error}", "draw less of the map, or write an .svg") from error
    if missing := _without_glyph(_MARKUP.sub(" ", svg)):
        shown = "".join(missing[:_SHOWN]) + ("…" if len(missing) > _SHOWN else "")
        notify(f"no font on this machine has {shown}: boxes stand for them; install one, or write an .svg or .html")
    return drawn


def _drawn(svg: str, family: str, zoom: float = 1.0) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, sans_serif_family=family, background="#ffffff"))


@cache
def _probe(family: str, character: str) -> bytes:
    return _drawn(_PROBE.format(character), family)


@cache
def _family() -> str:
    """A family of fonts that is on this machine.

    Raises:
        KbError: none is.
    """
    for family in _FAMILIES:
        if _probe(family, "A") != _probe(family, " "):
            return family
    raise KbError(
        "there is no font on this machine to write a picture with",
        "install one (on Debian: apt install fonts-dejavu), or write an .svg or .html",
    )


def _without_glyph(text: str) -> list[str]:
    """The characters of a text that no font here has, in their order."""
    told = [one for one in dict.fromkeys(text) if ord(one) > 0x7F and unicodedata.category(one)[0] in "LNSP"]
    box = _probe(_family(), _MISSING)
    return [one for one in told[:_MOST_PROBED] if _probe(_family(), one) == box]
