"""Which source a link's name means, decided anew where names or sources come and go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.sources import references as references_of
from kb.sources.extraction import infer_pointing
from kb.store import references
from kb.store.open import Store, now


def choose_again(store: Store, name_keys: Iterable[str]) -> None:
    """Point every wikilink that uses one of these names, folded, to the nearest source that bears it now."""
    for link in references.named(store, name_keys):
        references_of.lead(store, link)


def settle(store: Store, source_ids: Sequence[str]) -> None:
    """After a folder: references whose target depends on all of its notes, now that these are in."""
    with store.transaction():
        infer_pointing(store, references_of.settle(store, source_ids), now())
