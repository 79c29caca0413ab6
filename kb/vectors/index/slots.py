"""The file of slots: of which row each vector is, and which other files hold the vectors.

`<home>/index/passage.slots` is a header of 4,096 bytes (JSON), then an int64 for each slot: the rowid; minus the
rowid where the row is kept out unless asked for (rejected statements, and those no longer said anywhere); 0 where the
row is gone. It is the only file that is ever replaced, by a rename, so that it switches all of them at once.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kb.model.words import Table
from kb.store.changes import Position
from kb.text import files

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 2
HEADER = 4096


class DamagedError(Exception):
    """What is wrong with a file of the index, in words."""


@dataclass(frozen=True, slots=True)
class Part:
    """Another file, of which this many bytes count, with the checksum of these."""

    name: str
    size: int
    crc: int

    @staticmethod
    def of(path: Path) -> Part:
        """A whole file."""
        size = path.stat().st_size
        return Part(path.name, size, _checksum(path, size)[0])

    def problem(self, folder: Path) -> str | None:
        """What is wrong with the file, its bytes read; None if nothing is."""
        try:
            return None if _checksum(folder / self.name, self.size) == (self.crc, 0) else f"{self.name}: damaged"
        except OSError as error:
            return f"{self.name}: {error.strerror}"


def _checksum(path: Path, size: int) -> tuple[int, int]:
    """Checksum of the first `size` bytes, and how many of them are missing."""
    crc = 0
    with path.open("rb") as file:
        while size and (block := file.read(min(size, 1 << 20))):
            crc, size = zlib.crc32(block, crc), size - len(block)
    return crc, size


@dataclass(frozen=True, slots=True)
class Header:
    """`position` is how far it follows the store. `near` is the approximate index of the first `covered` slots."""

    table: Table
    model: str
    position: Position
    dimension: int
    count: int
    vectors: Part
    near: Part | None = None
    covered: int = 0

    @staticmethod
    def read(data: bytes) -> tuple[Header, int]:
        """The header and the checksum of header and slots, from the file's first bytes.

        Raises:
            DamagedError: it is none.
        """
        try:
            found = json.loads(data[:HEADER])
            if found.pop("format") != FORMAT:
                raise DamagedError("of another format")
            crc = int(found.pop("crc"))
            found["position"] = Position(*found["position"])
            found["vectors"] = Part(**found["vectors"])
            found["near"] = Part(**found["near"]) if found["near"] else None
            return Header(**found), crc
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedError("unreadable") from error

    def _bytes(self, crc: int) -> bytes:
        facts = asdict(self) | {"format": FORMAT, "crc": crc}
        return json.dumps(facts).encode().ljust(HEADER)

    def checksum(self, slots: NDArray[np.int64]) -> int:
        return zlib.crc32(slots.astype("<i8", copy=False).data, zlib.crc32(self._bytes(0)))

    def write(self, path: Path, slots: NDArray[np.int64]) -> None:
        """Put header and slots in the place of the file."""
        with files.replacing(path) as part, part.open("wb") as file:
            file.write(self._bytes(self.checksum(slots)))
            file.write(slots.astype("<i8", copy=False).data)


def read_slots(path: Path) -> tuple[Header, NDArray[np.int64]]:
    """Header and slots, the checksum verified.

    Raises:
        DamagedError: they are not what was written. OSError: there is no file, or it cannot be read.
    """
    import numpy as np

    data = path.read_bytes()
    header, crc = Header.read(data)
    if len(data) != HEADER + 8 * header.count:
        raise DamagedError("torn: its size is wrong")
    slots = np.frombuffer(memoryview(data)[HEADER:], dtype="<i8") if header.count else np.zeros(0, dtype="<i8")
    if header.checksum(slots) != crc:
        raise DamagedError("damaged: its checksum is wrong")
    return header, slots.astype(np.int64, copy=False)
