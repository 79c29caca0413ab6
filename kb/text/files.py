"""Files written whole or not at all: whoever reads one, at any moment and after any crash, finds the old or the new.

All that is written here and replaces something goes through these functions: a temporary name in the same folder,
flushed to the disk, then renamed. A failure leaves the old file and no rubbish. Only a killed process leaves its
temporary file behind, `.NAME.TOKEN.part`; `leftovers` finds such.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NAME_KEPT = 40  # characters of the name in that of the temporary file: a long one with more to it would be refused


def write_text(path: Path, text: str) -> None:
    """Write a file as UTF-8, line ends as they are. What is no plain file (`/dev/null`, a pipe) is written as it comes.

    Raises:
        OSError: it cannot be written; the old file stands.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes, *, follow: bool = True) -> None:
    """Write a file as `replacing` does.

    Raises:
        OSError: it cannot be written; the old file stands.
    """
    with replacing(path, follow=follow) as part:
        part.write_bytes(content)


@contextmanager
def replacing(path: Path, *, follow: bool = True) -> Iterator[Path]:
    """A new empty file to fill, by a library or in pieces, and to close; at the end it takes the place of `path`.

    It gets the permissions of the file that it replaces; a new one those that the umask leaves. Of a link it is the
    target that is replaced, unless `follow` is false: then the link itself. What is no plain file is given as it is.

    Raises:
        OSError: the file cannot be made or put in its place; the old one stands.
    """
    old = _status(path, follow=follow)
    if old and not (stat.S_ISREG(old.st_mode) or stat.S_ISLNK(old.st_mode)):
        yield path
        return
    target = Path(os.path.realpath(path)) if follow else path
    kept = stat.S_IMODE(old.st_mode) if old and stat.S_ISREG(old.st_mode) else None
    part = _part(target)
    # Until it is whole nobody else reads a copy of what may be private.
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if kept is None else 0o600))
    try:
        yield part
        _sync(part)
        if kept is not None and stat.S_IMODE(part.stat().st_mode) != kept:
            part.chmod(kept)
        os.replace(part, target)
    except BaseException:  # whatever stops it, Ctrl-C too
        part.unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty folder to fill with files; at the end it gets the name `path`, with all of them or not at all.

    Raises:
        OSError: it cannot be made, or there is a folder of that name that holds something, which stays.
    """
    part = _part(path)
    part.mkdir()
    try:
        yield part
        for file in part.rglob("*"):
            if file.is_file():
                _sync(file)
        os.replace(part, path)
    except BaseException:  # whatever stops it, Ctrl-C too
        from shutil import rmtree

        rmtree(part, ignore_errors=True)
        raise


def leftovers(folder: Path, pattern: str) -> Iterator[Path]:
    """The temporary files for names that fit the glob pattern: a living process writes them, or a killed one did."""
    return folder.glob(f".{pattern}.*.part")


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name[:_NAME_KEPT]}.{os.urandom(8).hex()}.part")


def _status(path: Path, *, follow: bool) -> os.stat_result | None:
    with suppress(FileNotFoundError):
        return path.stat(follow_symlinks=follow)
    return None


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
