"""What is damaged in the files of the index."""

from __future__ import annotations

from kb.model.words import TABLES
from kb.store.open import Store
from kb.vectors.index.opening import path_of, state_of
from kb.vectors.index.slots import DamagedError, read_slots


def problems(store: Store) -> list[str]:
    """What is damaged, one line each, all checksums included; empty if nothing is.

    A file that is missing or behind the store is no damage: the next search sees to it.
    """
    found: list[str] = []
    model, _ = state_of(store)
    for table in TABLES if model else ():
        path = path_of(store.home, table)
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
