"""What a decision does, that it lasts, and that it can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.errors import KbError, NotFoundError, UsageError
from kb.model.link import Link
from kb.review import decide
from kb.store import decisions, links, statements
from kb.store.open import Store, open_reader, open_store
from tests.kb.review.review_texts import BATTERY, RECEIVER, REPLY, propose, status, suggest, two_texts
from tests.vault_homes import add, export, sql

THEORIES = """# Theories of impact of lighthouses

## Theories of impact

1. **Fewer wrecks**: a lamp on a rock keeps ships from the rock, so that fewer of them are lost.
   - I think this is misleading, because the wrecks stopped with receivers and not with lamps.
2. **Cheap warnings**: a lamp needs one keeper and no ship has to pay for what it is shown.
   - I doubt this, because the keeper of a lamp costs more than ten receivers do.
3. **Local pride**: a town with a lighthouse looks after its coast, and that saves lives.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def ends(home: Path) -> tuple[str, str]:
    return suggest(home, BATTERY, "critique"), suggest(home, RECEIVER)


def _links(home: Path) -> dict[tuple[str, str, str], Link]:
    with open_reader(home) as store:
        every = [*links.chosen(store), *links.chosen(store, status="rejected")]
    return {(link.from_id, link.relation, link.to_id): link for link in every}


def _everything(home: Path) -> list[Any]:
    """What the store holds, decisions aside."""
    return [
        [tuple(row) for row in sql(home, f"SELECT * FROM {table} ORDER BY rowid")]
        for table in ("statement", "mention", "link")
    ]


def test_accepting_and_rejecting_set_the_status_and_are_recorded(
    home: Path, store: Store, ends: tuple[str, str]
) -> None:
    one, other = propose(home, *_as(ends, "attacks")), propose(home, *_as(ends, "supports"))
    assert decide.verdict(store, one, "accepted").before.status == "suggested"
    decide.verdict(store, other, "rejected")
    assert (status(home, one), status(home, other)) == ("accepted", "rejected")
    rows = sql(home, "SELECT target, verdict, basis, rule FROM decision ORDER BY rowid")
    assert rows == [(one, "accepted", "cue", "stance"), (other, "rejected", "cue", "stance")]


def test_turning_round_rejects_and_writes_the_other_direction_with_its_evidence(
    home: Path, store: Store, ends: tuple[str, str]
) -> None:
    name = propose(home, *_as(ends, "attacks"), evidence=BATTERY)
    done = decide.turn_round(store, name)
    found = _links(home)
    assert found[ends[0], "attacks", ends[1]].status == "rejected"
    turned = found[ends[1], "attacks", ends[0]]
    assert (turned.id, turned.status, turned.basis) == (done.written, "accepted", "authored")
    evidence = turned.evidence
    assert evidence is not None
    assert evidence.quote == BATTERY == REPLY[evidence.start : evidence.end]


def test_another_relation_rejects_and_writes_it(home: Path, store: Store, ends: tuple[str, str]) -> None:
    name = propose(home, *_as(ends, "supports"))
    assert decide.change_relation(store, name, "supports") is None
    assert decide.change_relation(store, name, "attacks")
    found = _links(home)
    assert found[ends[0], "supports", ends[1]].status == "rejected"
    assert found[ends[0], "attacks", ends[1]].status == "accepted"
    with pytest.raises(UsageError):
        decide.change_relation(store, name, "likes")


def test_a_relation_that_is_suggested_already_is_accepted_not_doubled(
    home: Path, store: Store, ends: tuple[str, str]
) -> None:
    wrong, right = propose(home, *_as(ends, "supports")), propose(home, *_as(ends, "attacks"), rule="reply")
    done = decide.change_relation(store, wrong, "attacks")
    assert done
    assert done.written == right
    assert (status(home, right), len(_links(home))) == ("accepted", 2)
    decide.undo(store, done)
    assert (status(home, wrong), status(home, right)) == ("suggested", "suggested")


