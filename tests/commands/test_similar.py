"""`kb similar`: what is near in meaning to a thing or a text."""

from __future__ import annotations

from tests.commands.conftest import Ask
from tests.conftest import Kb


def test_what_is_near_stands_elsewhere_where_that_is_asked(ask: Ask) -> None:
    first = ask("search", "evidence")["hits"][0]
    near = ask("similar", first["id"], "--elsewhere")["hits"]
    assert near
    assert all(hit["source"]["id"] != first["source"]["id"] for hit in near)
    assert ask("similar", "--text", "a sentence about measuring")["hits"]


def test_it_takes_a_thing_or_a_text(kb: Kb) -> None:
    assert kb("similar").code == 2
    assert kb("similar", "x", "--text", "y").code == 2
