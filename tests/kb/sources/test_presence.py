"""A source withdrawn and brought back: nothing of it shows, nothing of it is lost, whatever verb asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from importers import intake
from importers.cutting import cut
from importers.given import Given
from kb.check import findings
from kb.graph import argument_graph
from kb.graph.questions import critiques
from kb.maps.select import roots
from kb.maps.select.neighbourhood import around
from kb.model.credence import Credence
from kb.model.document import Author, Block
from kb.model.link import new_link
from kb.model.words import SourceState
from kb.review import order, write
from kb.sources import presence
from kb.store import credences, link_writing, links, passages, sources, statements, wholes
from kb.store.open import Store, now, open_store

CLAIM = "I think that tide mills should be built in every small harbour."
DOUBT = "I doubt that tide mills can ever be worth their price in a small harbour."
GATES = "I believe that wooden gates will last for sixty years in brackish water."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        for name, text in (("mills", f"{CLAIM}\n\n{GATES}\n"), ("doubts", f"See [[mills]].\n\n{DOUBT}\n")):
            (tmp_path / f"{name}.md").write_text(f"# {name}\n\n{text}", encoding="utf-8")
            intake.run(opened, [str(tmp_path / f"{name}.md")], Given(), lambda: b"", lambda _: None)
        yield opened


def _source(store: Store, name: str) -> str:
    return next(source.id for source in sources.listed(store) if source.title == name)


def _said(store: Store, words: str) -> str:
    return next(one.id for one in statements.chosen(store) if one.text.startswith(words))


def _withdraw(store: Store, source_id: str, state: SourceState = "gone") -> None:
    with store.transaction():
        presence.withdraw(store, [source_id], state, now())


def _bring_back(store: Store, source_id: str) -> None:
    row = sources.stored(store, source_id)
    assert row is not None
    authors: Sequence[Author] = sources.authors(store, row.rowid)
    blocks: Sequence[Block] = cut(row.importer, row.text, authors)[0]
    with store.transaction():
        presence.bring_back(store, source_id, blocks, now())


def _everything(store: Store) -> object:
    return (
        statements.chosen(store),
        sorted(link.id for link in links.chosen(store)),
        [passages.ids_of(store, row.rowid) for name in ("mills", "doubts")
         if (row := sources.stored(store, _source(store, name)))],
    )  # fmt: skip


def test_what_was_judged_and_written_is_out_of_every_answer_and_comes_back_as_it_was(store: Store) -> None:
    mills, claim, doubt = _source(store, "mills"), _said(store, "I think"), _said(store, "I doubt")
    write.decide(store, [claim, doubt], "accepted")
    write.link(store, doubt, "attacks", claim)
    whole = write.link(store, doubt, "attacks", mills)
    own = write.claim(store, "Mills pay", "Ada", source=mills, quote="every small harbour")
    with store.transaction():
        credences.add(store, Credence(claim, "Ada", 0.6, 0.8, now(), ""))
    before = _everything(store)
    _withdraw(store, mills)
    assert links.chosen(store) == []
    assert links.touching(store, [doubt]) == []
    graph = argument_graph.load(store)
    assert (set(graph.points), list(graph.edges)) == ({doubt}, [])
    assert critiques.of(graph) == []
    assert {node.id for node in around(store, [doubt]).nodes} == {doubt}
    assert roots.among(store, 10) == [doubt]
    assert {head.id for head in wholes.source_heads(store)} == {_source(store, "doubts")}
    assert {name for name, _, _ in wholes.statement_heads(store, 0.0)} == {doubt}
    assert order.waiting(store, "links", order.Choice()) == []
    assert statements.read(store, [own])[own].mentions == ()
    assert {f.check for f in findings(store)} <= {"gone", "vectors", "index"}
    _bring_back(store, mills)
    assert _everything(store) == before
    assert links.read(store, [whole])
    assert credences.read(store, [claim])[claim][0].who == "Ada"


def test_what_a_person_undercut_stays_for_their_words_to_have_an_end(store: Store) -> None:
    mills, claim, gates = _source(store, "mills"), _said(store, "I think"), _said(store, "I believe")
    inferred = new_link(gates, "supports", claim, now(), basis="cue", rule="r", status="suggested", owner=mills)
    with store.transaction():
        link_writing.insert(store, [inferred])
    own = write.link(store, _said(store, "I doubt"), "undercuts", inferred.id)
    _withdraw(store, mills, "removed")
    assert links.dangling(store) == []
    assert argument_graph.load(store).edges == []
    assert links.chosen(store) == []
    _bring_back(store, mills)
    assert own in links.read(store, [own])


def test_a_name_that_another_note_bears_too_leads_there_meanwhile(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "mills.md"
    other.parent.mkdir()
    other.write_text("# mills\n\nA second note of this name stands in another folder.\n", encoding="utf-8")
    intake.run(store, [str(other)], Given(), lambda: b"", lambda _: None)
    first, second = (source.id for source in sources.listed(store) if source.title == "mills")

    def target() -> str | None:
        from kb.store import references

        (one,) = references.of_source(store, _source(store, "doubts"))
        return one.target

    meant = target()
    assert meant in (first, second)
    _withdraw(store, meant or "")
    assert target() == ({first, second} - {meant}).pop()
    _bring_back(store, meant or "")
    assert target() == meant
