"""Which source a link's name means, decided anew where names or sources come and go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.sources.extraction import infer_pointing
from kb.sources.references import settle as lead
from kb.sources.wanted import Place, nearest, wanted
from kb.store import references, sources
from kb.store.open import Store, now


def choose_again(store: Store, name_keys: Iterable[str]) -> None:
    """Point every wikilink that uses one of these names, folded, to the nearest source that bears it now."""
    for link in references.named(store, name_keys):
        place = Place(link.path, link.file)
        asked = wanted(link.kind, link.raw, link.name, place)
        best = nearest(sources.by_name(store, asked.name), place, asked)
        if best is not None and best.id != link.target:
            references.retarget(store, link.rowid, best.id)


def settle(store: Store, source_ids: Sequence[str]) -> None:
    """After a folder: references whose target depends on all of its notes, now that these are in."""
    with store.transaction():
        infer_pointing(store, lead(store, source_ids), now())
