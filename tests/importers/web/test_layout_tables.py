"""Tables that lay out a page are no tables of the text, and others are."""

from __future__ import annotations

from importers.base import Input
from importers.web.page import document_of

SAID = (
    "<p>When I began to count the birds of the hedges between the weir and the mill, there were eleven hedges.</p>"
    "<blockquote>There are five now, and I have walked along all of them once a week.</blockquote>"
    "<p>People ask why I count along a hedge that has been grubbed up, and the answer is that the number of birds in a "
    "hedge means little, for it is the number of birds on the way from the weir to the mill that I wish to know.</p>"
    "<p>If one counts only in the hedges that are left, one finds that hedges are full of birds, and ever fuller, "
    "since the birds of six hedges live in five, then in four, and a graph of this looks like very good news.</p>"
)
VALUES = "<table><tr><td>Year</td><td>Birds</td></tr><tr><td>1974</td><td>340</td></tr></table>"


def text_of(body: str) -> str:
    html = f"<html><head><title>Hedges</title></head><body>{body}</body></html>"
    return document_of(html, Input(html, "hedges.html"), None).text


def test_the_cells_of_a_layout_are_blocks_and_a_table_in_them_is_one() -> None:
    menu = "<td width=140><a href=a.htm>Home</a><br><a href=b.htm>Walks</a></td>"
    text = text_of(f"<table width=780><tr>{menu}<td>{SAID}{VALUES}</td></tr></table>")
    assert "> There are five now" in text
    assert "| Year | Birds |" in text
    assert "| When I began" not in text


def test_a_table_with_long_cells_under_heads_stays_a_table() -> None:
    long = (
        "A hedge of thorn with gaps in it, laid in the winter of that year by three men and a boy from the mill. " * 4
    )
    rows = f"<tr><th>Hedge</th><th>What it is</th></tr><tr><td>First</td><td><p>{long}</p></td></tr>"
    assert "| Hedge | What it is |" in text_of(f"<article>{SAID}<table>{rows}</table></article>")
