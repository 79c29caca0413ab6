"""A title for a text that does not name itself: the name of its file where that tells something, or its first heading.

A sentence is a title only of what came without a name (a pipe, the clipboard), and of one take among several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from importers.base import Input
from importers.file_names import without_extension
from kb.text.strings import clip, squash
from notes.markdown.meta import plain

TITLE_LENGTH = 80

_HEX_RUN = re.compile(r"[0-9a-f]{8,}", re.I)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_SENTENCE = re.compile(r".+?[.?!…][\"'”’)\]]*(?=\s|$)", re.S)
_NO_NAMES = {"stdin", "clipboard"}
_BLANK_WORDS = _NO_NAMES | {"untitled", "note", "document", "text", "new note"}
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.M | re.S)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*?)[ \t#]*$", re.M)


def title_of(source: Input, text: str, headings: Iterable[str] | None = None) -> str:
    """The title of a text that does not name itself: its file's name, or its first heading where a machine named it.

    `headings` are those of the text, where the caller knows them better than their marks in Markdown tell.
    """
    return name_title(source) or own_title(source, text, headings)


def own_title(source: Input, text: str, headings: Iterable[str] | None = None) -> str:
    """The title of a text whose file's name tells nothing: its first heading, else that name, else how it begins."""
    if headings is None:
        headings = (found[1] for found in _HEADING.finditer(_FENCED.sub("", text)))
    first = next(filter(None, (plain(squash(heading)) for heading in headings)), None)
    return first or file_title(source) or plain(first_sentence(text)) or "Untitled"


def file_title(source: Input) -> str | None:
    """The name of a file without its ending, whatever it is; None where there is no file."""
    stem = squash(without_extension(source.name))
    return None if stem.casefold() in _NO_NAMES else stem or None


def name_title(source: Input) -> str | None:
    """The title that the file name gives, or None where it says nothing."""
    stem = without_extension(source.name)
    if hash_like(stem) or stem.casefold() in _BLANK_WORDS:
        return None
    # Some exporters append a digest to each title.
    found = re.fullmatch(r"(.*\S)[ _-]+([0-9a-f]{16,})", stem, re.I)
    stem = found[1] if found and _is_digest(found[2]) else stem
    return squash(stem) or None


def first_sentence(text: str, limit: int = TITLE_LENGTH) -> str:
    """A title for a text that has none: its first sentence, clipped."""
    line = next((line for line in text.splitlines() if line.strip("#>*_- \t")), "")
    line = line[: 4 * limit].lstrip("#>*_- \t") if line else line
    found = _SENTENCE.match(line)
    return clip(found[0] if found else line, limit) or "Untitled"


def hash_like(stem: str) -> bool:
    """Whether a file name was made by a machine: a digest, a UUID, a number. It is no title then."""
    rest = _UUID.sub(" ", stem)
    rest = _HEX_RUN.sub(lambda run: " " if _is_digest(run[0]) else run[0], rest)
    return rest != stem and not re.search(r"[^\W\d_]{2,}", rest)


def _is_digest(run: str) -> bool:
    # "20241009" is a date and "defaced" a word: a digest has digits and letters, or is too long for a date.
    return (not run.isdigit() and not run.isalpha()) or (run.isdigit() and len(run) > 14)
