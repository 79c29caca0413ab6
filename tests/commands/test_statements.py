"""`kb statements`: what is listed, what is left out, and in which order."""

from __future__ import annotations

from tests.commands.conftest import Ask
from tests.commands.shapes import STATEMENT
from tests.conftest import Kb


def test_statements_have_the_shape_of_the_interface(ask: Ask) -> None:
    statements = ask("statements")["statements"]
    assert statements
    assert all(set(s) >= STATEMENT and s["mentions"] for s in statements)
    assert {s["status"] for s in statements} == {"suggested"}


def test_filters_narrow_and_an_empty_result_is_no_error(ask: Ask) -> None:
    assert ask("statements", "--author", "Nobody At All") == {"statements": []}
    assert {s["kind"] for s in ask("statements", "--kind", "critique")["statements"]} == {"critique"}


def test_a_query_leaves_out_before_it_cuts(ask: Ask) -> None:
    """The best hit that is shown is found however many better ones are not."""
    ranked = ask("statements", "records", "--all", "-n", "50")["statements"]
    unanswered = {s["id"] for s in ask("statements", "--unanswered")["statements"]}
    best = next(s["id"] for s in ranked if s["id"] in unanswered)
    assert ranked[0]["id"] != best
    assert [s["id"] for s in ask("statements", "records", "--unanswered", "-n", "1")["statements"]] == [best]


def test_what_nothing_supports_is_without_evidence(kb: Kb, mills: list[str]) -> None:
    thesis, _, gates = mills
    kb("link", gates, "supports", thesis)
    bare = {s["id"] for s in kb("statements", "--no-evidence", "--all", "--json").json["statements"]}
    assert gates in bare
    assert thesis not in bare
