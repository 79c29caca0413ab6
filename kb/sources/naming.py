"""Which source a wikilink's name means, decided anew where names or sources come and go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.sources import resolve
from kb.store import references, sources
from kb.store.open import Store


def choose_again(store: Store, name_keys: Iterable[str]) -> None:
    """Point every wikilink that uses one of these names, folded, to the nearest source that bears it now."""
    for link in references.named(store, name_keys):
        candidates = sources.by_name(store, link.name)
        if candidates and (best := resolve.nearest(candidates, link.path)).id != link.target:
            references.retarget(store, link.rowid, best.id)


def settle(store: Store, source_ids: Sequence[str]) -> None:
    """After a folder: wikilinks whose name several notes bear go to the nearest, now that all of them are in."""
    with store.transaction():
        for link in references.with_choice(store, source_ids):
            best = resolve.nearest(sources.by_name(store, link.name), link.path)
            if best.id != link.target:
                references.retarget(store, link.rowid, best.id)
