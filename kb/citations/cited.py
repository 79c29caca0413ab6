"""What a manuscript cites: the sources that its references mean, in the order of their first mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.citations.item import Item
from kb.model import identity
from kb.model.document import Reference
from kb.model.identity import CITEKEY, ONCE
from kb.sources import misspelt
from kb.sources import references as references_of
from kb.sources.wanted import Place, wanted
from kb.store import named, names, sources
from kb.store.open import Store

_WITHIN = re.compile(r"(?:fig|tbl|tab|eq|sec|lst|thm|lem|cor|prp|def|exm|exr|ch|app|alg)[:-]", re.I)
_MOST = 3
EVERYTHING = "*"
"""The citekey that means every source (`nocite: "@*"`, `\\nocite{*}`)."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A citekey that no source has, the line in which it stands first, and citekeys that may be meant."""

    key: str
    line: int
    near: tuple[str, ...] = ()


@dataclass(slots=True)
class Cited:
    """Ids of the sources, each once, with the citekeys by which the text cites them, and what no source answers to.

    A source that is only linked to has no citekey in the text; one of which the citekey was changed, or to which
    another was joined, may have several.
    """

    sources: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[Unknown] = field(default_factory=list)
    everything: bool = False


def cited(store: Store, text: str, references: Sequence[Reference], place: Place) -> Cited:
    """The sources that the references of a manuscript mean. Links to what nobody knows are not citations."""
    found = Cited()
    seen: set[str] = set()
    for reference in references:
        if reference.kind == "citation" and reference.target == EVERYTHING:
            found.everything = True
            continue
        key = _citekey(reference)
        source_id = _by_citekey(store, key) if key else _linked(store, reference, place)
        if source_id is not None:
            keys = found.sources.setdefault(source_id, [])
            if key and key not in keys:
                keys.append(key)
        elif key and f"@{key}" not in seen and not _WITHIN.match(key):
            seen.add(f"@{key}")
            line = text.count("\n", 0, reference.start) + 1
            found.unknown.append(Unknown(key, line, _near(store, key)))
    return found


def as_cited(items: Sequence[Item], cited: Cited) -> list[Item]:
    """The items under the citekeys of the text, one for each: nothing that reads a list of references knows that two
    are one."""
    return [replace(item, citekey=key) for item in items for key in cited.sources.get(item.id) or [item.citekey]]


def _citekey(reference: Reference) -> str:
    """The citekey that a reference names, "" where it names something else."""
    if reference.kind == "citation":
        return reference.target
    return reference.target[1:] if reference.target.startswith("@") and "/" not in reference.target else ""


def _by_citekey(store: Store, key: str) -> str | None:
    meant = named.by_citekey(store, key) or named.by_keys(store, [CITEKEY + key, ONCE + key])
    return meant[0].id if meant else None


def _linked(store: Store, reference: Reference, place: Place) -> str | None:
    """The source that a link means, stubs aside of which nothing but a name is known."""
    if not reference.target:
        return None
    if reference.kind == "url" or "://" in reference.target:
        try:
            there = sources.by_keys(store, identity.of_url(reference.target).keys)
        except ValueError:  # "http://["
            return None
        return there[0].id if there else None
    asked = wanted(reference.kind, reference.raw, reference.target, place, sure=reference.sure)
    source_id = references_of.find(store, asked, place)
    row = sources.stored(store, source_id) if source_id else None
    return source_id if row is not None and (row.kind != "stub" or row.url or row.bibliography) else None


def _near(store: Store, key: str) -> tuple[str, ...]:
    same = [one.citekey for one in names.spelt_as(store, key)]
    return tuple(dict.fromkeys((*same, *(one.citekey for one in misspelt.sources(store, key)))))[:_MOST]
