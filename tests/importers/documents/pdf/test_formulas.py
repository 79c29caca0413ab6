"""Formulas of a PDF as TeX: exponents, indices, sums, fractions and roots by the place of their signs; a mark else."""

from __future__ import annotations

import pytest

from importers.documents.pdf.convert import text_of
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf

BODY = ["We count birds from boats and from piers, and we say here at length how we do so."] * 8
Run = tuple[str, str, float, float, float]
X_I: tuple[Run, ...] = (("I", "x", 0, 0, 1), ("I", "i", 0.57, -0.15, 0.7))
TWO = 0.7


def displayed(*runs: Run, rules: tuple[tuple[float, float, float], ...] = ()) -> str:
    """The text of a page with these signs on a row of their own; rules are right, up and width in sizes."""
    sheet = Sheet().column(72, 740, BODY).formula(200, 600, *runs)
    for right, up, width in rules:
        sheet = sheet.rule(200 + right * 10, 600 + up * 10, width * 10)
    return text_of(pdf([sheet.column(72, 540, BODY)]), "boats.pdf").markdown


@pytest.mark.parametrize(
    ("runs", "tex"),
    [
        ((("I", "y", 0, 0, 1), ("F1", "=", 0.9, 0, 1), ("I", "x", 1.9, 0, 1), ("F1", "2", 2.5, 0.4, TWO)), "y = x^{2}"),
        ((("I", "y", 0, 0, 1), ("F1", "=", 0.9, 0, 1), ("I", "x", 1.9, 0, 1), ("I", "i", 2.5, -0.15, TWO),
          ("F1", "2", 2.5, 0.4, TWO)), "y = x_{i}^{2}"),
        ((("I", "y", 0, 0, 1), ("F1", "=", 0.9, 0, 1), ("X", "X", 1.9, 0.9, 1), ("I", "n", 2.4, 1.1, TWO),
          ("I", "i=1", 2.0, -1.2, TWO), ("I", "x", 3.6, 0, 1), ("I", "i", 4.2, -0.15, TWO)),
         r"y = \sum_{i=1}^{n} x_{i}"),
        ((("F1", "log", 0, 0, 1), ("I", "x", 1.6, 0, 1), ("F1", "=", 2.5, 0, 1), ("F1", "max", 3.5, 0, 1),
          ("I", "j", 4.2, -0.8, TWO), ("I", "z", 5.6, 0, 1)), r"\log x = \max_{j} z"),
    ],
)  # fmt: skip
def test_exponents_indices_and_limits(runs: tuple[Run, ...], tex: str) -> None:
    assert f"$$\n{tex}\n$$" in displayed(*runs)


FRACTION: tuple[Run, ...] = (
    ("I", "y", 0, 0, 1), ("F1", "=", 0.9, 0, 1), ("I", "a", 2, 0.7, 1), ("I", "b", 2, -0.7, 1), ("F1", "(3)", 25, 0, 1),
)  # fmt: skip


def test_a_fraction_is_told_by_its_line() -> None:
    assert "$$\ny = \\frac{a}{b} \\tag{3}\n$$" in displayed(*FRACTION, rules=((1.9, 0.25, 0.8),))


def test_signs_above_each_other_without_a_line_are_marked_as_a_formula() -> None:
    text = displayed(*FRACTION)
    assert "[formula: " in text
    assert "$$" not in text


def test_a_root_is_told_by_its_line() -> None:
    runs: tuple[Run, ...] = (("I", "y", 0, 0, 1), ("F1", "=", 0.9, 0, 1), ("X", "p", 2, 0.9, 1), ("I", "ab", 3, 0, 1))
    assert "y = \\sqrt{ab}" in displayed(*runs, rules=((2.9, 0.95, 1.2),))


def test_two_rows_are_aligned() -> None:
    runs: tuple[Run, ...] = (
        ("I", "y", 0, 0, 1), ("F1", "=", 0.9, 0, 1), ("I", "a", 1.9, 0, 1),
        ("I", "z", 0, -1.5, 1), ("F1", "=", 0.9, -1.5, 1), ("I", "b", 1.9, -1.5, 1),
    )  # fmt: skip
    assert "\\begin{aligned}\ny = a \\\\\nz = b\n\\end{aligned}" in displayed(*runs)


def test_formulas_in_a_line_leave_words_and_stops_outside() -> None:
    sheet = Sheet().column(72, 740, BODY[:4]).at(72, 600, "We write").formula(115, 600, *X_I).at(130, 600, "for birds")
    sheet = (
        sheet.formula(175, 600, ("I", "n", 0, 0, 1)).at(184, 600, "and fees of 5$ or 6$ each.").column(72, 560, BODY)
    )
    text = text_of(pdf([sheet]), "boats.pdf").markdown
    assert "We write $x_{i}$ for birds n and fees of 5\\$ or 6\\$ each." in text


def test_rows_of_numbers_are_no_formula() -> None:
    row: tuple[Run, ...] = (("I", "n", 0, 0, 1), ("F1", "= 50", 1, 0, 1), ("F1", "1.60", 6, 0, 1),
                            ("F1", "1.97", 10, 0, 1), ("F1", "2.04", 14, 0, 1))  # fmt: skip
    assert "$$" not in displayed(*row)


def test_the_last_line_of_a_paragraph_is_no_formula_of_its_own() -> None:
    sheet = Sheet().column(
        72, 740, [*BODY[:3], "We count them so that for all birds and for all of the boats there are"]
    )
    sheet = sheet.formula(72, 692, *X_I, ("F1", "=", 1, 0, 1), ("I", "y", 2, 0, 1)).column(72, 660, BODY)
    text = text_of(pdf([sheet]), "boats.pdf").markdown
    assert "of the boats there are $x_{i} = y$" in text
    assert "$$" not in text
