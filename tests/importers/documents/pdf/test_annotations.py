"""What readers put into a PDF: whose it is, which words are marked, what is left out, and what is damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.documents.pdf.annotations import Mark, colour_name
from importers.documents.pdf.convert import text_of
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf

LINES = [
    "Ninety people walked the transects for eleven years, and each",
    "wrote down what was there and what was not. A list with zeros",
    "says where the beetles are; a list of finds says where people are.",
    "None of this speaks against open records, which are good enough.",
]
FIRST = (70.0, 697.0, 400.0, 709.0)
SECOND = (70.0, 685.0, 400.0, 697.0)


def _sheet() -> Sheet:
    return Sheet().column(72, 700, LINES)


def _marks(*sheets: Sheet) -> tuple[Mark, ...]:
    return text_of(pdf(sheets), "p.pdf").marks


@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Squiggly", "StrikeOut"])
def test_the_marked_words_with_whose_they_are(kind: str) -> None:
    sheet = _sheet().marked(
        kind, FIRST, T="(Ann Moss)", Contents="(Which ones?)", C="[1 0.83 0]", CreationDate="(D:20240501120000+02'00')"
    )
    (mark,) = _marks(sheet)
    assert mark.quote == LINES[0]
    assert (mark.page, mark.author, mark.comment) == (1, "Ann Moss", "Which ones?")
    assert (mark.colour, mark.when, mark.struck) == ("yellow", "2024-05-01", kind == "StrikeOut")


def test_lines_are_one_quote_and_a_box_need_not_hold_whole_words() -> None:
    begins, ends = (115.0, 697.0, 400.0, 709.0), (70.0, 685.0, 84.0, 697.0)
    (mark,) = _marks(_sheet().marked("Highlight", begins, ends))
    assert mark.quote == "people walked the transects for eleven years, and each wrote"


def test_without_boxes_its_own_place_tells_the_words() -> None:
    (mark,) = _marks(_sheet().raw("<< /Subtype /Highlight /Rect [70 697 400 709] >>"))
    assert mark.quote == LINES[0]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_on_a_turned_page(turned: int) -> None:
    sheet = _sheet().marked("Highlight", SECOND)
    sheet.turned = turned
    (mark,) = _marks(sheet)
    assert mark.quote == LINES[1]


def test_broken_words_are_joined_and_ligatures_are_letters() -> None:
    sheet = Sheet().column(
        72, 700, ["The reasons were found to be unim-", "portant, as all of the first ones were.", *LINES]
    )
    (mark,) = _marks(sheet.marked("Highlight", FIRST, SECOND))
    assert mark.quote == "The reasons were found to be unimportant, as all of the first ones were."


def test_a_copy_of_the_marked_words_is_no_comment() -> None:
    copy = LINES[0].replace(" ", "  ")
    (mark,) = _marks(_sheet().marked("Highlight", FIRST, Contents=f"({copy})"))
    assert mark.comment == ""


@pytest.mark.parametrize("kind", ["Text", "FreeText", "Square", "Ink", "Stamp", "Caret", "FileAttachment", "Popup"])
def test_a_note_on_the_page(kind: str) -> None:
    (mark,) = _marks(_sheet(), _sheet().marked(kind, Contents=r"(Two\rlines, and caf\351)"))
    assert (mark.page, mark.quote, mark.comment) == (2, "", "Two\nlines, and café")


def test_a_window_that_only_repeats_is_no_note() -> None:
    sheet = _sheet().marked("Text", Contents="(Why?)").marked("Popup", Contents="(Why?)").marked("Popup")
    assert [mark.comment for mark in _marks(sheet)] == ["Why?"]


def test_a_comment_without_letters_is_one() -> None:
    sheet = Sheet().column(72, 700, ["***", *LINES]).marked("Highlight", FIRST, Contents="(??)")
    assert [(mark.quote, mark.comment) for mark in _marks(sheet)] == [("***", "??")]


def test_rich_text_where_there_is_no_other() -> None:
    rich = r"(<?xml version=\"1.0\"?><body><p>More <b>weight</b> &amp; care</p><p>needed</p></body>)"
    (mark,) = _marks(_sheet().marked("FreeText", RC=rich))
    assert mark.comment == "More weight & care\nneeded"


def test_answers_go_to_what_they_answer() -> None:
    sheet = _sheet().marked("Highlight", FIRST, T="(Ann)", Contents="(Ninety?)")
    sheet.marked("Text", T="(Bo)", Contents="(Yes, ninety.)", IRT="@0")
    sheet.marked("Text", T="(Ann)", Contents="(I see.)", IRT="@1")
    sheet.marked("Text", Contents="(Who says so?)", IRT="@0")
    sheet.marked("Text", T="(Bo)", Contents="(Accepted set by Bo)", IRT="@0", StateModel="(Review)", State="(Accepted)")
    sheet.marked("Popup", Contents="(Ninety?)", Parent="@0")
    first, second = _marks(sheet)
    assert (first.author, first.comment, first.replies) == ("Ann", "Ninety?\nI see.", (("Bo", "Yes, ninety."),))
    assert (second.author, second.quote, second.comment) == ("", LINES[0], "Who says so?")


def test_a_replacement_is_one_mark() -> None:
    sheet = _sheet().marked("Caret", T="(Ann)", Contents="(Eighty)")
    sheet.marked("StrikeOut", (70.0, 697.0, 100.0, 709.0), T="(Ann)", IRT="@0", RT="/Group")
    (mark,) = _marks(sheet)
    assert (mark.quote, mark.comment, mark.struck) == ("Ninety", "Eighty", True)


def test_answers_in_a_circle_are_not_lost() -> None:
    sheet = _sheet().marked("Text", Contents="(One)", IRT="@1").marked("Text", Contents="(Two)", IRT="@0")
    assert {mark.comment for mark in _marks(sheet)} == {"One", "Two"}


def test_links_and_fields_are_no_reader_s() -> None:
    sheet = _sheet().marked("Link", A="<< /S /URI /URI (https://a.example) >>").marked("Widget", FT="/Tx", T="(name)")
    found = text_of(pdf([sheet]), "p.pdf")
    assert (found.marks, found.left_out) == ((), ())


def test_what_is_damaged_or_says_nothing_is_told_and_the_rest_is_read() -> None:
    sheet = _sheet().raw("null").raw("5").raw("<< >>").raw("<< /Subtype /Highlight /QuadPoints (x) /Rect 4 >>")
    sheet.marked("Ink").marked("Highlight", (0, 0, 5, 5)).marked("Text", Contents="(Kept)").raw("<< /Subtype 7 >>")
    found = text_of(pdf([_sheet(), sheet]), "p.pdf")
    assert [mark.comment for mark in found.marks] == ["Kept"]
    assert found.left_out == (
        "3 annotations without words (drawings, stamps, marks on no text) left out",
        "4 annotations that are damaged left out, the first on page 2",
    )


def test_in_the_order_of_the_page() -> None:
    sheet = _sheet().marked("Highlight", SECOND).marked("Highlight", FIRST).marked("Highlight", FIRST)
    assert [mark.quote for mark in _marks(sheet)] == [LINES[0], LINES[1]]


@pytest.mark.parametrize(
    ("name", "colour"),
    [("yellow", "ffd400"), ("red", "ff6666"), ("green", "5fb236"), ("blue", "2ea8e5"), ("purple", "a28ae5"),
     ("magenta", "e56eee"), ("orange", "f19837"), ("gray", "aaaaaa"), (None, "000000"), (None, "ffffff")],
)  # fmt: skip
def test_colours_as_readers_call_them(name: str | None, colour: str) -> None:
    assert colour_name(*bytes.fromhex(colour)) == name


_NAMES = ["Highlight", "Text", "Popup", "Link", "Nonsense", "Caret"]
_VALUES = st.sampled_from(
    ["null", "5", "(x)", "<< >>", "[]", "[1 2]", "/N", "@0", "@1", "@9", "[(a) 2 null 7 8 9 1 2]"]
)
_ENTRIES = st.dictionaries(st.sampled_from(["Rect", "QuadPoints", "Contents", "T", "IRT", "C", "AP", "M"]), _VALUES)


@given(st.lists(st.tuples(st.sampled_from(_NAMES), _ENTRIES), max_size=5))
def test_no_annotation_hides_the_paper(annotations: list[tuple[str, dict[str, str]]]) -> None:
    sheet = _sheet()
    for kind, entries in annotations:
        sheet.raw(f"<< /Subtype /{kind} {' '.join(f'/{name} {value}' for name, value in entries.items())} >>")
    assert LINES[0] in text_of(pdf([sheet]), "p.pdf").markdown
