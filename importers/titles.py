"""A title for a text that does not name itself: out of the name of its file, else out of how it begins."""

from __future__ import annotations

import re

from importers.base import Input
from importers.file_names import without_extension
from kb.text.strings import clip, squash

TITLE_LENGTH = 80

_HEX_RUN = re.compile(r"[0-9a-f]{8,}", re.I)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_SENTENCE = re.compile(r".+?[.?!…][\"'”’)\]]*(?=\s|$)", re.S)
_BLANK_WORDS = {"stdin", "untitled", "note", "document", "text", "clipboard", "new note"}


def title_of(source: Input, text: str) -> str:
    """The title of a text that does not name itself: its file's name, else how it begins."""
    return name_title(source) or first_sentence(text)


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
