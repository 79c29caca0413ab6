"""Joining two sources and splitting them gives back what was there, whatever was decided, linked and noted before."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import read
from importers.base import Input
from importers.cutting import cut
from kb.model.credence import Credence
from kb.model.filters import Filters
from kb.model.json_form import json_form
from kb.review import decide, write
from kb.sources import add, wording
from kb.sources.details import details
from kb.sources.edit import SourceEdit, edit
from kb.store import carrying, credences, links, same_as, sources, statements
from kb.store.conditions import on_sources
from kb.store.open import Store, open_store
from notes.vault import joining, remarks
from notes.vault.remarks import Subject

SENTENCES = [
    "I think that tide mills should be built in every small harbour.",
    "I doubt that tide mills can ever be worth their price in a small harbour.",
    "I believe that wooden gates will last for sixty years in brackish water.",
    "I believe that the miller will be paid by the harbour for his work.",
    "I think that nobody has ever counted the mills of this coast.",
]
STEPS = ["accept", "reject", "believe", "link", "claim", "note", "tag", "speaker", "reword", "edit", "remark"]
Step = tuple[str, int, int]
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["accept", "reject", "believe", "link", "claim", "note", "tag", "speaker", "reword", "edit", "remark"]
        ),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    max_size=8,
)


def _add(store: Store, name: str, body: str) -> str:
    (document,) = read(Input(body, name, f"/x/{name}", body.encode()), "markdown")
    return add.add(store, document, "1").source_id


@contextmanager
def _store(one: list[str], other: list[str]) -> Iterator[tuple[Store, list[str]]]:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "home") as store:
        ids = [_add(store, "one.md", "# One\n\n" + "\n\n".join(one) + "\n\nSee [[other]].\n")]
        ids.append(_add(store, "other.md", "# Other\n\n" + "\n\n".join(other) + "\n"))
        ids.append(
            _add(store, "about.md", "# About\n\nSee [[other]]. I think that [[one]] is wrong about [[Other]].\n")
        )
        yield store, ids


def _do(store: Store, ids: list[str], step: Step) -> None:
    what, first, second = step
    said = sorted(statements.ids_of(store))
    known = [*said, *ids]
    a, b = said[first % len(said)], known[second % len(known)]
    source = ids[second % 2]
    match what:
        case "accept" | "reject":
            decide.verdict(store, a, f"{what}ed")
        case "believe":
            with store.transaction():
                credences.add(
                    store, Credence(a, "Ada", 0.1 * (second % 9), 0.9, f"2024-01-{first + 1:02}T00:00:00Z", "")
                )
        case "link" if a != b:
            write.link(store, a, "supports", b)
        case "claim":
            write.claim(store, f"Claim number {first}.", "me", attacks=(b,))
        case "note":
            write.note(store, f"Note number {first}.", source, "me")
        case "tag":
            with store.transaction():
                edit(store, source, SourceEdit(tagged=(f"t{first % 3}",)))
        case "speaker":
            with store.transaction():
                wording.set_speaker(store, a, f"Speaker {second % 3}")
        case "reword":
            decide.edit(store, a, f"In other words {second}.", "claim")
        case "edit":
            with store.transaction():
                there = statements.read(store, [a])[a]
                wording.edit(store, there, wording.StatementEdit(text=f"My words {first % 2}.", kind="question"))
        case "remark":
            title = sources.read(store, [source])[source].title
            claim = statements.text_of(store, a) or ""
            subject = Subject(source, source, title) if first % 2 else Subject(a, ids[0], claim)
            remarks.put(store, subject, f"My words, {second}. See [[one]].", "me")


def _everything(store: Store) -> dict[str, Any]:
    """What list, show, statements, links and beliefs tell."""
    listed = sources.listed(store, on_sources(store, Filters(state="all")))
    told = statements.read(store, statements.ids_of(store))
    return {
        "sources": json_form(sorted(listed, key=lambda one: one.id)),
        "shown": {one.id: json_form(details(store, one.id)) for one in listed},
        "keys": {one.id: sorted(sources.keys(store, _rowid(store, one.id))) for one in listed},
        "said": {one.id: _said(store, one.id) for one in listed},
        "statements": {name: json_form(one) for name, one in sorted(told.items())},
        "links": json_form(sorted(links.chosen(store), key=lambda one: one.id)),
        "rejected": json_form(sorted(links.chosen(store, status="rejected"), key=lambda one: one.id)),
        "credences": json_form(credences.read(store)),
        "joined": same_as.names(store, [*told, *(one.id for one in listed)]),
    }


def _said(store: Store, name: str) -> list[tuple[str, str, str | None, bool]]:
    """What a source says, or said once."""
    return sorted((one.id, one.quote, one.speaker, one.lost) for one in carrying.said(store, _rowid(store, name)))


def _rowid(store: Store, name: str) -> int:
    row = sources.stored(store, name)
    assert row is not None
    return row.rowid


def _merge_and_split(store: Store, kept: str, gone: str) -> None:
    joining.merge(store, kept, gone, "me")
    assert same_as.name(store, gone) == kept
    joining.split(store, gone, lambda *given: cut(*given)[0], "me")


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts, steps)
def test_splitting_gives_back_what_was_joined(
    one: list[str], other: list[str], done: list[tuple[str, int, int]]
) -> None:
    with _store(one, other) as (store, ids):
        for step in done:
            _do(store, ids, step)
        before = _everything(store)
        _merge_and_split(store, ids[0], ids[1])
        assert _everything(store) == before
        _merge_and_split(store, ids[1], ids[0])
        assert _everything(store) == before
