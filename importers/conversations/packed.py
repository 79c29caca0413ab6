"""What lies beside a file that was added, or in one zip with it: read within limits, never outside its folder."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from importers import archives
from importers.archives import Archive, Limits
from importers.base import Input
from importers.decode import is_zip
from kb.errors import KbError

_MOST_OF_ONE = 256_000_000  # bytes
_LIMITS = Limits(files=200_000, bytes=512_000_000, one=_MOST_OF_ONE, cure="unpack it, and add the folder", times=200)


def opened(source: Input) -> Archive:
    """The zip that a file is.

    Raises:
        KbError: it is damaged, or holds too many files.
    """
    return archives.opened(source.original, source.called, _LIMITS)


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
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_OF_ONE:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None
