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


def people(names: Iterable[str]) -> tuple[Author, ...]:
    """The authors among what the properties name."""
    parts = [squash(part) for name in names for part in re.split(r"[;\n]", name)]
    return tuple(Author(part) for part in unique(parts) if part and not _NO_PEOPLE.fullmatch(part))


def title(words: str) -> str:
    """The title that the properties give, "" where a program gave it."""
    words = squash(words)
    return "" if _NO_TITLE.fullmatch(words) else words


def tags(words: Sequence[str]) -> tuple[str, ...]:
    """The keywords of a text as tags."""
    return unique([squash(part) for word in words for part in re.split(r"[;,]", word) if part.strip()])
