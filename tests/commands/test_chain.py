"""`kb chain`: how two statements hang together."""

from __future__ import annotations

from tests.conftest import Kb


def test_a_chain_reads_in_the_direction_of_its_links(kb: Kb, mills: list[str]) -> None:
    thesis, doubt, gates = mills
    none = kb("chain", gates, doubt, "--json")
    assert (none.code, none.json["steps"]) == (0, [])
    kb("link", doubt, "attacks", thesis)
    kb("link", gates, "supports", thesis)
    steps = kb("chain", gates, doubt, "--json").json["steps"]
    assert [step["reads"] for step in steps] == ["supports", "is attacked by"]
    assert "is attacked by" in kb("chain", gates, doubt).out


def test_unsigned_links_lead_on_only_where_nothing_else_does(kb: Kb, mills: list[str]) -> None:
    thesis, doubt, gates = mills
    kb("link", gates, "related", doubt)
    assert [s["reads"] for s in kb("chain", gates, doubt, "--json").json["steps"]] == ["is related to"]
    kb("link", gates, "supports", thesis)
    kb("link", doubt, "attacks", thesis)
    assert len(kb("chain", gates, doubt, "--json").json["steps"]) == 2
    assert len(kb("chain", gates, doubt, "--related", "--json").json["steps"]) == 1


def test_a_reference_to_nothing_is_not_found(kb: Kb, mills: list[str]) -> None:
    assert kb("chain", mills[0], "s0000zz", "--json").code == 3
