"""Texts of OpenDocument: blocks and letters, who said what on them, who changed what, and what is no such text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import choose
from importers.base import Input
from importers.documents.odt.convert import IMPORTER
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.documents.odt.odt_files import STYLES, end, flat, odt, p, remark
from tests.importers.importer_checks import check


def read(data: bytes, name: str = "ponds.odt") -> list[Document]:
    documents = IMPORTER.read(Input("", name, name, data))
    check(IMPORTER, documents[0])
    return documents


def text(body: str) -> str:
    return read(odt(body))[0].text


def test_what_it_says_of_itself() -> None:
    (found,) = read(odt(p("Frogs.")))
    assert (found.title, found.published, found.tags) == ("Ponds by lot", "2024-03-02T10:00:00Z", ("ponds",))
    assert [one.name for one in found.authors] == ["Ada Moss"]


def test_a_title_in_the_text_comes_first() -> None:
    (found,) = read(odt(p("Slow water", "Title") + p("Frogs.")))
    assert (found.title, found.text) == ("Slow water", "Frogs.")


def test_blocks() -> None:
    body = (
        '<text:h text:style-name="Heading_20_1" text:outline-level="2">Counting</text:h>'
        + p("A zero", "P1") + p("is one.", "Quotations")
        + p("x<text:s text:c=\"2\"/>=<text:tab/>1<text:line-break/>y", "Preformatted_20_Text")
        + p("z", "Preformatted_20_Text")
        + f'<text:list text:style-name="L1"><text:list-item>{p("one")}<text:list><text:list-item>{p("in it")}'
        f"</text:list-item></text:list></text:list-item><text:list-item>{p('two')}</text:list-item></text:list>"
    )  # fmt: skip
    assert text(body) == (
        "## Counting\n\n> A zero\n>\n> is one.\n\n```\nx  =\t1\ny\nz\n```\n\n1. one\n   - in it\n2. two"
    )


def test_letters_links_and_fields() -> None:
    said = (
        'A <text:span text:style-name="T1">bold</text:span> x<text:span text:style-name="T2">2</text:span> '
        '<text:a xlink:href="https://ponds.example">here</text:a><text:bookmark-start text:name="b"/> on page '
        '<text:page-number>3</text:page-number>.<text:span text:style-name="Source_20_Text">f()</text:span>'
    )
    assert text(p(said)) == "A **bold** x^2^ [here](https://ponds.example) on page .`f()`"


def test_notes_and_formulas() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"{p('2011 to 2019.')}</text:note-body></text:note>"
    )
    shown = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="x"/></draw:frame>'
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow>'
        '<annotation encoding="StarMath 5.0">x = 1</annotation></semantics></math>'
    )
    (found,) = read(odt(p(f"Nine summers{note}, so {shown} holds."), extra={"Object 1/content.xml": formula}))
    assert found.text == "Nine summers[^1], so $x = 1$ holds.\n\n[^1]: 2011 to 2019."
    assert found.problems == ()


def test_tables() -> None:
    cell = "<table:table-cell{}>{}</table:table-cell>"
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell.format("", p("pond")) + cell.format("", p("frogs"))
        + "</table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated=\"2\">"
        + cell.format(' table:number-columns-repeated="2"', p("9"))
        + '</table:table-row><table:table-row table:number-rows-repeated="1048576">'
        + cell.format(' table:number-columns-repeated="16384"', "") + "</table:table-row></table:table>"
    )  # fmt: skip
    lines = text(body).split("\n")
    assert lines[:4] == ["| pond | frogs |", "| --- | --- |", "| 9 | 9 |", "| 9 | 9 |"]
    assert len(lines) < 6


def test_comments_are_their_writers_with_the_words_they_are_on() -> None:
    answer = remark("c2", "Ada Moss", "Why?", ' loext:parent-name="c1"')
    body = p(
        f"We found that {remark('c1', 'Bram Holt', 'I disagree.')}ponds drawn{answer}"
        f" by lot{end('c1')} hold fewer frogs.{remark('', 'Cleo', 'Nice.')}{end('c2')}"
    )
    document, bram, cleo = read(odt(body))
    assert document.text == "We found that ponds drawn by lot hold fewer frogs."
    assert "> ponds drawn by lot\n" in bram.text
    assert "- I disagree.\n  - Reply by Ada Moss: Why?" in bram.text
    assert [one.name for one in cleo.authors] == ["Cleo"]
    assert "Nice." in cleo.text


def test_an_answer_in_the_older_form() -> None:
    old = remark("c2", "Ada Moss", "Reply to Bram Holt (01/05/2024, 10:00): &quot;...&quot; Why?")
    body = p(f"{remark('c1', 'Bram Holt', 'I disagree.')}Ponds{end('c1')}{old}{end('c2')} hold frogs.")
    _, bram = read(odt(body))
    assert "Reply by Ada Moss" in bram.text
    assert "Reply to" not in bram.text


def test_changes_are_read_as_accepted_and_told() -> None:
    said = "<dc:creator>Bram Holt</dc:creator><dc:date>2024-05-02T09:00:00</dc:date>"
    info = f"<office:change-info>{said}</office:change-info>"
    body = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{info}{p('in every summer of the nine')}"
        f"</text:deletion></text:changed-region><text:changed-region><text:insertion>{info}</text:insertion>"
        "</text:changed-region></text:tracked-changes>" + p('Fewer frogs<text:change text:change-id="a"/> in most.')
    )
    document, bram = read(odt(body))
    assert document.text == "Fewer frogs in most."
    assert document.problems == ("tracked changes are read as accepted: 1 deletion, 1 insertion by Bram Holt",)
    assert "in every summer of the nine" in bram.text


def test_what_is_left_out_is_counted() -> None:
    body = (
        '<text:table-of-content><text:index-body><text:p>Counting 1</text:p></text:index-body></text:table-of-content>'
        + p('A<draw:frame><draw:image xlink:href="a.png"/></draw:frame> pond<text:hidden-text>x</text:hidden-text>.')
        + p('<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>')
    )  # fmt: skip
    (found,) = read(odt(body))
    assert found.text == "A pond.\n\nIn a box."
    assert found.problems == ("left out: 1 table of contents, 1 picture, 1 hidden word",)


def test_a_flat_file_is_the_same_text() -> None:
    assert read(flat(p("Frogs.")), "ponds.fodt")[0].title == "Ponds by lot"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            odt(p("Frogs."), manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
            "password",
        ),
        (odt(""), "no text"),
        (odt(p("Frogs.")).replace(b"content.xml", b"contend.xml"), "no content"),
        (b"<office/>", "no text of OpenDocument"),
        (b"PK\x03\x04", "damaged"),
        (b"", "damaged"),
    ],
)
def test_what_cannot_be_read_is_one_error(data: bytes, words: str) -> None:
    with pytest.raises(KbError, match=words):
        read(data)


def test_it_is_known_without_its_ending() -> None:
    assert choose(Input("", "download", "download", odt(p("Frogs.")))).name == "odt"


TAGS = ["text:p", "text:span", "text:list", "text:list-item", "text:note", "text:note-body", "table:table",
        "table:table-row", "table:table-cell", "office:annotation", "draw:frame", "text:h", "text:section"]  # fmt: skip
TREES: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(["frogs", "", "<text:s/>", "<draw:image/>", "&amp;*_[x"]),
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(TAGS), st.lists(inside, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=50)
@given(TREES)
def test_elements_in_any_order_are_read_or_refused(body: str) -> None:
    try:
        read(odt(body, styles=STYLES))
    except KbError:
        return


def test_cells_keep_their_columns() -> None:
    cell, empty = "<table:table-cell{}>{}</table:table-cell>", "<table:covered-table-cell/>"
    first = cell.format(' table:number-rows-spanned="2"', p("a")) + cell.format("", p("b"))
    second = empty + cell.format("", p("c"))
    third = cell.format(' table:number-columns-repeated="1"', "") + cell.format("", p("d"))
    body = "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in (first, second, third))
    assert text(body + "</table:table>").split("\n")[2:] == ["|  | c |", "|  | d |"]


def test_numbered_headings_are_no_items_and_numbers_go_on() -> None:
    heading = '<text:h text:outline-level="1">Counting</text:h>'
    numbered = f'<text:list text:style-name="L9"><text:list-item>{heading}</text:list-item></text:list>'
    item = f"<text:list-item>{p('one')}</text:list-item>"
    more = f'<text:list text:style-name="L1"{{}}>{item}</text:list>'
    body = numbered + more.format("") + p("Between.") + more.format(' text:continue-numbering="true"')
    assert text(body) == "# Counting\n\n1. one\n\nBetween.\n\n2. one"
