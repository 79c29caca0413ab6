"""A quoted one's words are nobody's: not the author's in what is shown, filtered, counted, drawn or written out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

ARCHIVE = """Posts

Bridges of the north 2022-05-01T10:00:00.000Z

Comments

Comment by Ada Brandt (abrandt) on Bridges of the south · 2023-05-01T10:00:00.000Z · LW · GW

The bridge at Carn is the most dangerous one in the whole of the south and should be closed.

This isn't quite right. I think that the bridge at Carn is much safer than the one at Mell.

Comment by Ada Brandt (abrandt) on Bridges of the east · 2023-05-02T10:00:00.000Z · LW · GW

I believe that every bridge of the east should be inspected by somebody from outside once a year.
"""


@pytest.fixture
def made(kb: Kb, tmp_path: Path) -> list[dict[str, Any]]:
    (tmp_path / "archive.txt").write_text(ARCHIVE)
    assert kb("add", tmp_path / "archive.txt", "--no-embed").code == 0
    return list(kb("statements", "--all", "--json").json["statements"])


def test_who_is_quoted_is_not_the_author(kb: Kb, made: list[dict[str, Any]], tmp_path: Path) -> None:
    (quoted,) = [one for one in made if one["text"].startswith("The bridge at Carn is the most")]
    assert [(m["speaker"], m["voice"]) for m in quoted["mentions"]] == [(None, "quoted")]
    by_ada = {one["id"] for one in kb("statements", "--all", "--author", "Ada", "--json").json["statements"]}
    assert by_ada == {one["id"] for one in made} - {quoted["id"]}
    (ada,) = kb("people", "--json").json["people"]
    assert ada["statements"] == len(by_ada)
    assert "— quoted, Comment on Bridges of the south" in kb("statements", "--all").out
    assert "· quoted" in kb("search", "dangerous", "--in", "statements", "--mode", "lexical").out
    drawn = json.loads(kb("map", quoted["id"], "--format", "json").out)
    assert not drawn["nodes"][0]["speaker"]
    assert "quoted, Comment on" in kb("map", quoted["id"]).out
    kb("accept", quoted["id"])
    kb("export", tmp_path / "vault", "--no-embed")
    (note,) = [text for p in tmp_path.rglob("*.md") if f"kb: {quoted['id']}" in (text := p.read_text())]
    assert "> — quoted, [[" in note
    assert '"voice": "quoted"' in note
