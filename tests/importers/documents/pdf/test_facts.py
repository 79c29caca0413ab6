"""Who wrote a paper, by the ways its first page names them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from importers.base import Input
from importers.documents.pdf.convert import read
from kb.model.document import Document
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf

ADA, BO = ["Ada Tern"], ["Bo Gull"]
HARBOUR, SHORE = "Department of Boats, Harbour University, Norway", "Shore College, Denmark"


def authors(*lines: str, info: Mapping[str, str] | None = None) -> list[str]:
    return [one.name for one in document(*lines, info=info).authors]


def document(*lines: str, title: str = "Counting Birds from Boats", info: Mapping[str, str] | None = None) -> Document:
    """A paper with these lines below its title; one that begins with `-` is set in smaller letters."""
    sheet = Sheet().at(72, 720, title, size=18)
    y = 690.0
    for line in lines:
        sheet = sheet.raised(72, y, line.removeprefix("-"), size=9 if line.startswith("-") else 11)
        y -= 16
    body = ["We count birds from boats and from piers, and we say here at length how we do so."] * 12
    sheet = sheet.at(72, y - 20, "Abstract", size=12, bold=True).column(72, y - 44, body)
    data = pdf([sheet], info=info)
    return read(Input("", "boats.pdf", "boats.pdf", data))[0]


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (("Ada Tern", HARBOUR, "ada@example.org", "Bo Gull", SHORE, "bo@example.org"), ADA + BO),
        (
            ("Ada Tern", HARBOUR, "Bo Gull", SHORE, "Cleo van der Berg", "Institute of Piers"),
            [*ADA, *BO, "Cleo van der Berg"],
        ),
        (("Ada Tern, Bo Gull", HARBOUR), ADA + BO),
        (("Ada Tern", HARBOUR, "New York", "ada@example.org"), ADA),
        (("Ada Tern", HARBOUR, "Bergen, Norway", "ada@example.org"), ADA),
        (("Ada Tern", HARBOUR, "Bird Counting Group", "ada@example.org"), ADA),
        (("Ada Tern", HARBOUR, "Draft of the second kind"), ADA),
        (("Ada Tern", HARBOUR, "All Rights Reserved"), ADA),
        (("Ada Tern^a,1^, Bo Gull^b,*^", f"-^a^{HARBOUR}", f"-^b^{SHORE}"), ADA + BO),
        (("Ada Tern,^1, a)^ Bo Gull,^1, b)^ and Cleo Lind^2, c)^", "-1) Some place"), [*ADA, *BO, "Cleo Lind"]),
        (("ADA TERN* and BO GULL*, Institute for Boats, Norway", "CLEO LIND, Inria Paris, France"),
         [*ADA, *BO, "Cleo Lind"]),
        (("Ada Tern", "MRC Boat Unit", "Cambridge, U.K.", "Bo Gull", "Mayo Clinic"), ADA + BO),
        (("Ada Tern and Bo Gull", "ETH Zurich and Bird Association Zurich"), ADA + BO),
        (("Ada Tern, Jr.", "-University of Boats", "Bo Gull", "-UC Berkeley"), ["Ada Tern Jr.", *BO]),
        (("Ada Tern, Member, ABC",), ADA),
        (("Sir Ada Tern (Researcher), Dr. Bo Gull (Co-ordinator)",), ADA + BO),
        (("Ada Tern ada@example.org and Bo Gull bo@example.org", "Address"), ADA + BO),
        (("Version 1.7", "27 November, 2022", "Ada Tern"), ADA),
        (("Ada Tern, Bo", "Gull, Cleo Lind"), [*ADA, *BO, "Cleo Lind"]),
        (("Ada Tern", "-Elsevier B.V., Radarweg 29, Peru", "Bo Gull", "-Sayahna Foundations, India"), ADA + BO),
    ],
)  # fmt: skip
def test_people_are_read_over_the_addresses_between_them(lines: tuple[str, ...], named: list[str]) -> None:
    assert authors(*lines) == named


@pytest.mark.parametrize(
    ("given", "lines", "named"),
    [
        ("Ada Tern, Bo Gull", ("Some Words Here",), ADA + BO),
        ("Ada Tern", ("Ada Tern and Bo Gull",), ADA + BO),
        ("Gull, Bo", (), BO),
        ("Ada Tern; Bo Gull", ("Bo Gull", "-Shore College", "Ada Tern", "-Harbour University"), BO + ADA),
        ("Ada Tern and Bo Gull", ("Ada X. Tern and Bo Gull",), ["Ada X. Tern", *BO]),
        ("Boats Ltd", (), []),
    ],
)
def test_the_properties_and_the_page_are_weighed(given: str, lines: tuple[str, ...], named: list[str]) -> None:
    assert authors(*lines, info={"Author": given}) == named


@pytest.mark.parametrize("title", ["Boat Birds", "How Birds are Counted from Boats and Piers"])
def test_a_title_is_no_line_of_people_and_no_name_of_a_journal(title: str) -> None:
    sheet = Sheet().at(72, 750, "Journal of Counted Birds and Boats", size=14).at(72, 720, title, size=16)
    sheet = sheet.at(72, 690, "Ada Tern and Bo Gull", size=13).at(72, 670, "March 20, 2020", size=13)
    body = ["We count birds from boats and from piers, and we say here at length how we do so."] * 12
    data = pdf([sheet.at(72, 640, "1 Introduction", size=14).column(72, 620, body)])
    found = read(Input("", "boats.pdf", "boats.pdf", data))[0]
    assert (found.title, [one.name for one in found.authors]) == (title, ADA + BO)


def test_a_title_of_the_texts_own_size_is_told_by_its_capitals() -> None:
    sheet = Sheet().at(200, 720, "COUNTING BIRDS FROM BOATS").at(220, 700, "ADA TERN, BO GULL, AND CLEO LIND", size=9)
    body = ["We count birds from boats and from piers, and we say here at length how we do so."] * 12
    found = read(Input("", "boats.pdf", "boats.pdf", pdf([sheet.column(72, 670, body)])))[0]
    assert found.title == "COUNTING BIRDS FROM BOATS"
    assert [one.name for one in found.authors] == [*ADA, *BO, "Cleo Lind"]
