"""Books: chapters under their titles, notes where they belong, what is no text left out, locked ones refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import choose
from importers.base import Input
from importers.documents.epub.convert import IMPORTER
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.documents.epub.books import FACTS, book, page
from tests.importers.importer_checks import check

WORDS = "<p>I think that ponds should be drawn by lot, because the best ones are visited anyway.</p>"


def read(data: bytes, name: str = "ponds.epub") -> Document:
    (document,) = IMPORTER.read(Input("", name, name, data))
    check(IMPORTER, document)
    return document


def test_what_the_package_says() -> None:
    found = read(book({"a.xhtml": page(WORDS)}))
    assert (found.title, found.kind, found.published) == ("Ponds by Lot", "paper", "2024-03-02")
    assert [one.name for one in found.authors] == ["Ada Moss"]
    assert found.external_ids == {"isbn": "9780306406157"}
    assert found.tags == ("ponds",)


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ('<dc:creator opf:role="aut" xmlns:opf="o" opf:file-as="Moss, Ada">Moss, Ada</dc:creator>', ["Ada Moss"]),
        ("<dc:creator>Ada Moss &amp; Bo Lind</dc:creator>", ["Ada Moss", "Bo Lind"]),
        ('<dc:creator id="x">Bo Lind</dc:creator><meta refines="#x" property="role">ill</meta>'
         "<dc:creator>Ada Moss</dc:creator>", ["Ada Moss"]),
        ('<dc:creator id="x">Bo Lind</dc:creator><meta refines="#x" property="role">edt</meta>', ["Bo Lind"]),
        ("<dc:creator>Unknown</dc:creator>", []),
    ],
)  # fmt: skip
def test_who_wrote_it(facts: str, names: list[str]) -> None:
    found = read(book({"a.xhtml": page(WORDS)}, facts=f"<dc:title>Ponds</dc:title>{facts}"))
    assert [one.name for one in found.authors] == names


def test_chapters_are_headed_as_the_contents_have_them() -> None:
    chapters = {
        "a.xhtml": page("<h2>Part One</h2>"),
        "b.xhtml": page(f"<h2>Counting</h2>{WORDS}<h3>By day</h3>{WORDS}"),
        "c.xhtml": page(f'<p class="t"><b>By night</b></p>{WORDS}'),
        "d.xhtml": page(WORDS),
        "e.xhtml": page(f'<p id="x">Moths</p>{WORDS}<p id="y">…</p>{WORDS}'),
    }
    contents = [(1, "Part One", "a.xhtml"), (2, "Counting", "b.xhtml"), (2, "By night", "c.xhtml#n"),
                (1, "Afterword", "d.xhtml"), (1, "Moths", "e.xhtml#x"), (2, "Mice", "e.xhtml#y")]  # fmt: skip
    for ncx in (False, True):
        text = read(book(chapters, contents, ncx=ncx)).text
        heads = [line for line in text.split("\n") if line.startswith("#")]
        assert heads == ["# Part One", "## Counting", "### By day", "## By night", "# Afterword", "# Moths", "## Mice"]
        assert text.index("## Mice") < text.index("…")
        assert text.index("# Afterword") < text.rindex("I think", 0, text.index("# Moths"))


TYPED = {
    "a.xhtml": page(
        '<h1>One</h1><p>Nine summers.<a epub:type="noteref" href="#n1"><sup>1</sup></a> Then rain.</p>'
        '<aside epub:type="footnote" id="n1"><p>2011 to 2019.</p></aside><p>More <a href="b.xhtml#two">later</a>.</p>'
    ),
    "b.xhtml": page('<h1 id="two">Two</h1><p>See <a href="https://ponds.example">here</a>.</p>'),
}
APART = {
    "a.xhtml": page(
        '<h1>One</h1><p>Nine summers.<sup><a id="r1" href="notes.xhtml#n1">1</a></sup> Then rain.<a id="r2"></a>'
        '<a href="notes.xhtml#n2"><sup>2</sup></a></p>'
    ),
    "b.xhtml": page('<h1>Two</h1><p>Dry.<span class="s" id="r3"><a href="notes.xhtml#n3">[1]</a></span></p>'),
    "notes.xhtml": page(
        '<h1>Notes</h1><p id="n1"><a href="a.xhtml#r1">1</a>. 2011 to 2019.</p>'
        '<p><a id="n2" href="a.xhtml#r2">2.</a> In May.</p>'
        '<div id="n3"><p>No year. <a href="b.xhtml#r3">↩</a></p></div>'
    ),
}


def test_notes_stand_where_they_are_said_to() -> None:
    text = read(book(TYPED)).text
    assert "Nine summers.[^1] Then rain." in text
    assert "[^1]: 2011 to 2019." in text
    assert "More later." in text
    assert "[here](https://ponds.example)" in text


def test_notes_in_a_file_of_their_own_are_known_by_links_both_ways() -> None:
    text = read(book(APART)).text
    assert "Nine summers.[^1] Then rain.[^2]" in text
    assert "Dry.[^3]" in text
    for line in ("[^1]: 2011 to 2019.", "[^2]: In May.", "[^3]: No year."):
        assert line in text.split("\n")


def test_notes_as_calibre_makes_them_of_a_docx() -> None:
    chapter = page(
        f'<h1>One</h1><p>Nine summers.<sup><a href="#note_1" id="back_note_1">[1]</a></sup> Then.</p>{WORDS}'
        '<section><h3>notes</h3><dl class="footnote"><dt id="note_1"><a href="#back_note_1">[←1]</a></dt>'
        "<dd><p>2011 to 2019.</p><p>And later.</p></dd></dl></section>"
    )
    text = read(book({"a.xhtml": chapter})).text
    assert "Nine summers.[^1] Then." in text
    assert "[^1]: 2011 to 2019.\n\n    And later." in text
    assert "←" not in text
    assert "# notes" not in text


def test_the_main_title_is_the_title() -> None:
    facts = (
        '<dc:title id="s">A field guide</dc:title><dc:title id="m">Ponds</dc:title>'
        '<meta refines="#s" property="title-type">subtitle</meta><meta refines="#m" property="title-type">main</meta>'
    )
    assert read(book({"a.xhtml": page(WORDS)}, facts=facts)).title == "Ponds"


def test_a_number_that_leads_to_a_chapter_is_no_note() -> None:
    text = read(book({"a.xhtml": page('<p>As chapter <a href="b.xhtml#c">2</a> says.</p>'),
                      "b.xhtml": page(f'<h1 id="c">Two</h1>{WORDS}')})).text  # fmt: skip
    assert "As chapter 2 says." in text
    assert "[^" not in text


def test_what_is_no_text_is_counted() -> None:
    chapters = {
        "cover.xhtml": page('<div><img src="c.jpg" alt="Ponds"/></div>'),
        "copy.xhtml": page('<section epub:type="copyright-page"><p>All rights reserved</p></section>'),
        "a.xhtml": page(f'{WORDS}<p>A <img src="x.png" alt="pond"/>picture.</p><span epub:type="pagebreak">7</span>'),
        "i.xhtml": page("<p>frogs, 7</p>", attributes=' epub:type="index"'),
    }
    found = read(book(chapters, guide='<reference type="cover" href="cover.xhtml"/>'))
    assert "A picture." in found.text
    assert "rights" not in found.text
    assert "frogs" not in found.text
    assert "7" not in found.text
    (told,) = found.problems
    assert set(told.removeprefix("left out: ").split(", ")) == {
        "1 cover", "1 copyright page", "1 picture", "1 index", "1 page without words",
    }  # fmt: skip


def test_tables_quotes_verses_and_formulas() -> None:
    body = (
        "<blockquote><p>A zero is an observation.</p></blockquote>"
        "<table><tr><th>pond</th></tr><tr><td>9</td></tr></table>"
        "<p>So <m:math><m:mi>x</m:mi><m:mo>=</m:mo><m:mn>1</m:mn></m:math> holds.</p>"
        '<p id="a"/><p>On<a id="b"/> it goes.</p>'
    )
    text = read(book({"a.xhtml": page(body)})).text
    assert "> A zero is an observation." in text
    assert "| pond |" in text
    assert "So $x = 1$ holds." in text
    assert "On it goes." in text


LOCK = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def test_a_locked_book_is_refused_and_one_with_scrambled_fonts_is_read() -> None:
    chapters = {"a.xhtml": page(WORDS)}
    locked = LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(KbError, match="locked") as error:
        read(book(chapters, extra={"META-INF/encryption.xml": locked}))
    assert "program" in error.value.hint
    fonts = LOCK.format("http://www.idpf.org/2008/embedding")
    assert "lot" in read(book(chapters, extra={"META-INF/encryption.xml": fonts})).text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", book({}), book({"a.xhtml": page("<p> </p>")})])
def test_what_is_no_book_is_one_error(data: bytes) -> None:
    with pytest.raises(KbError):
        read(data)


def test_it_is_known_without_its_ending() -> None:
    data = book({"a.xhtml": page(WORDS)})
    assert choose(Input("", "download", "download", data)).name == "epub"


FEW = book(APART, [(1, "One", "a.xhtml"), (1, "Two", "b.xhtml")])


@settings(max_examples=40)
@given(st.integers(0, len(FEW) - 1), st.integers(0, 255), st.integers(0, 3))
def test_a_damaged_book_is_read_or_refused(place: int, value: int, cut: int) -> None:
    data = FEW[:place] + bytes([value]) + FEW[place + 1 + cut :]
    try:
        read(data)
    except KbError:
        return


def test_facts_that_are_missing_leave_the_name_of_the_file() -> None:
    assert read(book({"a.xhtml": page(WORDS)}, facts=""), "Slow Water.epub").title == "Slow Water"
    assert FACTS


@pytest.mark.parametrize(
    ("creator", "names"),
    [
        ("Martin Luther King, Jr.", ["Martin Luther King, Jr."]),
        ("King, Martin Luther, Jr.", ["Martin Luther King, Jr."]),
        ("Moss, Ada and Lind, Bo", ["Ada Moss", "Bo Lind"]),
    ],
)
def test_names_are_put_in_order_and_parted(creator: str, names: list[str]) -> None:
    found = read(book({"a.xhtml": page(WORDS)}, facts=f"<dc:title>P</dc:title><dc:creator>{creator}</dc:creator>"))
    assert [one.name for one in found.authors] == names


def test_a_title_that_is_no_heading_stands_above_the_headings_of_its_chapter() -> None:
    chapters = {"a.xhtml": page(f'<p class="t">Counting</p>{WORDS}<h3>A note on method</h3>{WORDS}')}
    heads = [line for line in read(book(chapters, [(1, "Counting", "a.xhtml")])).text.split("\n") if line[:1] == "#"]
    assert heads == ["# Counting", "### A note on method"]


def test_a_chapter_that_is_missing_is_counted() -> None:
    data = book({"a.xhtml": page(WORDS), "b.xhtml": page(WORDS)})
    found = read(data.replace(b"OEBPS/b.xhtml", b"OEBPS/x.xhtml"))
    assert found.problems == ("left out: 1 chapter that is missing or no text",)
