"""`kb status`: what a person says of their reading, by command, in lists and in notes, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

POCKET = "title,url,time_added,tags,status\nFrogs,https://ponds.example/frogs,1654467952,,{}\n"


@pytest.fixture
def frogs(kb: Kb, tmp_path: Path) -> str:
    """The id of a text that came from a reading list, as unread."""
    (tmp_path / "pocket.csv").write_text(POCKET.format("unread"))
    (item,) = kb("add", tmp_path / "pocket.csv", "--no-embed", "--json").json["items"]
    assert item["source"]["reading"] == "to-read"
    return str(item["source"]["id"])


def state(kb: Kb, name: str) -> Any:
    return kb("status", name, "--json").json["reading"]


def listed(kb: Kb, *options: str) -> list[str]:
    return [one["id"] for one in kb("list", *options, "--json").json["sources"]]


def test_a_state_is_given_shown_and_taken_away(kb: Kb, frogs: str) -> None:
    assert kb("status", frogs, "reading", "--json").json["reading"] == "reading"
    assert "reading → read" in kb("status", "Frogs", "Done").out
    assert kb("status", frogs, "read").out.startswith("read ")
    assert "reading: read" in kb("show", frogs).out
    assert kb("status", frogs, "none", "--json").json["reading"] is None
    assert state(kb, frogs) is None


@pytest.mark.usefixtures("birds")
def test_several_are_given_one_state_all_or_none(kb: Kb, frogs: str) -> None:
    other = next(name for name in listed(kb) if name != frogs)
    assert kb("status", frogs, "s0000000", "read").code == 3
    assert state(kb, frogs) == "to-read"
    found = kb("status", frogs, other, frogs, "read", "--json").json["sources"]
    assert [(one["id"], one["reading"]) for one in found] == [(frogs, "read"), (other, "read")]


def test_a_dry_run_changes_nothing(kb: Kb, frogs: str) -> None:
    kb("status", frogs, "read", "--dry-run")
    assert state(kb, frogs) == "to-read"


@pytest.mark.parametrize("words", [("frogs", "soon"), ()])
@pytest.mark.usefixtures("frogs")
def test_what_is_no_state_is_a_usage_error(kb: Kb, words: tuple[str, ...]) -> None:
    ran = kb("status", *words)
    assert ran.code == 2
    if words:
        assert "to-read, reading, read, none" in ran.err


@pytest.mark.usefixtures("birds")
def test_lists_and_queries_know_the_states(kb: Kb, frogs: str) -> None:
    assert listed(kb, "--reading", "to-read") == [frogs]
    assert frogs not in listed(kb, "--reading", "none")
    assert kb("list", "--reading", "soon").code == 2
    text = next(name for name in listed(kb) if name != frogs)
    kb("status", text, "read")
    hits = kb("search", "volunteers reading:read", "--mode", "lexical", "--json").json["hits"]
    assert {hit["source"]["id"] for hit in hits} == {text}
    assert kb("search", "volunteers reading:to-read", "--mode", "lexical", "--json").json["hits"] == []


def test_an_export_read_again_holds_back_and_a_new_one_counts(kb: Kb, frogs: str, tmp_path: Path) -> None:
    kb("status", frogs, "reading")
    (tmp_path / "again.csv").write_text(POCKET.format("unread"))
    kb("add", tmp_path / "again.csv", "--no-embed")
    assert state(kb, frogs) == "reading"
    (tmp_path / "pocket.csv").write_text(POCKET.format("archive"))
    (item,) = kb("add", tmp_path / "pocket.csv", "--no-embed", "--json").json["items"]
    assert (item["status"], item["source"]["reading"]) == ("updated", "read")


@pytest.mark.parametrize("word", ["to-read", "reading", "read"])
def test_a_state_goes_out_in_bibtex_and_comes_back(kb: Kb, frogs: str, tmp_path: Path, word: str) -> None:
    kb("status", frogs, word)
    (tmp_path / "out.bib").write_text(kb("cite", frogs, "--format", "bibtex").out)
    assert f"readstatus = {{{word}}}" in " ".join((tmp_path / "out.bib").read_text().split())
    (item,) = kb("add", tmp_path / "out.bib", "--no-embed", "--json", home=tmp_path / "other").json["items"]
    assert item["source"]["reading"] == word


def test_undo_gives_the_state_back(kb: Kb, frogs: str) -> None:
    kb("status", frogs, "read")
    assert kb("undo").code == 0
    assert state(kb, frogs) == "to-read"


@pytest.mark.usefixtures("birds")
def test_a_source_that_is_joined_with_another_has_its_state(kb: Kb, frogs: str) -> None:
    other = next(name for name in listed(kb) if name != frogs)
    assert kb("merge", other, frogs, "--no-embed").code == 0
    assert state(kb, other) == "to-read"


def test_the_property_of_a_note_is_its_state_and_goes_with_it(kb: Kb, tmp_path: Path) -> None:
    note = tmp_path / "frogs.md"
    note.write_text("---\nreading: To read\n---\n# Frogs\n\nThey sing at dusk.\n")
    (item,) = kb("add", note, "--no-embed", "--json").json["items"]
    assert item["source"]["reading"] == "to-read"
    note.write_text("---\nstatus: reading\n---\n# Frogs\n\nThey sing at dusk.\n")
    kb("add", note, "--no-embed")
    assert state(kb, item["source"]["id"]) == "reading"
    note.write_text("# Frogs\n\nThey sing at dusk.\n")
    kb("add", note, "--no-embed")
    assert state(kb, item["source"]["id"]) is None


class TestVault:
    def note(self, kb: Kb, tmp_path: Path) -> Path:
        assert kb("sync", tmp_path / "vault", "--no-embed").code == 0
        (path,) = (tmp_path / "vault" / "sources").glob("Frogs.md")
        return path

    def test_a_state_is_a_property_of_the_note_and_back(self, kb: Kb, frogs: str, tmp_path: Path) -> None:
        assert "reading: to-read\nreading_since: 2022-06-05T22:25:52Z\n" in self.note(kb, tmp_path).read_text()
        copy = tmp_path / "copy"
        kb("add", tmp_path / "vault", "--no-embed", home=copy)
        (there,) = kb("list", "--reading", "to-read", "--json", home=copy).json["sources"]
        assert there["id"] == frogs
        kb("export", tmp_path / "second", home=copy)
        assert "reading_since: 2022-06-05T22:25:52Z\n" in (tmp_path / "second/sources/Frogs.md").read_text()

    def test_a_hand_edit_is_taken_and_nothing_else(self, kb: Kb, frogs: str, tmp_path: Path) -> None:
        note = self.note(kb, tmp_path)
        note.write_text(note.read_text().replace("reading: to-read", "reading: read"))
        self.note(kb, tmp_path)
        assert state(kb, frogs) == "read"
        kb("status", frogs, "reading")
        assert "reading: reading\n" in self.note(kb, tmp_path).read_text()
        lines = [line for line in note.read_text().splitlines() if not line.startswith("reading")]
        note.write_text("\n".join(lines) + "\n")
        self.note(kb, tmp_path)
        assert state(kb, frogs) is None

    def test_a_word_that_is_no_state_stays_the_persons_own(self, kb: Kb, frogs: str, tmp_path: Path) -> None:
        note = self.note(kb, tmp_path)
        note.write_text(note.read_text().replace("reading: to-read", "reading: 5 minutes"))
        self.note(kb, tmp_path)
        kb("status", frogs, "read")
        assert self.note(kb, tmp_path).read_text().count("\nreading:") == 1
        assert "reading: 5 minutes" in note.read_text()
        assert state(kb, frogs) == "read"

    @pytest.mark.parametrize("word", ["raed", "not yet", "Someday"])
    def test_a_word_that_may_be_meant_for_a_state_is_a_conflict(
        self, kb: Kb, frogs: str, tmp_path: Path, word: str
    ) -> None:
        note = self.note(kb, tmp_path)
        note.write_text(note.read_text().replace("reading: to-read", f"reading: {word}"))
        before, listed = note.read_text(), kb("list", "--json").json
        told = kb("sync", tmp_path / "vault", "--no-embed", "--json").json
        assert [one["path"] for one in told["conflicts"]] == ["sources/Frogs.md"]
        assert "to-read, reading, read" in told["conflicts"][0]["reason"]
        assert (told["taken"], kb("list", "--json").json, note.read_text()) == ([], listed, before)
        assert state(kb, frogs) == "to-read"
