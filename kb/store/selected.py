"""Which rows filters and demands leave: asked of the database once a query, then looked up by whatever ranks.

A selection is a byte a rowid, so that a row is looked up at once, and vectors of any number at once; selections are
combined as whole numbers. What filters leave is remembered as long as nothing has changed in the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kb.model.filters import DEFAULT_LIMIT, Filters
from kb.model.words import Table
from kb.store import access, conditions
from kb.store.conditions import EVERYTHING, SHOWN, Condition
from kb.store.open import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KEPT = 8  # selections of a store that are remembered


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """The rows that are left of a table: `bits` has a byte for each rowid, 1 where the row is left; `count` of them."""

    bits: bytes
    count: int

    @staticmethod
    def of(rowids: Iterable[int]) -> Selected:
        """These rows."""
        wanted = set(rowids)
        bits = bytearray(max(wanted, default=0) + 1)
        for rowid in wanted:
            bits[rowid] = 1
        return Selected(bytes(bits), len(wanted))

    def __contains__(self, rowid: int) -> bool:
        return rowid < len(self.bits) and self.bits[rowid] == 1

    def rowids(self) -> list[int]:
        """The rows, ascending."""
        found, at = [], self.bits.find(1)
        while at >= 0:
            found.append(at)
            at = self.bits.find(1, at + 1)
        return found

    def among(self, rowids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rowids, shape (n,), none negative, are left."""
        import numpy as np

        known = np.frombuffer(self.bits, np.bool_)
        if len(rowids) and int(rowids.max()) >= len(known):  # rows that have come since
            return known[np.minimum(rowids, len(known) - 1)] & (rowids < len(known))
        found: NDArray[np.bool_] = known[rowids]
        return found

    def __and__(self, other: Selected) -> Selected:
        return _numbered(self._number & other._number, min(len(self.bits), len(other.bits)))

    def __or__(self, other: Selected) -> Selected:
        return _numbered(self._number | other._number, max(len(self.bits), len(other.bits)))

    def __sub__(self, other: Selected) -> Selected:
        return _numbered(self._number & ~other._number, len(self.bits))

    @property
    def _number(self) -> int:
        return int.from_bytes(self.bits, "little")


def _numbered(number: int, size: int) -> Selected:
    return Selected(number.to_bytes(size, "little"), number.bit_count())


class _Known(dict[tuple[Filters, Table], Selected | None]):
    """What filters leave of a store in one state."""

    state: tuple[int, int] = (0, 0)


_known: WeakKeyDictionary[Store, _Known] = WeakKeyDictionary()


def left(store: Store, filters: Filters, table: Table) -> Selected | None:
    """The rows that filters leave; None if none but what is always left out: statements rejected, or said nowhere."""
    known, asked = _known.setdefault(store, _Known()), replace(filters, limit=DEFAULT_LIMIT, state="here")
    if (state := store.state) != known.state:
        known.clear()
        known.state = state
    key = asked, table
    if key in known:
        return known[key]
    found = _left(store, asked, table)
    if not store.in_transaction:  # which may be taken back
        while len(known) >= _KEPT:
            known.pop(next(iter(known)))
        known[key] = found
    return found


def _left(store: Store, filters: Filters, table: Table) -> Selected | None:
    if table == "statement":
        return None if filters.leave_all else _rows(store, conditions.rows(store, filters, table))
    if (whole := conditions.whole_sources(store, filters)) is not None:
        return None if whole == EVERYTHING else _in_sources(store, whole)
    return _rows(store, conditions.rows(store, filters, table))


def every(store: Store, table: Table) -> Selected:
    """All rows, statements as far as they are shown. Passages that are gone may be among them."""
    if table == "statement":
        return _rows(store, Condition(f"SELECT st.rowid FROM statement st WHERE {SHOWN}"))
    last = access.number(store, "SELECT coalesce(max(rowid), 0) FROM passage")
    return Selected(b"\0" + b"\1" * last, last)


def finding(store: Store, table: Table, match: str, *, shown: bool) -> Selected:
    """The rows that a full-text expression finds; of statements those that are shown, if so."""
    found = conditions.matching(table, match)
    if shown and table == "statement":
        sql = f"SELECT st.rowid FROM statement st WHERE st.rowid IN ({found.sql}) AND {SHOWN}"
        found = Condition(sql, found.values)
    return _rows(store, found)


def elsewhere(store: Store, table: Table, selection: Selected | None, sources: Iterable[int]) -> Selected:
    """The selection, or all rows for None, without what stands in these sources."""
    column, rows = ("rowid", "passage") if table == "passage" else ("statement_rowid", "mention WHERE NOT lost")
    sql = f"SELECT {column} FROM {rows} {'WHERE' if table == 'passage' else 'AND'} source_rowid IN ({{}})"
    there = Selected.of(row[0] for row in access.in_chunks(store, sql, sources))
    return (every(store, table) if selection is None else selection) - there


def _rows(store: Store, condition: Condition) -> Selected:
    return Selected.of(row[0] for row in store.execute(condition.sql, condition.values))


def _in_sources(store: Store, condition: Condition) -> Selected:
    """The passages of these sources: those of one mostly follow each other, so first and last are asked for."""
    sql = f"""SELECT p.source_rowid, min(p.rowid), max(p.rowid), count(*) FROM passage p
        WHERE p.source_rowid IN (SELECT s.rowid FROM source s WHERE {condition.sql}) GROUP BY p.source_rowid"""
    runs = store.execute(sql, condition.values).fetchall()
    bits = bytearray(max((last for _, _, last, _ in runs), default=0) + 1)
    count, parted = 0, []
    for source, first, last, size in runs:
        count += size
        if last - first + 1 == size:
            bits[first : last + 1] = b"\1" * size
        else:
            parted.append(source)
    for (rowid,) in access.in_chunks(store, "SELECT rowid FROM passage WHERE source_rowid IN ({})", parted):
        bits[rowid] = 1
    return Selected(bytes(bits), count)
