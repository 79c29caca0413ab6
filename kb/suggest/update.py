"""What follows when texts came in: their vectors, how sure their statements are, and links by meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb import config
from kb.errors import KbError, notify

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


def update(store: Store, progress: Progress | None = None) -> Updated:
    """Embed what lacks a vector, score suggested statements, propose links. Again, it does what is new.

    `progress` is told (done, total) in texts. Without the model nothing is done but a notice of what is missing.
    """
    from kb.suggest import relate
    from kb.suggest.confidence import adapt
    from kb.suggest.confidence import update as confidence
    from kb.vectors.embed import update as vectors

    settings = config.load(store.home)
    try:
        done = vectors.update(store, progress, model=settings.model or None)
    except KbError as error:
        notify(f"no vectors: {error.message}; search works by words ({error.hint})")
        return Updated()
    confidence.update(store, adapt.adapted(store))
    related = relate.update(store, settings.related, settings.related_threshold)
    return Updated(done.embedded, done.removed, done.vectors, related)
