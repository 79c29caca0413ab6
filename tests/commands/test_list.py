"""`kb list`: the sources there are, and what filters leave."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Ask
from tests.commands.shapes import SOURCE
from tests.conftest import Kb


def test_sources_have_the_shape_of_the_interface(ask: Ask) -> None:
    sources = ask("list")["sources"]
    assert {s["kind"] for s in sources} >= {"note", "post", "comment", "transcript", "shortform"}
    assert all(set(s) >= SOURCE for s in sources)


def test_filters_narrow_and_an_empty_result_is_no_error(ask: Ask) -> None:
    assert ask("list", "--kind", "paper") == {"sources": []}
    assert len(ask("list", "--kind", "note,transcript", "-n", "1")["sources"]) == 1


def test_stubs_are_left_out_unless_asked_for_and_their_number_is_told(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "mills.md").write_text("# Mills\n\nSee [[Gates]] and [[Weirs]] on the price of mills.\n")
    assert kb("add", tmp_path / "mills.md", "--no-embed").code == 0

    def listed(*more: str) -> tuple[set[str], str]:
        ran = kb("list", *more, "--json")
        return {one["title"] for one in ran.json["sources"]}, ran.err

    assert listed() == ({"Mills"}, "1 source; 2 stubs left out, --stubs lists them too\n")
    assert listed("-n", "1") == listed()
    assert listed("--stubs") == ({"Mills", "Gates", "Weirs"}, "")
    assert listed("--kind", "stub") == ({"Gates", "Weirs"}, "")
    assert listed("--kind", "note,stub")[0] == {"Mills", "Gates", "Weirs"}
    assert listed("--source", "Gates") == ({"Gates"}, "")
    assert listed("--kind", "note") == ({"Mills"}, "")
    assert listed("--state", "all")[0] == {"Mills"}
    plain = kb("list")
    assert "Gates" not in plain.out
    assert plain.err == "1 source; 2 stubs left out, --stubs lists them too\n"
