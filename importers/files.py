"""From a path on the command line to decoded, repaired inputs: one file, or a folder, one file at a time.

Nothing is left out silently: what cannot be read is a `Failure`, what is not text is counted in `Skipped`. So are
data files in a folder that no importer knows; named by itself, such a file is an input and fails with its importer.
An empty note is a note all the same: it has a name, and others link to it.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from importers import recognised
from importers.base import Failure, Input
from importers.decode import (
    DATA_EXTENSIONS,
    MARKUP_EXTENSIONS,
    BinaryError,
    EmptyError,
    is_page,
    is_pdf,
    markup,
    repaired,
)
from importers.file_names import extension, without_extension
from kb.errors import KbError

TEXT_EXTENSIONS = frozenset({"md", "markdown", "txt", "text", ""})
MAX_FILE_MB = 32

_MAX_DEPTH = 200
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "__MACOSX", "$RECYCLE.BIN"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a folder held beside texts. Comes last in the stream, and only when there was something."""

    extensions: Mapping[str, int]  # files that nobody reads, by extension; "" for binaries without one
    hidden: int = 0  # hidden files and folders, and folders of tools
    repeated: int = 0  # links to what is read elsewhere in the folder

    @property
    def files(self) -> int:
        """How many files are not text."""
        return sum(self.extensions.values())

    @property
    def line(self) -> str:
        """All of it in one line."""
        most = sorted(self.extensions.items(), key=lambda pair: -pair[1])[:8]
        kinds = ", ".join(f"{count} .{name}" if name else f"{count} without extension" for name, count in most)
        parts = [f"skipped {self.files} files that are not text ({kinds})"] if self.files else []
        if self.hidden:
            parts.append(f"{self.hidden} hidden files and folders")
        if self.repeated:
            parts.append(f"{self.repeated} links to what is read anyway")
        return ", ".join(parts)


Found = Input | Failure | Skipped


@dataclass(slots=True)
class _Walk:
    """The state of one walk through a folder."""

    root: str  # real path
    encoding: str | None
    max_file_mb: float
    extensions: Counter[str] = field(default_factory=Counter)
    hidden: int = 0
    repeated: int = 0
    linked: set[str] = field(default_factory=set)  # real paths outside the folder that were read through a link


def read_files(target: str | Path, encoding: str | None = None, max_file_mb: float = MAX_FILE_MB) -> Iterator[Found]:
    """The texts under a path, lazily and in a fixed order.

    `encoding` is for the files that are not UTF-8. A file named itself is read whatever its
    extension.
    """
    path = os.fspath(target)
    real = os.path.realpath(path)
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield Failure(_as_typed(path), _os_error(path, error))
        return
    if not stat.S_ISDIR(mode):
        yield _read(real, os.path.basename(real), None, encoding, max_file_mb)
        return
    walk = _Walk(real, encoding, max_file_mb)
    yield from _folder(walk, real, "", (real,))
    if walk.extensions or walk.hidden or walk.repeated:
        yield Skipped(dict(sorted(walk.extensions.items())), walk.hidden, walk.repeated)


def from_stdin(data: bytes, encoding: str | None = None, max_file_mb: float = MAX_FILE_MB) -> Input | Failure:
    """What came through a pipe."""
    try:
        if len(data) > max_file_mb * 1_000_000:
            raise _too_large("standard input", len(data), max_file_mb)
        return Input(_text("standard input", "", data, encoding), "stdin", "-", data)
    except KbError as error:
        return Failure("-", error)


def _folder(walk: _Walk, folder: str, inside: str, chain: tuple[str, ...]) -> Iterator[Found]:
    """Everything in a real folder; `inside` is its path below the root, `chain` the folders around it."""
    if len(chain) > _MAX_DEPTH:
        yield Failure(_as_typed(folder), KbError(f"{_as_typed(folder)} lies too deep", "add it by itself"))
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.name))
    except OSError as error:
        yield Failure(_as_typed(folder), _os_error(folder, error))
        return
    for entry in found:
        path = f"{inside}/{entry.name}" if inside else entry.name
        if _is_hidden(entry.name):
            walk.hidden += 1
        elif entry.is_symlink():
            yield from _link(walk, entry.path, path, chain)
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(walk, entry.path, path, (*chain, entry.path))
        else:
            yield from _file(walk, entry.path, path)


