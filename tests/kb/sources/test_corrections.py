"""A statement put right is accepted, and what was wrong with it counts against its rule; taken back, nothing stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.cutting import cut
from kb.review import calibration, decide
from kb.sources import editing
from kb.sources.editing import Wish
from kb.store import decisions, statements
from kb.store.open import open_reader, open_store
from tests.kb.review.review_texts import BATTERY, RECEIVER, status, suggest, two_texts
from tests.vault_homes import add, export, note_of, sql


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


def _edit(home: Path, name: str, wish: Wish) -> None:
    with open_store(home) as store:
        editing.edit(store, [name], wish, cut)


def _precision(home: Path) -> list[tuple[int, int]]:
    with open_reader(home) as store:
        return [(one.right, one.decided) for one in calibration.rules(store)]


def _corrections(home: Path) -> dict[str, int]:
    with open_reader(home) as store:
        return decisions.corrections(store)


@pytest.mark.parametrize(
    ("wish", "right", "what"),
    [
        (Wish(kind="critique"), 0, "kind"),
        (Wish(speaker="Mia Lund"), 1, "speaker"),
        (Wish(text="Batteries run empty."), 1, "text"),
    ],
)
def test_an_edit_is_a_verdict_and_taking_it_back_takes_the_verdict_back(
    home: Path, wish: Wish, right: int, what: str
) -> None:
    name = suggest(home, BATTERY)
    _edit(home, name, wish)
    assert (status(home, name), _precision(home), _corrections(home)) == ("accepted", [(right, 1)], {what: 1})
    _edit(home, name, wish)  # it is so already
    assert sql(home, "SELECT count(*) FROM decision") == [(1,)]
    _edit(home, name, Wish(as_imported=("all",)))
    assert (status(home, name), _precision(home), _corrections(home)) == ("suggested", [], {})


def test_a_wrong_kind_stays_wrong_whatever_is_put_right_or_said_later(home: Path) -> None:
    name = suggest(home, BATTERY)
    _edit(home, name, Wish(kind="critique"))
    _edit(home, name, Wish(speaker="Mia Lund"))
    with open_store(home) as store:
        decide.verdict(store, name, "accepted")
    assert _precision(home) == [(0, 1)]
    _edit(home, name, Wish(kind="claim"))
    assert _precision(home) == [(1, 1)]
    assert _corrections(home) == {"speaker": 1}


def test_what_was_accepted_before_the_edit_is_accepted_when_that_is_taken_back(home: Path) -> None:
    name = suggest(home, BATTERY)
    with open_store(home) as store:
        decide.verdict(store, name, "accepted")
    _edit(home, name, Wish(kind="evidence"))
    assert _precision(home) == [(0, 1)]
    _edit(home, name, Wish(as_imported=("kind",)))
    assert (status(home, name), _precision(home)) == ("accepted", [(1, 1)])


def test_what_was_rejected_stays_so(home: Path) -> None:
    name = suggest(home, BATTERY)
    with open_store(home) as store:
        decide.verdict(store, name, "rejected")
    _edit(home, name, Wish(text="Batteries run empty."))
    assert (status(home, name), _precision(home)) == ("rejected", [(0, 1)])


def test_in_a_sitting_a_speaker_is_put_right_and_that_is_undone(home: Path) -> None:
    first, second = suggest(home, BATTERY), suggest(home, RECEIVER)
    _edit(home, second, Wish(speaker="Bo Lee"))
    for name, before in ((first, None), (second, "Bo Lee")):
        with open_store(home) as store:
            statement = statements.read(store, [name])[name]
            done = decide.edit(store, name, statement.text, statement.kind, "Mia Lund")
            assert done is not None
            assert [m.speaker for m in statements.read(store, [name])[name].mentions] == ["Mia Lund"]
            decide.undo(store, done)
            assert [m.speaker for m in statements.read(store, [name])[name].mentions] == [before]
    assert _corrections(home) == {"speaker": 1}


def test_a_correction_outlives_a_new_extraction_and_goes_with_the_vault(tmp_path: Path) -> None:
    text, home, other, folder = tmp_path / "a.md", tmp_path / "home", tmp_path / "other", tmp_path / "vault"
    text.write_text("# Mills\n\nI think that tide mills should be built in every small harbour.\n")
    add(home, text)
    (name,) = (row[0] for row in sql(home, "SELECT id FROM statement WHERE kind = 'claim'"))
    _edit(home, name, Wish(kind="theory_of_impact", speaker="Ada Brandt"))
    text.write_text("# Mills\n\nA new beginning.\n\nI think that tide mills should be built in every small harbour.\n")
    add(home, text)
    row = sql(home, "SELECT kind, status FROM statement WHERE id = ?", name)
    assert row == [("theory_of_impact", "accepted")]
    export(home, folder)
    note = note_of(folder, name).read_text()
    assert "kind: theory_of_impact" in note
    assert "Ada Brandt" in note
    add(other, folder)
    row = sql(other, "SELECT kind, status FROM statement WHERE id = ?", name)
    assert row == [("theory_of_impact", "accepted")]
    assert _corrections(other) == {"kind": 1, "speaker": 1}


def test_nobody_known_is_not_the_author_and_that_is_taken_back(tmp_path: Path) -> None:
    text, home = tmp_path / "a.md", tmp_path / "home"
    said = "I think that tide mills should be built in every small harbour."
    text.write_text(f"---\nauthor: Ada Brandt\n---\n# Mills\n\n{said}\n")
    add(home, text)
    (name,) = (row[0] for row in sql(home, "SELECT id FROM statement WHERE kind = 'claim'"))
    before = sql(home, "SELECT speaker, voice FROM mention")
    _edit(home, name, Wish(speaker=""))
    assert sql(home, "SELECT speaker, voice FROM mention") == [(None, "quoted")]
    text.write_text(f"---\nauthor: Ada Brandt\n---\n# Mills\n\nA word before.\n\n{said}\n")
    add(home, text)
    assert sql(home, "SELECT speaker, voice FROM mention") == [(None, "quoted")]
    _edit(home, name, Wish(speaker="Ada Brandt"))
    assert sql(home, "SELECT speaker, voice FROM mention") == [("Ada Brandt", "author")]
    _edit(home, name, Wish(speaker="Mia Lund"))
    assert sql(home, "SELECT speaker, voice FROM mention") == [("Mia Lund", "named")]
    _edit(home, name, Wish(as_imported=("speaker",)))
    assert sql(home, "SELECT speaker, voice FROM mention") == before
    assert _corrections(home) == {}
