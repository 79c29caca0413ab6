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

from contextlib import suppress
from pathlib import Path

from kb.model.words import TABLES, Table
from kb.store import changes
from kb.store.changes import Position
from kb.store.open import Store
from kb.vectors.index.opening import State, current, keep, kept, path_of, state_of
from kb.vectors.index.slots import DamagedError, read_slots
from kb.vectors.index.vectors import Vectors, no_vectors

_MOST_GONE = 0.25  # share of empty slots from which on the vectors are written anew


def load(store: Store, table: Table) -> Vectors:
    """The vectors of the store as it is now; a file that does not fit is brought up to date first.

    Where no file can be written (a home that is read-only, a store in memory) the vectors are read into memory.
    """
    path, state = path_of(store.home, table), state_of(store)
    if not state[0]:
        return no_vectors("")
    found = current(path, state)
    if found is None and store.home.is_dir() and not store.in_transaction:
        from kb.vectors.index.writing import bring_up, lock

        with suppress(OSError), lock(path), store.snapshot():
            # Begun under the lock, the snapshot is no older than any file.
            state = state_of(store)
            found = current(path, state)
            if found is None:
                bring_up(store, path, table, state)
                found = current(path, state)
    return found or _in_memory(store, path, table, state)


def refresh(store: Store) -> None:
    """Bring the files up to date, and do what a search leaves undone because it takes long.

    That is: write the vectors anew when many slots are empty, and make or remake the approximate index.
    """
    from kb.vectors.index.writing import approximated

    for table in TABLES:
        load(store, table)
        path = path_of(store.home, table)
        with suppress(OSError, DamagedError):
            header, slots = read_slots(path)
            if (slots == 0).sum() > _MOST_GONE * header.count:
                path.unlink()
                load(store, table)
            approximated(path)


def rebuild(store: Store) -> None:
    """Make every file again from the vectors in the store."""
    for table in TABLES:
        path_of(store.home, table).unlink(missing_ok=True)
    refresh(store)


def followed(home: Path) -> Position:
    """The change up to which all files are: earlier ones need not be remembered."""
    try:
        return min(read_slots(path_of(home, table))[0].position for table in TABLES)
    except (OSError, DamagedError):
        return changes.NOWHERE


def _in_memory(store: Store, path: Path, table: Table, state: State) -> Vectors:
    import numpy as np

    from kb.store import embeddings
    from kb.vectors.index.writing import slot

    if known := kept(path, state):
        return known
    rows = list(embeddings.vectors(store, state[0], table))
    if not rows:
        return no_vectors(state[0])
    matrix = np.frombuffer(b"".join(vector for _, vector, _ in rows), "<f4").reshape(len(rows), -1)
    vectors = Vectors(state[0], np.array([slot(rowid, shown) for rowid, _, shown in rows], np.int64), matrix)
    keep(path, state, vectors)
    return vectors
