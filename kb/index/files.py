"""The files of the index, derived from the store and disposable.

`<home>/index/passage.vectors` and `statement.vectors` hold a header of 4,096 bytes (JSON: format, table, model,
dimension, count, generation of the store, checksums), then the vectors (float32, row by row), then the rowids
(int64, ascending). They are written under a temporary name, synced and renamed, and made again from the vectors in
the store, without embedding, whenever they are missing, torn, or of another generation or model.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kb.db import INDEX_NAME
from kb.index.vectors import Vectors, no_vectors
from kb.store import embeddings, meta
from kb.store.embeddings import TABLES, Table

FORMAT = 1
HEADER = 4096
_BUFFER = 1024  # rows between two writes
_STALE_S = 3600.0
_MISSING, _STALE, _OTHER_MODEL = "missing", "of another state of the store", "made for another model"
_ORDINARY = {_MISSING, _STALE, _OTHER_MODEL}


def load(connection: sqlite3.Connection, home: Path, table: Table) -> Vectors:
    """The vectors of the store as it is now; a file that does not fit is made again first.

    Where no file can be written (a home that is read-only, a store in memory) the vectors are read into memory.
    """
    path = _path(home, table)
    with _snapshot(connection):
        model, generation = meta.get(connection, meta.MODEL) or "", meta.generation(connection)
        found = _open(path, table, model, generation)
        if isinstance(found, Vectors):
            return found
        if not home.is_dir():
            return _in_memory(connection, model, table)
        try:
            _write(connection, path, table, model, generation)
        except OSError:
            return _in_memory(connection, model, table)
    found = _open(path, table, model, generation)
    return found if isinstance(found, Vectors) else _in_memory(connection, model, table)


def refresh(connection: sqlite3.Connection, home: Path) -> None:
    """Make the files that do not fit the store, and remove what killed writers left behind."""
    for table in TABLES:
        load(connection, home, table)
    for stray in (home / INDEX_NAME).glob("*.vectors.*"):
        if time.time() - stray.stat().st_mtime > _STALE_S:
            stray.unlink(missing_ok=True)


def rebuild(connection: sqlite3.Connection, home: Path) -> None:
    """Make every file again from the vectors in the store."""
    for table in TABLES:
        _path(home, table).unlink(missing_ok=True)
    refresh(connection, home)


def problems(connection: sqlite3.Connection, home: Path) -> list[str]:
    """What is damaged, one line each, checksums of the vectors included; empty if nothing is.

    A file that is missing or older than the store is no damage: the next search makes it.
    """
    found = []
    model, generation = meta.get(connection, meta.MODEL) or "", meta.generation(connection)
    if not model:
        return []
    for table in TABLES:
        path = _path(home, table)
        state = _open(path, table, model, generation)
        if isinstance(state, str) and state in _ORDINARY:
            continue
        if isinstance(state, str):
            found.append(f"{path.name}: {state}")
        elif zlib.crc32(state.matrix.data) != _header(path)["vectors_crc"]:
            found.append(f"{path.name}: its vectors are damaged")
    return found


def figures(home: Path) -> dict[str, dict[str, Any]]:
    """Count, dimension, generation and size in bytes of each file that is there."""
    known: dict[str, dict[str, Any]] = {}
    for table in TABLES:
        path = _path(home, table)
        try:
            header = _header(path)
            known[table] = {name: header[name] for name in ("count", "dimension", "generation", "model")}
            known[table]["bytes"] = path.stat().st_size
        except (OSError, ValueError, KeyError):
            continue
    return known


def _path(home: Path, table: Table) -> Path:
    return home / INDEX_NAME / f"{table}.vectors"


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the store for several reads."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _header(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        header: dict[str, Any] = json.loads(file.read(HEADER))
    if header["format"] != FORMAT:
        raise ValueError("another format")
    return header


def _open(path: Path, table: Table, model: str, generation: int) -> Vectors | str:
    """The file's vectors, mapped; or what is wrong with it."""
    import numpy as np

    try:
        header = _header(path)
        size, count, dimension = path.stat().st_size, int(header["count"]), int(header["dimension"])
        if (header["table"], header["model"]) != (table, model):
            return _OTHER_MODEL
        if header["generation"] != generation:
            return _STALE
        end = HEADER + 4 * count * dimension
        if size != end + 8 * count:
            return "torn: its size is not what its header says"
        if not count:
            return no_vectors(model)
        rowids = np.fromfile(path, dtype="<i8", count=count, offset=end)
        if zlib.crc32(rowids.tobytes()) != header["rowids_crc"]:
            return "damaged: its checksum is wrong"
        return Vectors(model, rowids, np.memmap(path, "<f4", "r", HEADER, (count, dimension)))
    except FileNotFoundError:
        return _MISSING
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"unreadable ({error})"


def _in_memory(connection: sqlite3.Connection, model: str, table: Table) -> Vectors:
    import numpy as np

    rows = list(embeddings.vectors(connection, model, table))
    if not rows:
        return no_vectors(model)
    matrix = np.frombuffer(b"".join(vector for _, vector in rows), "<f4").reshape(len(rows), -1)
    return Vectors(model, np.array([rowid for rowid, _ in rows], np.int64), matrix)


def _write(connection: sqlite3.Connection, path: Path, table: Table, model: str, generation: int) -> None:
    import numpy as np

    path.parent.mkdir(exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    try:
        with open(descriptor, "wb") as file:
            file.write(b" " * HEADER)
            rowids: list[int] = []
            buffer: list[bytes] = []
            checksum = length = 0
            for rowid, vector in embeddings.vectors(connection, model, table):
                length = length or len(vector)
                if len(vector) != length:
                    raise ValueError(f"vector of {table} {rowid} has {len(vector)} bytes, others {length}")
                rowids.append(rowid)
                buffer.append(vector)
                if len(buffer) == _BUFFER:
                    checksum = zlib.crc32(block := b"".join(buffer), checksum)
                    file.write(block)
                    buffer.clear()
            checksum = zlib.crc32(block := b"".join(buffer), checksum)
            file.write(block)
            numbers = np.array(rowids, dtype="<i8").tobytes()
            file.write(numbers)
            header = {
                "format": FORMAT,
                "table": table,
                "model": model,
                "dimension": length // 4,
                "count": len(rowids),
                "generation": generation,
                "rowids_crc": zlib.crc32(numbers),
                "vectors_crc": checksum,
            }
            file.seek(0)
            file.write(json.dumps(header).encode().ljust(HEADER))
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        Path(part).unlink(missing_ok=True)
