"""Commands that are kept under a name, and done again."""

from __future__ import annotations

from tests.conftest import ROOT, Kb


def test_a_command_is_kept_done_again_and_forgotten(kb: Kb) -> None:
    kb("add", ROOT / "examples" / "reading-notes.md")
    assert kb("save", "farms", "--json", "--", "search", "private farmland", "-n", "1").json == {"saved": "farms"}
    asked = kb("search", "private farmland", "-n", "1", "--json").json
    assert kb("run", "farms", "--json").json == asked
    assert kb("run", "farms").out == kb("search", "private farmland", "-n", "1").out
    assert kb("run", "farms", "--format", "{id}").out.strip() == asked["hits"][0]["id"]
    assert "kb search 'private farmland' -n 1" in kb("save").out
    assert kb("save", "--json").json == {"saved": {"farms": "search 'private farmland' -n 1"}}
    assert kb("save", "farms", "--remove").code == 0
    assert kb("run", "farms").code == 3


def test_names_and_commands_that_are_none(kb: Kb) -> None:
    assert kb("save", "x").code == 2
    for name in ("a b", "a.b", "", "../x"):
        assert kb("save", name, "--", "list").code == 2, name
    kb("save", "farms", "--", "list")
    assert "farms" in kb("run", "farm").err
