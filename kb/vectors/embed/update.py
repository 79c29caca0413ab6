"""Bring vectors and index up to date: embed what lacks a vector, forget what has no text any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.store import changes, embeddings, meta
from kb.store.open import raw
from kb.vectors import index
from kb.vectors.embed import bulk
from kb.vectors.embed.bulk import Progress
from kb.vectors.embed.model import resolve

if TYPE_CHECKING:
    from kb.store.open import Store


def update(store: Store, progress: Progress | None = None, *, model: str | None = None) -> dict[str, int]:
    """Embed every passage and statement without a vector, then refresh the index files.

    Each chunk is committed on its own: interrupted, the next call goes on where this one stopped. `progress` is
    called with (done, total) in texts. Returns {"embedded", "removed", "vectors"}.

    Raises:
        KbError: the model is not on this machine, or its weights are not the expected ones.
    """
    chosen = resolve(model)
    reader = store.reader()
    try:
        if meta.get(reader, meta.MODEL) != chosen.fingerprint:
            with store.transaction() as session:
                meta.put(raw(session), meta.MODEL, chosen.fingerprint)
                meta.bump_generation(raw(session))
        wanted = embeddings.missing(reader, chosen.fingerprint)
        if wanted or embeddings.any_of(reader, chosen.fingerprint):
            from kb.vectors.embed.export import ensure

            ensure(store.home, chosen)
        where = bulk.device(len(wanted))
        size = bulk.chunk(where)
        for at in range(0, len(wanted), size):
            texts = embeddings.texts(reader, wanted[at : at + size])
            if not texts:  # deleted meanwhile
                continue
            step = _shifted(progress, at, len(wanted))
            matrix = bulk.embed_texts(list(texts.values()), chosen, store.home, step, where)
            with store.transaction() as session:
                embeddings.insert(session, chosen.fingerprint, list(texts), matrix)
                meta.bump_generation(raw(session))
        removed = embeddings.orphans(reader)
        if removed:
            with store.transaction() as session:
                removed = embeddings.delete_orphans(raw(session))
        index.refresh(reader, store.home)
        if changes.any_before(reader, followed := index.followed(store.home)):
            with store.transaction() as session:
                changes.forget(raw(session), followed)
        stored = embeddings.count(reader, chosen.fingerprint)
    finally:
        reader.close()
    return {"embedded": len(wanted), "removed": removed, "vectors": stored}


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(before + done, total)
