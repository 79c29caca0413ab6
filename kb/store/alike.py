"""What `kb check` compares to find sources that are the same: texts, addresses, titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.store import access, edits, same_as
from kb.store.conditions import HERE, among
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class TextOf:
    """A text with what tells which of several stays: whether it has an address, and how it came."""

    id: str
    title: str
    kind: str
    url: str | None
    path: str | None
    target: str | None
    parent: str | None
    text: str

    @property
    def place(self) -> str:
        """Where it is, as a person may know it by."""
        return self.path or self.url or (self.target or "").rsplit("/", 1)[-1] or self.id


_TEXTS = f"SELECT s.id, s.title, s.kind, s.url, s.path, s.target, s.parent, s.text FROM source s WHERE {HERE.sql}"


def texts(store: Store, own: tuple[str, ...]) -> Iterator[TextOf]:
    """The texts that are here, oldest first; comments, quotes, and what importers among `own` made aside."""
    sql = f"{_TEXTS} AND s.text <> '' AND s.kind NOT IN ('comment', 'stub') AND NOT {{}} ORDER BY s.rowid"
    mine = among("s.importer", own)
    for row in store.execute(sql.format(mine.sql), mine.values):
        yield TextOf(*row)


def texts_of(store: Store, source_ids: list[str]) -> dict[str, TextOf]:
    """The same of these sources, by id."""
    named = among("s.id", source_ids)
    return {row[0]: TextOf(*row) for row in store.execute(f"{_TEXTS} AND {named.sql}", named.values)}


@dataclass(frozen=True, slots=True)
class Known:
    """A source by what it may be known again: a stub, or one that was read."""

    id: str
    title: str
    title_key: str
    citekey: str
    url: str | None
    kind: str


_OWN_URL = """CASE WHEN s.external_ids <> '{}'
    OR EXISTS (SELECT 1 FROM source_key k WHERE k.source_rowid = s.rowid AND k.key LIKE 'url:%') THEN s.url END"""
"""What a note only calls its address is where another source is found."""


def known(store: Store, *, stubs: bool) -> list[Known]:
    """The stubs that are here, or what else is here but comments, oldest first."""
    kinds = "s.kind = 'stub'" if stubs else "s.kind NOT IN ('stub', 'comment')"
    sql = f"""SELECT s.id, s.title, s.title_key, s.citekey, {_OWN_URL}, s.kind FROM source s
        WHERE {kinds} AND {HERE.sql} ORDER BY s.rowid"""
    return [Known(*row) for row in store.execute(sql)]


def keyed(store: Store, keys: Iterable[str]) -> dict[str, str]:
    """The ids of the sources that these keys identify, by key."""
    sql = f"""SELECT k.key, {same_as.kept("o.id")} FROM source_key k JOIN source o ON o.rowid = k.source_rowid
        WHERE k.key IN ({{}})"""
    return dict(access.in_chunks(store, sql, keys))


def apart(store: Store) -> set[frozenset[str]]:
    """Pairs of sources of which a person said that they are not the same."""
    rows = store.execute("SELECT target, field FROM edit WHERE field LIKE ?", (edits.APART + "%",))
    return {frozenset((row[0], row[1].removeprefix(edits.APART))) for row in rows}
