"""Who wrote a paper, by the ways its first page names them."""

from __future__ import annotations

import pytest

from importers.base import Input
from importers.documents.pdf.convert import read
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf

ADA, BO = ["Ada Tern"], ["Bo Gull"]
HARBOUR, SHORE = "Department of Boats, Harbour University, Norway", "Shore College, Denmark"


def authors(*lines: str) -> list[str]:
    sheet = Sheet().at(72, 720, "Counting Birds from Boats", size=18)
    y = 690.0
    for line in lines:
        sheet = sheet.at(72, y, line, size=11)
        y -= 16
    body = ["We count birds from boats and from piers, and we say here at length how we do so."] * 12
    sheet = sheet.at(72, y - 20, "Abstract", size=12, bold=True).column(72, y - 44, body)
    data = pdf([sheet])
    return [one.name for one in read(Input("", "boats.pdf", "boats.pdf", data))[0].authors]


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
    ],
)
def test_people_are_read_over_the_addresses_between_them(lines: tuple[str, ...], named: list[str]) -> None:
    assert authors(*lines) == named
