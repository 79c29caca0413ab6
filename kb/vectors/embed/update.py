"""Bring vectors and index up to date: embed what lacks a vector, forget what has no text any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb import config
from kb.store import changes, embeddings, meta, word_bits
from kb.store.open import Store
from kb.text.strings import without_surrogates
from kb.vectors import index
from kb.vectors.embed import bulk
from kb.vectors.embed import word_bits as packed
from kb.vectors.embed.bulk import Progress
from kb.vectors.embed.encoder import encoder, export_folder
from kb.vectors.embed.model import Model, resolve

if TYPE_CHECKING:
    from kb.vectors.embed.torch_model import Device

_FEW = 32  # texts; a note of a person has two or three


@dataclass(frozen=True, slots=True)
class Updated:
    """Texts that were embedded, vectors of texts that are gone and were removed, and vectors there are now."""

    embedded: int
    removed: int
    vectors: int


def update(
    store: Store, progress: Progress | None = None, *, model: str | None = None, words_too: bool = False
) -> Updated:
    """Embed every passage and statement without a vector, then refresh the index files.

    Each chunk is committed on its own: interrupted, the next call goes on where this one stopped. `progress` is
    called with (done, total) in tokens, first when nothing is done. With `words_too` passages that were embedded
    without their words (`word_bits`) get them, which takes as long as to embed these.

    Raises:
        KbError: the model is not on this machine, or its weights are not the expected ones.
    """
    chosen = resolve(model)
    wanted = embeddings.missing(store, chosen.fingerprint)
    wordless = word_bits.missing(store, chosen.fingerprint) if words_too and keeps_words(store) else []
    works = [bulk.work(length) for length in embeddings.lengths(store, [*wanted, *wordless])]
    total = sum(works)
    if progress and total:
        progress(0, total)
    if wanted or embeddings.any_of(store, chosen.fingerprint):
        from kb.vectors.embed import export

        export.forget_old(store.home, export.ensure(chosen, store.home))
    use(store, chosen)  # only now: a model that cannot be loaded changes nothing
    where = bulk.device(len(wanted))
    done = 0
    for some in bulk.chunks(works[: len(wanted)], where):
        part = sum(works[number] for number in some)
        embed_some(store, chosen, [wanted[number] for number in some], _part_of(progress, done, part, total), where)
        done += part
    for some in bulk.chunks(works[len(wanted) :], "cpu"):
        part = sum(works[len(wanted) + number] for number in some)
        if not _fill(store, chosen, [wordless[number] for number in some], _part_of(progress, done, part, total)):
            break
        done += part
    removed = embeddings.orphans(store)
    if removed:
        with store.transaction():
            removed = embeddings.delete_orphans(store)
    index.refresh(store)
    if changes.any_before(store, followed := index.followed(store.home)):
        with store.transaction():
            changes.forget(store, followed)
    return Updated(len(wanted), removed, embeddings.count(store, chosen.fingerprint))


def embed_some(
    store: Store, model: Model, names: Sequence[str], progress: Progress | None = None, device: Device = "cpu"
) -> None:
    """Embed the texts of these content hashes and store their vectors, with the words of passages, together."""
    texts = embeddings.texts(store, names)
    if not texts:  # deleted meanwhile
        return
    passages = word_bits.of_passages(store, texts) if keeps_words(store) else frozenset()
    numbers = {number for number, name in enumerate(texts) if name in passages}
    found = bulk.embed(list(texts.values()), model, store.home, progress, device, numbers)
    hashes = list(texts)
    with store.transaction():
        embeddings.insert(store, model.fingerprint, hashes, found.vectors)
        word_bits.insert(store, model.fingerprint, {hashes[number]: bits for number, bits in found.words.items()})
        meta.bump_generation(store)


def _fill(store: Store, model: Model, names: Sequence[str], progress: Progress | None) -> bool:
    """Make the words of passages that have a vector. Whether the model gives any."""
    texts = embeddings.texts(store, names)
    found = bulk.embed(list(texts.values()), model, store.home, progress, "cpu", range(len(texts)))
    hashes = list(texts)
    with store.transaction():
        word_bits.insert(store, model.fingerprint, {hashes[number]: bits for number, bits in found.words.items()})
    return bool(found.words) or not texts


def keeps_words(store: Store) -> bool:
    """Whether the home is set to rank by the words of passages, so that they are made and stored."""
    return config.current(store.home).late_interaction == "on"


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
    passages = word_bits.of_passages(store, texts) if ready.gives_tokens and keeps_words(store) else frozenset()
    cleaned = {name: without_surrogates(text) for name, text in texts.items()}
    read = {name: ready.read_document(text) for name, text in cleaned.items()}
    words = {name: packed.pack(packed.words(cleaned[name], read[name]).vectors) for name in passages}
    with store.transaction():
        embeddings.insert(store, fingerprint, list(texts), np.stack([one.vector for one in read.values()]))
        word_bits.insert(store, fingerprint, words)
        meta.bump_generation(store)
    return len(texts)


def _part_of(progress: Progress | None, before: int, part: int, total: int) -> Progress | None:
    """Tells how much of all is done from how much of a part is."""
    if progress is None:
        return None
    return lambda done, of: progress(before + part * done // max(of, 1), total)
