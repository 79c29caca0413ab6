"""What a REF that is being typed may become: citekeys and ids that begin so, and sources by words of their titles."""

from __future__ import annotations

from kb.model import ids
from kb.model.named import Named
from kb.sources import by_words
from kb.store import names
from kb.store.open import Store

_MOST = 40
_OF_EACH = 20


def refs(store: Store, typed: str) -> list[Named]:
    """Sources, statements and links that `typed` may be the beginning of, or means by its words; a few dozen at most.

    For nothing typed the sources that came last.
    """
    typed = typed.strip()
    if not typed:
        return names.latest(store, _OF_EACH)
    found = names.by_citekeys(store, typed, _MOST)
    found = found or names.by_citekeys(store, typed.casefold(), _MOST)
    found += names.by_citekeys(store, typed, _OF_EACH - len(found), stubs=True) if len(found) < _OF_EACH else []
    if len(typed) > 1 and ids.ID.fullmatch(typed):
        found += names.by_ids(store, typed, _OF_EACH)
    if len(found) < _MOST and by_words.is_telling(typed):
        found += _by_words(store, typed)
    return list(dict.fromkeys(found))[:_MOST]


def statements_and_links(store: Store, typed: str) -> list[Named]:
    """Statements and links whose ids begin so; a few at most."""
    return [one for one in names.by_ids(store, typed, _OF_EACH) if one.kind in ("statement", "link")]


def _by_words(store: Store, typed: str) -> list[Named]:
    found = by_words.by_title(store, typed, "text") or by_words.by_title(store, typed, "comment")
    return found or by_words.by_people(store, typed) or by_words.by_title(store, typed, "stub")