def _link(walk: _Walk, link: str, inside: str, chain: tuple[str, ...]) -> Iterator[Found]:
    """What a symbolic link leads to: followed once, and never round in circles."""
    try:
        mode = os.stat(link).st_mode
    except OSError as error:
        yield Failure(_as_typed(link), _os_error(link, error))
        return
    real = os.path.realpath(link)
    if stat.S_ISDIR(mode) and any(_is_within(folder, real) for folder in chain):
        message = f"the link {_as_typed(link)} leads back to {_as_typed(real)}, in which it lies"
        yield Failure(_as_typed(link), KbError(message, "remove the link, or add its target by itself"))
    elif _comes_anyway(walk.root, real) or any(_is_within(real, seen) for seen in walk.linked):
        walk.repeated += 1
    else:
        walk.linked.add(real)
        if stat.S_ISDIR(mode):
            yield from _folder(walk, real, inside, (*chain, real))
        else:
            yield from _file(walk, real, inside)


def _file(walk: _Walk, path: str, inside: str) -> Iterator[Found]:
    ending = extension(os.path.basename(inside))
    if ending not in TEXT_EXTENSIONS | DATA_EXTENSIONS:
        walk.extensions[ending] += 1
        return
    item = _read(path, os.path.basename(inside), without_extension(inside), walk.encoding, walk.max_file_mb)
    binary = not ending and isinstance(item, Failure) and isinstance(item.error, BinaryError)
    if binary or (ending in DATA_EXTENSIONS - {"pdf"} and not _is_wanted(item, path, walk)):
        walk.extensions[ending] += 1
    else:
        yield item


def _is_wanted(item: Input | Failure, path: str, walk: _Walk) -> bool:
    """Whether a data file is one that somebody would miss: a folder may hold any, and most are no texts."""
    if isinstance(item, Input):
        return recognised(item)
    try:
        data = _bytes(path, walk.max_file_mb)
    except KbError:
        return False
    except OSError:
        return True
    # In a wrong encoding its letters cannot be read, but its form shows.
    return bool(data.strip()) and recognised(Input(data.decode("latin-1"), os.path.basename(path), path, data))


def _read(path: str, name: str, inside: str | None, encoding: str | None, max_file_mb: float) -> Input | Failure:
    target = _as_typed(path)
    try:
        data = _bytes(path, max_file_mb)
        text = _text(target, extension(name), data, encoding)
    except EmptyError as error:
        if extension(name) in DATA_EXTENSIONS:
            return Failure(target, error)
        text = ""
    except KbError as error:
        return Failure(target, error)
    except OSError as error:
        return Failure(target, _os_error(path, error))
    source = Input(
        text, _as_typed(name, nfc=True), target, data, None if inside is None else _as_typed(inside, nfc=True)
    )
    if target != path:
        return replace(source, problems=("the file name is not valid UTF-8",))
    return source


def _text(name: str, ending: str, data: bytes, encoding: str | None) -> str:
    """The text that importers look at: none of a PDF, which is read from its bytes."""
    if data.strip() and (ending == "pdf" or is_pdf(data)):
        return ""
    if ending in MARKUP_EXTENSIONS or is_page(data):
        return markup(name, data, encoding)
    return repaired(name, data, encoding)


def _bytes(path: str, max_file_mb: float) -> bytes:
    limit = int(max_file_mb * 1_000_000)
    # Opening a pipe would wait for its writer, so it must not block until we know what it is.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise KbError(f"{_as_typed(path)} is not a file", "to read from a pipe, use: kb add -")
        if status.st_size > limit:
            raise _too_large(_as_typed(path), status.st_size, max_file_mb)
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(_as_typed(path), len(data), max_file_mb)
    return data


def _too_large(name: str, size: int, max_file_mb: float) -> KbError:
    message = f"{name} is {size / 1_000_000:,.1f} MB, over the limit of {max_file_mb:g} MB"
    return KbError(message, "split it, or raise max_file_mb in the configuration")


def _os_error(path: str, error: OSError | ValueError) -> KbError:
    shown = _as_typed(path)
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
    return name.startswith(".") or name in _SKIPPED_FOLDERS


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _comes_anyway(root: str, real: str) -> bool:
    """Whether the walk meets this path by itself, without the link."""
    if not _is_within(real, root):
        return False
    return not any(_is_hidden(part) for part in os.path.relpath(real, root).split(os.sep))


def _as_typed(path: str, nfc: bool = False) -> str:
    """The path as valid text: names on disk may hold bytes that are not UTF-8."""
    shown = os.fsencode(path).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", shown) if nfc else shown
