"""`kb sync`: what a person does to notes counts, what the knowledge base learns reaches them, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

POST = """# On lists

I think that lists overstate what people see.

Nobody counts the beginners who leave half of it out.

## Objection

I disagree with lists, because they are not clear at all.
"""
NOTE = """# Doubts

I think that lists are never complete. See [[On lists]].
"""


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "texts" / "lists.md"
    path.parent.mkdir()
    path.write_text(POST)
    return path


@pytest.fixture
def vault(kb: Kb, post: Path, tmp_path: Path) -> Path:
    """A vault with a person's own note, agreed with a home that has a post besides."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Doubts.md").write_text(NOTE)
    kb("add", post, "--no-embed")
    _sync(kb, vault)
    return vault


def _sync(kb: Kb, vault: Path, *options: str) -> Any:
    ran = kb("sync", vault, "--no-embed", "--json", *options)
    assert ran.code == 0, ran
    return ran.json


def _news(kb: Kb, post: Path, text: str) -> None:
    """A new version of the post."""
    post.write_text(text)
    kb("add", post, "--no-embed")


def _note(vault: Path, title: str) -> Path:
    (path,) = [p for p in (vault / "kb").rglob("*.md") if f'\ntitle: "{title}"\n' in p.read_text()]
    return path


def _change(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def _statement(kb: Kb, words: str) -> Any:
    found = kb("statements", "--all", "--json", "-n", "200").json["statements"]
    (one,) = [statement for statement in found if words in statement["text"]]
    return one


def _statement_note(kb: Kb, vault: Path, words: str) -> Path:
    name = _statement(kb, words)["id"]
    (path,) = [p for p in (vault / "kb").rglob("*.md") if f"\nkb: {name}\n" in p.read_text()]
    return path


def test_a_persons_notes_stay_theirs_and_once_agreed_nothing_is_done(kb: Kb, vault: Path) -> None:
    assert (vault / "Doubts.md").read_text() == NOTE
    assert len(list(vault.rglob("Doubts.md"))) == 1
    assert "[[Doubts]]" in _note(vault, "On lists").read_text()
    again = _sync(kb, vault)
    assert (again["taken"], again["written"], again["conflicts"], again["gone"]) == ([], [], [], [])
    assert again["unchanged"] > 2


def test_what_changed_on_one_side_is_taken_over(kb: Kb, vault: Path, post: Path) -> None:
    note = _note(vault, "On lists")
    _change(note, "Nobody counts the beginners", "Somebody counted the beginners")
    _news(kb, post, POST.replace("overstate", "understate"))
    done = _sync(kb, vault)
    assert done["conflicts"] == []
    text = kb("show", "On lists", "--json").json["text"]
    assert "understate" in text
    assert "Somebody counted" in text
    assert "understate" in note.read_text()
    assert "Somebody counted" in note.read_text()


def test_what_both_changed_is_kept_and_told_once(kb: Kb, vault: Path, post: Path) -> None:
    note = _note(vault, "On lists")
    _change(note, "Nobody counts the beginners", "I counted the beginners")
    _news(kb, post, POST.replace("Nobody counts the beginners", "Few count the beginners"))
    done = _sync(kb, vault)
    assert [(one["path"], "the text" in one["reason"]) for one in done["conflicts"]] == [
        ("kb/sources/On lists.md", True)
    ]
    text, below = note.read_text().split("<!-- kb:note")
    assert "Few count the beginners" in text
    assert "> I counted the beginners" in below
    assert "I counted the beginners" in kb("search", "counted beginners", "--mode", "lexical").out
    assert _sync(kb, vault)["conflicts"] == []


def test_a_later_import_does_not_take_a_persons_correction_back(kb: Kb, vault: Path, post: Path) -> None:
    _change(_note(vault, "On lists"), "Nobody counts", "Hardly anybody counts")
    _sync(kb, vault)
    _news(kb, post, POST + "\nA new end.\n")
    text = kb("show", "On lists", "--json").json["text"]
    assert "Hardly anybody counts" in text
    assert "A new end." in text


def test_words_below_the_mark_are_read_and_the_note_goes_on_receiving_news(kb: Kb, vault: Path, post: Path) -> None:
    note = _note(vault, "On lists")
    note.write_text(note.read_text() + "\nMy zebra doubt. #zoo\n\nclaim:: Zebras count.\n\nsupports:: [[Doubts]]\n")
    _news(kb, post, POST + "\nA new end.\n")
    _sync(kb, vault)
    assert "zebra" in kb("search", "zebra", "--mode", "lexical").out
    assert _statement(kb, "Zebras count")["status"] == "accepted"
    assert kb("list", "--tag", "zoo", "--json").json["sources"]
    assert any(link["relation"] == "supports" for link in kb("links", "--json").json["links"])
    assert "A new end." in note.read_text()
    assert "My zebra doubt. #zoo" in note.read_text()


def _accept_link(text: str) -> str:
    return re.sub(r" \(suggested[^()]*\)", "", text, count=1)


def _drop_link(text: str) -> str:
    return re.sub(r"\n- [^\n]*\(suggested[^\n]*", "", text, count=1)


@pytest.mark.parametrize(("hand", "status"), [(_accept_link, "accepted"), (_drop_link, "rejected")])
def test_links_are_accepted_and_rejected_by_hand(kb: Kb, vault: Path, hand: Callable[[str], str], status: str) -> None:
    (suggested,) = [one for one in kb("links", "--json").json["links"] if one["relation"] == "attacks"][:1]
    (note,) = [p for p in (vault / "kb").rglob("*.md") if f"\nkb: {suggested['from']}\n" in p.read_text()]
    note.write_text(hand(note.read_text()))
    assert _sync(kb, vault)["decisions"] == 1
    (link,) = kb("links", "--status", status, "--json").json["links"]
    assert (link["id"], link["status"]) == (suggested["id"], status)
    assert _sync(kb, vault)["decisions"] == 0


def test_a_link_that_is_written_as_a_line_is_a_link(kb: Kb, vault: Path) -> None:
    note = _statement_note(kb, vault, "overstate")
    note.write_text(note.read_text().replace("<!-- kb:note", "- supports:: [[Doubts]]\n\n<!-- kb:note"))
    assert _sync(kb, vault)["decisions"] == 1
    (link,) = kb("links", "--status", "accepted", "--json").json["links"]
    assert (link["from"], link["relation"]) == (_statement(kb, "overstate")["id"], "supports")
    assert "- supports:: [[Doubts]]" in note.read_text().split("## Links")[1]


def test_a_statements_file_that_is_deleted_rejects_it(kb: Kb, vault: Path) -> None:
    name = _statement(kb, "overstate")["id"]
    _statement_note(kb, vault, "overstate").unlink()
    assert _sync(kb, vault)["decisions"] == 1
    assert name in [one["id"] for one in kb("statements", "--status", "rejected", "--json").json["statements"]]
    assert _sync(kb, vault)["written"] == []


def test_properties_edit_the_source_and_hold_against_later_imports(kb: Kb, vault: Path, post: Path) -> None:
    note = _note(vault, "On lists")
    text = note.read_text().replace('title: "On lists"', 'title: "Against lists"\ndate: 2020-02-03\nrating: 5')
    note.write_text(text.replace("\n---\n", "\nauthors:\n  - Ann Lee\ntags: [counting]\n---\n", 1))
    _sync(kb, vault)
    _news(kb, post, POST.replace("# On lists", "---\ndate: 2021-01-01\n---\n# On lists"))
    source = kb("show", "Against lists", "--json").json
    assert (source["authors"], source["published"], source["tags"]) == (["Ann Lee"], "2020-02-03", ["counting"])
    _sync(kb, vault)
    assert "\nrating: 5\n" in _note(vault, "Against lists").read_text()


def test_status_speaker_and_wording_of_a_statement(kb: Kb, vault: Path) -> None:
    _change(_statement_note(kb, vault, "overstate"), "status: suggested", "status: accepted\nspeaker: Cora Bell")
    _sync(kb, vault)
    one = _statement(kb, "overstate")
    assert (one["status"], one["mentions"][0]["speaker"]) == ("accepted", "Cora Bell")
    note = _statement_note(kb, vault, "overstate")
    head, body = note.read_text().split("\n---\n", 1)
    note.write_text(head + "\n---\n" + body.replace("I think that lists overstate what people see.", "Lists lie.", 1))
    _sync(kb, vault)
    assert _statement(kb, "Lists lie.")["mentions"][0]["speaker"] == "Cora Bell"


def test_a_renamed_and_moved_note_is_the_same_and_stays_there(kb: Kb, vault: Path, post: Path) -> None:
    (vault / "mine").mkdir()
    moved = _note(vault, "On lists").rename(vault / "mine" / "lists, read.md")
    _news(kb, post, POST + "\nA new end.\n")
    _sync(kb, vault)
    assert "A new end." in moved.read_text()
    assert len(kb("list", "--json").json["sources"]) == 2
    assert "[[lists, read]]" in _statement_note(kb, vault, "overstate").read_text()
    assert _sync(kb, vault)["written"] == []


def test_a_deleted_note_is_told_and_followed_where_that_is_said(kb: Kb, vault: Path) -> None:
    _note(vault, "On lists").unlink()
    for _ in range(2):
        assert _sync(kb, vault)["gone"] == ["kb/sources/On lists.md"]
    assert not (vault / "kb" / "sources" / "On lists.md").exists()
    assert "lists overstate" in kb("search", "overstate", "--mode", "lexical").out
    assert _sync(kb, vault, "--deletions")["gone"] == []
    assert "0 hits" in kb("search", "overstate", "--mode", "lexical").err
    assert kb("list", "--state", "removed", "--json").json["sources"]


def test_a_folder_that_lost_most_of_its_notes_decides_nothing(kb: Kb, vault: Path, tmp_path: Path) -> None:
    texts = tmp_path / "many"
    texts.mkdir()
    for number in range(30):
        (texts / f"{number}.md").write_text(
            f"# Note {number}\n\nI think that {number} herons are enough for a count.\n"
        )
    kb("add", texts, "--no-embed")
    _sync(kb, vault)
    for path in (vault / "kb").rglob("*.md"):
        path.unlink()
    done = _sync(kb, vault)
    assert (done["decisions"], done["written"]) == (0, [])
    assert "are missing" in done["conflicts"][0]["reason"]
    assert kb("statements", "--status", "rejected", "--json").json["statements"] == []


def test_a_dry_run_says_what_would_be_and_does_nothing(kb: Kb, vault: Path, post: Path) -> None:
    note = _note(vault, "On lists")
    _change(note, "Nobody counts", "I count")
    _news(kb, post, POST + "\nA new end.\n")
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    told = _sync(kb, vault, "--dry-run")
    assert before == {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    assert "I count" not in kb("show", "On lists", "--json").json["text"]
    done = _sync(kb, vault)
    assert {key: told[key] for key in ("taken", "written", "conflicts")} == {
        key: done[key] for key in ("taken", "written", "conflicts")
    }


@pytest.mark.parametrize("mark", ["<!-- kb:text", "<!-- kb:end"])
def test_a_note_whose_marks_are_gone_is_told_and_left_alone(kb: Kb, vault: Path, mark: str) -> None:
    note = _note(vault, "On lists")
    lines = [line for line in note.read_text().split("\n") if not line.startswith(mark)]
    note.write_text("\n".join(lines))
    before = note.read_bytes()
    for _ in range(2):
        (conflict,) = _sync(kb, vault)["conflicts"]
        assert "the mark" in conflict["reason"]
        assert note.read_bytes() == before


def test_an_older_state_of_the_vault_takes_nothing_back(kb: Kb, vault: Path, post: Path) -> None:
    old = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    _news(kb, post, POST.replace("overstate", "understate") + "\nA new end.\n")
    _sync(kb, vault)
    for path, content in old.items():  # a checkout, a backup
        path.write_bytes(content)
    done = _sync(kb, vault)
    assert (done["taken"], done["decisions"]) == ([], 0)
    text = kb("show", "On lists", "--json").json["text"]
    assert "understate" in text
    assert "A new end." in text
    assert "A new end." in _note(vault, "On lists").read_text()


def test_a_copy_of_a_note_is_told_and_not_read_as_the_note(kb: Kb, vault: Path) -> None:
    note = _note(vault, "On lists")
    copy = note.with_name("Copy.md")
    copy.write_text(note.read_text().replace("Nobody counts", "I count"))
    (conflict,) = _sync(kb, vault)["conflicts"]
    assert (conflict["path"], "copy of" in conflict["reason"]) == ("kb/sources/Copy.md", True)
    assert "I count" not in kb("show", "On lists", "--json").json["text"]


def test_another_home_reads_what_was_written_and_judges_nothing_by_it(kb: Kb, vault: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    kb("sync", vault, "--no-embed", home=other)
    name = _statement(kb, "not clear at all")["id"]
    kb("reject", name)  # its lines go from the notes; nobody took them out by hand
    _sync(kb, vault)
    ran = kb("sync", vault, "--no-embed", "--json", home=other)
    assert ran.json["conflicts"] == []
    rejected = kb("statements", "--status", "rejected", "--json", home=other).json["statements"]
    assert [one["id"] for one in rejected] == [name]
