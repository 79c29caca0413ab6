"""Shortform pages: repetition found, takes apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.texts.boundaries import repetition, split_page
from importers.texts.shortform import IMPORTER
from kb.model.document import Author, Document, Pointer

Read = Callable[..., list[Document]]

FIRST = [
    "Sparse probes keep finding features that the network may never use.",
    "This matters because a probe with enough capacity finds nearly anything. What I would want to see is:",
    "A control task with random labels",
    "An ablation of the probed direction",
    "A report of the probes that failed",
    "Maybe I am too harsh on probes, most of the failures are ours.",
]
SECOND = [
    "Does anyone track which grants for field building get renewed? Renewals would tell us what funders learned.",
    "Edit to add: two funders wrote to me that renewals are decided by last year's report alone.",
]
THIRD = ["Hot take: conference deadlines set the length of arguments more than the arguments do."]
TAKES = ["\n\n".join([*FIRST[:2], "- " + "\n- ".join(FIRST[2:5]), FIRST[5]]), "\n\n".join(SECOND), THIRD[0]]
LINES = [*FIRST, *SECOND, *THIRD]


@pytest.mark.parametrize(
    "page",
    [
        LINES + LINES,
        LINES * 3,
        LINES + LINES[:6],
        FIRST * 2 + SECOND * 2 + THIRD * 2,
        LINES,
        [*FIRST, "---", *SECOND, "---", *THIRD],
        [*FIRST, "", *SECOND, "", *THIRD, ""] * 2,
        "\n\n".join(LINES + LINES).split("\n"),
        "\n\n".join([*FIRST, "\n", *SECOND, "\n", *THIRD]).split("\n"),
    ],
)
def test_each_take_once(read: Read, page: list[str]) -> None:
    documents = read(IMPORTER, "\n".join(page))
    assert [document.text for document in documents] == TAKES
    assert {document.kind for document in documents} == {"shortform"}
    assert documents[0].title == FIRST[0]
    assert [block.kind for block in documents[0].blocks].count("item") == 3


def test_original_is_the_take(read: Read) -> None:
    documents = read(IMPORTER, "\n".join(LINES + LINES))
    assert documents[1].original.decode() == "\n".join(SECOND) + "\n"


def test_page_title(read: Read) -> None:
    documents = read(IMPORTER, "# Mira S.'s Shortform\n" + "\n".join(LINES))
    assert [document.text for document in documents] == TAKES
    assert {document.authors for document in documents} == {(Author("Mira S."),)}
    assert {document.parent for document in documents} == {Pointer("Mira S.'s Shortform")}


def test_marked_lists_stay(read: Read) -> None:
    page = "Three reasons for it\n• one\n  • deeper\n• two\n---\nSomething else."
    documents = read(IMPORTER, page)
    assert documents[0].text.splitlines()[:3] == ["Three reasons for it", "", "- one"]
    assert len(documents) == 2


def test_sniff() -> None:
    assert IMPORTER.sniff(Input("\n".join(LINES + LINES), "x.txt")) > 0.8
    assert IMPORTER.sniff(Input("\n".join(LINES), "x.txt")) == 0
    assert IMPORTER.sniff(Input("# A\n\n" + "\n".join(LINES + LINES), "x.txt")) == 0
    assert repetition("") == 0
    assert split_page("").takes == ()


def test_short_lines_may_come_again() -> None:
    text = "Yes.\nNo.\nA question that is long enough to stand by itself as a take on this page.\nYes.\nNo."
    assert repetition(text) == 0


@pytest.mark.real
def test_seed(seed: Callable[[str], Input], read: Read) -> None:
    source = seed("004")
    documents = read(IMPORTER, source.text, source.name)
    assert [len(document.blocks) for document in documents] == [9, 3, 1]
    assert sum(block.kind == "item" for block in documents[0].blocks) == 3
    assert len({document.text for document in documents}) == 3
