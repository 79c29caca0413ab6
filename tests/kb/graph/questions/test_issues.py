"""Issues: who says what on one point, who answers whom, and what nobody answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kb.graph import argument_graph
from kb.graph.questions import issues
from kb.graph.questions.issues import Issue
from kb.model.link import new_link
from kb.model.words import Relation, Status
from kb.store import link_writing, statements
from kb.store.conditions import EVERYTHING
from kb.store.open import Store, open_store
from tests.small_store import add_source, add_statement

SAID = {
    "thesis": ("The tunnel pays for itself in ten years.", "Ada"),
    "doubt": ("I doubt that the tunnel pays for itself in ten years, given the toll.", "Bo"),
    "reply": ("The toll was raised twice, so it pays.", "Ada"),
    "aside": ("A ferry is cheaper than any tunnel.", ""),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def names(store: Store) -> Mapping[str, str]:
    """Ids of what is said, each in a text of its own."""
    found = {}
    for name, (text, speaker) in SAID.items():
        kind = "critique" if name == "doubt" else "claim"
        rowid = add_statement(
            store, add_source(store, text, [text], author="Writer" if not speaker else None), text, kind=kind
        )
        with store.transaction():
            store.execute("UPDATE mention SET speaker = ? WHERE statement_rowid = ?", (speaker or None, rowid))
        found[name] = statements.ids(store, [rowid])[rowid]
    return found


def _link(store: Store, names: Mapping[str, str], start: str, relation: Relation, end: str, status: Status) -> None:
    link = new_link(
        names[start], relation, names[end], "2024-01-01", basis="authored", rule="person", status=status, score=None
    )
    with store.transaction():
        link_writing.insert(store, [link])


def _found(store: Store) -> list[Issue]:
    return issues.of(store, argument_graph.load(store), statements.chosen(store, EVERYTHING))


def test_what_a_person_put_together_is_an_issue_with_its_sides(store: Store, names: Mapping[str, str]) -> None:
    assert _found(store) == []
    _link(store, names, "thesis", "related", "doubt", "accepted")
    _link(store, names, "doubt", "restates", "aside", "accepted")
    (issue,) = _found(store)
    assert issue.statements == (names["thesis"], names["doubt"], names["aside"])
    assert [(side.speaker, side.statements) for side in issue.sides] == [
        ("Ada", (names["thesis"],)), ("Bo", (names["doubt"],)), ("Writer", (names["aside"],)),
    ]  # fmt: skip
    assert issue.title == SAID["aside"][0]


def test_quoted_words_of_nobody_known_are_not_the_authors(store: Store, names: Mapping[str, str]) -> None:
    with store.transaction():
        store.execute("UPDATE mention SET voice = 'quoted' WHERE speaker IS NULL")
    _link(store, names, "aside", "related", "doubt", "accepted")
    (issue,) = _found(store)
    assert [side.speaker for side in issue.sides] == ["Bo", None]


def test_suggested_and_rejected_links_put_nothing_together(store: Store, names: Mapping[str, str]) -> None:
    _link(store, names, "thesis", "related", "doubt", "suggested")
    _link(store, names, "doubt", "related", "aside", "rejected")
    assert _found(store) == []


def test_the_id_stays_when_a_later_text_joins(store: Store, names: Mapping[str, str]) -> None:
    _link(store, names, "thesis", "related", "doubt", "accepted")
    before = _found(store)[0].id
    _link(store, names, "doubt", "related", "reply", "accepted")
    (after,) = _found(store)
    assert (after.id, len(after.statements)) == (before, 3)


def test_what_nobody_answered_is_a_critique_or_what_is_attacked(store: Store, names: Mapping[str, str]) -> None:
    _link(store, names, "thesis", "related", "doubt", "accepted")
    assert _found(store)[0].unanswered == (names["doubt"],)
    _link(store, names, "doubt", "attacks", "thesis", "accepted")
    assert _found(store)[0].unanswered == (names["thesis"], names["doubt"])
    _link(store, names, "reply", "attacks", "doubt", "accepted")
    (issue,) = _found(store)
    assert issue.unanswered == ()
    assert {(edge.from_id, edge.to_id) for edge in issue.answers} == {
        (names["doubt"], names["thesis"]), (names["reply"], names["doubt"]),
    }  # fmt: skip
