"""What lies beside a file that was added, or in one zip with it: read within limits, never outside its folder."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from importers.base import Input
from kb.errors import KbError

MOST_FILES = 200_000
MOST_BYTES = 512_000_000  # of all that is read out of one archive
MOST_OF_ONE = 256_000_000
_TIMES = 200  # so many times larger than it is packed a file may be, above the size from which that matters
_SMALL = 1_000_000
_MAGIC = b"PK\x03\x04"
_AGAIN = "unpack it, and add the folder"


@dataclass(slots=True)
class Packed:
    """The files in a zip, by their names there."""

    called: str
    archive: zipfile.ZipFile
    names: Sequence[str]
    left: int = field(default=MOST_BYTES)

    def read(self, name: str) -> bytes:
        """The bytes of one of its files.

        Raises:
            KbError: it is too large, locked or damaged.
        """
        info = self.archive.getinfo(name)
        if info.flag_bits & 1:
            raise KbError(f"{self.called} is locked with a password", _AGAIN)
        most = min(self.left, MOST_OF_ONE)
        if info.file_size > most or info.file_size > max(_SMALL, _TIMES * info.compress_size):
            raise KbError(f"{self.called}: {name} would unpack to {info.file_size:,} bytes, which is too much", _AGAIN)
        try:
            with self.archive.open(info) as file:
                data = file.read(info.file_size + 1)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise KbError(f"{self.called}: {name} cannot be unpacked: {error}", "download it again") from None
        except Exception as error:  # what the methods of compression raise
            raise KbError(f"{self.called}: {name} is damaged: {error}", "download it again") from None
        if len(data) > info.file_size:
            raise KbError(f"{self.called}: {name} is larger than its archive says", "download it again")
        self.left -= len(data)
        return data


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip does."""
    return data.startswith(_MAGIC)


def opened(source: Input) -> Packed:
    """The zip that a file is.

    Raises:
        KbError: it is damaged, or holds too many files.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(source.original))
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, UnicodeError) as error:
        raise KbError(f"{source.called} is no zip that can be read: {error}", "download it again") from None
    if len(names) > MOST_FILES:
        raise KbError(f"{source.called} holds {len(names):,} files, more than {MOST_FILES:,}", _AGAIN)
    return Packed(source.called, archive, names)


def named(source: Input, pattern: re.Pattern[str]) -> bool:
    """Whether a zip has a file whose name the pattern finds; False of what is none, or cannot be read."""
    if not is_zip(source.original):
        return False
    try:
        return any(pattern.search(name) for name in opened(source).names)
    except KbError:
        return False


def beside(source: Input, name: str, up: int = 0) -> bytes | None:
    """The bytes of the file of that name in the folder of a file that was added, or `up` above it; None without one."""
    folder = folder_of(source, up)
    return None if folder is None else of_folder(folder, name)


def folder_of(source: Input, up: int = 0) -> Path | None:
    """The folder that a file lies in, or `up` above it; None for what came by another way."""
    path = Path(source.target)
    if not source.target or not path.is_absolute() or len(path.parents) <= up:
        return None
    return path.parents[up]


def of_folder(folder: Path, name: str) -> bytes | None:
    """The bytes of a file in a folder; None where it is none, or too large."""
    try:
        path = folder / name
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_OF_ONE:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


Reader = Callable[[str], bytes | None]
"""Gives the bytes of a file of an export by its name there, or None."""
