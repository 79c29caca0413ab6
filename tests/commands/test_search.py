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
