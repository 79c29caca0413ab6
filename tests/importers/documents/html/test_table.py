"""Tables: every cell stays in its column, whatever spans rows and columns."""

from __future__ import annotations

import pytest

from importers.documents.html.convert import to_markdown

HEAD = "<tr><th>a</th><th>b</th><th>c</th></tr>"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ('<tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr>',
         ["| 1 | 2 | 3 |", "|  | 4 | 5 |"]),
        ('<tr><td>1</td><td colspan="2" rowspan="2">2</td></tr><tr><td>3</td></tr><tr><td>4</td><td>5</td></tr>',
         ["| 1 | 2 |  |", "| 3 |  |  |", "| 4 | 5 |  |"]),
        ('<tr><td>1</td><td>2</td><td rowspan="9999999">3</td></tr><tr><td>4</td></tr>',
         ["| 1 | 2 | 3 |", "| 4 |  |  |"]),
        ('<tr><td rowspan="x">1</td></tr>', ["| 1 |  |  |"]),
    ],
)  # fmt: skip
def test_a_cell_after_one_that_spans_rows_stays_in_its_column(rows: str, lines: list[str]) -> None:
    assert to_markdown(f"<table>{HEAD}{rows}</table>").split("\n")[2:] == lines
