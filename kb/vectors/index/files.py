"""The files of the index: derived from the store, followed change by change, disposable.

For passages, and likewise for statements, `<home>/index/` holds

- `passage.slots`: which row each vector is of, and the names of the other two (`kb.vectors.index.slots`);
- `passage-….vectors`: the vectors, float32, one a slot. It only ever grows: what is mapped stays as it was;
- `passage-….near`: the approximate index of the first slots, once there are very many (`kb.vectors.index.approximate`).

A change of the store is followed by putting new vectors at the end and leaving the slots of old ones empty. Then the
file of slots is replaced, which makes the new state the one that counts: killed before, the old state stands. Who
changes a file holds a lock; who reads needs none. Whatever is missing, torn, or made for another store, model or
history is noticed and made again from the vectors in the store, without embedding.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.store import changes, embeddings, meta
from kb.store.changes import Position
from kb.store.embeddings import TABLES, Table
from kb.store.open import INDEX_NAME
from kb.vectors.index import approximate as near
from kb.vectors.index.slots import HEADER, DamagedError, Header, Part, read_slots
from kb.vectors.index.vectors import Vectors, no_vectors

_BUFFER = 1 << 20  # bytes
_MOST_GONE = 0.25  # share of empty slots from which on the vectors are written anew
_LONGEST_TAIL = 1 / 16  # vectors that came since, as a share of those in the approximate index, before that is remade
_KEPT_OPEN = 8

State = tuple[str, Position]
"""What a file has to fit: the model, and how far the changes of the store go."""

_opened: dict[Path, tuple[object, Vectors]] = {}


def load(connection: sqlite3.Connection, home: Path, table: Table) -> Vectors:
    """The vectors of the store as it is now; a file that does not fit is brought up to date first.

    Where no file can be written (a home that is read-only, a store in memory) the vectors are read into memory.
    """
    path, state = _path(home, table), _state(connection)
    if not state[0]:
        return no_vectors("")
    found = _current(path, state)
    if found is None and home.is_dir() and not connection.in_transaction:
        with suppress(OSError), _lock(path), _snapshot(connection):
            # Begun under the lock, the snapshot is no older than any file.
            state = _state(connection)
            found = _current(path, state)
            if found is None:
                _bring_up(connection, path, table, state)
                found = _current(path, state)
    return found or _in_memory(connection, path, table, state)


def refresh(connection: sqlite3.Connection, home: Path) -> None:
    """Bring the files up to date, and do what a search leaves undone because it takes long.

    That is: write the vectors anew when many slots are empty, and make or remake the approximate index.
    """
    for table in TABLES:
        load(connection, home, table)
        path = _path(home, table)
        with suppress(OSError, DamagedError):
            header, slots = read_slots(path)
            if (slots == 0).sum() > _MOST_GONE * header.count:
                path.unlink()
                load(connection, home, table)
            _approximate(path)


def rebuild(connection: sqlite3.Connection, home: Path) -> None:
    """Make every file again from the vectors in the store."""
    for table in TABLES:
        _path(home, table).unlink(missing_ok=True)
    refresh(connection, home)


def followed(home: Path) -> Position:
    """The change up to which all files are: earlier ones need not be remembered."""
    try:
        return min(read_slots(_path(home, table))[0].position for table in TABLES)
    except (OSError, DamagedError):
        return changes.NOWHERE


def problems(connection: sqlite3.Connection, home: Path) -> list[str]:
    """What is damaged, one line each, all checksums included; empty if nothing is.

    A file that is missing or behind the store is no damage: the next search sees to it.
    """
    found: list[str] = []
    model, _ = _state(connection)
    for table in TABLES if model else ():
        path = _path(home, table)
        try:
            header, _ = read_slots(path)
        except FileNotFoundError:
            continue
        except (OSError, DamagedError) as error:
            found.append(f"{path.name}: {error}")
            continue
        if header.model == model:
            parts = [header.vectors, *([header.near] if header.near else [])]
            found += [problem for part in parts if (problem := part.problem(path.parent))]
    return found


def figures(home: Path) -> dict[str, dict[str, Any]]:
    """Of each file that is there: slots, how many of them are empty, dimension, model, bytes on disk."""
    known: dict[str, dict[str, Any]] = {}
    for table in TABLES:
        with suppress(OSError, DamagedError):
            header, slots = read_slots(_path(home, table))
            known[table] = {
                "count": header.count,
                "gone": int((slots == 0).sum()),
                "approximate": header.covered,
                "dimension": header.dimension,
                "model": header.model,
                "bytes": HEADER + slots.nbytes + header.vectors.size + (header.near.size if header.near else 0),
            }
    return known


def _path(home: Path, table: Table) -> Path:
    return home / INDEX_NAME / f"{table}.slots"


def _state(connection: sqlite3.Connection) -> State:
    return meta.get(connection, meta.MODEL) or "", changes.last(connection)


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the store for several reads."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def _lock(path: Path, wait: bool = True) -> Iterator[bool]:
    """Of all processes only this one changes the files that belong to the path; False if another does already.

    The lock goes with the process, however that ends. Without `fcntl` (Windows) there is none.
    """
    path.parent.mkdir(exist_ok=True)
    with path.with_suffix(path.suffix + ".lock").open("ab") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except ImportError:
            pass
        except BlockingIOError:
            yield False
            return
        yield True


def _current(path: Path, state: State) -> Vectors | None:
    """The vectors in the files, mapped, if they fit the state. Files that stay as they are are opened once."""
    try:
        with path.open("rb") as file:
            first = file.read(HEADER)
        header, _ = Header.read(first)
        if (header.model, header.position) != state:
            return None
        stat = (path.parent / header.vectors.name).stat()
        if stat.st_size < header.vectors.size:
            return None
        known = _opened.get(path)
        if known and known[0] == (first, stat.st_ino):
            return known[1]
        vectors = _open(path)[1]
    except (OSError, DamagedError):
        return None
    _keep(path, (first, stat.st_ino), vectors)
    return vectors


def _keep(path: Path, key: object, vectors: Vectors) -> None:
    _opened.pop(path, None)
    while len(_opened) >= _KEPT_OPEN:
        _opened.pop(next(iter(_opened)), None)
    _opened[path] = key, vectors


def _open(path: Path) -> tuple[Header, Vectors]:
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
    return header, Vectors(header.model, slots, np.memmap(file, "<f4", "r", 0, shape), approximate, header.covered)


def _in_memory(connection: sqlite3.Connection, path: Path, table: Table, state: State) -> Vectors:
    import numpy as np

    known = _opened.get(path)
    if known and known[0] == state:
        return known[1]
    rows = list(embeddings.vectors(connection, state[0], table))
    if not rows:
        return no_vectors(state[0])
    matrix = np.frombuffer(b"".join(vector for _, vector, _ in rows), "<f4").reshape(len(rows), -1)
    vectors = Vectors(state[0], np.array([_slot(rowid, shown) for rowid, _, shown in rows], np.int64), matrix)
    _keep(path, state, vectors)
    return vectors


def _slot(rowid: int, shown: bool) -> int:
    return rowid if shown else -rowid


def _bring_up(connection: sqlite3.Connection, path: Path, table: Table, state: State) -> None:
    """Make the files fit the state; by following the changes where that is possible."""
    model, position = state
    try:
        header, vectors = _open(path)
        changed = changes.since(connection, header.position, table) if header.model == model else None
        if changed is not None and 4 * len(changed) <= header.count:
            _follow(connection, path, header, vectors, changed, position)
            return
    except (OSError, DamagedError):
        pass
    _write(connection, path, table, state)


def _follow(
    connection: sqlite3.Connection,
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
    for rowid, vector, shown in embeddings.vectors(connection, header.model, table=header.table, rowids=changed):
        if len(vector) != 4 * header.dimension:
            raise DamagedError(f"vectors of {header.dimension} and of {len(vector) // 4} components")
        if rowid in old and vectors.matrix[old[rowid]].tobytes() == vector:
            slots[old.pop(rowid)] = _slot(rowid, shown)
        else:
            added.append(_slot(rowid, shown))
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


def _write(connection: sqlite3.Connection, path: Path, table: Table, state: State) -> None:
    """Make the files from nothing but the store."""
    import numpy as np

    model, position = state
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{table}-", suffix=".vectors")
    slots: list[int] = []
    length = checksum = 0
    try:
        with open(descriptor, "wb", buffering=_BUFFER) as file:
            for rowid, vector, shown in embeddings.vectors(connection, model, table):
                length = length or len(vector)
                if len(vector) != length:
                    raise ValueError(f"vector of {table} {rowid} has {len(vector)} bytes, others {length}")
                slots.append(_slot(rowid, shown))
                checksum = zlib.crc32(vector, checksum)
                file.write(vector)
            file.flush()
            os.fsync(file.fileno())
        part = Part(Path(name).name, length * len(slots), checksum)
        header = Header(table, model, position, length // 4, len(slots), part)
        header.write(path, np.array(slots, dtype=np.int64))
    except BaseException:  # whatever stops it, Ctrl-C too, leaves no part of a file behind
        Path(name).unlink()
        raise
    _sweep(path, f"{table}*.vectors", part.name)
    _sweep(path, f"{path.name}.*.part")


def _approximate(path: Path) -> None:
    """Make the approximate index where there are many vectors and too few of them are in it.

    That takes long, so other processes may follow the store meanwhile.
    """
    header, vectors = _open(path)
    enough = vectors.index is not None and header.count - header.covered <= _LONGEST_TAIL * header.covered
    if len(vectors) <= near.EXACT or enough:
        return
    with _lock(path.with_suffix(".near"), wait=False) as mine:
        if not mine:
            return
        made = near.build(vectors.matrix, path.parent, f"{header.table}-")
        part = Part.of(made)
        with _lock(path):
            now, slots = read_slots(path)
            if now.vectors.name == header.vectors.name:
                replace(now, near=part, covered=header.count).write(path, slots)
                _sweep(path, f"{header.table}*.near", part.name)
            else:
                made.unlink()


def _sweep(path: Path, pattern: str, keep: str = "") -> None:
    """Delete replaced files and what killed processes left behind. Who has them mapped keeps them."""
    for stray in path.parent.glob(pattern):
        if stray.name != keep:
            with suppress(OSError):  # Windows: still mapped
                stray.unlink()
