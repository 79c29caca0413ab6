"""What the name of a style says of a paragraph, in the languages of office programs."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|intestazione|rubrik|kop|overskrift|nadpis|nagłówek|otsikko"
    r"|заголовок|başlık|címsor|titlu|见出|見出し|标题|標題|제목)[ _]*(\d)",
    re.I,
)
_TITLE = re.compile(
    r"title|titel|titre|título|titulo|titolo|tittel|rubrik|název|tytuł|otsikko|название|заголовок|标题|標題|표제|表題",
    re.I,
)
_QUOTE = re.compile(r"(?:intense |block )?(?:quote|quotation|quotations|block text|zitat|citation|cita)\b.*", re.I)
_CODE = re.compile(r"(?:source|html|code|preformatted|macro|listing|verbatim)\b.*|plain text", re.I)


def heading_level(style: str) -> int:
    """The level of the headings that a style of this name makes, in whatever language; 0 where it makes none."""
    found = _HEADING.fullmatch(style.replace("_20_", " ").strip())
    return int(found[1]) if found else 0


def is_title(style: str) -> bool:
    """Whether a style of this name makes the title of a text."""
    return _TITLE.fullmatch(style.strip()) is not None


def is_quote(style: str) -> bool:
    """Whether a style of this name makes a quotation."""
    return _QUOTE.fullmatch(style) is not None


def is_code(style: str) -> bool:
    """Whether a style of this name makes a line of code."""
    return _CODE.fullmatch(style) is not None
