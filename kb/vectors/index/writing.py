"""How the files of the index follow the store: by what changed, or from nothing but the store."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from kb.model.words import Table
from kb.store import changes, embeddings
from kb.store.changes import Position
from kb.store.open import Store
from kb.text import locks
from kb.text.files import leftovers, replacing
from kb.vectors.index import approximate
from kb.vectors.index.opening import State, open_files
from kb.vectors.index.slots import DamagedError, Header, Part, read_slots
from kb.vectors.index.vectors import Vectors

_BUFFER = 1 << 20  # bytes
_LONGEST_TAIL = 1 / 16  # vectors that came since, as a share of those in the approximate index, before that is remade


@contextmanager
def lock(path: Path, wait: bool = True) -> Iterator[bool]:
    """Of all processes only this one changes the files that belong to the path; False if another does already."""
    path.parent.mkdir(exist_ok=True)
    with locks.lock(path.with_suffix(path.suffix + ".lock"), wait_s=None if wait else 0.0) as held:
        yield held


def bring_up(store: Store, path: Path, table: Table, state: State) -> None:
    """Make the files fit the state; by following the changes where that is possible."""
    model, position = state
    try:
        header, vectors = open_files(path)
        changed = changes.since(store, header.position, table) if header.model == model else None
        if changed is not None and 4 * len(changed) <= header.count:
            _follow(store, path, header, vectors, changed, position)
            return
    except (OSError, DamagedError):
        pass
    _write(store, path, table, state)


def _follow(
    store: Store,
    path: Path,
    header: Header,
    vectors: Vectors,
    changed: list[int],
    position: Position,
) -> None:
    """Put new vectors at the end, leave the slots of old ones empty, and note what is shown."""
    import numpy as np

    slots, added, appended = vectors.slots.copy(), list[int](), bytearray()
    rowids = np.array(changed, dtype=np.int64)
    old = {abs(int(slots[place])): int(place) for place in vectors.places(rowids)} if header.count else {}
    for rowid, vector, shown in embeddings.vectors(store, header.model, table=header.table, rowids=changed):
        if len(vector) != 4 * header.dimension:
            raise DamagedError(f"vectors of {header.dimension} and of {len(vector) // 4} components")
        if rowid in old and vectors.matrix[old[rowid]].tobytes() == vector:
            slots[old.pop(rowid)] = slot(rowid, shown)
        else:
            added.append(slot(rowid, shown))
            appended += vector
    slots[list(old.values())] = 0
    if appended:
        with (path.parent / header.vectors.name).open("r+b") as file:
            file.seek(header.vectors.size)  # what stands behind it was left by a killed process
            file.write(appended)
            file.flush()
            os.fsync(file.fileno())
    part = header.vectors
    part = Part(part.name, part.size + len(appended), zlib.crc32(appended, part.crc))
    slots = np.concatenate([slots, np.array(added, np.int64)])
    replace(header, position=position, count=len(slots), vectors=part).write(path, slots)


def _write(store: Store, path: Path, table: Table, state: State) -> None:
    """Make the files from nothing but the store."""
    import numpy as np

    model, position = state
    target = _fresh(path, table, ".vectors")
    slots: list[int] = []
    length = checksum = 0
    with replacing(target) as unfinished, unfinished.open("wb", buffering=_BUFFER) as file:
        for rowid, vector, shown in embeddings.vectors(store, model, table):
            length = length or len(vector)
            if len(vector) != length:
                raise ValueError(f"vector of {table} {rowid} has {len(vector)} bytes, others {length}")
            slots.append(slot(rowid, shown))
            checksum = zlib.crc32(vector, checksum)
            file.write(vector)
    part = Part(target.name, length * len(slots), checksum)
    try:
        header = Header(table, model, position, length // 4, len(slots), part)
        header.write(path, np.array(slots, dtype=np.int64))
    except BaseException:  # whatever stops it, Ctrl-C too, leaves no file behind that nothing names
        target.unlink()
        raise
    _sweep(path, f"{table}*.vectors", part.name)
    _sweep(path, path.name, path.name)


def approximated(path: Path) -> None:
    """Make the approximate index where there are many vectors and too few of them are in it.

    That takes long, so other processes may follow the store meanwhile.
    """
    header, vectors = open_files(path)
    enough = vectors.index is not None and header.count - header.covered <= _LONGEST_TAIL * header.covered
    if len(vectors) <= approximate.SKETCHED or (enough and approximate.fits(header.covered, header.count)):
        return
    with lock(path.with_suffix(".near"), wait=False) as mine:
        if not mine:
            return
        made = _fresh(path, header.table, ".near")
        approximate.build(vectors.matrix, made)
        part = Part.of(made)
        with lock(path):
            now, slots = read_slots(path)
            if now.vectors.name == header.vectors.name:
                replace(now, near=part, covered=header.count).write(path, slots)
                _sweep(path, f"{header.table}*.near", part.name)
            else:
                made.unlink()


def _fresh(path: Path, table: Table, ending: str) -> Path:
    """A name that no file has had, so that one that is mapped stays as it was."""
    return path.with_name(f"{table}-{os.urandom(6).hex()}{ending}")


def _sweep(path: Path, pattern: str, keep: str) -> None:
    """Delete replaced files and what killed processes left behind. Who has them mapped keeps them."""
    for stray in (*path.parent.glob(pattern), *leftovers(path.parent, pattern)):
        if stray.name != keep:
            with suppress(OSError):  # Windows: still mapped
                stray.unlink()


def slot(rowid: int, shown: bool) -> int:
    """The number in a slot: of a vector that is not shown, negative."""
    return rowid if shown else -rowid
