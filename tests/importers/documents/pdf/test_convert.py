"""PDFs: reading order, joined words, what is left out, what the file says of itself, and clear errors."""

from __future__ import annotations

from pathlib import Path

import pytest

import importers
from importers.base import Failure, Input
from importers.documents.pdf.convert import IMPORTER, PdfText, structure, text_of
from importers.files import read_files
from kb.errors import KbError
from kb.model.document import Document
from kb.model.passages import cut
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf
from tests.importers.importer_checks import check

LEFT = [
    "The transects were walked by ninety people",
    "for eleven years, and each of them wrote",
    "down what was there and what was not. The",
    "zeros are the better half of such a list,",
    "because nobody who walks for pleasure will",
    "write one down. A list of finds says where",
    "people like to go, and a list with zeros",
    "says where the beetles are. We show that a",
    "correction for effort needs the second",
    "kind, and that no model can make it out of",
    "the first. The argument is short, and the",
    "data have been open for as long as we have",
]
RIGHT = [
    "had them, so that everybody may repeat it.",
    "A fixed route has a cost, of course. It is",
    "walked in the rain, and half of those who",
    "begin with it stop within two summers. Our",
    "own count of the reasons is in the second",
    "table, and boredom leads it by a margin",
    "that surprised the people who were bored.",
    "None of this speaks against open records,",
    "which are good at what they are good at,",
    "and nobody proposes to do without them at",
    "all. It speaks against reading an index of",
    "abundance out of them, as the atlas does.",
]
WHOLE = " ".join([*LEFT, *RIGHT])


def _read(data: bytes, name: str = "paper.pdf") -> Document:
    (document,) = IMPORTER.read(Input("", name, name, data))
    check(IMPORTER, document)
    return document


def _two_columns(*, by_rows: bool) -> bytes:
    sheet = Sheet().at(120, 720, "Zeros Are the Better Half", 18, bold=True).at(200, 690, "Ada Brandt, Bo Lind", 11)
    sheet.at(72, 650, "1 Introduction", 12, bold=True)
    if by_rows:
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            sheet.at(72, 630 - 12 * number, left).at(320, 630 - 12 * number, right)
    else:
        sheet.column(72, 630, LEFT).column(320, 630, RIGHT)
    return pdf([sheet.at(30, 250, "arXiv:2403.01234v2  [q-bio.PE]  5 Mar 2024", 16, up=True)])


@pytest.mark.parametrize("by_rows", [False, True])
def test_two_columns_are_read_one_after_the_other(by_rows: bool) -> None:
    found = text_of(_two_columns(by_rows=by_rows), "paper.pdf")
    assert " ".join(found.markdown.split()).endswith(WHOLE)
    assert "## 1 Introduction" in found.markdown
    assert "arXiv:" not in found.markdown
    assert found.title == "Zeros Are the Better Half"
    assert found.authors == ("Ada Brandt", "Bo Lind")
    assert (found.date, dict(found.external_ids)) == ("2024-03-05", {"arxiv": "2403.01234", "arxiv_version": "2"})


def test_the_place_of_a_block_says_page_and_column() -> None:
    left = [*["Ninety people walked these transects for years"] * 8, "and then they stopped."]
    right = [*["Each of them wrote down what was not there, too"] * 8, "and that was all."]
    again = [
        "On the next page there is one column, and its lines run over the whole of it, as these do.",
        "They end here.",
    ]
    document = _read(pdf([Sheet().column(72, 630, left).column(330, 630, right), Sheet().column(72, 700, again)]))
    labels = [(document.text[one.start : one.start + 4], one.label) for one in document.blocks]
    assert labels == [("Nine", "p. 1, col. 1"), ("Each", "p. 1, col. 2"), ("On t", "p. 2")]


def test_document() -> None:
    document = _read(_two_columns(by_rows=False))
    assert (document.kind, document.importer) == ("paper", "pdf")
    assert document.url == "https://arxiv.org/abs/2403.01234"
    assert [author.name for author in document.authors] == ["Ada Brandt", "Bo Lind"]
    assert importers.choose(Input("", "x", "x", document.original)) is IMPORTER


