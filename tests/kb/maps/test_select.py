"""Choosing a map: where it starts, what it follows, what it leaves out and counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.maps import select
from kb.model.argument_map import ArgumentMap
from kb.review import write
from kb.store import links
from kb.store.conditions import Condition
from kb.store.open import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def _claim(store: Store, text: str, **more: object) -> str:
    return write.claim(store, text, str(more.pop("me", "me")), **more)  # type: ignore[arg-type]


def _shape(graph: ArgumentMap) -> tuple[set[str], set[tuple[str, str, str]]]:
    return {node.id for node in graph.nodes}, {(e.from_id, e.relation, e.to_id) for e in graph.edges}


def _chain(store: Store, length: int) -> list[str]:
    names = [write.claim(store, f"Claim number {n} of a chain.", "me") for n in range(length)]
    for a, b in zip(names[1:], names, strict=False):
        write.link(store, a, "attacks", b)
    return names


def test_a_map_goes_as_deep_as_asked_and_counts_what_it_hides(store: Store) -> None:
    names = _chain(store, 5)
    graph = select.around(store, names[:1], depth=2)
    assert {node.id for node in graph.nodes} == set(names[:3])
    assert (graph.hidden_nodes, graph.hidden_edges) == (1, 1)
    whole = select.around(store, names[:1], depth=9)
    assert len(whole.nodes) == 5
    assert (whole.hidden_nodes, whole.hidden_edges) == (0, 0)


def test_a_map_follows_the_best_links_of_a_node_and_counts_the_rest(store: Store) -> None:
    root = write.claim(store, "The root of it all.", "me")
    for n in range(9):
        write.claim(store, f"Reason number {n} for it.", "me", supports=[root])
    graph = select.around(store, [root], depth=1, per_node=4)
    assert len(graph.nodes) == 5
    assert graph.hidden_nodes == 5
    assert graph.hidden_edges == 5


def test_rejected_links_are_not_drawn_and_a_cycle_ends(store: Store) -> None:
    a, b, c = _chain(store, 3)
    write.link(store, a, "attacks", c)
    graph = select.around(store, [a], depth=9)
    assert len(graph.edges) == 3
    (link,) = [e.id for e in graph.edges if e.from_id == a]
    write.decide(store, [link], "rejected")
    assert len(select.around(store, [a], depth=9).edges) == 2
    assert b in {n.id for n in graph.nodes}


def test_an_undercut_of_a_link_comes_with_the_link_from_either_side(store: Store) -> None:
    thesis = _claim(store, "Soil counts should be kept.")
    reason = _claim(store, "Three farms kept them and gained.", supports=[thesis])
    (step,) = [link.id for link in links.touching(store, [reason])]
    rain = _claim(store, "Those farms gained by the rain.")
    undercut = write.link(store, rain, "undercuts", step)
    dry = _claim(store, "It was dry on all three farms.")
    write.link(store, dry, "undercuts", undercut)
    whole = {thesis, reason, rain, dry}
    wanted = {(reason, "supports", thesis), (rain, "undercuts", step), (dry, "undercuts", undercut)}
    for root in whole:
        assert _shape(select.around(store, [root])) == (whole, wanted)
    short = select.around(store, [thesis], most=2)
    assert _shape(short) == ({thesis, reason}, {(reason, "supports", thesis)})
    assert (short.hidden_nodes, short.hidden_edges) == (2, 2)
    write.decide(store, [step], "rejected")
    assert _shape(select.around(store, [thesis])) == ({thesis}, set())


def test_links_are_chosen_by_relation_status_and_basis(store: Store) -> None:
    root = _claim(store, "The root of it all.")
    ends = {relation: _claim(store, f"This {relation} the root.") for relation in ("supports", "attacks", "related")}
    made = {relation: write.link(store, end, relation, root) for relation, end in ends.items()}
    write.decide(store, [made["attacks"]], "rejected")

    def told(**limits: object) -> set[str]:
        return {edge.relation for edge in select.around(store, [root], **limits).edges}  # type: ignore[arg-type]

    assert told() == {"supports"}
    assert told(relations=("supports", "related")) == {"supports", "related"}
    assert told(statuses=("rejected",)) == {"attacks"}
    assert told(bases=("cue",)) == set()
    assert told(bases=("cue", "authored")) == {"supports"}


def test_no_root_is_left_bare_and_what_is_left_out_is_counted_where_it_belongs(store: Store) -> None:
    roots = [_claim(store, f"Thesis number {n} of three.") for n in range(3)]
    for n, root in enumerate(roots):
        for m in range(5):
            _claim(store, f"Reason {m} for thesis {n}.", supports=[root])
    graph = select.around(store, roots, depth=1, most=9)
    assert len(graph.nodes) == 9
    assert graph.more == dict.fromkeys(roots, 3)
    assert (graph.hidden_nodes, graph.hidden_edges) == (9, 9)
    assert select.around(store, roots, depth=1, most=1).more == dict.fromkeys(roots, 5)


def test_what_is_most_discussed_comes_before_what_stands_alone(store: Store) -> None:
    root = _claim(store, "The root of it all.")
    alone = [_claim(store, f"Reason {n}, of which nobody speaks.", supports=[root]) for n in range(4)]
    busy = _claim(store, "A reason that many attack.", supports=[root])
    for n in range(3):
        _claim(store, f"Attack number {n} on it.", attacks=[busy])
    graph = select.around(store, [root], depth=1, per_node=1)
    assert {node.id for node in graph.nodes} == {root, busy}
    assert select.of_hits(store, [alone[0], busy], 1) == [busy]
    assert select.among(store, 2) == [root, busy]
    only = Condition("st.id = ?", [alone[1]])
    shown = select.around(store, [root], depth=1, only=only)
    assert {node.id for node in shown.nodes} == {root, alone[1]}


def test_what_is_rejected_or_no_longer_said_is_not_drawn(store: Store) -> None:
    root = _claim(store, "The root of it all.")
    gone = _claim(store, "A reason that is rejected.", supports=[root])
    lost = _claim(store, "A reason that is no longer said.", supports=[root])
    write.decide(store, [gone], "rejected")
    with store.transaction():
        store.execute(
            "UPDATE mention SET lost = 1 WHERE statement_rowid = (SELECT rowid FROM statement WHERE id = ?)", (lost,)
        )
    graph = select.around(store, [root])
    assert _shape(graph) == ({root}, set())
    assert (graph.hidden_nodes, graph.hidden_edges, graph.more) == (0, 0, {})
