"""The vector of a query, where there are vectors to compare it with."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from kb.errors import KbError, notify
from kb.store import meta
from kb.store.open import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.embed.encoder import Encoded


def prepare(store: Store) -> None:
    """Begin to load the model, beside what else a search loads and reads before it needs the query's vector."""
    if fingerprint := meta.get(store, meta.MODEL):
        Thread(target=_load, args=(store.home, fingerprint), daemon=True).start()


def _load(home: Path, fingerprint: str) -> None:
    from kb.vectors.embed.encoder import encoder, export_folder

    with suppress(KbError, ValueError, ImportError, OSError):  # `read` says what is wrong
        encoder(export_folder(fingerprint, home))


def query_vector(store: Store, text: str) -> NDArray[np.float32] | None:
    """The vector alone of what `read` reads, shape (d,)."""
    known = read(store, text)
    return known.vector if known else None


def read(store: Store, text: str) -> Encoded | None:
    """The vector of a text and the states of its tokens, under the model of the store's vectors.

    None where there are no vectors or the model is not to be had; a notice says so.
    """
    fingerprint = meta.get(store, meta.MODEL)
    if not fingerprint:
        notify("nothing is embedded yet, so this finds words, not meanings; `kb index` changes that")
        return None
    from kb.vectors.embed.query import read_query

    try:
        return read_query(text, store.home, fingerprint)
    except (KbError, ImportError) as error:
        notify(f"this finds words, not meanings: {error}")
        return None
