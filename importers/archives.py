"""ZIP archives in memory, read within limits: nothing of them is written to a disk, and no bomb goes off."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.errors import KbError

_SMALL = 1_000_000  # bytes below which it does not matter how well a file is packed
_AGAIN = "get the file again"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be in an archive, and what to do about one that has more."""

    files: int
    bytes: int
    """Of all that is read out of it, unpacked."""
    one: int
    """Bytes of one file."""
    cure: str
    times: int | None = None
    """So many times larger than it is packed a file may be; None for any."""


@dataclass(slots=True)
class Archive:
    """An open archive: `called` is its name in messages, `names` are its files."""

    called: str
    names: Sequence[str]
    limits: Limits
    _zip: zipfile.ZipFile
    _left: int = field(init=False)

    def __post_init__(self) -> None:
        self._left = self.limits.bytes

    def read(self, name: str) -> bytes:
        """The bytes of one of its files.

        Raises:
            KbError: it is damaged, encrypted, or more than the limits let through.
        """
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise KbError(f"{self.called} is protected by a password", "save it without one")
        times = self.limits.times
        bomb = times is not None and info.file_size > max(_SMALL, times * info.compress_size)
        if bomb or info.file_size > self.limits.one:
            what = f"{self.called}: {name} would unpack to {info.file_size:,} bytes, which is too much"
            raise KbError(what, self.limits.cure)
        if info.file_size > self._left:
            what = f"{self.called} unpacks to more than {self.limits.bytes // 1_000_000} MB, which is too much"
            raise KbError(what, self.limits.cure)
        try:
            with self._zip.open(info) as file:
                data = file.read(info.file_size)
        except Exception as error:  # each method of compression has errors of its own
            raise KbError(f"{self.called} is damaged: {name} cannot be read: {error}", _AGAIN) from None
        self._left -= len(data)
        return data


def opened(data: bytes, called: str, limits: Limits) -> Archive:
    """The archive that some bytes are.

    Raises:
        KbError: it is damaged, or holds too many files.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise KbError(f"{called} is damaged: it cannot be opened: {error}", _AGAIN) from None
    if len(names) > limits.files:
        raise KbError(f"{called} holds {len(names):,} files, more than {limits.files:,}", limits.cure)
    return Archive(called, names, limits, archive)
