"""What follows when texts came in: their vectors, how sure their statements are, and links by meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb import config
from kb.errors import KbError, notify
from kb.model.words import TABLES

if TYPE_CHECKING:
    from kb.store.open import Store
    from kb.vectors.embed.bulk import Progress


@dataclass(frozen=True, slots=True)
class Updated:
    """Texts that were embedded, vectors removed, vectors and `related` links there are now.

    `removed` and `vectors` are None where there was no model to ask.
    """

    embedded: int = 0
    removed: int | None = field(default=None, metadata={"optional": True})
    vectors: int | None = field(default=None, metadata={"optional": True})
    related: int = 0


def update(store: Store, progress: Progress | None = None, *, words_too: bool = False) -> Updated:
    """Embed what lacks a vector, score suggested statements, propose links. Again, it does what is new.

    `progress` is told (done, total) in tokens. Without the model nothing is done but a notice of what is missing. With
    `words_too` passages embedded earlier without their words (`kb.vectors.embed.word_bits`) get these.
    """
    from kb.suggest import relate
    from kb.suggest.confidence import adapt
    from kb.suggest.confidence import update as confidence
    from kb.vectors.embed import update as vectors

    settings = config.load(store.home)
    try:
        done = vectors.update(store, progress, model=settings.model or None, words_too=words_too)
    except KbError as error:
        notify(f"no vectors: {error.message}; search works by words ({error.hint})")
        return Updated()
    confidence.update(store, adapt.adapted(store))
    related = relate.update(store, settings.related, settings.related_threshold, settings.statement_threshold)
    return Updated(done.embedded, done.removed, done.vectors, related)


def has_vectors(store: Store) -> bool:
    """Whether texts of this home were embedded before: where nobody wanted that, it is not for an export to begin."""
    from kb.store import meta

    return meta.get(store, meta.MODEL) is not None


def is_current(store: Store) -> bool:
    """Whether no text has come that `update` has not seen: a few facts of the store tell, no text is looked at.

    It ends with the links, so that they follow the texts only if all before them was done too, by whichever run.
    """
    from kb.store import fulltext, meta
    from kb.suggest import relate
    from kb.vectors.embed.model import resolve

    settings = config.load(store.home)
    model = meta.get(store, meta.MODEL)
    if model is None:
        return not any(fulltext.texts(store, table) for table in TABLES)
    try:
        known = resolve(settings.model or None).fingerprint == model
    except KbError:
        return False  # what is missing is for `update` to say
    return known and relate.follows_texts(
        store, settings.related, settings.related_threshold, settings.statement_threshold
    )


def left(store: Store) -> int:
    """How many texts have no vector under the model that the home is set to.

    Raises:
        KbError: the model is not on this machine.
    """
    from kb.store import embeddings
    from kb.vectors.embed.model import resolve

    return len(embeddings.missing(store, resolve(config.load(store.home).model or None).fingerprint))
