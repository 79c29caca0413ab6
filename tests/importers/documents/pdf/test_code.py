"""Programs in a PDF: lines in the letters of a typewriter keep their lines and blanks."""

from __future__ import annotations

from importers.documents.pdf.convert import text_of
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf

BODY = ["We count birds from boats and from piers, and we say here at length how we do so."] * 6


def typed(*lines: str, before: list[str] = BODY) -> str:
    sheet = Sheet().column(72, 740, before)
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        sheet = sheet.formula(72 + 6 * indent, 640 - 12 * number, ("T", line.lstrip(), 0, 0, 1))
    return text_of(pdf([sheet.column(72, 500, BODY)]), "boats.pdf").markdown


def test_lines_and_the_blanks_at_their_heads_are_kept() -> None:
    assert "```\nfor bird in boat:\n    count(bird)\n```" in typed("for bird in boat:", "    count(bird)")


def test_fences_in_it_do_not_end_it() -> None:
    assert "````\na ```\nb = 1\n````" in typed("a ```", "b = 1")


def test_a_word_between_lines_of_text_is_none() -> None:
    assert "```" not in typed("count()")


def test_a_text_that_is_typed_throughout_is_a_text() -> None:
    sheet = Sheet()
    for number in range(12):
        sheet = sheet.formula(72, 740 - 12 * number, ("T", "We count birds from boats and from piers", 0, 0, 1))
    assert "```" not in text_of(pdf([sheet]), "boats.pdf").markdown
