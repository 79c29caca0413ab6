"""Table `meta`: small facts about the store. `generation` counts the changes that concern the index."""

from __future__ import annotations

from kb.store.open import Store

GENERATION = "generation"
TEXTS = "texts"  # the generation that last changed texts or vectors, not only what was decided about them
MODEL = "model"  # fingerprint of the model whose vectors are searched


def get(store: Store, name: str) -> str | None:
    """The fact of that name, or None."""
    row = store.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def put(store: Store, name: str, value: str) -> None:
    """Note a fact in place of the one before."""
    store.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def generation(store: Store) -> int:
    """How many changes have concerned the index so far."""
    return int(get(store, GENERATION) or 0)


def texts_generation(store: Store) -> int:
    """The generation that last changed passages, statements or vectors; where nobody noted it, the last one."""
    known = get(store, TEXTS)
    return generation(store) if known is None else int(known)


def bump_generation(store: Store, *, texts: bool = True) -> None:
    """Say, in the same transaction, that passages, statements or vectors have changed: index files are stale.

    `texts` is false where only something was decided or linked, for which nothing has to be embedded.
    """
    store.execute(
        """INSERT INTO meta (name, value) VALUES (?, '1')
        ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)""",
        (GENERATION,),
    )
    if texts:
        put(store, TEXTS, str(generation(store)))
