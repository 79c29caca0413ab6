"""What embeddings owe a store that changes while one looks: vectors a few at a time, then what hangs on them.

`kb.suggest.update` looks at the whole store. For a process that stays, `Following` looks at what the triggers noted
since it last looked (`kb.store.changes`), so that a saved note costs what it holds and not what the store holds. Where
that cannot be told (at the start, another model, a store that was replaced) it does the whole once.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb import config
from kb.errors import KbError, notify
from kb.model.words import TABLES
from kb.store import changes, embeddings, meta
from kb.store.changes import Position
from kb.store.open import Store
from kb.suggest import relate
from kb.suggest.confidence import adapt
from kb.suggest.confidence import update as confidence
from kb.suggest.update import update
from kb.vectors import index
from kb.vectors.embed import bulk
from kb.vectors.embed import update as vectors
from kb.vectors.embed.model import Model, resolve

_A_FEW = 16
"""Texts embedded between two looks for what is more urgent: a fifth of a second on two cores."""


class Following:
    """How far vectors, confidences and proposed links follow one open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._model: Model | None = None
        self._since: Position | None = None  # what was noted before has been looked at
        self._generation = -1  # at which all of it was done
        self._whole = True  # all is to be done at the end, not only the changed
        self._waiting: dict[str, None] = {}  # content hashes without a vector, the newest last
        self._changed: set[int] = set()  # rowids of statements
        self._passages: set[int] = set()  # and of passages

    @property
    def waiting(self) -> int:
        """How many texts have no vector yet, as far as was looked."""
        return len(self._waiting)

    def look(self) -> None:
        """Note what has changed since the last look. Without a model a notice says so, and nothing is ever owed."""
        try:
            model = resolve(config.load(self._store.home).model or None)
        except KbError as error:
            if self._since is None:
                notify(f"no vectors: {error.message}; search works by words ({error.hint})")
                self._since = changes.NOWHERE
            return
        if model != self._model:
            self._model, self._since = model, None
        position = changes.last(self._store)
        changed = [changes.since(self._store, self._since, table) for table in TABLES] if self._since else [None]
        self._since = position
        if None in changed:
            self._whole = True
            self._wait(embeddings.missing(self._store, model.fingerprint))
            return
        for table, rowids in zip(TABLES, changed, strict=True):
            self._wait(embeddings.missing_among(self._store, model.fingerprint, table, rowids or ()))
            (self._changed if table == "statement" else self._passages).update(rowids or ())

    def step(self) -> bool:
        """Embed a few of what waits, the newest first. Returns whether more waits."""
        if self._model is None or not self._waiting:
            return False
        where = bulk.device(len(self._waiting))
        size = _A_FEW if where == "cpu" else bulk.GPU_CHUNK
        some = [self._waiting.popitem()[0] for _ in range(min(size, len(self._waiting)))]
        vectors.use(self._store, self._model)
        vectors.embed_some(self._store, self._model, some, device=where)
        return bool(self._waiting)

    def finish(self) -> bool:
        """Confidences and links of what has changed, and the files of the index. False where texts wait to be embedded.

        These come first, and others may have come since the last look.
        """
        store, generation = self._store, meta.generation(self._store)
        self.look()
        if self._model is None or self._waiting:
            return not self._waiting
        if self._whole:
            update(store)
            self._since, generation = index.followed(store.home), meta.generation(store)
            if self._since == changes.NOWHERE:  # no files can be written
                self._since = changes.last(store)
        elif generation != self._generation:
            settings = config.load(store.home)
            scored = confidence.Changes(self._generation, generation, self._changed, self._passages)
            confidence.update(store, adapt.adapted(store), scored)
            relate.extend(
                store, self._changed, settings.related, settings.related_threshold, settings.statement_threshold
            )
            index.refresh(store)
            self._forget()
        self._whole, self._generation, self._changed, self._passages = False, generation, set(), set()
        return True

    def _wait(self, hashes: Iterable[str]) -> None:
        for name in hashes:
            self._waiting.pop(name, None)
            self._waiting[name] = None

    def _forget(self) -> None:
        """Changes that were looked at and that the files of the index have followed need no longer be noted."""
        done = min(index.followed(self._store.home), self._since or changes.NOWHERE)
        if changes.any_before(self._store, done):
            with self._store.transaction():
                changes.forget(self._store, done)
