"""The argument graph in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kb.graph import argument_graph
from kb.store.open import open_reader

NOTE = """# Birds

I think that counts of volunteers are worth a lot for trends.

I doubt that anybody can correct the bias of volunteers.
"""


def test_the_graph_holds_what_is_said_by_whom_and_what_speaks_against_it(
    kb: Callable[..., object], tmp_path: Path
) -> None:
    (tmp_path / "birds.md").write_text(NOTE)
    kb("add", tmp_path / "birds.md", "--no-embed", "--author", "Ann Lee")
    shown = kb("statements", "--all", "--json").json["statements"]  # type: ignore[attr-defined]
    first, second = shown[0]["id"], shown[1]["id"]
    kb("link", second, "attacks", first)
    store = open_reader(tmp_path / "home")
    graph = argument_graph.load(store)
    source = shown[0]["mentions"][0]["source"]
    assert graph.points[first].sources == {source}
    assert graph.points[first].speakers == {"Ann Lee"}
    assert [edge.from_id for edge in graph.about(first, "attacks")] == [second]
    assert list(graph.about(second)) == []
    kb("reject", first)
    again = argument_graph.load(store)
    store.close()
    assert first not in again.points
    assert again.edges == []
