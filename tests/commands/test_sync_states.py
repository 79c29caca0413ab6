"""`kb sync` of notes that grew from an older state (a checkout, a backup, another machine): only their edit counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Kb

POST = "# On lists\n\nFirst of all, counting.\n\nI think that lists overstate what people see.\n\nclaim:: Lists end.\n"


@pytest.fixture
def vault(kb: Kb, tmp_path: Path) -> Path:
    (tmp_path / "lists.md").write_text(POST)
    kb("add", tmp_path / "lists.md", "--no-embed")
    kb("sync", tmp_path / "vault", "--no-embed")
    return tmp_path / "vault"


def test_an_edit_of_an_older_copy_takes_neither_words_nor_news_back(kb: Kb, vault: Path, tmp_path: Path) -> None:
    note = vault / "sources" / "On lists.md"
    old = note.read_text()
    note.write_text(old + "\nMy own civet.\n")
    kb("sync", vault, "--no-embed")
    (tmp_path / "lists.md").write_text(POST.replace("overstate", "understate"))
    kb("add", tmp_path / "lists.md", "--no-embed")
    kb("sync", vault, "--no-embed")
    note.write_text(old.replace("First of all", "Before all"))
    kb("sync", vault, "--no-embed")
    text = note.read_text()
    assert all(words in text for words in ("My own civet.", "understate", "Before all"))
    shown = kb("show", "On lists", "--json").json["text"]
    assert all(words in shown for words in ("understate", "Before all"))


def test_what_a_person_wrote_and_took_out_again_stays_out(kb: Kb, vault: Path) -> None:
    note = vault / "sources" / "On lists.md"
    note.write_text(note.read_text() + "\nMy own civet.\n")
    kb("sync", vault, "--no-embed")
    note.write_text(note.read_text().replace("My own civet.", ""))
    kb("sync", vault, "--no-embed")
    assert "civet" not in note.read_text()
    assert kb("search", "civet", "--mode", "lexical", "--json").json["hits"] == []


def test_words_behind_a_line_of_kb_are_a_remark_and_reject_nothing(kb: Kb, vault: Path) -> None:
    note = vault / "sources" / "On lists.md"
    line = next(line for line in note.read_text().splitlines() if line.startswith("- claim: "))
    note.write_text(note.read_text().replace(line, line + " but see Smith"))
    assert kb("sync", vault, "--no-embed", "--json").json["decisions"] == 0
    assert kb("statements", "--status", "rejected", "--json").json["statements"] == []
    assert "but see Smith" in note.read_text().split("kb:note")[1]
    assert len(kb("list", "--json").json["sources"]) == 2


def test_a_statement_in_two_new_wordings_keeps_both(kb: Kb, vault: Path) -> None:
    (note,) = (vault / "statements").glob("Lists end*.md")
    head, body = note.read_text().split("\n---\n", 1)
    note.write_text(
        head.replace('statement: "Lists end."', 'statement: "Lists stop."')
        + "\n---\n"
        + body.replace("Lists end.", "Lists cease, okapi.", 1)
    )
    kb("sync", vault, "--no-embed")
    said = [one["text"] for one in kb("statements", "--all", "--json").json["statements"]]
    assert "Lists stop." in said
    assert any("okapi" in path.read_text() for path in vault.rglob("*.md"))


def test_a_folder_of_statements_that_is_gone_rejects_none(kb: Kb, vault: Path) -> None:
    notes = list((vault / "statements").glob("*.md"))
    assert len(notes) > 1
    for path in notes:
        path.unlink()
    assert kb("sync", vault, "--no-embed", "--json", "--yes").json["decisions"] == 0
    assert kb("statements", "--status", "rejected", "--json").json["statements"] == []


def test_what_another_home_took_away_is_nobodys_hand(kb: Kb, vault: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    kb("sync", vault, "--no-embed", home=other)
    name = kb("list", "--json", home=other).json["sources"][0]["id"]
    kb("rm", name, "--yes", home=other)
    kb("sync", vault, "--no-embed", home=other)
    done = kb("sync", vault, "--no-embed", "--json").json
    assert done["decisions"] == 0
    assert kb("statements", "--status", "rejected", "--json").json["statements"] == []
    assert [one["id"] for one in kb("list", "--json").json["sources"]] == [name]
