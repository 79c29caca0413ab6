"""Tables of LaTeXML pages, of rows or of spans."""

from __future__ import annotations

from tests.importers.documents.latexml.pages import body, math, p


def test_tables_and_captions() -> None:
    text = body(
        "<figure class='ltx_table'><figcaption class='ltx_caption'><span class='ltx_tag ltx_tag_table'>Table 1: </span>"
        "Walks.</figcaption><table class='ltx_tabular'><thead><tr class='ltx_tr'><th class='ltx_td' colspan='2'>Route"
        f"</th><th>n</th></tr></thead><tbody><tr class='ltx_tr'><td>a|b</td><td>{math('x')}</td><td>1</td></tr></tbody>"
        "</table></figure><figure class='ltx_figure'><img alt='Refer to caption' src='x1.png'>"
        "<figcaption class='ltx_caption'><span class='ltx_tag'>Figure 2: </span>A map.</figcaption></figure>"
    )
    table = "| Route |  | n |\n| --- | --- | --- |\n| a\\|b | $x$ | 1 |"
    assert text == f"**Table 1:** Walks.\n\n{table}\n\n**Figure 2:** A map."


def test_tables_made_of_spans() -> None:
    cells = "<span class='ltx_td'>a</span><span class='ltx_td'>b</span>"
    assert "| a | b |" in body(p(f"x <span class='ltx_tabular'><span class='ltx_tr'>{cells}</span></span>"))
