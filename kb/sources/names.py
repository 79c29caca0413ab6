"""What a link may call a source: its place in a vault, its file, its titles and aliases, its address, blocks in it.

A name is found again under the key that `link_key` gives, by whoever comes later: the note or the link to it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from kb.model.document import Document
from kb.text.note_names import NOTE_ENDING
from kb.text.strings import fold, slugs

FILE = "file:"
"""Begins the name of a file of this machine, which a relative link means exactly."""

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
_BLOCK = re.compile(
    r"(?:^[ \t]*(?:[-*+][ \t]+)?id::[ \t]*|(?<!\S)\^)([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})[ \t]*$",
    re.M,
)
_ESCAPED = re.compile(r"___|%[0-9A-Fa-f]{2}")
_JOURNAL = re.compile(r"(\d{4})[_-](\d\d)[_-](\d\d)")
_INDEX = {"index", "readme", "_index"}  # a link to a folder means this note in it


def names_of(document: Document) -> list[tuple[str, int]]:
    """Names with their ranks: 0 path or title, 1 alias, 2 whatever else leads there."""
    found: list[tuple[str, int]] = []
    if document.path:
        found += [(name, 0) for name in _ends(document.path)]
    if document.path or document.namespace is None:
        found.append((document.title, 0))
    found += [(alias, 1) for alias in document.aliases]
    found += [(name, 2) for name in _addresses(document)]
    return found


def names_of_path(path: str | None) -> set[str]:
    """The names, folded, that a source has by its place in a vault."""
    return {fold(name) for name in _ends(path)} if path else set()


def link_key(name: str) -> str:
    """The key under which references to this name wait."""
    return name if name.startswith(FILE) else "name:" + fold(name)


def without_ending(name: str) -> str:
    """A name as notes are called: `.md` says nothing."""
    return NOTE_ENDING.sub("", name)


def file_names(target: str | None) -> list[str]:
    """The names of the file of this machine from which something was read; of an index, that of its folder too."""
    if not target or "://" in target or "/" not in target.replace("\\", "/"):
        return []
    name = fold(without_ending(target.replace("\\", "/")))
    folder, _, last = name.rpartition("/")
    return [FILE + name, *([FILE + folder] if last in _INDEX else [])]


@lru_cache(maxsize=4096)  # of every note that may be meant, for every link
def vault_of(path: str | None, target: str | None) -> str | None:
    """The folder that was added, where what lies at `path` in it was read from the file `target`."""
    if not path or not target:
        return None
    stem = fold(target.replace("\\", "/"))
    place = "/" + fold(path)
    at = stem.rfind(place)
    return stem[:at] if at >= 0 and not stem[at + len(place) :].strip(".").count("/") else None


def namespace(file: str) -> str:
    """What Logseq calls the page in a file of this name: `a___b` and `a%2Fb` are the page b in the namespace a."""
    return unquote(file.replace("___", "/")) if _ESCAPED.search(file) else file


def joined(folder: str, relative: str) -> str:
    """A path from a folder, normalised: `a` and `../b/x` give `b/x`."""
    return posixpath.normpath(posixpath.join(folder, relative))


def _ends(path: str) -> Iterator[str]:
    """A path, and what is left of it without the folders before: any end of it names a note in a vault."""
    parts = path.split("/")
    yield from ("/".join(parts[i:]) for i in range(len(parts)))
    if (name := namespace(parts[-1])) != parts[-1]:
        yield name


def _addresses(document: Document) -> Iterator[str]:
    if document.text:
        yield from file_names(document.target)
    if document.citekey:
        yield from (document.citekey, "@" + document.citekey)
    for address in (*document.addresses, *(alias for alias in document.aliases if alias.startswith("/"))):
        yield address.strip("/")
    if not document.path:
        if document.kind == "note" and not document.namespace:
            yield from _stem(document.target)
        return
    parts = document.path.split("/")
    ending = _ENDING.search(document.target)
    if ending and not NOTE_ENDING.search(document.target):  # what is no note is called with its ending
        yield from (f"{name}{ending[0]}" for name in _ends(document.path))
    if parts[-1].casefold() in _INDEX and len(parts) > 1:
        yield from _ends("/".join(parts[:-1]))
    if day := _JOURNAL.fullmatch(parts[-1]):
        yield "-".join(day.groups())
    taken = {fold(document.title), fold(parts[-1])}
    for title in dict.fromkeys((document.title, parts[-1])):
        yield from (slug for slug in slugs(title) if slug not in taken)
    yield from blocks_of(document.text)


def _stem(target: str) -> Iterator[str]:
    """The name of a note that was added by itself."""
    last = target.replace("\\", "/").rsplit("/", 1)[-1]
    if NOTE_ENDING.search(last) and "#" not in last:
        yield without_ending(last)


def blocks_of(text: str) -> Iterator[str]:
    """The names of the blocks that carry an id as Logseq writes it, `((uuid))`, at their end or as a property."""
    if "id::" in text or "^" in text:
        yield from (f"(({found[1].lower()}))" for found in _BLOCK.finditer(text))
