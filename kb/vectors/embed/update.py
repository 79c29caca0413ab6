"""Bring vectors and index up to date: embed what lacks a vector, forget what has no text any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.store import changes, embeddings, meta
from kb.store.open import Store
from kb.text.strings import without_surrogates
from kb.vectors import index
from kb.vectors.embed import bulk
from kb.vectors.embed.bulk import Progress
from kb.vectors.embed.encoder import encoder, export_folder
from kb.vectors.embed.model import Model, resolve

_FEW = 32  # texts; a note of a person has two or three


@dataclass(frozen=True, slots=True)
class Updated:
    """Texts that were embedded, vectors of texts that are gone and were removed, and vectors there are now."""

    embedded: int
    removed: int
    vectors: int


def update(store: Store, progress: Progress | None = None, *, model: str | None = None) -> Updated:
    """Embed every passage and statement without a vector, then refresh the index files.

    Each chunk is committed on its own: interrupted, the next call goes on where this one stopped. `progress` is
    called with (done, total) in texts, first when nothing is done.

    Raises:
        KbError: the model is not on this machine, or its weights are not the expected ones.
    """
    chosen = resolve(model)
    wanted = embeddings.missing(store, chosen.fingerprint)
    if progress and wanted:
        progress(0, len(wanted))
    if wanted or embeddings.any_of(store, chosen.fingerprint):
        from kb.vectors.embed import export

        export.forget_old(store.home, export.ensure(chosen, store.home))
    use(store, chosen)  # only now: a model that cannot be loaded changes nothing
    where = bulk.device(len(wanted))
    size = bulk.chunk(where)
    for at in range(0, len(wanted), size):
        texts = embeddings.texts(store, wanted[at : at + size])
        if not texts:  # deleted meanwhile
            continue
        step = _shifted(progress, at, len(wanted))
        matrix = bulk.embed_texts(list(texts.values()), chosen, store.home, step, where)
        with store.transaction():
            embeddings.insert(store, chosen.fingerprint, list(texts), matrix)
            meta.bump_generation(store)
    removed = embeddings.orphans(store)
    if removed:
        with store.transaction():
            removed = embeddings.delete_orphans(store)
    index.refresh(store)
    if changes.any_before(store, followed := index.followed(store.home)):
        with store.transaction():
            changes.forget(store, followed)
    return Updated(len(wanted), removed, embeddings.count(store, chosen.fingerprint))


def use(store: Store, model: Model) -> None:
    """Search by the vectors of this model from now on."""
    if meta.get(store, meta.MODEL) != model.fingerprint:
        with store.transaction():
            meta.put(store, meta.MODEL, model.fingerprint)
            meta.bump_generation(store)


def at_once(store: Store, names: Sequence[str]) -> int:
    """Embed the few texts of what a person has just written: statements, or all in a source. Returns how many.

    Only with the model of the store's vectors, where it is ready to run: it takes 0.2 s. Else, and for all that is
    missing besides, there is `update`.
    """
    import numpy as np

    fingerprint = meta.get(store, meta.MODEL)
    wanted = embeddings.lacking(store, fingerprint, names) if fingerprint else []
    if not fingerprint or not wanted or len(wanted) > _FEW:
        return 0
    try:
        ready = encoder(export_folder(fingerprint, store.home))
    except (ValueError, ImportError):
        return 0
    texts = embeddings.texts(store, wanted)
    matrix = np.stack([ready.encode_document(without_surrogates(text)) for text in texts.values()])
    with store.transaction():
        embeddings.insert(store, fingerprint, list(texts), matrix)
        meta.bump_generation(store)
    return len(texts)


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(before + done, total)
