"""The comparison of the two who speak most in the real debate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.real
def test_the_debate_has_both_sides_and_every_quote_is_verbatim(kb: Callable[..., Any], shared: Path) -> None:
    (debate,) = (shared / "seeds").glob("003*")
    kb("add", debate, "--no-embed")
    source = kb("list", "--kind", "transcript", "--json").json["sources"][0]
    shown = kb("show", source["id"], "--json").json
    turns = sorted(shown["outline"]["turns"], key=lambda turn: -turn["turns"])
    found = kb("compare", turns[0]["speaker"], turns[1]["speaker"], "--json").json
    assert len(found["disagree"]) >= 4
    assert len(found["agree"]) >= 2
    quotes = [one for name in ("disagree", "agree", "same_subject") for g in found[name] for one in g["statements"]]
    assert {one["party"] for one in quotes} == {0, 1}
    assert all(shown["text"][one["start"] : one["end"]] == one["quote"] for one in quotes)
