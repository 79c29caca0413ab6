"""Markdown and plain text, and what holds for every importer on any text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Input
from importers.files import read_files
from importers.texts import archive, markdown, plain, reading_notes, shortform, transcript
from importers.texts.plain import to_markdown
from kb.errors import KbError
from kb.model.document import Document
from kb.text.repair import repair
from tests.importers.importer_checks import check

Read = Callable[..., list[Document]]
OWN = [module.IMPORTER for module in (archive, transcript, reading_notes, shortform, markdown, plain)]


def _chosen(source: Input) -> str:
    return max(OWN, key=lambda importer: importer.sniff(source)).name


def test_markdown(read: Read) -> None:
    text = "---\ntags: [a]\naliases: [Other]\ndate: 2024-05-01\n---\n# Title *here*\n\nSee [[B]]. #c\n"
    (document,) = read(markdown.IMPORTER, text, "file.md")
    assert document.text == text
    assert document.title == "Title here"
    assert set(document.tags) == {"a", "c"}
    assert (document.aliases, document.published, document.kind) == (("Other",), "2024-05-01", "note")
    assert read(markdown.IMPORTER, "Words.\n", "My note.md")[0].title == "My note"
    assert read(markdown.IMPORTER, "## Part\n\nWords.\n", "1f2e3d4c5b6a7988.md")[0].title == "Part"
    assert read(markdown.IMPORTER, "A sentence. Another.", "1f2e3d4c5b6a7988.md")[0].title == "1f2e3d4c5b6a7988"
    assert read(markdown.IMPORTER, "---\na: [\n---\nWords.\n", "x.md")[0].problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One paragraph\nover two lines.\n\nAnother.", "One paragraph\nover two lines.\n\nAnother."),
        ("INTRODUCTION\n\nWords.", "## INTRODUCTION\n\nWords."),
        ("Title\n=====\nWords.", "# Title\n\nWords."),
        ("Title\n~~~~~\n\nWords.", "## Title\n\nWords."),
        ("1. Scope\n\nWords.\n\n1.2 More scope\n\nWords.", "## 1. Scope\n\nWords.\n\n### 1.2 More scope\n\nWords."),
        ("1. Eat\n\n2. Sleep\n\n3. Read", "1. Eat\n\n2. Sleep\n\n3. Read"),
        ("Chapter 3: Probes\n\nWords.", "## Chapter 3: Probes\n\nWords."),
        ("Things:\n• one\n• two", "Things:\n\n- one\n- two"),
        ("    An indented first line\nof a paragraph.", "An indented first line\nof a paragraph."),
        ("a" * 120 + "\n" + "b" * 120, "a" * 120 + "\n\n" + "b" * 120),
        ("# Fine\n\nAs it is.\n\n- a\n  - b", "# Fine\n\nAs it is.\n\n- a\n  - b"),
        ("SHOUTING AT THE END", "SHOUTING AT THE END"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert to_markdown(text) == expected
    assert to_markdown(expected) == expected


def test_plain_wrapped_paragraphs_stay() -> None:
    line = "words that go on and on until the margin of the page cuts them off"
    text = "\n\n".join("\n".join([line] * 4 + ["and end."]) for _ in range(3))
    assert to_markdown(text) == text


def test_plain_title(read: Read) -> None:
    assert read(plain.IMPORTER, "SCOPE\n\nWords.", "stdin")[0].title == "SCOPE"
    assert read(plain.IMPORTER, "Some words. More.", "stdin")[0].title == "Some words."
    assert read(plain.IMPORTER, "Some words. More.", "Notes on probes.txt")[0].title == "Notes on probes"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "Words.", "markdown"),
        ("a.txt", "Words.", "plain"),
        ("a.txt", "# Title\n\nWords with a [[link]].", "markdown"),
        ("stdin", "---\ntitle: x\n---\nWords.", "markdown"),
        ("a.txt", "- a\n- b\n", "markdown"),
        ("a.md", "Ana: One.\n\nBo: Two.\n\nAna: Three.\n\nBo: Four.\n", "transcript"),
        ("a.md", "### 2024-05-01\n[[A]]\n- on A\n\n[[B]]\n- on B\n", "readingnotes"),
    ],
)
def test_choice(name: str, text: str, expected: str) -> None:
    assert _chosen(Input(text, name)) == expected


_HEADER = "Comment by Ana (ana) on B · 2023-04-05T06:07:08.910Z · LW · GW\n"
_PIECES = st.one_of(
    st.sampled_from(
        ["\n", "\n\n", "- ", "\t- ", "  • ", "1. ", "# ", "> ", "---\n", "```\n", "$$", "…", ":", "[", "]"]
    ),
    st.sampled_from(["Ana: ", "Bo: ", "**Ana:** ", "[Ana comment: ", "New Comment", "Posts\n", _HEADER]),
    st.sampled_from(["[[A]]", "[a](https://example.org)", "`code`", "### 20240512\n", "A title\n====\n"]),
    st.sampled_from(["word ", "words again. "]),
)


@settings(max_examples=120)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    source = Input(repair(text), "x.md", "x.md", text.encode("utf-8", "replace"))
    for importer in OWN:
        assert 0 <= importer.sniff(source) <= 1
        try:
            documents = importer.read(source)
        except KbError:
            continue
        for document in documents:
            check(importer, document)
            assert document.title


@settings(max_examples=120)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_word_is_lost(text: str) -> None:
    words = repair(text).split()
    for importer in (plain.IMPORTER, markdown.IMPORTER, reading_notes.IMPORTER):
        for document in importer.read(Input(repair(text), "x.md")):
            kept = [word for word in document.text.split() if any(map(str.isalnum, word))]
            assert kept == [word for word in words if any(map(str.isalnum, word))]


@pytest.mark.real
@pytest.mark.parametrize(
    ("number", "name"),
    [("000", "readingnotes"), ("001", "archive"), ("003", "transcript"), ("004", "shortform")],
)
def test_choice_on_seeds(seed: Callable[[str], Input], number: str, name: str) -> None:
    assert _chosen(seed(number)) == name


@pytest.mark.real
def test_notes_of_vaults_are_markdown(vaults: list[Path]) -> None:
    for vault in vaults:
        for item in read_files(vault):
            if isinstance(item, Input) and item.target.endswith(".md"):
                assert _chosen(item) == "markdown", item.path