@pytest.mark.parametrize("step", ["accept", "reject", "turn", "change", "edit text", "edit kind"])
def test_undo_puts_everything_back(home: Path, store: Store, ends: tuple[str, str], step: str) -> None:
    name = propose(home, *_as(ends, "attacks"), evidence=BATTERY)
    before = _everything(home)
    done = {
        "accept": lambda: decide.verdict(store, name, "accepted"),
        "reject": lambda: decide.verdict(store, name, "rejected"),
        "turn": lambda: decide.turn_round(store, name),
        "change": lambda: decide.change_relation(store, name, "undercuts"),
        "edit text": lambda: decide.edit(store, ends[0], "Receivers fail with their batteries.", "critique"),
        "edit kind": lambda: decide.edit(store, ends[0], BATTERY, "evidence"),
    }[step]()
    assert done
    assert _everything(home) != before
    decide.undo(store, done)
    assert _everything(home) == before
    assert decisions.tallies(store) == []  # what was taken back says nothing about a rule


def test_an_edited_statement_keeps_its_quote_and_is_found_by_its_new_words(store: Store, ends: tuple[str, str]) -> None:
    decide.edit(store, ends[0], "  Batteries\nrun empty. ", "evidence")
    found = statements.read(store, [ends[0]])[ends[0]]
    hits = store.execute("SELECT count(*) FROM statement_fts WHERE statement_fts MATCH 'batteries'").fetchone()
    assert (found.text, found.kind, found.status) == ("Batteries run empty.", "evidence", "accepted")
    assert [m.quote for m in found.mentions] == [BATTERY]
    assert hits[0] == 1
    assert decide.edit(store, ends[0], "Batteries run empty.", "evidence") is None
    for text, kind in (("", "claim"), ("words", "opinion")):
        with pytest.raises(UsageError):
            decide.edit(store, ends[0], text, kind)


def test_what_has_no_other_direction_is_not_turned_round(home: Path, store: Store, ends: tuple[str, str]) -> None:
    related, attack = propose(home, *_as(ends, "related")), propose(home, *_as(ends, "attacks"))
    undercut = propose(home, ends[1], "undercuts", attack)
    for name in (related, undercut):
        with pytest.raises(UsageError):
            decide.turn_round(store, name)
    with pytest.raises(NotFoundError):
        decide.verdict(store, "e000000000", "accepted")
    assert sql(home, "SELECT count(*) FROM decision") == [(0,)]


def test_decisions_outlive_a_changed_text_and_a_new_extraction(tmp_path: Path) -> None:
    """A theory and its critique, as the rules find them: turned round, edited, and read again."""
    path, home = tmp_path / "post.md", tmp_path / "home"
    path.write_text(THEORIES)
    add(home, path)
    turned, kept = [row[0] for row in sql(home, "SELECT id FROM link WHERE status = 'suggested' ORDER BY rowid")][:2]
    with open_store(home) as store:
        done = decide.turn_round(store, turned)
        decide.verdict(store, kept, "rejected")
        assert isinstance(done.before, Link)
        edited = done.before.to_id
        decide.edit(store, edited, "Lamps prevent wrecks.", "claim")
    path.write_text("An introduction that was not there before.\n\n" + THEORIES + "\nAnd one more sentence.\n")
    add(home, path)
    assert [status(home, name) for name in (turned, kept, done.written)] == ["rejected", "rejected", "accepted"]
    row = sql(home, "SELECT text, kind, status FROM statement WHERE id = ?", edited)
    assert row == [("Lamps prevent wrecks.", "claim", "accepted")]


def test_an_edited_statement_goes_with_the_vault_into_another_home(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(THEORIES)
    home, other, folder = tmp_path / "home", tmp_path / "other", tmp_path / "vault"
    add(home, tmp_path / "post.md")
    name = sql(home, "SELECT id FROM statement WHERE kind = 'theory_of_impact' ORDER BY rowid")[0][0]
    with open_store(home) as store:
        decide.edit(store, name, "Lamps prevent wrecks.", "claim")
    export(home, folder)
    add(other, folder)
    row = sql(other, "SELECT text, kind, status FROM statement WHERE id = ?", name)
    assert row == [("Lamps prevent wrecks.", "claim", "accepted")]


def _as(ends: tuple[str, str], relation: str) -> tuple[str, str, str]:
    return ends[0], relation, ends[1]


def test_an_error_leaves_nothing_half_done(home: Path, store: Store, ends: tuple[str, str]) -> None:
    name = propose(home, *_as(ends, "attacks"))
    sql(home, "CREATE TRIGGER no BEFORE INSERT ON decision BEGIN SELECT raise(abort, 'no'); END")
    before = _everything(home)
    with pytest.raises((KbError, sqlite3.Error)):
        decide.turn_round(store, name)
    assert _everything(home) == before
