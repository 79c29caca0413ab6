"""Choosing a map: where it starts, what it follows, what it leaves out and counts; `kb map` on good and bad input."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.maps import select
from kb.maps.argument_map import ArgumentMap
from kb.review import write
from kb.store import links, open
from tests.conftest import Kb


@pytest.fixture
def store(tmp_path: Path) -> Iterator[open.Store]:
    opened = open.Store(tmp_path / "home")
    yield opened
    opened.close()


def _claim(store: open.Store, text: str, **more: object) -> str:
    return write.claim(store, text, str(more.pop("me", "me")), **more)  # type: ignore[arg-type]


def _shape(map_: ArgumentMap) -> tuple[set[str], set[tuple[str, str, str]]]:
    return {node.id for node in map_.nodes}, {(e.source, e.relation, e.target) for e in map_.edges}


def _chain(store: open.Store, length: int) -> list[str]:
    names = [write.claim(store, f"Claim number {n} of a chain.", "me") for n in range(length)]
    for a, b in zip(names[1:], names, strict=False):
        write.link(store, a, "attacks", b)
    return names


def test_a_map_goes_as_deep_as_asked_and_counts_what_it_hides(store: open.Store) -> None:
    names = _chain(store, 5)
    map_ = select.around(store.reader(), names[:1], depth=2)
    assert {node.id for node in map_.nodes} == set(names[:3])
    assert (map_.hidden_nodes, map_.hidden_edges) == (1, 1)
    whole = select.around(store.reader(), names[:1], depth=9)
    assert len(whole.nodes) == 5
    assert (whole.hidden_nodes, whole.hidden_edges) == (0, 0)


def test_a_map_follows_the_best_links_of_a_node_and_counts_the_rest(store: open.Store) -> None:
    root = write.claim(store, "The root of it all.", "me")
    for n in range(9):
        write.claim(store, f"Reason number {n} for it.", "me", supports=[root])
    map_ = select.around(store.reader(), [root], depth=1, per_node=4)
    assert len(map_.nodes) == 5
    assert map_.hidden_nodes == 5
    assert map_.hidden_edges == 5


def test_rejected_links_are_not_drawn_and_a_cycle_ends(store: open.Store) -> None:
    a, b, c = _chain(store, 3)
    write.link(store, a, "attacks", c)
    map_ = select.around(store.reader(), [a], depth=9)
    assert len(map_.edges) == 3
    (link,) = [e.id for e in map_.edges if e.source == a]
    write.decide(store, [link], "rejected")
    assert len(select.around(store.reader(), [a], depth=9).edges) == 2
    assert b in {n.id for n in map_.nodes}


def test_an_undercut_of_a_link_comes_with_the_link_from_either_side(store: open.Store) -> None:
    thesis = _claim(store, "Soil counts should be kept.")
    reason = _claim(store, "Three farms kept them and gained.", supports=[thesis])
    (step,) = [link["id"] for link in links.touching(store.reader(), [reason])]
    rain = _claim(store, "Those farms gained by the rain.")
    undercut = write.link(store, rain, "undercuts", step)
    dry = _claim(store, "It was dry on all three farms.")
    write.link(store, dry, "undercuts", undercut)
    whole = {thesis, reason, rain, dry}
    wanted = {(reason, "supports", thesis), (rain, "undercuts", step), (dry, "undercuts", undercut)}
    for root in whole:
        assert _shape(select.around(store.reader(), [root])) == (whole, wanted)
    short = select.around(store.reader(), [thesis], most=2)
    assert _shape(short) == ({thesis, reason}, {(reason, "supports", thesis)})
    assert (short.hidden_nodes, short.hidden_edges) == (2, 2)
    write.decide(store, [step], "rejected")
    assert _shape(select.around(store.reader(), [thesis])) == ({thesis}, set())


def test_links_are_chosen_by_relation_status_and_basis(store: open.Store) -> None:
    root = _claim(store, "The root of it all.")
    ends = {relation: _claim(store, f"This {relation} the root.") for relation in ("supports", "attacks", "related")}
    made = {relation: write.link(store, end, relation, root) for relation, end in ends.items()}
    write.decide(store, [made["attacks"]], "rejected")

    def told(**limits: object) -> set[str]:
        return {edge.relation for edge in select.around(store.reader(), [root], **limits).edges}  # type: ignore[arg-type]

    assert told() == {"supports"}
    assert told(relations=("supports", "related")) == {"supports", "related"}
    assert told(statuses=("rejected",)) == {"attacks"}
    assert told(bases=("cue",)) == set()
    assert told(bases=("cue", "authored")) == {"supports"}


def test_no_root_is_left_bare_and_what_is_left_out_is_counted_where_it_belongs(store: open.Store) -> None:
    roots = [_claim(store, f"Thesis number {n} of three.") for n in range(3)]
    for n, root in enumerate(roots):
        for m in range(5):
            _claim(store, f"Reason {m} for thesis {n}.", supports=[root])
    map_ = select.around(store.reader(), roots, depth=1, most=9)
    assert len(map_.nodes) == 9
    assert map_.more == dict.fromkeys(roots, 3)
    assert (map_.hidden_nodes, map_.hidden_edges) == (9, 9)
    assert select.around(store.reader(), roots, depth=1, most=1).more == dict.fromkeys(roots, 5)


def test_what_is_most_discussed_comes_before_what_stands_alone(store: open.Store) -> None:
    root = _claim(store, "The root of it all.")
    alone = [_claim(store, f"Reason {n}, of which nobody speaks.", supports=[root]) for n in range(4)]
    busy = _claim(store, "A reason that many attack.", supports=[root])
    for n in range(3):
        _claim(store, f"Attack number {n} on it.", attacks=[busy])
    map_ = select.around(store.reader(), [root], depth=1, per_node=1)
    assert {node.id for node in map_.nodes} == {root, busy}
    assert select.of_hits(store.reader(), [alone[0], busy], 1) == [busy]
    assert select.among(store.reader(), 2) == [root, busy]
    only = ("st.id = ?", [alone[1]])
    shown = select.around(store.reader(), [root], depth=1, only=only)
    assert {node.id for node in shown.nodes} == {root, alone[1]}


def test_what_is_rejected_or_no_longer_said_is_not_drawn(store: open.Store) -> None:
    root = _claim(store, "The root of it all.")
    gone = _claim(store, "A reason that is rejected.", supports=[root])
    lost = _claim(store, "A reason that is no longer said.", supports=[root])
    write.decide(store, [gone], "rejected")
    with store.transaction() as session:
        open.raw(session).execute(
            "UPDATE mention SET lost = 1 WHERE statement_rowid = (SELECT rowid FROM statement WHERE id = ?)", (lost,)
        )
    map_ = select.around(store.reader(), [root])
    assert _shape(map_) == ({root}, set())
    assert (map_.hidden_nodes, map_.hidden_edges, map_.more) == (0, 0, {})


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
        ran = kb("map", debate["soil"], "-o", file)
        assert (ran.code, ran.out) == (0, "")
        assert "4 nodes, 3 links" in ran.err
        assert file.read_text(encoding="utf-8").startswith(begins)
        assert file.stat().st_mode & 0o777 == 0o600
    json_file = tmp_path / "map.svg"
    ran = kb("map", debate["soil"], "-o", json_file, "--format", "json", "--json")
    assert ran.json == json.loads(json_file.read_text(encoding="utf-8"))
    assert kb("map", debate["soil"], "-o", "-", "--format", "dot").out.startswith("digraph")
    assert kb("map", debate["soil"], "-o", os.devnull).code == 0
    assert not [name for name in tmp_path.iterdir() if name.suffix == ".part"]


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
