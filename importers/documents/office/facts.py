"""What an office file says of itself, as far as that can be believed: programs put names and titles there, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.model.document import Author
from kb.text.strings import squash, unique

_NO_PEOPLE = re.compile(
    r"(?:microsoft|windows|office|default|utilisateur)?[ _-]*(?:office )?(?:user|benutzer|usuario|utilisateur)[\w -]*"
    r"|admin(?:istrator)?|owner|author|unknown|anonymous|guest|pc|hp|dell|lenovo|acer|asus|toshiba|microsoft.*"
    r"|python-docx|apache poi|docx4j|libreoffice.*|openoffice.*|google docs|pandoc|un-?named",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:microsoft word - .*|(?:new |neues )?(?:microsoft )?(?:word[- ]?)?(?:document|dokument|documento)\d*|untitled.*"
    r"|unbenannt.*|sans titre.*|sin t[ií]tulo.*|untitled|template|title|normal|powerpoint presentation"
    r"|.*\.(?:docx?|odt|dotx?|rtf|tmp|indd))",
    re.I,
)
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|intestazione|rubrik|kop|overskrift|nadpis|nagłówek|otsikko"
    r"|заголовок|başlık|címsor|titlu|见出|見出し|标题|標題|제목)[ _]*(\d)",
    re.I,
)
_TITLE = re.compile(
    r"title|titel|titre|título|titulo|titolo|tittel|rubrik|název|tytuł|otsikko|название|заголовок|标题|標題|표제|表題",
    re.I,
)


def people(names: Iterable[str]) -> tuple[Author, ...]:
    """The authors among what the properties name."""
    parts = [squash(part) for name in names for part in re.split(r"[;\n]", name)]
    return tuple(Author(part) for part in unique(parts) if part and not _NO_PEOPLE.fullmatch(part))


def title(words: str) -> str:
    """The title that the properties give, "" where a program gave it."""
    words = squash(words)
    return "" if _NO_TITLE.fullmatch(words) else words


def heading_level(style: str) -> int:
    """The level of the headings that a style of this name makes, in whatever language; 0 where it makes none."""
    found = _HEADING.fullmatch(style.replace("_20_", " ").strip())
    return int(found[1]) if found else 0


def is_title(style: str) -> bool:
    """Whether a style of this name makes the title of a text."""
    return _TITLE.fullmatch(style.strip()) is not None


def tags(words: Sequence[str]) -> tuple[str, ...]:
    """The keywords of a text as tags."""
    return unique([squash(part) for word in words for part in re.split(r"[;,]", word) if part.strip()])
