"""Which files of a folder are read: all but what is hidden, what tools and editors keep there, and kb's own.

A link is followed once, and never round in circles. The walk only looks; reading is for `importers.files`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from importers.base import Failure
from importers.decode import DATA_EXTENSIONS
from importers.file_names import extension
from kb.errors import KbError
from kb.store.open import DB_NAME, INDEX_NAME

TEXT_EXTENSIONS = frozenset({"md", "markdown", "txt", "text", "rst", "rest", "org", ""})

_MAX_DEPTH = 200
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "__MACOSX", "$RECYCLE.BIN"})
_UNFINISHED = re.compile(
    r"~$|^~\$|^#.*#$|\.(?:sw[a-z]|tmp|part|crswp)(?:[.\d]*)$|\.sb-[\da-f]+-\w+$|___jb_(?:tmp|old)___$"
)
"""What editors write beside a file while they save it, what they leave there: backups, swap files, owners' marks."""


Place = tuple[str, str]
"""A file: its real path, and the one below the folder that is walked, "/" between parts."""


@dataclass(slots=True)
class Walk:
    """One walk through a folder: where to go, and what was met beside files.

    `only` are real paths of the files that are wanted, None for all.
    """

    root: str  # real path
    only: frozenset[str] | None = None
    hidden: int = 0
    repeated: int = 0
    folders: set[str] = field(default_factory=set)  # real paths of those that were looked into
    linked: set[str] = field(default_factory=set)  # real paths outside the folder that were met through a link
    way: frozenset[str] | None = field(init=False)  # folders that lead to what is wanted; None where any may

    def __post_init__(self) -> None:
        self.way = None if self.only is None else _way(self.root, self.only)

    def places(self) -> Iterator[Place | Failure]:
        """The files, lazily and in a fixed order, and what cannot be looked into."""
        return _folder(self, self.root, "", (self.root,))


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds that may be read: files by their real paths, and the folders, one of which it is."""

    files: frozenset[str]
    folders: frozenset[str]


def listing(folder: str | Path) -> Listing:
    """The files of a folder that are looked into, by their names alone."""
    walk = Walk(os.path.realpath(folder))
    met = [found for found in walk.places() if not isinstance(found, Failure)]
    return Listing(frozenset(path for path, inside in met if may_be_read(inside)), frozenset(walk.folders))


def may_be_read(path: str, *, folder: bool = False) -> bool:
    """Whether a file of this path below a folder is looked into: it may be a text, and no part of the path is hidden.

    With `folder`, whether a folder of this path is.
    """
    parts = path.replace(os.sep, "/").split("/")
    known = folder or extension(parts[-1]) in TEXT_EXTENSIONS | DATA_EXTENSIONS
    return known and not any(_is_hidden(part) for part in parts)


def is_of_home(path: str) -> bool:
    """Whether kb itself keeps this beside its store: a knowledge base may lie in a folder of notes."""
    folder, name = os.path.split(path)
    return _is_of_home(name) and os.path.exists(os.path.join(folder, DB_NAME))


def _way(root: str, only: Collection[str]) -> frozenset[str] | None:
    """The folders on the way to these files; None where a link, which may lie anywhere, leads to one of them."""
    if not all(_comes_anyway(root, path) for path in only):
        return None
    found = {root}
    for path in only:
        while (path := os.path.dirname(path)) not in found:
            found.add(path)
    return frozenset(found)


def _folder(walk: Walk, folder: str, inside: str, chain: tuple[str, ...]) -> Iterator[Place | Failure]:
    """Every file in a real folder; `inside` is its path below the root, `chain` the folders around it."""
    if len(chain) > _MAX_DEPTH:
        yield Failure(as_typed(folder), KbError(f"{as_typed(folder)} lies too deep", "add it by itself"))
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.name))
    except OSError as error:
        yield Failure(as_typed(folder), os_error(folder, error))
        return
    walk.folders.add(folder)
    home = any(entry.name == DB_NAME for entry in found)
    for entry in found:
        path = f"{inside}/{entry.name}" if inside else entry.name
        if _is_hidden(entry.name) or (home and _is_of_home(entry.name)):
            walk.hidden += 1
        elif entry.is_symlink():
            yield from _link(walk, entry.path, path, chain)
        elif entry.is_dir(follow_symlinks=False):
            if walk.way is None or entry.path in walk.way:
                yield from _folder(walk, entry.path, path, (*chain, entry.path))
        elif walk.only is None or entry.path in walk.only:
            yield entry.path, path


def _link(walk: Walk, link: str, inside: str, chain: tuple[str, ...]) -> Iterator[Place | Failure]:
    """What a symbolic link leads to: followed once, and never round in circles."""
    try:
        mode = os.stat(link).st_mode
    except OSError as error:
        yield Failure(as_typed(link), os_error(link, error))
        return
    real = os.path.realpath(link)
    if stat.S_ISDIR(mode) and any(_is_within(folder, real) for folder in chain):
        message = f"the link {as_typed(link)} leads back to {as_typed(real)}, in which it lies"
        yield Failure(as_typed(link), KbError(message, "remove the link, or add its target by itself"))
    elif _comes_anyway(walk.root, real) or any(_is_within(real, seen) for seen in walk.linked):
        walk.repeated += 1
    else:
        walk.linked.add(real)
        if stat.S_ISDIR(mode):
            yield from _folder(walk, real, inside, (*chain, real))
        elif walk.only is None or real in walk.only:
            yield real, inside


def os_error(path: str, error: OSError | ValueError) -> KbError:
    """What a person can do about a path that cannot be read."""
    shown = as_typed(path)
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.ENOENT:
        if os.path.islink(path):
            return KbError(f"{shown} is a link to nothing", "remove the link, or restore its target")
        return KbError(f"{shown} does not exist", "check the path")
    if code in (errno.EACCES, errno.EPERM):
        return KbError(f"{shown} may not be read", "check its permissions")
    if code == errno.ELOOP:
        return KbError(f"{shown} is a link that leads back to itself", "remove the link")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return KbError(f"{shown} cannot be read: {reason}", "check the path")


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED_FOLDERS or _UNFINISHED.search(name) is not None


def _is_of_home(name: str) -> bool:
    return name.startswith(DB_NAME) or name in {INDEX_NAME, "cache"}


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _comes_anyway(root: str, real: str) -> bool:
    """Whether the walk meets this path by itself, without the link."""
    if not _is_within(real, root):
        return False
    return not any(_is_hidden(part) for part in os.path.relpath(real, root).split(os.sep))


def as_typed(path: str, nfc: bool = False) -> str:
    """The path as valid text: names on disk may hold bytes that are not UTF-8."""
    shown = os.fsencode(path).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", shown) if nfc else shown
