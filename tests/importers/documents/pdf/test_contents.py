"""The table of contents of a paper is no text of it; what only looks like one is."""

from __future__ import annotations

import pytest

from importers.documents.pdf.convert import PdfText, text_of
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf

BODY = ["We count birds from boats and from piers, and we say here at length how we do so."] * 8
DOTS = " . . . . . . . . . . . . . "


def paper(*lines: str) -> PdfText:
    sheet = Sheet().at(72, 740, "Counting Birds from Boats", size=18)
    y = 710.0
    for line in lines:
        sheet = sheet.at(72, y, line, size=12 if line == "Contents" else 10, bold=line == "Contents")
        y -= 14
    sheet = sheet.at(72, y - 16, "1 Introduction", size=14, bold=True).column(72, y - 40, BODY)
    return text_of(pdf([sheet]), "boats.pdf")


@pytest.mark.parametrize(
    "lines",
    [
        ("Contents", "1 Introduction", "4", "2 Boats", "5", "3 Piers", "7"),
        ("Contents", f"1 Introduction{DOTS}4", f"2 Boats{DOTS}5", f"2.1 Small boats{DOTS}6"),
        ("Contents", "1 Introduction 4", "2 Boats 5", "3 Piers 6", "A Birds of the sea 9"),
        ("Contents", f"1 Introduction{DOTS}4", "2 Boats and what is seen", f"from them{DOTS}5", f"3 Piers{DOTS}7"),
        (f"1 Introduction{DOTS}4", f"2 Boats{DOTS}5", f"2.1 Small boats{DOTS}6"),
    ],
)
def test_a_table_of_contents_is_left_out_and_counted(lines: tuple[str, ...]) -> None:
    found = paper(*lines)
    assert found.markdown.split("\n\n")[1].strip() == "## 1 Introduction"
    assert "Boats" not in found.markdown.split("\n\n", 1)[1]
    assert "left out: 1 table of contents" in found.problems


@pytest.mark.parametrize(
    "lines",
    [
        ("Contents", "We say what boxes hold, in words that go on and on."),
        ("Contents", "Sand 4", "Mud 5"),
        ("[1,] . 2.6 . . . . . . . . 1", "[2,] . . . . . . . . . . 2", "[3,] . . . . . . . . 3.7 . 3"),
    ],
)
def test_what_is_none_stays(lines: tuple[str, ...]) -> None:
    found = paper(*lines)
    assert lines[1][:8] in found.markdown
    assert not found.problems
