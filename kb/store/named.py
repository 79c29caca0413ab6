"""Finding by id, by the beginning of one, and by the other names that a source has."""

from __future__ import annotations

from collections.abc import Sequence

from kb.errors import NotFoundError
from kb.model.named import Named, NamedKind
from kb.store import access, fulltext, same_as
from kb.store.open import Store

_LABELS: dict[NamedKind, str] = {
    "source": "x.title, x.citekey",
    "statement": "x.text, ''",
    "link": "x.relation, ''",
    "passage": "x.text, ''",
}
_AMBIGUOUS = 11  # one more than are shown
_MOST = 100


def by_id(store: Store, kind: NamedKind, name: str) -> Named | None:
    """The one with this id; what was joined to another is that other."""
    return next(iter(_found(store, kind, "x.id = ?", [same_as.name(store, name)])), None)


def beginning(store: Store, kind: NamedKind, prefix: str) -> list[Named]:
    """Those whose id begins so, a few at most."""
    # Ids hold no wildcards, so the range from the prefix to the next one is exactly what begins with it.
    found = _found(store, kind, "x.id >= ? AND x.id < ?", [prefix, prefix + "\x7f"])
    gone = same_as.beginning(store, prefix, prefix + "\x7f")
    found = [one for one in found if one.id not in gone]
    more = (by_id(store, kind, name) for name in sorted(set(gone.values()) - {one.id for one in found}))
    return [*found, *filter(None, more)]


def by_citekey(store: Store, citekey: str) -> list[Named]:
    """The source with this citekey, if there is one."""
    condition = f"x.id IN (SELECT {same_as.kept('o.id')} FROM source o WHERE o.citekey = ?)"
    return _found(store, "source", condition, [citekey])


def by_title(store: Store, title_key: str) -> list[Named]:
    """Sources with this title, folded, a few at most; those that are gone or removed only where no other has it."""
    titled = f"x.id IN (SELECT {same_as.kept('o.id')} FROM source o WHERE o.title_key = ?)"
    here = _found(store, "source", f"{titled} AND x.state = 'here'", [title_key])
    return here or _found(store, "source", titled, [title_key])


def by_other_name(store: Store, name_key: str) -> list[Named]:
    """Sources that have this alias, or had this title, folded; a few at most."""
    called = f"""x.id IN (SELECT {same_as.kept("o.id")} FROM source_name n JOIN source o ON o.rowid = n.source_rowid
        WHERE n.name_key = ? AND n.rank IN (1, 3))"""
    return _found(store, "source", f"{called} AND x.state = 'here'", [name_key])


def without_stubs(store: Store, found: Sequence[Named]) -> list[Named]:
    """Those of several sources that were read; all of them where none was."""
    rows = access.in_chunks(store, "SELECT id FROM source WHERE kind = 'stub' AND id IN ({})", [x.id for x in found])
    stubs = {row[0] for row in rows}
    return [one for one in found if one.id not in stubs] or list(found)


def statements_with(store: Store, words: str) -> list[Named]:
    """Shown statements that have all these words in any of their forms, the best by words first; a hundred at most."""
    hits = fulltext.search(store, "statement", fulltext.every_word(words), None, _MOST)
    rows = access.in_chunks(store, "SELECT rowid, id, text FROM statement WHERE rowid IN ({})", [r for r, _ in hits])
    there = {row[0]: Named("statement", row[1], row[2]) for row in rows}
    return [there[rowid] for rowid, _ in hits if rowid in there]


def by_keys(store: Store, keys: Sequence[str]) -> list[Named]:
    """The source that the first of these keys identifies that identifies any."""
    for key in keys:
        condition = f"""x.id IN (SELECT {same_as.kept("o.id")} FROM source_key k
            JOIN source o ON o.rowid = k.source_rowid WHERE k.key = ?)"""
        if found := _found(store, "source", condition, [key]):
            return found
    return []


def _found(store: Store, kind: NamedKind, condition: str, values: Sequence[str]) -> list[Named]:
    sql = f"SELECT x.id, {_LABELS[kind]} FROM {kind} x WHERE {condition} ORDER BY x.rowid"
    return [Named(kind, *row) for row in access.limited(store, sql, values, _AMBIGUOUS)]


def rowid(store: Store, kind: NamedKind, name: str) -> int:
    """The rowid of what has this id.

    Raises:
        NotFoundError: it is not there (any more).
    """
    row = store.execute(f"SELECT x.rowid FROM {kind} x WHERE x.id = ?", (name,)).fetchone()
    if row is None:
        raise NotFoundError(f"there is no {kind} {name}")
    return int(row[0])
