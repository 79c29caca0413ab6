"""Objections that a text raises against itself, and views that a sentence reports only to object to them."""

from __future__ import annotations

import pytest

from kb.extract import extract
from tests.kb.extract.reasons import links
from tests.kb.extract.views import view

THESIS = "I think that a public bounty would do more for safety than a new law."


@pytest.mark.parametrize(
    "objection",
    [
        "The obvious worry is that people sit on their finds.",
        "One might object that people sit on their finds.",
        "It may be objected that people sit on their finds.",
        "A more serious objection was raised by a referee, who maintains that people sit on their finds.",
    ],
)
def test_an_objection_is_against_what_the_paragraph_holds(objection: str) -> None:
    assert links(f"{THESIS} {objection}", "raised-objection") == [(objection, "attacks", THESIS)]


def test_at_the_head_of_a_paragraph_it_is_against_the_text() -> None:
    text = "# Tides and toll\n\nThe toll was paid in salt.\n\nOne might object that salt was never taxed in the valley."
    ((_, relation, target),) = links(text, "raised-objection")
    assert (relation, target) in {("attacks", "Tides and toll"), ("attacks", "s1")}


@pytest.mark.parametrize(
    "text",
    [
        f"{THESIS} The objection is confused, since nobody waits.",
        f"{THESIS} Would anybody object that people wait?",
        f"{THESIS} The objects that they found are in the museum.",
    ],
)
def test_no_objection_is_raised(text: str) -> None:
    assert links(text, "raised-objection") == []


def test_what_follows_a_but_is_against_the_view() -> None:
    text = "Sandoval (2016) finds that homes save energy, but her sample has only homes that asked for a certificate."
    seen = view(text)
    found = extract(seen)
    (link,) = [x for x in found.links if x.rule == "objection-within"]
    assert isinstance(link.target, int)
    held = found.statements[link.target]
    assert (seen.text[held.start : held.end], held.voice) == ("Sandoval (2016) finds that homes save energy", "quoted")


@pytest.mark.parametrize(
    "text",
    [
        "Jackson argues that Mary knows all the facts of physics about colour, but has never seen red for herself.",
        "The survey finds that most of the herons nest by the river, but the owls nest in the church.",
        "Ines finds the key.",
    ],
)
def test_a_but_within_the_view_or_without_one_is_none(text: str) -> None:
    assert links(text, "objection-within") == []
