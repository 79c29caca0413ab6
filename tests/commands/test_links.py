"""`kb links`: what is linked, and why the program proposes it."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Ask
from tests.commands.shapes import LINK
from tests.conftest import Kb


def test_links_have_the_shape_of_the_interface(ask: Ask) -> None:
    links = ask("links")["links"]
    assert {link["relation"] for link in links} >= {"attacks", "supports", "related"}
    assert all(set(link) >= LINK for link in links)
    assert all(link["relation"] == "related" for link in links if link["basis"] == "embedding")


@pytest.mark.parametrize("option", ["--relation", "--basis", "--status"])
def test_a_word_that_is_none_is_a_usage_error_that_names_those_there_are(kb: Kb, option: str) -> None:
    ran = kb("links", option, "odd")
    assert ran.code == 2
    assert "one of: " in ran.err
