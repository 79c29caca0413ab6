"""From a path on the command line to decoded, repaired inputs: one file, or a folder, one file at a time.

Nothing is left out silently: what cannot be read is a `Failure`, what is not text is counted in `Skipped`. So are
data files in a folder that no importer knows; named by itself, such a file is an input and fails with its importer.
An empty note is a note all the same: it has a name, and others link to it.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from importers import recognised
from importers.base import Failure, Input
from importers.decode import (
    DATA_EXTENSIONS,
    LENIENT_EXTENSIONS,
    OFFICE_EXTENSIONS,
    BinaryError,
    EmptyError,
    is_device_database,
    is_export_archive,
    is_mail,
    is_office_file,
    is_page,
    is_pdf,
    is_source_archive,
    markup,
    repaired,
)
from importers.file_names import extension, without_extension
from importers.walk import TEXT_EXTENSIONS, Walk, as_typed, os_error
from kb.errors import KbError
from kb.model.document import PIPE

MAX_FILE_MB = 32


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

Known = Callable[[str, bytes], bool]
"""Whether what a file of this path holds was read before, so that nobody needs its text."""


def never(_path: str, _data: bytes) -> bool:
    """Nothing is known."""
    return False


@dataclass(slots=True)
class _Reading:
    """How the files of a folder are read, and what they were that are not read."""

    encoding: str | None
    max_file_mb: float
    known: Known
    extensions: Counter[str] = field(default_factory=Counter)


def read_files(
    target: str | Path,
    encoding: str | None = None,
    max_file_mb: float = MAX_FILE_MB,
    only: Collection[str] | None = None,
    known: Known = never,
) -> Iterator[Found]:
    """The texts under a path, lazily and in a fixed order.

    `encoding` is for the files that are not UTF-8. A file named itself is read whatever its extension. Of a folder
    `only` these files are read, given by their real paths, just as they would be among all of them; one that is not
    there gives nothing, and what else the folder holds is not told. What is `known` already is only named.
    """
    path = os.fspath(target)
    real = os.path.realpath(path)
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield Failure(as_typed(path), os_error(path, error))
        return
    if not stat.S_ISDIR(mode):
        yield _read(_Reading(encoding, max_file_mb, known), real, os.path.basename(real), None)
        return
    walk = Walk(real, None if only is None else frozenset(only))
    reading = _Reading(encoding, max_file_mb, known)
    for found in walk.places():
        told = [found] if isinstance(found, Failure) else _file(reading, *found)
        if only is None:
            yield from told
        elif not isinstance(found, Failure):
            yield from (item for item in told if isinstance(item, Input) or os.path.lexists(found[0]))
    if only is None and (reading.extensions or walk.hidden or walk.repeated):
        yield Skipped(dict(sorted(reading.extensions.items())), walk.hidden, walk.repeated)


def from_stdin(data: bytes, encoding: str | None = None, max_file_mb: float = MAX_FILE_MB) -> Input | Failure:
    """What came through a pipe."""
    try:
        if len(data) > max_file_mb * 1_000_000:
            raise _too_large("standard input", len(data), max_file_mb)
        return Input(_text("standard input", "", data, encoding), "stdin", PIPE, data)
    except KbError as error:
        return Failure(PIPE, error)


def _file(reading: _Reading, path: str, inside: str) -> Iterator[Input | Failure]:
    ending = extension(os.path.basename(inside))
    if ending not in TEXT_EXTENSIONS | DATA_EXTENSIONS:
        reading.extensions[ending] += 1
        return
    item = _read(reading, path, os.path.basename(inside), without_extension(inside))
    binary = not ending and isinstance(item, Failure) and isinstance(item.error, BinaryError)
    if binary or (ending in DATA_EXTENSIONS - OFFICE_EXTENSIONS - {"pdf"} and not _is_wanted(item, path, reading)):
        reading.extensions[ending] += 1
    else:
        yield item


def _is_wanted(item: Input | Failure, path: str, reading: _Reading) -> bool:
    """Whether a data file is one that somebody would miss: a folder may hold any, and most are no texts."""
    if isinstance(item, Input):
        return item.known or recognised(item)
    if isinstance(item.error, BinaryError):
        return False
    try:
        data = _bytes(path, reading.max_file_mb)
    except KbError:
        return False
    except OSError:
        return True
    # In a wrong encoding its letters cannot be read, but its form shows.
    return bool(data.strip()) and recognised(Input(data.decode("latin-1"), os.path.basename(path), path, data))


def _read(reading: _Reading, path: str, name: str, inside: str | None) -> Input | Failure:
    target = as_typed(path)
    known = False
    try:
        data = _bytes(path, reading.max_file_mb)
        known = reading.known(target, data)
        text = "" if known else _text(target, extension(name), data, reading.encoding)
    except EmptyError as error:
        if extension(name) in DATA_EXTENSIONS:
            return Failure(target, error)
        text = ""
    except KbError as error:
        return Failure(target, error)
    except OSError as error:
        return Failure(target, os_error(path, error))
    below = None if inside is None else as_typed(inside, nfc=True)
    source = Input(text, as_typed(name, nfc=True), target, data, below, known=known)
    if target != path:
        return replace(source, problems=("the file name is not valid UTF-8",))
    return source


def _text(name: str, ending: str, data: bytes, encoding: str | None) -> str:
    """The text that importers look at: none of what is read from its bytes (PDF, database, office file, mail, zip)."""
    if data.strip() and (ending in {"pdf", *OFFICE_EXTENSIONS} or is_pdf(data)):
        return ""
    if is_device_database(data) or is_office_file(data) or is_export_archive(data):
        return ""
    if data.strip() and (is_mail(data) or is_source_archive(data)):
        return ""
    if ending in LENIENT_EXTENSIONS or is_page(data):
        return markup(name, data, encoding)
    return repaired(name, data, encoding)


def _bytes(path: str, max_file_mb: float) -> bytes:
    limit = int(max_file_mb * 1_000_000)
    # Opening a pipe would wait for its writer, so it must not block until we know what it is.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise KbError(f"{as_typed(path)} is not a file", "to read from a pipe, use: kb add -")
        if status.st_size > limit:
            raise _too_large(as_typed(path), status.st_size, max_file_mb)
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(as_typed(path), len(data), max_file_mb)
    return data


def _too_large(name: str, size: int, max_file_mb: float) -> KbError:
    message = f"{name} is {size / 1_000_000:,.1f} MB, over the limit of {max_file_mb:g} MB"
    return KbError(message, "split it, or raise max_file_mb in the configuration")