def _book(pages: int = 4) -> bytes:
    sheets = []
    for number in range(1, pages + 1):
        sheet = Sheet().at(72, 760, f"Brandt and Lind: Zeros, part {number}", 9).at(300, 30, str(number), 10)
        sheets.append(sheet)
    sheets[0].at(72, 700, "Zeros", 20, bold=True).column(72, 650, ["", *LEFT[:-1]])
    sheets[0].at(72, 80, "1", 5).at(76, 78, "A footnote that names the county and the years.", 8)
    sheets[1].column(
        72, 720, ["the data were open from the begin-", "ning, which is a well-", "known thing about it.", ""]
    )
    sheets[1].at(72, 640, "Method", 14, bold=True).column(72, 610, RIGHT)
    sheets[2].column(72, 720, ["Things to bring:"]).column(
        84, 700, ["\u2022 a pencil that writes in the", "   rain and a", "\u2022 map"]
    )
    sheets[2].column(72, 640, ["Figure 1: The routes, with the ones that", "were given up in grey."]).column(
        72, 580, LEFT
    )
    sheets[3].column(72, 720, [*RIGHT, "", "A well-known beginning."])
    return pdf(sheets, {"Title": "zeros_final_v3", "Author": "Ada Brandt", "CreationDate": "D:20240506080000Z"})


def test_pages_headings_lists_and_what_is_left_out() -> None:
    found = text_of(_book(), "book.pdf")
    text = found.markdown
    assert found.title == "Zeros"
    assert (found.authors, found.date, found.pages) == (("Ada Brandt",), "2024-05-06", 4)
    assert "part" not in text  # the running head
    assert "\n4\n" not in text
    assert "## Method" in text
    assert "as they data" not in text
    assert "The argument is short, and the the data were open" in " ".join(text.split())  # over the page's end
    assert "from the beginning, which is a well-known thing" in text
    assert "[^1]: A footnote that names the county and the years." in text
    assert "- a pencil that writes in the rain and a\n- map" in text
    assert "Figure 1: The routes, with the ones that were given up in grey." in text.split("\n\n")


def test_pages_are_told_and_are_no_passages() -> None:
    document = _read(_book())
    assert "\n\n<!-- page 3 -->\n\n" in document.text
    labels = {document.text[block.start : block.end][:12]: block.label for block in document.blocks}
    assert labels["A footnote t"] == "^1, p. 1"
    assert labels["Method"] == "p. 2"
    assert labels["Things to br"] == "p. 3"
    assert not any("<!--" in document.text[p.start : p.end] for p in cut(document.text, document.blocks))
    assert structure(document.text) == (document.blocks, document.references)


def test_doi_of_the_first_page_only() -> None:
    first = Sheet().at(72, 760, "https://doi.org/10.1234/zeros.17", 8).column(72, 600, LEFT)
    cited = Sheet().column(72, 600, ["doi:10.9999/somebody.else", *LEFT])
    assert text_of(pdf([first, cited]), "p").external_ids == {"doi": "10.1234/zeros.17"}
    assert text_of(pdf([Sheet().column(72, 600, LEFT), cited]), "p").external_ids == {}
    blank = Sheet().at(72, 760, "https://doi.org/10.1145/nnnnnnn.nnnnnnn", 8).column(72, 600, LEFT)
    assert text_of(pdf([blank]), "p").external_ids == {}
    inside = Sheet().column(72, 600, [*LEFT, "as was shown in doi:10.5555/other by people who knew it before us all"])
    assert text_of(pdf([inside]), "p").external_ids == {}
    stamped = first.at(30, 250, "arXiv:2403.01234v2 [q-bio.PE] 5 Mar 2024", 16, up=True)
    assert text_of(pdf([stamped]), "p").external_ids["arxiv"] == "2403.01234"
    assert "doi" not in text_of(pdf([stamped]), "p").external_ids


def test_words_that_look_like_markdown() -> None:
    sheet = Sheet().column(72, 700, ["# of beetles is not a heading of this page.", "", "2019. was the year of it."])
    text = text_of(pdf([sheet.column(72, 600, LEFT)]), "p").markdown
    assert "\\# of beetles" in text
    assert "2019\\. was" in text


def test_title_from_the_properties_where_the_page_has_it_too() -> None:
    sheet = (
        Sheet().at(72, 720, "JOURNAL OF SMALL THINGS", 22, bold=True).at(72, 690, "On zeros in lists", 14, bold=True)
    )
    data = pdf([sheet.column(72, 640, LEFT)], {"Title": "On zeros in lists"})
    assert text_of(data, "p").title == "On zeros in lists"
    unnamed = pdf([Sheet().column(72, 640, LEFT)])
    assert text_of(unnamed, "p").title == ""
    assert _read(unnamed, "On lists.pdf").title == "On lists"


def _scan() -> bytes:
    return pdf([Sheet(picture=True), Sheet(picture=True).at(300, 30, "2")])


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (_scan(), "is a scan: no text in it", "ocrmypdf"),
        (pdf([Sheet()]), "has no text in it", "ocrmypdf"),
        (pdf([Sheet().column(72, 700, LEFT)], password="secret"), "protected by a password", "qpdf --decrypt"),
        (pdf([Sheet().column(72, 700, LEFT)])[:300], "is damaged", "again"),
        (b"%PDF-1.7 and then nothing of the kind", "is damaged", "again"),
        (b"<!doctype html><html><body><form>Log in</form></body></html>", "is a web page, not a PDF", "log in"),
        (b"GIF89a", "is not a PDF", "again"),
    ],
)
def test_what_cannot_be_read(data: bytes, message: str, hint: str) -> None:
    with pytest.raises(KbError) as error:
        IMPORTER.read(Input("", "paper.pdf", "in/paper.pdf", data))
    assert message in error.value.message
    assert "in/paper.pdf" in error.value.message
    assert hint in error.value.hint


