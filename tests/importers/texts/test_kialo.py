"""Kialo's text exports: numbered claims under each other, however the lines are indented or broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.texts.kialo import IMPORTER
from kb.extract import extract
from kb.model.document import Document
from tests.kb.extract.views import view

Read = Callable[..., list[Document]]

EXPORT = """Discussion Title: Should towns light their parks all night?

1. Towns should light their parks all night.
1.1. Pro: Lit paths let people walk home safely.
1.1.1. Con: Most assaults happen indoors.
1.1.1.1. Con: Those in parks are the ones that
light prevents.
1.2. Con: Moths and bats lose their night.
1.2.1. Pro: -> See 1.1.1.
"""


def test_each_claim_hangs_under_the_one_that_its_number_begins_with(read: Read) -> None:
    [document] = read(IMPORTER, EXPORT, "lights.txt")
    assert document.title == "Should towns light their parks all night?"
    blocks = document.blocks[1:]
    assert [(block.label, block.level, block.parent) for block in blocks] == [
        ("1.", 0, None), ("1.1.", 1, 1), ("1.1.1.", 2, 2), ("1.1.1.1.", 3, 3), ("1.2.", 1, 1), ("1.2.1.", 2, 5),
    ]  # fmt: skip
    assert document.text[blocks[3].start : blocks[3].end] == "Con: Those in parks are the ones that\nlight prevents."


def test_its_pros_and_cons_are_links_and_a_claim_that_comes_again_is_the_same() -> None:
    seen = view(EXPORT, None, "lights.txt")
    found = extract(seen)

    def said(end: object) -> str:
        assert isinstance(end, int)
        there = found.statements[end]
        return (there.words or seen.text[there.start : there.end]).split()[0]

    assert {(said(x.source), x.relation, said(x.target)) for x in found.links if x.rule == "label"} == {
        ("Lit", "supports", "Towns"), ("Most", "attacks", "Lit"), ("Those", "attacks", "Most"),
        ("Moths", "attacks", "Towns"), ("Most", "supports", "Moths"),
    }  # fmt: skip


@pytest.mark.parametrize("indent", ["", "  ", "\t"])
def test_without_a_title_line_and_indented(indent: str) -> None:
    lines = ["1. Bees need towns.", "1.1. Pro: A.", "1.2. Con: B.", "1.2.1. Con: C.", "1.2.1.1. Pro: D."]
    text = "\n".join(indent * line.count(".", 0, 8) + line for line in lines)
    assert IMPORTER.sniff(Input(text, "bees.txt")) > 0.9
    blocks = IMPORTER.read(Input(text, "bees.txt"))[0].blocks
    assert [block.parent for block in blocks] == [None, 0, 0, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "1. Boil the rice.\n2. Drain it.\n2.1. Keep the water.\n",
        "Discussion Title: Minutes of June\n\nWe met in the hall.\n",
        "A note.\n\n1.1. Pro: cheap.\n\nMore of it.\n\nAnd more.\n\nAnd more.\n",
    ],
)
def test_other_numbered_texts_are_none(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "text.txt")) == 0


def test_the_addresses_that_a_claim_refers_to_are_none_of_its_words(read: Read) -> None:
    text = """Discussion Title: Ferries beat bridges.

1. Ferries beat bridges.
1.1. Con: Bridges never wait.[1]
[1]: https://example.org/waiting
1.2. Pro: Ferries can be moved,
[2] as was done twice.
"""
    [document] = read(IMPORTER, text, "ferries.txt")
    assert [document.text[block.start : block.end] for block in document.blocks if block.kind == "item"] == [
        "Ferries beat bridges.", "Con: Bridges never wait.[1]", "Pro: Ferries can be moved,\n[2] as was done twice.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "pro", "con"),
    [("Discussion Title:", "PRO:", "CON:"), ("Diskussionstitel:", "Pro:", "Kontra:"),
     ("Titre de la discussion :", "Pour :", "Contre :"), ("Título de la discusión:", "A favor:", "En contra:"),
     ("Titolo della discussione:", "A favore:", "Contro:")],
)  # fmt: skip
def test_the_sides_in_other_languages_and_in_capitals_are_sides(read: Read, title: str, pro: str, con: str) -> None:
    text = f"{title} Fähren?\n\n1. Fähren sind gut.\n1.1. {pro} Sie fahren.\n1.2. {con} Sie warten: lange.\n"
    assert IMPORTER.sniff(Input(text, "f.txt")) > 0.9
    [document] = read(IMPORTER, text, "f.txt")
    assert document.title == "Fähren?"
    claims = [document.text[block.start : block.end] for block in document.blocks if block.kind == "item"]
    assert claims == ["Fähren sind gut.", "Pro: Sie fahren.", "Con: Sie warten: lange."]


def test_sources_in_words_at_the_end_are_no_part_of_the_last_claim(read: Read) -> None:
    text = (
        "Discussion Title: Ferries?\n\n1. Ferries win.[2]\n1.1. Con: They wait.[1]\n\nSources:\n"
        "[1] Ada Moss, Waiting (2019)\n[2]: Bo Lind: Winning\n"
    )
    [document] = read(IMPORTER, text, "ferries.txt")
    claims = [document.text[block.start : block.end] for block in document.blocks if block.kind == "item"]
    assert claims == ["Ferries win.[2]", "Con: They wait.[1]"]
    assert document.text.endswith("\n\n[2]: Bo Lind: Winning")
