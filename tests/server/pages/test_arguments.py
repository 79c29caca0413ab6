"""Theories and critiques in the browser: what the command line answers."""

from __future__ import annotations

import httpx

from kb.graph import argument_graph
from kb.graph.questions import critiques, theories
from kb.store.open import open_reader
from tests.browsing import Served


def test_every_theory_is_there_with_what_speaks_against_it(client: httpx.Client, served: Served) -> None:
    with open_reader(served.home) as store:
        found = theories.of(argument_graph.load(store))
    text = client.get("/theories").text
    assert text.count('scope="rowgroup"') == len(found)
    assert all(f"/statement/{one.id}" in text for theory in found for one in theory.critiques if one.id.startswith("c"))
    alone = client.get("/theories", params={"open": "1"}).text
    assert alone.count('scope="rowgroup"') == sum(not one.critiques for one in found)


def test_critiques_are_those_nobody_answered_where_one_asks_for_them(client: httpx.Client, served: Served) -> None:
    with open_reader(served.home) as store:
        found = critiques.of(argument_graph.load(store))
    assert f"{len(found)} critique" in client.get("/critiques").text
    left = sum(not one.answered for one in found)
    assert f"{left} critique" in client.get("/critiques", params={"open": "1"}).text
    about = client.get("/critiques", params={"q": "volunteer records"})
    assert about.status_code == 200
    assert "of “volunteer records”" in about.text
