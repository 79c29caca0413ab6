"""The orders in which sources are listed: by a field, or by a fact that their places count."""

from __future__ import annotations

from kb.model.facts import WORDS
from kb.model.sorting import Sort
from kb.store.conditions import Condition

NEWEST = Sort("published")
_COLUMNS = {
    "published": "s.published",
    "added": "s.added",
    "updated": "s.updated",
    "title": "s.title_key",
    "kind": "s.kind",
}
_FACT = "(SELECT coalesce(f.number, f.said) FROM source_fact f WHERE f.source_rowid = s.rowid AND f.name = ?)"
_RISING = {"title", "kind", *WORDS}  # by the alphabet; the others have the latest and the most first


def by(sort: Sort) -> Condition:
    """What to order sources `s` by, with its values; those that have nothing there come last."""
    down = (sort.field in _RISING) == sort.reverse
    values = [] if sort.field in _COLUMNS else [sort.field]
    what = f"{_COLUMNS.get(sort.field, _FACT)} {'DESC' if down else 'ASC'} NULLS LAST"
    return Condition(f"{what}, s.published DESC NULLS LAST, s.title_key, s.rowid", values)
