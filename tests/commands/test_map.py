"""`kb map`: from what it starts, what it draws, where it writes, and on bad input."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.commands.conftest import Ask
from tests.conftest import Kb


def test_a_map_has_the_shape_of_the_interface(ask: Ask) -> None:
    drawn = ask("map")
    assert set(drawn) >= {"nodes", "edges", "hidden"}
    assert all(set(node) >= {"id", "kind", "text", "source", "quote", "url"} for node in drawn["nodes"])
    names = {node["id"] for node in drawn["nodes"]}
    assert all(edge["from"] in names and edge["to"] in names for edge in drawn["edges"])


@pytest.mark.parametrize("format_", ["tree", "json", "markdown", "mermaid", "dot", "svg", "html", "argdown"])
def test_every_map_format_is_drawn_and_written(kb: Kb, corpus: Path, tmp_path: Path, format_: str) -> None:
    out = tmp_path / "map"
    assert kb("map", "--format", format_, "-o", out, home=corpus).code == 0
    assert out.stat().st_size > 100
    assert kb("map", "--format", format_, home=corpus).out.strip()


@pytest.fixture
def debate(kb: Kb, tmp_path: Path) -> dict[str, str]:
    """Two people and a note: ids by a word of the statement."""
    made = {}
    text = "# Rain and soil\n\nI think that rain decides every harvest.\n"
    (tmp_path / "rain.md").write_text(text, encoding="utf-8")
    assert kb("add", tmp_path / "rain.md", "--author", "Ada Moss", "--no-embed").code == 0
    made["rain"] = kb("statements", "--all", "--json").json["statements"][0]["id"]
    for word, more in (
        ("soil", ("--kind", "theory_of_impact")),
        ("farms", ("--supports", "soil")),
        ("drought", ("--kind", "critique", "--attacks", "farms")),
    ):
        ends = [made.get(value, value) for value in more]
        made[word] = kb("claim", f"What is said here is about {word}.", *ends, "--json").json["id"]
    assert kb("link", made["rain"], "attacks", made["soil"]).code == 0
    return made


def test_a_map_starts_from_a_query_a_ref_a_source_or_a_person(kb: Kb, debate: dict[str, str]) -> None:
    def roots(*arguments: str) -> set[str]:
        ran = kb("map", *arguments, "--json")
        assert ran.code == 0, ran.out + ran.err
        return {word for word, name in debate.items() if name in ran.json["roots"]}

    assert roots("drought", "-n", "1") == {"drought"}
    assert roots(debate["soil"]) == {"soil"}
    assert roots(debate["soil"], debate["farms"]) == {"soil", "farms"}
    assert roots("Rain and soil") == {"rain"}
    assert roots("--source", "Rain and soil") == {"rain"}
    assert roots("--speaker", "Moss") == {"rain"}
    assert roots("--kind", "critique") == {"drought"}
    assert roots("--kind", "critique", "--author", "Moss") == set()
    assert roots() == {"soil", "farms", "drought", "rain"}
    link = kb("links", debate["drought"], "--json").json["links"][0]["id"]
    assert roots(link) == {"farms", "drought"}
    around = kb("map", debate["soil"], "--author", "Moss", "--json").json
    assert {node["id"] for node in around["nodes"]} == {debate["soil"], debate["rain"]}


def test_a_map_tells_evidence_status_and_what_is_hidden(kb: Kb, debate: dict[str, str]) -> None:
    drawn = kb("map", debate["soil"], "--depth", "1", "--json").json
    assert drawn["title"] == "What is said here is about soil."
    assert {node["id"]: node["hidden_links"] for node in drawn["nodes"]}[debate["farms"]] == 1
    assert drawn["hidden"] == {"nodes": 1, "edges": 1}
    tree = kb("map", debate["soil"], "--depth", "1").out
    assert "+1 more" in tree
    assert f"[{debate['soil']} ✓]" in tree
    assert "hidden: 1 statement, 1 link" in tree
    assert "+1 more" not in kb("map", debate["soil"]).out
    only = kb("map", debate["soil"], "--relation", "attacks", "--json").json
    assert {edge["relation"] for edge in only["edges"]} == {"attacks"}
    assert kb("map", debate["soil"], "--status", "rejected", "--json").json["edges"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["c00000001"], 3),
        (["arxiv:2401.00001"], 3),
        (["https://a.example/none"], 3),
        (["--source", "nothing like it"], 3),
        (["--format", "crayon"], 2),
        (["--relation", "likes"], 2),
        (["--basis", "hearsay"], 2),
        (["--status", "maybe"], 2),
        (["--kind", "poem"], 2),
        (["--since", "the day after"], 2),
        (["--depth", "-1"], 2),
        (["--max-nodes", "0"], 2),
        (["-o", "."], 1),
        (["-o", "no/such/folder/map.svg"], 1),
    ],
)
@pytest.mark.usefixtures("debate")
def test_bad_input_is_told_in_one_line(kb: Kb, arguments: list[str], code: int) -> None:
    ran = kb("map", *arguments)
    assert ran.code == code
    assert len(ran.err.strip().splitlines()) == 1
    assert set(kb("map", *arguments, "--json").json) == {"error"}


def test_a_ref_that_is_none_among_others_is_an_error_and_words_alone_are_a_query(
    kb: Kb, debate: dict[str, str]
) -> None:
    ran = kb("map", debate["soil"], "farms")
    assert ran.code == 3
    assert "quotation marks" in ran.err
    assert kb("map", "nothing", "of", "the", "kind").code == 0


def test_the_name_of_the_file_gives_the_format_and_a_file_is_written_whole(
    kb: Kb, debate: dict[str, str], tmp_path: Path
) -> None:
    for ending, begins in (
        (".svg", "<?xml"),
        (".html", "<!DOCTYPE"),
        (".dot", "digraph"),
        (".mmd", "---"),
        ("", "THEORY"),
    ):
        file = tmp_path / f"map{ending}"
        file.write_text("old", encoding="utf-8")
        file.chmod(0o600)
        ran = kb("map", debate["soil"], "-o", file, "--yes")
        assert (ran.code, ran.out) == (0, "")
        assert "4 nodes, 3 links" in ran.err
        assert file.read_text(encoding="utf-8").startswith(begins)
        assert file.stat().st_mode & 0o777 == 0o600
    json_file = tmp_path / "map.svg"
    ran = kb("map", debate["soil"], "-o", json_file, "--format", "json", "--json", "--yes")
    assert ran.json == json.loads(json_file.read_text(encoding="utf-8"))
    assert kb("map", debate["soil"], "-o", "-", "--format", "dot").out.startswith("digraph")
    assert kb("map", debate["soil"], "-o", os.devnull).code == 0
    assert not [name for name in tmp_path.iterdir() if name.suffix == ".part"]


def test_a_file_that_is_there_is_replaced_only_by_who_says_so(kb: Kb, debate: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    file.write_text("mine", encoding="utf-8")
    refused = kb("map", debate["soil"], "-o", file)
    assert (refused.code, file.read_text(encoding="utf-8")) == (1, "mine")
    assert "map.svg exists" in refused.err
    assert "--yes" in refused.err
    assert kb("map", debate["soil"], "-o", file, "-y").code == 0
    assert kb("map", debate["soil"], "-o", file).code == 1  # kb wrote it itself: no less
    assert kb("map", debate["soil"], "-o", file, "--json").json.keys() == {"error"}


def test_a_map_of_nothing_is_empty_and_no_error(kb: Kb, tmp_path: Path) -> None:
    assert kb("map", "--json").json["nodes"] == []  # no knowledge base yet
    (tmp_path / "a.md").write_text("The walrus sings.\n", encoding="utf-8")
    assert kb("add", tmp_path / "a.md", "--no-embed").code == 0
    assert kb("map").out == "(no statements)\n"
    assert kb("map", "walrus", "--format", "svg").out.startswith("<?xml")


def test_hostile_titles_and_names_reach_no_terminal(kb: Kb, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("I think that rain decides every harvest.\n", encoding="utf-8")
    title = "\x1b]0;owned\x07<script>\u202e] {x: 1} #t"
    assert kb("add", file, "--title", title, "--author", "\x1b[31mEve\x9b", "--no-embed").code == 0
    name = kb("statements", "--all", "--json").json["statements"][0]["id"]
    for format_ in ("tree", "markdown", "mermaid", "dot", "argdown", "svg", "html", "graphml"):
        ran = kb("map", name, "--format", format_)
        assert ran.code == 0
        assert not set(ran.out) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_an_ending_draws_a_picture_and_one_that_no_format_has_is_refused(kb: Kb, corpus: Path, tmp_path: Path) -> None:
    assert kb("map", "-o", tmp_path / "m.PNG", home=corpus).code == 0
    picture = (tmp_path / "m.PNG").read_bytes()
    assert picture.startswith(b"\x89PNG")
    drawn = kb("map", "-o", tmp_path / "json.png", "--json", home=corpus)
    assert drawn.json["nodes"]
    assert (tmp_path / "json.png").read_bytes() == picture
    refused = kb("map", "-o", tmp_path / "m.docx", home=corpus)
    assert refused.code == 2
    assert ".png" in refused.err
    assert ".svg" in refused.err
    assert not (tmp_path / "m.docx").exists()
