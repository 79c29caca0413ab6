"""`kb list`: the sources there are, and what filters leave."""

from __future__ import annotations

from tests.commands.conftest import Ask
from tests.commands.shapes import SOURCE


def test_sources_have_the_shape_of_the_interface(ask: Ask) -> None:
    sources = ask("list")["sources"]
    assert {s["kind"] for s in sources} >= {"note", "post", "comment", "transcript", "shortform"}
    assert all(set(s) >= SOURCE for s in sources)


def test_filters_narrow_and_an_empty_result_is_no_error(ask: Ask) -> None:
    assert ask("list", "--kind", "paper") == {"sources": []}
    assert len(ask("list", "--kind", "note,transcript", "-n", "1")["sources"]) == 1