def test_a_scanned_page_among_others_is_told() -> None:
    found = text_of(pdf([Sheet().column(72, 700, LEFT), Sheet(picture=True), Sheet().column(72, 700, RIGHT)]), "p")
    assert found.problems == ("1 of 3 pages are pictures without text, the first is 2",)


def test_files(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(_book())
    (tmp_path / "login.pdf").write_bytes(b"<html><body>Log in</body></html>")
    items = list(read_files(tmp_path))
    assert not any(isinstance(item, Failure) for item in items)
    good, bad = (item for item in items if isinstance(item, Input))
    assert importers.read(good)[0].title == "Zeros"
    with pytest.raises(KbError, match="web page"):
        importers.read(bad)


def _sample(name: str, shared: Path) -> PdfText:
    return text_of((shared / "samples/pdf" / name).read_bytes(), name)


@pytest.mark.real
def test_real_two_columns(shared: Path) -> None:
    found = _sample("paperqa_pasa.pdf", shared)
    text = " ".join(found.markdown.split())
    assert found.title == "PaSa: An LLM Agent for Comprehensive Academic Paper Search"
    assert found.authors[:2] == ("Yichen He", "Guanhua Huang")
    assert (len(found.authors), found.pages, found.date) == (7, 15, "2025-01-17")
    assert found.external_ids["arxiv"] == "2501.10120"
    phrases = [
        "pers, and selecting relevant references, to ultimately obtain",  # p. 1, left
        "Equal contribution.",  # p. 1, foot of the left column
        "## 2 Related Work",
        "agents (Feng et al., 2024; Putta et al., 2024; Liu et al., 2023). Among these efforts",  # p. 3, left to right
        "## 3 Datasets",
        "from the current paper in its context. The agent subsequently",  # p. 5, left to right
        "## 6 Conclusion",
        "## References",
        "Mind2web: Towards a generalist agent for the web. Advances in Neural",  # p. 10, left to right
        "### A.1 Imitation learning data generation",
    ]
    places = [text.find(phrase) for phrase in phrases]
    assert -1 not in places, phrases[places.index(-1)]
    in_order = [place for number, place in enumerate(places) if number != 1]  # a footnote stands behind its page
    assert in_order == sorted(in_order)
    assert "GPT-4o by 30.36%" in text
    assert "PaSa-GPT-4o by 30.36%" in text
    assert "token-level Markov" in text
    assert "\x02" not in found.markdown
    assert not [block for block in found.markdown.split("\n\n") if block.strip().isdigit()]  # page numbers


@pytest.mark.real
def test_real_long_paper(shared: Path) -> None:
    found = _sample("paperqa_paper.pdf", shared)
    assert (found.title, found.pages) == ("A Perspective on Explanations of Molecular Prediction Models", 41)
    assert found.authors == ("Geemi P. Wellawatte", "Heta A. Gandhi", "Aditi Seshadri", "Andrew D. White")
    blocks = found.markdown.split("\n\n")
    assert not [block for block in blocks if block.strip().isdigit()]  # page numbers
    assert "Müller" in found.markdown
    entries = [block for block in blocks if block.startswith("(") and block[1:2].isdigit()]
    assert len(entries) > 140
    assert "## Acknowledgements" in blocks
    document = _read((shared / "samples/pdf/paperqa_paper.pdf").read_bytes())
    assert document.blocks[-1].label == "p. 41"


@pytest.mark.real
def test_real_printed_page(shared: Path) -> None:
    found = _sample("paperqa_duplicate_media.pdf", shared)
    assert (found.title, found.date, found.pages) == ("SF Districts in the style of Andy Warhol", None, 5)


def test_a_numbered_line_in_the_middle_of_its_column_is_a_heading() -> None:
    body = ["We count birds from boats and from piers, and we say here at length how we do so."] * 8
    sheet = Sheet().at(72, 750, "Counting Birds", size=18).column(72, 720, body).at(228.5, 590, "2. The Boats")
    sheet = sheet.column(72, 570, body).at(224.5, 440, "Sand and Mud").column(72, 420, body)
    headings = [line for line in text_of(pdf([sheet]), "a.pdf").markdown.split("\n") if line.startswith("#")]
    assert headings == ["# Counting Birds", "## 2. The Boats"]
