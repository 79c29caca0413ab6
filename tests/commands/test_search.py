"""`kb search`: the shape of hits, and that any text is a query. What finds what: tests/kb/search."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Ask
from tests.conftest import Kb


def test_hits_have_the_shape_of_the_interface(ask: Ask) -> None:
    for where in ("passages", "statements", "all"):
        found = ask("search", "what does the evidence say?", "--in", where, "--explain")
        assert found["mode"] == "hybrid"
        assert found["hits"]
        for number, hit in enumerate(found["hits"], 1):
            assert hit["rank"] == number
            assert set(hit) >= {"rank", "score", "type", "id", "text", "source", "locator", "explain"}
            assert set(hit["source"]) >= {"id", "citekey", "kind", "title", "authors", "url", "published"}
            assert set(hit["locator"]) >= {"heading", "speaker", "start", "end"}


@pytest.mark.parametrize(
    "query", ["multi-agent", "20.04", '"quoted', "C++", "@x", "", "the of", "NEAR(", "a AND", "*", "🤷"]
)
def test_any_text_is_a_legal_query(kb: Kb, corpus: Path, query: str) -> None:
    ran = kb("search", "--json", "--", query, home=corpus)
    assert ran.code == 0, ran.err
    assert isinstance(ran.json["hits"], list)


def test_without_a_query_it_says_what_to_write(kb: Kb) -> None:
    ran = kb("search")
    assert ran.code == 2
    assert "search for what?" in ran.err


def test_words_are_found_where_no_blanks_part_them(kb: Kb, tmp_path: Path) -> None:
    home, note = tmp_path / "home", tmp_path / "ponds.md"
    note.write_text("# 池塘\n\n## 过冬\n\n青蛙不怕冷，因为水很深。\n\n> [!claim] 蟾蜍怕冷\n")

    def hits(*asked: str) -> list[str]:
        return [hit["text"] for hit in kb("search", "--mode", "lexical", "--json", *asked, home=home).json["hits"]]

    def all_is_found() -> bool:
        frogs, toads = "青蛙不怕冷，因为水很深。", "蟾蜍怕冷"
        return (
            hits("水") == hits("青蛙") == hits('"不怕冷"') == hits("heading:过冬 青蛙") == [frogs]
            and hits("青蛙会怕冷吗") == [frogs, toads]
            and hits("怕冷 -青蛙") == [toads]
            and hits("蟾蜍", "--in", "statements") == [toads]
            and hits("蛇") == []
        )

    assert kb("add", str(note), "--no-embed", home=home).code == 0
    assert all_is_found()
    source = kb("list", "--json", home=home).json["sources"][0]["id"]
    assert kb("rm", source, home=home).code == 0
    assert hits("青蛙") == []
    assert kb("undo", home=home).code == 0
    assert all_is_found()
    assert kb("check", "--fix", home=home).code == 0
    assert all_is_found()
