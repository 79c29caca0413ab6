"""Links as other programs spell them lead to the notes of their vault, and to none where they mean none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import intake
from importers.given import Given
from kb.store import references, sources
from kb.store.open import Store, open_store

NOTES = {
    "My Note.md": "Mine.\n",
    "gates.old.md": "---\nid: gates.old\ntitle: Old gates\ndesc: ''\ncreated: 1700000000000\n---\nRusty.\n",
    "journals/2024_06_08.md": "- Out.\n",
    "what-is-it.md": "It.\n",
    "people/Ada Tern.md": "She counts.\n",
    "long.md": "---\ntitle: You cannot be mistaken about not wanting to count\n---\nText.\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def _leads(
    store: Store, folder: Path, text: str, name: str = "n.md", notes: dict[str, str] = NOTES
) -> list[str | None]:
    """The files, without ending, to which the links of a note lead, read before and after the others; None for none."""
    for path, words in {**notes, name: text}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    intake.run(store, [str(folder)], Given(), lambda: b"", lambda _: None)
    here = {row.id: row for row in (sources.stored(store, one) for one in _ids(store)) if row}
    (note,) = (one for one in here.values() if one.target == str((folder / name).resolve()))
    found = []
    for one in references.of_source(store, note.id):
        row = here.get(one.target or "")
        found.append(row.path if row and row.kind != "stub" else None)
    return found


def _ids(store: Store) -> list[str]:
    return [row[0] for row in store.execute("SELECT id FROM source")]


def _stubs(store: Store) -> list[str]:
    return [row[0] for row in store.execute("SELECT title FROM source WHERE kind = 'stub' ORDER BY title")]


@pytest.mark.parametrize(
    ("link", "note"),
    [
        ("[[My%20Note]]", "My Note"),
        ("[[./My%20Note.md]]", "My Note"),
        ("[[my-note]]", "My Note"),
        ("[x](/lw/te/my_note/)", "My Note"),
        ("[x](/tag/my-note)", "My Note"),
        ("[x](/lw/1oc/you_cannot_be_mistaken_about_not_wanting_to)", "long"),
        ("[[Old gates of ours|gates.old]]", "gates.old"),
        ("[[Old gates of ours|gates.old#rust]]", "gates.old"),
        ("[[dendron://vault/gates.old#rust]]", "gates.old"),
        ("[[Jun 8th, 2024]]", "journals/2024_06_08"),
        ("[[2024-06-08]]", "journals/2024_06_08"),
        ("[[What is it?]]", "what-is-it"),
        ("[[she who counts|people/Ada Tern]]", "people/Ada Tern"),
        ("[x][ada]\n\n[ada]: people/Ada%20Tern.md", "people/Ada Tern"),
        ("[[ada]]\n\n[//begin]: # \"L\"\n[ada]: people/Ada%20Tern.md \"Ada\"\n[//end]: # \"L\"", "people/Ada Tern"),
        ("[[ada|A]]\n\n[ada|A]: ./people/Ada%20Tern \"Ada\"", "people/Ada Tern"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.md", "z/../zz.md"])
def test_it_leads_to_the_note(store: Store, tmp_path: Path, link: str, note: str, name: str) -> None:
    assert _leads(store, tmp_path / "v", f"See {link}\n", name.rpartition("/")[2]) == [note]
    assert _stubs(store) == []


@pytest.mark.parametrize(
    ("link", "stubs"),
    [
        ("[[Missing|shown words]]", ["Missing"]),
        ("[[pic.png]] ![](pic.png) [[missing.pdf]] [[talk.mp4]]", []),
        ("[[Node.js]]", ["Node.js"]),
        ("[x](/nowhere/at_all/)", []),
        ("[[Jun 9th, 2024]]", ["Jun 9th, 2024"]),
        ("![p](https://arxiv.org/html/2401.12345/x1.png)", []),
        ("https://img.example/heron.jpg?size=2", []),
        ("[![p](https://img.example/a)](https://img.example/full.webp)", []),
        ('<img src="https://arxiv.org/html/2401.12345/x1">', []),
    ],
)
def test_it_leads_nowhere(store: Store, tmp_path: Path, link: str, stubs: list[str]) -> None:
    leads = _leads(store, tmp_path / "v", f"Words.\n\n{link}\n")
    assert set(leads) <= {None}
    assert _stubs(store) == stubs


def test_the_order_of_title_and_note_is_that_of_the_vault(store: Store, tmp_path: Path) -> None:
    notes = {"ada.md": "A.\n", "tern.md": "T.\n"}
    assert _leads(store, tmp_path / "v", "[[The bird|tern]] and [[She|ada]]\n", notes=notes) == ["tern", "ada"]
    assert _stubs(store) == []


def test_a_note_that_nobody_wrote_is_not_the_one_whose_name_is_shown(store: Store, tmp_path: Path) -> None:
    notes = {"ada.md": "A.\n", "tern.md": "T.\n"}
    assert _leads(store, tmp_path / "v", "[[Nobody|ada]], [[tern|it]] and [[ada|she]]\n", notes=notes) == [
        None,
        "tern",
        "ada",
    ]
    assert _stubs(store) == ["Nobody"]


def test_a_note_that_comes_later_is_found_by_links_that_spell_it_otherwise(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "v"
    assert _leads(store, folder, "[[My%20Other]]\n", notes={}) == [None]
    (folder / "My Other.md").write_text("Here.\n")
    intake.run(store, [str(folder)], Given(), lambda: b"", lambda _: None)
    (note,) = (one for one in sources.by_name(store, "n") if one.kind == "note")
    (link,) = references.of_source(store, note.id)
    assert [one.id for one in sources.by_name(store, "my other")] == [link.target]
    assert _stubs(store) == []


def test_another_vault_is_not_meant(store: Store, tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "My Note.md").write_text("Theirs.\n")
    intake.run(store, [str(tmp_path / "w")], Given(), lambda: b"", lambda _: None)
    assert _leads(store, tmp_path / "v", "[[My%20Note]]\n", notes={}) == [None]
