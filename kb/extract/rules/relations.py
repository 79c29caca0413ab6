"""Relations that a person wrote among the properties of a note: signed links from the note to what is named there."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.extract import marks, relations
from kb.extract.model import Extraction, Pointer, View
from kb.extract.properties import Key, Properties, Property, first_of, front_matter
from kb.extract.relations import Meaning, meaning
from kb.extract.stages import Stage
from kb.model.rules import MARKED, Rule
from kb.text.caseless import Caseless

PROPERTY = f"{MARKED}property"
STAGE = Stage.MARKS + 1
RULES = (
    Rule(
        PROPERTY,
        "mark",
        "authored",
        what='`supports: "[[Note]]"` among the properties of a note, one or a list; `attacks`, `undercuts`, '
        "`restates`, names that say the same (`contradicts`, `refutes`, `supported by` …) and those that "
        "`[relations]` in the settings maps; in `relations:` or `links:` too, as a mapping, or as a list with `type` "
        "and `target`",
        gives="a link from the note to what is named, for `supported by` and the like from that to the note",
    ),
)

_TABLES = frozenset({"relations", "relation", "links", "relationships", "edges", "connections", "related"})
_TYPES = frozenset({"type", "relation", "rel", "relationship", "kind", "predicate", "label"})
_TARGETS = frozenset({"target", "to", "note", "link", "page", "object", "with", "node", "file", "claim", "ref"})


def find(view: View, found: Extraction) -> None:
    """Add the links that the properties of a note say."""
    if view.kind != "note" or not view.text.startswith("---"):
        return
    start, end = front_matter(view.text)
    named = [pointer for pointer in view.pointers if pointer.start < end]
    if not named or not _telling(tuple(view.relations)).search(view.text[start:end]):
        return
    properties, notes = Properties(view.text), marks.Notes(view, found)
    for pointer in named:
        if (place := properties.at(pointer.start)) is not None:
            _relate(notes, pointer, place)


@lru_cache(maxsize=4)
def _telling(given: tuple[str, ...]) -> Caseless:
    """A word without which properties say no relation: most notes have other properties only."""
    words = sorted({*relations.names(given), *_TABLES}, key=len, reverse=True)
    return Caseless("|".join(re.escape(word.lower()).replace(r"\ ", r"[\s_-]*") for word in words))


def _relate(notes: marks.Notes, pointer: Pointer, place: Property) -> None:
    said = _said(notes.view, place)
    if said is None:
        return
    key, meant = said
    quoted = notes.view.text[pointer.end : pointer.end + 1] in {'"', "'"}
    evidence = (min(key.start, pointer.start), pointer.end + quoted)
    marks.link_ends(notes, notes.view.source_id, meant, (pointer.start, pointer.end), PROPERTY, evidence)


def _said(view: View, place: Property) -> tuple[Key, Meaning] | None:
    """The key that says the relation, and what it means."""
    for key in reversed(place.above):
        if meant := meaning(key.name, view.relations):
            return key, meant
    tables = [key for key in place.above[:-1] if key.name.lower() in _TABLES]
    typed = first_of(place.beside, _TYPES)
    if not tables or typed is None or place.above[-1].name.lower() not in _TARGETS:
        return None
    meant = meaning(typed.value, view.relations)
    return (typed, meant) if meant else None
