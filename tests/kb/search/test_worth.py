"""What a hit is worth besides its nearness, and the sections that are pointed to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.model.document import Document
from kb.search.hits import Hit
from kb.search.pointers import heading_for, named, only_points
from kb.search.search import search
from kb.sources import add
from kb.store.open import Store, open_store
from notes.markdown.structure import structure
from tests.small_store import add_source, add_statement

POST = """## Longlist of hopes for the atlas

1. Early warning: the atlas warns of a decline of herons before it is too late.
    - Critiqued in section “ Warnings come late ”.
2. Shared counting: rivals agree on the herons once both can count them.
    - Not the most direct way.

## Warnings come late

A count of herons takes two years to print, and a warning of their decline is history by then.

## Sources

- Lee, Ann: A warning of the decline of herons. Lund 1999.
"""


@pytest.fixture(scope="module")
def herons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(tmp_path_factory.mktemp("herons"))
    blocks, references = structure(POST)
    add.add(store, Document("post", "Hopes", POST, blocks, references))
    for number, kind in enumerate(("claim", "critique")):
        source = add_source(store, f"Reed {number}", ["Nets keep the otters from the carp."])
        add_statement(store, source, f"Nets keep the otters away, {number}.", kind=kind)
    yield store
    store.close()


def _hits(store: Store, typed: str) -> list[Hit]:
    return list(search(store, typed, mode="lexical", explain=True).hits)


def test_a_section_stands_just_below_what_points_to_it(herons: Store) -> None:
    first, second, *_ = _hits(herons, "atlas warns before it is too late: early")
    assert first.unit.text.startswith("Early warning")
    assert second.unit.text.startswith("A count of herons")
    assert second.explanation is not None
    assert second.explanation.pointed_from is not None
    pointer = herons.execute("SELECT text FROM passage WHERE id = ?", (second.explanation.pointed_from,)).fetchone()[0]
    assert pointer.startswith("Critiqued in section")
    ids = [hit.unit.id for hit in _hits(herons, "atlas warns before it is too late: early")]
    assert len(ids) == len(set(ids))


def test_a_filter_leaves_out_the_section_too(herons: Store) -> None:
    for hit in _hits(herons, "atlas early warning heading:longlist"):
        assert hit.unit.locator.heading[-1].startswith("Longlist")


def test_a_reference_is_found_below_prose(herons: Store) -> None:
    found = _hits(herons, "two years of a count, and the warning of the decline of herons")
    reference = next(hit for hit in found if hit.unit.text.startswith("Lee, Ann"))
    assert reference.explanation is not None
    assert reference.explanation.reference == 0.8
    assert found.index(reference) > 0
    assert [hit.unit.text for hit in _hits(herons, "Lund 1999")] == [reference.unit.text]


def test_what_holds_a_critique_is_preferred_where_critiques_are_asked_for(herons: Store) -> None:
    first, *_ = search(herons, "what speaks against nets and otters?", mode="lexical", explain=True).hits
    assert first.unit.source.title == "Reed 1"
    assert first.explanation is not None
    assert first.explanation.sought is not None
    assert all(hit.explanation and hit.explanation.sought is None for hit in _hits(herons, "nets and otters"))
    statements = search(herons, "objections to nets and otters", "statements", "lexical").hits
    assert statements[0].unit.text == "Nets keep the otters away, 1."


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Critiqued in section “ Warnings come late ”", 2),
        ("Critique in section Warnings come late? .", 2),
        ("See section Otters, where more is said.", 3),
        ("Mostly the same critiques as in section “Warnings come late”.", 2),
        ("Answered below in Otters", 3),
        ('Dual use, refer to the section "Otters".', 3),
        ("This is discussed in the section on Late warnings", None),
        ("We critiqued the late warnings of otters.", None),
        ("As in section 3 of that book, otters swim.", None),
        ("Otters", None),
    ],
)
def test_what_a_pointer_names(text: str, heading: int | None) -> None:
    name = named(text)
    assert (
        heading_for(name, [(1, "Longlist"), (2, "Warnings come late?"), (3, "Otters")]) if name else None
    ) == heading


def test_a_long_passage_does_more_than_point() -> None:
    assert only_points("Critiqued in section Otters.")
    assert not only_points("Otters are many, which the keepers deny. See section Otters.")
    assert named("Critiqued in section Otters. " + "But there is more to say of it here. " * 5) == ""
