"""Relations among the properties of a note are the person's links: signed, accepted, with the words that say them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.properties import Properties
from tests.conftest import Kb

Said = tuple[str, str, str, str]


def _said(kb: Kb, tmp_path: Path, front: str, body: str = "Words of the note.\n") -> set[Said]:
    """Links as (from, relation, to, quote) between notes by title."""
    (tmp_path / "v").mkdir(exist_ok=True)
    (tmp_path / "v" / "N.md").write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
    assert kb("add", tmp_path / "v", "--no-embed").code == 0
    return _links(kb)


def _links(kb: Kb) -> set[Said]:
    titles = {one["id"]: one["title"] for one in kb("list", "--stubs", "--json").json["sources"]}
    titles |= {one["id"]: one["text"] for one in kb("statements", "--all", "--json").json["statements"]}
    found: list[dict[str, Any]] = kb("links", "--json").json["links"]
    for one in found:
        text = kb("show", one["evidence"]["source"], "--json").json["text"]
        assert (one["basis"], one["status"]) == ("authored", "accepted")
        assert text[one["evidence"]["start"] : one["evidence"]["end"]] == one["evidence"]["quote"]
    return {(titles[o["from"]], o["relation"], titles[o["to"]], o["evidence"]["quote"]) for o in found}


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ('supports: "[[A]]"', {("N", "supports", "A", 'supports: "[[A]]"')}),
        ("attacks: [[A]]", {("N", "attacks", "A", "attacks: [[A]]")}),
        ("Undercuts: '[[A|shown]]'", {("N", "undercuts", "A", "Undercuts: '[[A|shown]]'")}),
        ('restates:\n  - "[[A]]"', {("N", "restates", "A", 'restates:\n  - "[[A]]"')}),
        (
            'supports: "[[A]], [[B]]"',
            {("N", "supports", "A", 'supports: "[[A]]'), ("N", "supports", "B", 'supports: "[[A]], [[B]]"')},
        ),
        (
            "supports: [[A]], [[B]]\ntags: x",
            {("N", "supports", "A", "supports: [[A]]"), ("N", "supports", "B", "supports: [[A]], [[B]]")},
        ),
        (
            'attacks:\n- "[[A]]"\n- "[[B]]"\nseen: "[[C]]"',
            {("N", "attacks", "A", 'attacks:\n- "[[A]]"'), ("N", "attacks", "B", 'attacks:\n- "[[A]]"\n- "[[B]]"')},
        ),
        ('contradicts: "[[A]]"', {("N", "attacks", "A", 'contradicts: "[[A]]"')}),
        ('disagrees-with: "[[A]]"', {("N", "attacks", "A", 'disagrees-with: "[[A]]"')}),
        ('supported_by: "[[A]]"', {("A", "supports", "N", 'supported_by: "[[A]]"')}),
        ('refutedBy: "[[A]]"', {("A", "attacks", "N", 'refutedBy: "[[A]]"')}),
        (
            'relations:\n  supports: "[[A]]"\n  attacks: ["[[B]]"]',
            {("N", "supports", "A", 'supports: "[[A]]"'), ("N", "attacks", "B", 'attacks: ["[[B]]"')},
        ),
        (
            'relations:\n  - type: attacks\n    target: "[[A]]"\n  - target: "[[B]]"\n    type: supports',
            {("N", "attacks", "A", 'type: attacks\n    target: "[[A]]"'), ("N", "supports", "B", '[[B]]"')},
        ),
        (
            'links:\n- {type: attacks, target: "[[A]]"}\n- {target: "[[B]]", type: refutes}',
            {("N", "attacks", "A", 'type: attacks, target: "[[A]]"'), ("N", "attacks", "B", '[[B]]"')},
        ),
        ('links: {supports: "[[A]]"}', {("N", "supports", "A", 'supports: "[[A]]"')}),
        ('links:\n  - supports: "[[A]]"', {("N", "supports", "A", 'supports: "[[A]]"')}),
        ('{"supports": ["[[A]]"]}', {("N", "supports", "A", 'supports": ["[[A]]"')}),
        # what says no relation
        ('related: "[[A]]"\nup: "[[B]]"\nsource: "[[C]]"', set()),
        ('type: attacks\ntarget: "[[A]]"', set()),
        ("supports: PDF and print", set()),
        ('relations:\n  - type: attacks\n    evidence: "[[A]]"', set()),
    ],
)
def test_what_properties_say(kb: Kb, tmp_path: Path, front: str, expected: set[Said]) -> None:
    assert _said(kb, tmp_path, front) == expected


def test_paths_and_places_are_meant_as_in_the_text(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "v" / "sub").mkdir(parents=True)
    (tmp_path / "v" / "sub" / "z.md").write_text("# Zed\n\nclaim:: Zed is true. ^zed\n", encoding="utf-8")
    front = "supports:\n  - '[z](./sub/z.md)'\nattacks: '[[z#^zed]]'"
    assert {said[:3] for said in _said(kb, tmp_path, front)} == {
        ("N", "supports", "Zed"), ("N", "attacks", "Zed is true."),
    }  # fmt: skip


def test_a_person_names_relations_and_what_was_read_is_read_anew(kb: Kb, tmp_path: Path) -> None:
    front = 'doubts: "[[A]]"\nopposes: "[[B]]"\nleans on: "[[C]]"'
    body = "claim:: Birds are many.\ndoubts:: [[D]]\n"
    assert {said[:3] for said in _said(kb, tmp_path, front, body)} == {("N", "attacks", "B")}
    for name, means in (("doubts", "attacks"), ("opposes", "none"), ("leans on", "supported by")):
        assert kb("config", f"relations.{name}", means).code == 0
    assert {said[:3] for said in _said(kb, tmp_path, front, body)} == {
        ("N", "attacks", "A"), ("C", "supports", "N"), ("Birds are many.", "attacks", "D"),
    }  # fmt: skip


def test_a_relation_that_is_taken_out_of_the_note_is_gone(kb: Kb, tmp_path: Path) -> None:
    assert len(_said(kb, tmp_path, 'supports: "[[A]]"\nattacks: "[[B]]"')) == 2
    assert {said[:3] for said in _said(kb, tmp_path, 'attacks: "[[B]]"')} == {("N", "attacks", "B")}


@given(st.text(alphabet="-: \n[]{}\"'ab,#\t", max_size=80))
def test_any_front_matter_has_places(inside: str) -> None:
    text = f"---\n{inside}\n---\nBody"
    properties = Properties(text)
    for place in range(*properties.span):
        found = properties.at(place)
        assert found is not None
        assert all(text.startswith(key.name, key.start) or text[key.start] in "\"'" for key in found.above)
