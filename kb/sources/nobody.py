"""Filters that leave nothing because of a slip: an author nobody is called, a tag that nothing bears."""

from __future__ import annotations

from kb.errors import notify
from kb.model.filters import Filters
from kb.sources import misspelt
from kb.store import people, people_meant, tags
from kb.store.open import Store
from kb.text import spelling


def tell(store: Store, filters: Filters) -> None:
    """Give notice of each author and tag of the filters that there is not, with those that may be meant."""
    for author in filters.author:
        meant = people_meant.find(store, [author])
        if meant.rowids:
            continue
        names = people.every_name(store)
        if not any(map(meant.speaks, names)):
            _notice("nobody is called", author, misspelt.people(author, names))
    for tag in filters.tag:
        wanted = tag.removeprefix("#").casefold()
        known = {name.casefold(): name for name in tags.names(store)}
        if wanted not in known:
            near = [known[one] for one in spelling.nearest(wanted, known, 3)]
            _notice("nothing is tagged", tag, near or misspelt.nearest_names(tag, known.values()))


def _notice(what: str, asked: str, near: list[str]) -> None:
    notify(f"{what} {asked!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
