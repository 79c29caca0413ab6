"""The files of the index as they are opened: mapped, and kept open while they stay as they are."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from kb.model.words import Table
from kb.store import changes, meta
from kb.store.changes import Position
from kb.store.open import INDEX_NAME, Store
from kb.vectors.index.slots import HEADER, DamagedError, Header, read_slots
from kb.vectors.index.vectors import Vectors, no_vectors

_KEPT_OPEN = 8

State = tuple[str, Position]
"""What a file has to fit: the model, and how far the changes of the store go."""

_opened: dict[Path, tuple[object, Vectors]] = {}


def path_of(home: Path, table: Table) -> Path:
    """The file of slots, which names the others."""
    return home / INDEX_NAME / f"{table}.slots"


def state_of(store: Store) -> State:
    """What the files have to fit now."""
    return meta.get(store, meta.MODEL) or "", changes.last(store)


def current(path: Path, state: State) -> Vectors | None:
    """The vectors in the files, mapped, if they fit the state. Files that stay as they are are opened once."""
    try:
        with path.open("rb") as file:
            first = file.read(HEADER)
        header = _header(first)
        if (header.model, header.position) != state:
            return None
        stat = (path.parent / header.vectors.name).stat()
        if stat.st_size < header.vectors.size:
            return None
        if known := kept(path, (first, stat.st_ino)):
            return known
        vectors = open_files(path)[1]
    except (OSError, DamagedError):
        return None
    keep(path, (first, stat.st_ino), vectors)
    return vectors


@lru_cache(maxsize=_KEPT_OPEN)
def _header(first: bytes) -> Header:
    """Of files that stay as they are the header is read once."""
    return Header.read(first)[0]


def kept(path: Path, key: object) -> Vectors | None:
    """What was opened at this path, if it was in this state."""
    known = _opened.get(path)
    return known[1] if known and known[0] == key else None


def keep(path: Path, key: object, vectors: Vectors) -> None:
    """Keep what was opened, in place of what was opened longest ago."""
    _opened.pop(path, None)
    while len(_opened) >= _KEPT_OPEN:
        _opened.pop(next(iter(_opened)), None)
    _opened[path] = key, vectors


def open_files(path: Path) -> tuple[Header, Vectors]:
    """Header and mapped vectors.

    Raises:
        DamagedError: they are not whole. OSError: a file is missing or cannot be read.
    """
    import numpy as np

    header, slots = read_slots(path)
    folder, shape = path.parent, (header.count, header.dimension)
    if not header.count:
        return header, no_vectors(header.model)
    file = folder / header.vectors.name
    if file.stat().st_size < header.vectors.size or header.vectors.size != 4 * header.count * header.dimension:
        raise DamagedError("torn: vectors are missing")
    approximate = None
    if header.near:
        with suppress(FileNotFoundError):
            whole = (folder / header.near.name).stat().st_size == header.near.size
            approximate = folder / header.near.name if whole else None
    return header, Vectors(
        header.model, slots, np.memmap(file, "<f4", "r", 0, shape).view(np.ndarray), approximate, header.covered
    )
