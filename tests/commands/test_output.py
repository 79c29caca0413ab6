"""What was read, from wherever, cannot steer the terminal that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.test_pager import on_a_terminal
from tests.conftest import Kb

BAD = {"\x1b", "\x07", "\x9b", "\x9d", "\u202e", "\x7f"}
YAML = '---\ntitle: "On \\e]0;owned\\a\\e[31mred\\e[0m mills \\x9b2J\\u202Ereversed"\nauthor: "Ada \\e[5mEk\\a"\n'
YAML += 'tags: ["w\\eater"]\n---\nI think that \u202emills\u202c are loud\x9b2J, and that they are old.\n'
CSL = [{"id": "k\x1b[2J", "type": "book", "title": "Of \x1b[2Jlamps\x07", "author": [{"family": "R\x9boe"}]}]
BIBTEX = "@book{sorel\x1b, title = {Of \x1b[31mwater\x07}, author = {Sorel\x1b]0;x\x07, Ann}, year = 2020}"
SHOWN = (
    ("list",), ("people",), ("tag",), ("stats",), ("history",), ("check",), ("statements", "--all"),
    ("people", "twins"), ("search", "mills"), ("cite", "--all"), ("next",),
)  # fmt: skip


@pytest.fixture
def hostile(kb: Kb, tmp_path: Path) -> Path:
    """A home with titles, names and texts that would steer a terminal."""
    (tmp_path / "note.md").write_text(YAML)
    (tmp_path / "works.json").write_text(json.dumps(CSL))
    (tmp_path / "works.bib").write_text(BIBTEX)
    ran = kb("add", tmp_path / "note.md", tmp_path / "works.json", tmp_path / "works.bib", "--no-embed")
    assert ran.code == 0
    assert not BAD & set(ran.out + ran.err)
    return tmp_path / "home"


@pytest.mark.usefixtures("hostile")
def test_facts_lose_control_characters_when_they_are_stored(kb: Kb) -> None:
    found = kb("list", "--json").json["sources"]
    facts = [text for one in found for text in (one["title"], one["citekey"], *one["authors"], *one["tags"])]
    assert not BAD & set("".join(facts))
    assert "On red mills reversed" in {one["title"] for one in found}
    assert "Ada Ek" in {name for one in found for name in one["authors"]}


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("words", SHOWN)
def test_no_list_steers_the_terminal(kb: Kb, words: tuple[str, ...]) -> None:
    ran = kb(*words)
    assert not BAD & set(ran.out + ran.err)


def test_texts_are_shown_with_signs_and_kbs_own_colours_stay(hostile: Path) -> None:
    _, shown = on_a_terminal(hostile, "show", "On red mills reversed", lines=50)
    assert "loud\ufffd2J" in shown
    assert "\x1b[1mOn red mills reversed\x1b[0m" in shown
    assert not (BAD - {"\x1b"}) & set(shown)


@pytest.mark.usefixtures("hostile")
def test_json_is_exact_and_still_steers_nothing(kb: Kb) -> None:
    ran = kb("show", "On red mills reversed", "--json")
    assert "loud\x9b2J" in ran.json["text"]
    assert not (BAD - {"\u202e"}) & set(ran.out)


def test_very_long_names_and_titles_are_clipped_in_lists_but_not_in_json(kb: Kb, tmp_path: Path) -> None:
    name, title = "Ada " + "Ek" * 2000, "On mills " * 300
    (tmp_path / "long.md").write_text(f"---\nauthor: {name}\ntitle: {title}\n---\nI think that mills are loud.\n")
    for ran in (
        kb("add", tmp_path / "long.md", "--dry-run"),
        kb("add", tmp_path / "long.md"),
        kb("list"),
        kb("people"),
    ):
        assert max(map(len, (ran.out + ran.err).splitlines())) < 250
    assert kb("list", "--json").json["sources"][0]["authors"] == [name]
