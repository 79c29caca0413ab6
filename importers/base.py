"""What every importer is: a name, a look at the content, a reader, and a way to cut its texts into blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kb.model.document import Document, Structure


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read, already decoded and repaired."""

    text: str
    name: str  # file name without folders; "stdin" for a pipe
    target: str = ""  # the path or URL as it will be remembered
    original: bytes = b""
    path: str | None = None  # inside the folder that was added, "/" between parts, without extension
    problems: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of text.

    `sniff` says how sure it is, 0 to 1, that the input is its kind, by looking at the content.
    `read` gives one document a source; a page of comments gives many.
    `structure` cuts a text that `read` gave into the same blocks again: an exported vault comes back by it.
    """

    name: str
    version: str
    what: str  # one line for `kb add --help` and the docs
    sniff: Callable[[Input], float]
    read: Callable[[Input], list[Document]]
    structure: Structure
