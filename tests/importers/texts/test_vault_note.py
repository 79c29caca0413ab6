"""An exported vault comes back as the knowledge base it was, and only an exported one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from importers import choose
from importers.base import Input
from importers.texts.vault_note import IMPORTER
from kb.errors import KbError
from kb.model.statement import Statement
from kb.review import write
from kb.store.open import open_store
from notes.vault import remarks
from tests.vault_homes import NOTES, POST, add, everything, export, note_of, notes_in, sql

ARCHIVE_POST = "https://www.lesswrong.com/posts/ABCDEFGHJKLMNPQRS/a-post"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with sources of several kinds, claims, notes, links and verdicts of a person."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.md").write_text(NOTES)
    (texts / "z.md").write_text(POST)
    (texts / "b.md").write_text(f"# Links\n\nSee [that post]({ARCHIVE_POST}) and [[a]], [[A]] and ![[x.png]].\n")
    place = tmp_path / "home"
    add(place, texts)
    (tmp_path / "post.txt").write_text(
        "Mechanisms matter. I think they do, because they explain what behaviour cannot."
    )
    add(place, tmp_path / "post.txt", title="A post", authors=("Ann Lee", "Bo"), url=ARCHIVE_POST, date="2024-05-01")
    with open_store(place) as store:
        names = [row[0] for row in sql(place, "SELECT id FROM statement ORDER BY id")]
        links = [row[0] for row in sql(place, "SELECT id FROM link ORDER BY id")]
        write.decide(store, names[:2] + links[:1], "accepted")
        write.decide(store, names[2:3] + links[1:2], "rejected")
        source = sql(place, "SELECT id FROM source WHERE title = 'A post'")[0][0]
        quoted = write.claim(store, "Explaining is what counts", "me", kind="theory_of_impact", source=source,
                             quote="they explain what behaviour cannot", supports=[names[0]])  # fmt: skip
        own = write.claim(store, "It: does [[not]]", "me", kind="critique", attacks=[quoted, source])
        link = write.link(store, own, "restates", names[1])
        write.link(store, quoted, "undercuts", link)
        write.link(store, source, "related", own)
        write.note(store, "I disagree with this, because it is not clear at all.", source, "me")
    return place


def _texts(found: Mapping[str, object]) -> dict[str, str]:
    """The texts of sources by id, as `everything` has them."""
    return {name: one[1] for name, one in found.items() if isinstance(one, tuple)}


def _statements(found: Mapping[str, object]) -> list[Statement]:
    return [one for one in found.values() if isinstance(one, Statement)]


def test_the_vault_comes_back_as_it_was(home: Path, tmp_path: Path) -> None:
    export(home, tmp_path / "vault")
    report = add(tmp_path / "new", tmp_path / "vault")
    assert report.problems == []
    assert report.counts["failed"] == 0
    before, after = everything(home), everything(tmp_path / "new")
    assert before.keys() == after.keys()
    for name in before:
        assert before[name] == after[name]
    export(tmp_path / "new", tmp_path / "second")
    assert notes_in(tmp_path / "second") == notes_in(tmp_path / "vault")
    assert len(report.items) == sum(1 for name in before if name.startswith("s"))  # statements are no items


def test_adding_it_again_changes_nothing_here_or_there(home: Path, tmp_path: Path) -> None:
    export(home, tmp_path / "vault")
    before = everything(home)
    for place in (home, tmp_path / "new", tmp_path / "new"):
        report = add(place, tmp_path / "vault")
        export(place, tmp_path / "vault")
        assert everything(place) == before
    assert report.counts["added"] == report.counts["updated"] == 0


def test_decisions_survive_a_new_extraction(home: Path, tmp_path: Path) -> None:
    export(home, tmp_path / "vault")
    new = tmp_path / "new"
    add(new, tmp_path / "vault")
    sql(new, "UPDATE source SET importer_version = 'old'")
    sql(new, "DELETE FROM seen_file")
    assert add(new, tmp_path / "vault").counts["updated"] > 0
    assert everything(new) == everything(home)


def test_a_part_of_the_vault_comes_back_in_any_order(home: Path, tmp_path: Path) -> None:
    export(home, tmp_path / "vault")
    new = tmp_path / "new"
    add(new, tmp_path / "vault" / "sources")
    add(new, *sorted((tmp_path / "vault" / "statements").iterdir(), reverse=True))
    report = add(new, tmp_path / "vault")  # a source's link to a statement could not be made before
    assert report.problems == []
    assert everything(new) == everything(home)
    lonely = add(tmp_path / "lonely", tmp_path / "vault" / "statements")
    assert lonely.items == []
    assert any("is not in its source" in problem for problem in lonely.problems)


def test_an_edited_text_is_a_new_version(home: Path, tmp_path: Path) -> None:
    export(home, tmp_path / "vault")
    name = sql(home, "SELECT id FROM source WHERE title = 'A post'")[0][0]
    path = note_of(tmp_path / "vault", name)
    path.write_text(path.read_text().replace("Mechanisms matter.", "Mechanisms matter: see [[a]]!") + "\nBelow.\n")
    report = add(home, tmp_path / "vault")
    changed = [item for item in report.items if item.status != "unchanged"]
    assert [item.source for item in changed] == [name]
    after = everything(home)
    assert _texts(after)[name].startswith("Mechanisms matter: see [[a]]! I think")
    assert _texts(after)[remarks.id_of(name)] == "Below."
    assert any(s.text == "Explaining is what counts" and s.mentions for s in _statements(after))


def test_accepting_in_the_note_is_accepting(home: Path, tmp_path: Path) -> None:
    name = sql(home, "SELECT id FROM statement WHERE status = 'suggested' AND confidence >= 0.5 ORDER BY id")[0][0]
    export(home, tmp_path / "vault")
    path = note_of(tmp_path / "vault", name)
    path.write_text(path.read_text().replace("status: suggested", "status: accepted"))
    add(home, tmp_path / "vault")
    assert sql(home, "SELECT status FROM statement WHERE id = ?", name)[0][0] == "accepted"
    with open_store(home) as store:
        write.decide(store, [name], "rejected")
    add(home, tmp_path / "vault")  # what the note says is known, and older than the verdict
    assert sql(home, "SELECT status FROM statement WHERE id = ?", name)[0][0] == "rejected"


def test_a_source_known_here_under_another_id_stays_that(home: Path, tmp_path: Path) -> None:
    sql(home, "UPDATE source_key SET key = 'url:elsewhere' WHERE key LIKE 'lesswrong:%'")
    export(home, tmp_path / "vault")
    new = tmp_path / "new"
    add(new, tmp_path / "post.txt", title="My copy", url="https://example.org/copy")
    sql(new, "UPDATE source SET id = 'szzzzzzz'")
    report = add(new, tmp_path / "vault")
    after = everything(new)
    assert report.counts["failed"] == 0
    said = [*_texts(after).values(), *(s.text for s in _statements(after))]
    assert len([text for text in said if text.startswith("Mechanisms matter")]) == 1
    assert any(m.source == "szzzzzzz" for s in _statements(after) for m in s.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "---\nkb: note\nkind: post\n---\nmy own",
        "---\nkb_format: 1\n---\nmy own",
        "---\nkb: s123\nkb_format: 1\n---\nx",
        "text about kb_format: 1 and kb: s1234567",
        "---\ntitle: x\n---\n```\nkb: s1234567\nkb_format: 1\n```\n",
        "---\nkb: [s1234567]\nkb_format: {a: 1}\n---\nx",
    ],
)
def test_a_note_of_a_persons_own_is_not_taken_for_ours(text: str) -> None:
    source = Input(text, "note.md", "note.md", text.encode())
    assert IMPORTER.sniff(source) == 0.0
    assert choose(source).name != "vaultnote"
    with pytest.raises(KbError):
        IMPORTER.read(source)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\nkb: s1234567\nkb_format: 2\nkind: note\n---\n", "newer version"),
        ("---\nkb: s1234567\nkb_format: 1\nkind: novel\n---\n", "kind: novel"),
        ("---\nkb: c12345678\nkb_format: 1\nkind: claim\nstatus: maybe\nstatement: x\n---\n", "status: maybe"),
        ("---\nkb: c12345678\nkb_format: 1\nkind: claim\n---\n", "no text"),
    ],
)
def test_a_broken_note_of_ours_is_one_clear_error(text: str, message: str) -> None:
    with pytest.raises(KbError, match=message):
        IMPORTER.read(Input(text, "note.md", "note.md", text.encode()))
