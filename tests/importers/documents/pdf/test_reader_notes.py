"""The notes that annotations of a PDF give: a reader each, on the paper, in the words of its text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import importers
from importers.base import Input
from importers.documents.pdf.annotations import Mark
from importers.documents.pdf.convert import IMPORTER, structure
from importers.documents.pdf.reader_notes import notes_on
from kb.model.document import Document
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf
from tests.importers.importer_checks import check

TEXT = (
    "**Ninety people** have walked the fixed transects, and each wrote down what was not there.\n\n"
    "<!-- page 2 -->\n\nThe zeros are the better half of such a list.\n\n## 2 Methods\n\nAll of them "
    "were counted twice."
)


def _paper(text: str = TEXT) -> Document:
    blocks, references = structure(text)
    return Document("paper", "Zeros", text, blocks, references, importer="pdf", target="in/zeros.pdf")


def _quotes(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == "quote"]


def _note(*marks: Mark) -> Document:
    (document,) = notes_on(_paper(), marks)
    check(importers.importer("highlights"), document)
    return document


def test_a_note_for_each_reader() -> None:
    marks = [Mark(1, "Ann", "walked the fixed"), Mark(2, "", comment="Mine."), Mark(2, "Ann", comment="On the page.")]
    ann, nobody = notes_on(_paper(), marks)
    assert [author.name for author in ann.authors] == ["Ann"]
    assert (ann.title, nobody.title, nobody.authors) == ("Highlights from Zeros", "Notes on Zeros", ())
    assert ann.attached
    assert nobody.attached
    assert len({ann.target, nobody.target, "in/zeros.pdf"}) == 3
    assert "Mine." in nobody.text
    assert "Mine." not in ann.text


def test_the_note_is_about_the_paper() -> None:
    note = _note(Mark(1, "Ann", "walked the fixed transects", "I doubt that.", colour="yellow", when="2024-05-01"))
    comment = note.blocks[-1]
    assert note.text[comment.start : comment.end] == "I doubt that."
    assert comment.about == 0
    assert note.references[0].target == "Zeros"
    assert "> — p. 1 · yellow · 2024-05-01" in note.text
    assert note.published == "2024-05-01"


def test_quotes_are_the_words_of_the_text() -> None:
    assert _quotes(_note(Mark(1, "", "walked the fixed tran- sects, and each"))) == [
        "walked the fixed transects, and each"
    ]
    assert _quotes(_note(Mark(1, "", "people have wal- ked the"))) == ["people have walked the"]
    assert _quotes(_note(Mark(1, "", "was not there. The zeros are"))) == ["was not there.", "The zeros are"]
    assert _quotes(_note(Mark(2, "", "such a list. 2 Methods All of them"))) == [
        "such a list.",
        "2 Methods",
        "All of them",
    ]
    assert _quotes(_note(Mark(1, "", "what the text has not at all"))) == ["what the text has not at all"]


def test_struck_words_are_told_from_others() -> None:
    note = _note(Mark(1, "", "walked the fixed", "strolled along the", struck=True))
    assert "> — p. 1 · struck out" in note.text
    assert _quotes(note) == ["walked the fixed"]


def test_what_comes_through_a_pipe_has_no_place() -> None:
    data = pdf([Sheet().column(72, 700, ["Ninety people walked the transects."]).marked("Text", Contents="(Mine)")])
    paper, note = IMPORTER.read(Input("", "stdin", "-", data))
    assert (paper.target, note.target) == ("-", "")


@given(st.integers(0, len(TEXT)), st.integers(0, 60), st.text("# >-*\n[]`|1.a", max_size=12))
def test_any_quote_and_comment_can_be_cut_again(start: int, length: int, comment: str) -> None:
    mark = Mark(1, "", " ".join(TEXT[start : start + length].split()), comment.strip())
    for document in notes_on(_paper(), [mark]):
        check(importers.importer("highlights"), document)


def test_a_line_says_what_is_left_out() -> None:
    data = pdf([Sheet().column(72, 700, ["Ninety people walked the transects."]).marked("Ink")])
    (paper,) = IMPORTER.read(Input("", "a.pdf", "a.pdf", data))
    assert paper.problems == ("1 annotation without words (drawings, stamps, marks on no text) left out",)
