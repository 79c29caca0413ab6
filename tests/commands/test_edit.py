"""`kb edit`: what a person puts right reaches all that is made from it, and later imports leave it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.store import passages, sources
from kb.store.open import open_reader
from tests.commands.shapes import SOURCE, STATEMENT
from tests.conftest import Kb


def _source(kb: Kb, ref: str) -> Any:
    return kb("show", ref, "--json").json


def test_facts_of_a_source_are_put_right_and_an_import_leaves_them(kb: Kb, diary: Path) -> None:
    ran = kb(
        "edit", "diary", "--title", "Ledger of frogs", "--author", "Ada Brandt; Bo Lee", "--author", "Cy Ott", "--date",
        "2 May 2021", "--kind", "paper", "--url", "https://example.org/ledger?utm_source=x", "--citekey", "ledger21",
        "--tag", "#a/b", "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    found = ran.json
    assert set(found) == SOURCE | {"changes", "reading", "facts"}
    assert found["title"] == "Ledger of frogs"
    assert found["authors"] == ["Ada Brandt", "Bo Lee", "Cy Ott"]
    assert (found["published"], found["kind"], found["citekey"]) == ("2021-05-02", "paper", "ledger21")
    assert (found["url"], found["tags"]) == ("https://example.org/ledger", ["a/b"])
    assert {"field": "date", "old": None, "new": "2021-05-02"} in found["changes"]
    (diary / "diary.md").write_text(
        "---\ntitle: Diary two\nauthor: Nobody\ndate: 1999\n---\nI think that private words should stay so.\n"
    )
    assert "1 updated" in kb("add", diary, "--no-embed").err
    after = _source(kb, "ledger21")
    assert {name: after[name] for name in SOURCE - {"statements", "passages"}} == {
        name: found[name] for name in SOURCE - {"statements", "passages"}
    }
    assert "stay so" in after["text"]
    assert kb("check").code == 0


def test_a_title_reaches_search_names_and_what_is_embedded(kb: Kb, diary: Path) -> None:
    name = _source(kb, "diary")["id"]
    with open_reader(diary.parent / "home") as store:
        rowid = sources.stored(store, name).rowid  # type: ignore[union-attr]
        ids = passages.ids_of(store, rowid)
    kb("edit", "diary", "--title", "Xylophones")
    assert kb("search", "xylophones", "--mode", "lexical", "--in", "passages", "--json").json["hits"]
    assert _source(kb, "Xylophones")["id"] == name
    assert _source(kb, "public")["references"][0]["target"] == name  # [[diary]] is its file still
    with open_reader(diary.parent / "home") as store:
        assert passages.ids_of(store, rowid) == ids
    assert kb("check").code == 0
    new = diary / "new.md"
    new.write_text("# New\n\nAs I wrote in [[Xylophones]].\n")
    kb("add", diary, "--no-embed")
    assert _source(kb, "new")["references"][0]["target"] == name


def test_authors_that_are_put_right_speak_in_what_was_judged_too(kb: Kb, birds: list[str]) -> None:
    kb("accept", birds[0])
    kb("edit", "birds", "--author", "Anne Lee")
    said = kb("statements", "--all", "--json").json["statements"]
    assert {one["id"] for one in said} == set(birds)
    assert {mention["speaker"] for one in said for mention in one["mentions"]} == {"Anne Lee"}


@pytest.mark.usefixtures("diary")
def test_a_citekey_and_an_address_go_on_and_one_of_anothers_is_refused(kb: Kb) -> None:
    kb("edit", "diary", "--citekey", "mine", "--url", "https://example.org/a")
    assert _source(kb, "diary")["id"] == _source(kb, "mine")["id"] == _source(kb, "https://example.org/a")["id"]
    for taken in ("public", "two words", ""):
        assert kb("edit", "diary", "--citekey", taken).code == 2
    kb("edit", "diary", "--url", "https://example.org/b")
    assert kb("show", "https://example.org/a").code == 3, "an address that was a slip"
    assert "address of" in kb("edit", "public", "--url", "https://example.org/b").err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--kind", "poem"), "one of: post"),
        (("--kind", "stub"), "one of: post"),
        (("--date", "soon"), "no date"),
        (("--url", "not an address"), "no address"),
        (("--title", " "), "needs a title"),
        (("--speaker", "Ada"), "--author"),
        (("--text", "My words."), "add it again"),
        (("--as-imported", "colour"), "one of: title"),
        (("--as-imported", "date", "--date", "2020"), "leave one of them out"),
    ],
)
@pytest.mark.usefixtures("diary")
def test_what_cannot_be_is_refused_with_the_cure(kb: Kb, options: tuple[str, ...], told: str) -> None:
    before = _source(kb, "diary")
    ran = kb("edit", "diary", *options)
    assert ran.code == 2
    assert told in ran.err
    assert _source(kb, "diary") == before


@pytest.mark.usefixtures("diary")
def test_several_are_edited_all_or_none(kb: Kb) -> None:
    assert kb("edit", "diary", "nothing of the kind", "--tag", "x").code == 3
    assert kb("edit", "diary", "public", "--tag", "x", "--title", "One").code == 2
    assert _source(kb, "diary")["tags"] == []
    ran = kb("edit", "diary", "public", "--tag", "x", "--json")
    assert [one["tags"] for one in ran.json["edited"]] == [["x"], ["x"]]


@pytest.mark.usefixtures("diary")
def test_a_dry_run_says_old_and_new_and_changes_nothing(kb: Kb) -> None:
    before = _source(kb, "diary")
    ran = kb("edit", "diary", "--title", "Ledger", "--tag", "x", "--dry-run")
    assert "would change" in ran.out
    assert "title: Diary → Ledger" in ran.out
    assert "tags: +x" in ran.out
    assert _source(kb, "diary") == before
    assert "it is so already" in kb("edit", "diary", "--title", "Diary").err


def test_what_was_said_can_be_taken_back(kb: Kb, diary: Path) -> None:
    before = _source(kb, "diary")
    kb("edit", "diary", "--title", "Ledger", "--date", "2020", "--tag", "x", "--alias", "Frogs", "--author", "Ada")
    (diary / "diary.md").write_text("# Journal\n\nI think that private words should stay private.\n")
    kb("add", diary, "--no-embed")
    assert _source(kb, "diary")["title"] == "Ledger"
    kb("edit", "diary", "--as-imported", "title,date", "--as-imported", "authors")
    after = _source(kb, "diary")
    assert after["title"] == "Journal", "what the last import says"
    assert (after["published"], after["authors"], after["tags"]) == (None, before["authors"], ["x"])
    kb("edit", "diary", "--as-imported", "all")
    assert _source(kb, "diary")["tags"] == []
    assert "it is so already" in kb("edit", "diary", "--as-imported", "all").err


def test_a_title_given_with_add_is_taken_back_by_the_next_import(kb: Kb, tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("# Its own\n\nI think that small samples mislead.\n")
    kb("add", note, "--title", "Given", "--no-embed")
    assert f"kb add {note}" in kb("edit", "Given", "--as-imported", "title").err
    kb("add", note, "--no-embed")
    assert _source(kb, "Its own")["title"] == "Its own"


def test_the_wording_of_a_statement_is_put_right_and_all_else_of_it_stays(kb: Kb, linked: list[str]) -> None:
    claim = linked[0]
    kb("believe", claim, "0.7")
    before = next(one for one in kb("statements", "--all", "--json").json["statements"] if one["id"] == claim)
    ran = kb("edit", claim, "--text", "Counts of volunteers are worth  quokkas.", "--speaker", "Ann M. Lee", "--json")
    assert ran.code == 0, ran.err
    after = ran.json
    assert set(after) >= STATEMENT
    assert after["text"] == "Counts of volunteers are worth quokkas."
    assert (after["status"], after["mentions"][0]["quote"]) == ("accepted", before["mentions"][0]["quote"])
    assert after["mentions"][0]["speaker"] == "Ann M. Lee"
    assert kb("search", "quokkas", "--in", "statements", "--mode", "lexical", "--json").json["hits"][0]["id"] == claim
    assert len(kb("links", claim, "--json").json["links"]) == 1
    assert kb("beliefs", "--json").json
    kb("edit", claim, "--kind", "theory-of-impact")
    kb("edit", "birds", "--author", "Somebody Else")  # read again
    again = next(one for one in kb("statements", "--all", "--json").json["statements"] if one["id"] == claim)
    assert (again["text"], again["kind"]) == ("Counts of volunteers are worth quokkas.", "theory_of_impact")
    assert again["mentions"][0]["speaker"] == "Ann M. Lee"
    back = kb("edit", claim, "--as-imported", "all", "--json").json
    assert (back["text"], back["kind"], back["status"]) == (before["text"], before["kind"], before["status"])
    assert back["mentions"][0]["speaker"] == "Somebody Else", "whom the text has for an author now"
    for options in (("--text", ""), ("--kind", "poem"), ("--title", "x"), ("--tag", "x")):
        assert kb("edit", claim, *options).code == 2
    assert kb("check").code == 0


def test_of_a_link_the_relation_and_the_target_are_put_right(kb: Kb, linked: list[str]) -> None:
    claim, doubt, answer = linked
    link = kb("links", claim, "--json").json["links"][0]["id"]
    assert f"kb reject {link}" in kb("edit", link, "--text", "x").err
    dry = kb("edit", link, "--relation", "supports", "--dry-run", "--json").json
    assert (dry["id"], dry["relation"]) == (link, "attacks")
    ran = kb("edit", link, "--relation", "supports", "--to", answer, "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["from"], ran.json["relation"], ran.json["to"]) == (doubt, "supports", answer)
    assert [one["field"] for one in ran.json["changes"]] == ["relation", "target"]
    assert link not in {one["id"] for one in kb("links", "--json").json["links"]}
    assert "rejected" in kb("history", link).out
    assert "it is so already" in kb("edit", ran.json["id"], "--to", answer).err
    for given in (("--relation", "likes"), ("--to", doubt), ("--to", answer, "--text", "x"), ("--to", link)):
        assert kb("edit", ran.json["id"], *given).code == 2
    assert kb("edit", claim, "--relation", "supports").code == 3
    assert kb("check").code == 0


@pytest.mark.usefixtures("diary")
def test_a_note_of_ones_own_says_something_else(kb: Kb) -> None:
    name = kb("note", "My remrak on it.", "--on", "diary", "--json").json["id"]
    kb("edit", name, "--text", "My remark on it, at last.")
    after = _source(kb, name)
    assert after["title"] == "My remark on it, at last."
    assert after["text"].endswith("\n\nMy remark on it, at last.")
    assert after["references"][0]["target"] == _source(kb, "diary")["id"]
    assert kb("search", "remark at last", "--mode", "lexical", "--json").json["hits"]
    assert kb("edit", name, "--text", " ").code == 2
    assert kb("rm", name).code == 0
    kb("restore", name)
    assert _source(kb, name)["text"] == after["text"]
    assert kb("check").code == 0


@pytest.mark.parametrize("by", ["statement", "source"])
@pytest.mark.usefixtures("diary")
def test_a_claim_of_ones_own_and_its_note_say_the_same(kb: Kb, by: str) -> None:
    claim = kb("claim", "Diaries are for one raeder.", "--json").json
    ref = claim["id"] if by == "statement" else claim["mentions"][0]["source"]
    assert kb("edit", ref, "--text", "Diaries are for one reader.").code == 0
    (after,) = (one for one in kb("statements", "--all", "--json").json["statements"] if one["id"] == claim["id"])
    note = _source(kb, claim["mentions"][0]["source"])
    assert after["text"] == note["text"] == note["title"] == after["mentions"][0]["quote"]
    assert after["text"] == "Diaries are for one reader."
    assert kb("check", "--json").json["ok"]
    assert "lost" not in kb("check", "--verbose").out
