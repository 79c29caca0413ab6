"""Documents of Word: their text, and what reviewers left in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import archives, choose
from importers.base import Failure, Input
from importers.documents import zipped
from importers.documents.docx.convert import IMPORTER
from importers.files import read_files
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.documents.docx.word_files import paragraph, styled, word_file, words
from tests.importers.importer_checks import check


def read(data: bytes, name: str = "draft.docx") -> list[Document]:
    source = Input("", name, f"/tmp/{name}", data)
    assert choose(source) is IMPORTER
    documents = IMPORTER.read(source)
    check(IMPORTER, documents[0])
    return documents


def text_of(*body: str, **parts: str) -> str:
    return read(word_file("".join(body), **parts))[0].text


def item(text: str, level: int = 0) -> str:
    return paragraph(text, form=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def test_headings_are_told_by_style_whatever_its_id_by_what_it_stands_on_and_by_outline_level() -> None:
    own = paragraph("Third", form='<w:outlineLvl w:val="2"/>')
    text = text_of(styled("First", "berschrift1"), styled("Second", "Own"), own, styled("Fourth", "Überschrift 2"))
    assert text.split("\n\n") == ["# First", "# Second", "### Third", "## Fourth"]


def test_a_body_outline_level_is_no_heading_and_signs_mean_themselves() -> None:
    assert text_of(paragraph("# 5 * 6 * 7", form='<w:outlineLvl w:val="9"/>')) == r"\# 5 * 6 * 7"


def test_lists_are_nested_and_numbered_as_numbering_says() -> None:
    assert text_of(item("One"), item("Inner", 1), item("Two")) == "1. One\n   - Inner\n2. Two"


def test_form_links_fields_quotes_and_tables_are_kept() -> None:
    link = '<w:hyperlink r:id="r1">' + words("ponds") + "</w:hyperlink>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://frogs.example" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + words("frogs")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    row = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("Pond", "Frogs"))
    text = text_of(
        paragraph(words("Very", "<w:b/>"), " wet ", link, " and ", field, words(" plain", '<w:b w:val="0"/>')),
        styled("Nine frogs.", "Zitat"),
        f"<w:tbl><w:tr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl>",
    )
    assert text.split("\n\n") == [
        "**Very** wet [ponds](https://ponds.example) and [frogs](https://frogs.example) plain",
        "> Nine frogs.",
        "| Pond | Frogs |\n| --- | --- |\n| Pond | Frogs |",
    ]


def test_footnotes_follow_the_text_in_the_order_of_their_signs() -> None:
    sign = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = (
        f'<w:footnote w:id="7">{paragraph("Seven.")}</w:footnote><w:footnote w:id="2">{paragraph("Two.")}</w:footnote>'
    )
    text = text_of(paragraph("A", sign.format(7), " b", sign.format(2)), footnotes=notes)
    assert text == "A[^1] b[^2]\n\n[^1]: Seven.\n\n[^2]: Two."


def test_formulas_are_tex() -> None:
    def run(sign: str) -> str:
        return f"<m:r><m:t>{sign}</m:t></m:r>"

    power = f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"
    half = f"<m:f><m:num>{run('1')}</m:num><m:den>{run('α')}</m:den></m:f>"
    text = text_of(
        paragraph("So ", f"<m:oMath>{power}{run('≤')}{half}</m:oMath>", "."),
        paragraph(f"<m:oMathPara><m:oMath>{half}</m:oMath></m:oMathPara>"),
    )
    assert text == "So $x^{2}\\leq \\frac{1}{\\alpha}$.\n\n$$\n\\frac{1}{\\alpha}\n$$"


def test_the_text_reads_as_with_changes_accepted_and_says_whose_they_are() -> None:
    mark = 'w:author="Bram Holt" w:date="2024-05-02T00:00:00Z"'
    gone = f"<w:del {mark}><w:r><w:delText>not at all wet</w:delText></w:r></w:del>"
    new = f'<w:ins w:author="Bram Holt">{words("dry")}</w:ins>'
    document, note = read(word_file(paragraph("Ponds are ", gone, new, ".")))
    assert document.text == "Ponds are dry."
    assert document.problems == ("tracked changes are read as accepted: 1 deletion, 1 insertion by Bram Holt",)
    assert [author.name for author in note.authors] == ["Bram Holt"]
    assert "> not at all wet\n>\n> — struck out · 2024-05-02" in note.text


def test_a_deleted_end_joins_two_paragraphs() -> None:
    first = paragraph("One ", form='<w:rPr><w:del w:author="B"/></w:rPr>')
    assert text_of(first, paragraph("two.")) == "One two."


def test_a_comment_is_its_writers_on_the_words_it_is_on_with_its_answers() -> None:
    def comment(number: int, who: str, text: str) -> str:
        inside = f'<w:p w14:paraId="0000000{number}">{words(text)}</w:p>'
        return f'<w:comment w:id="{number}" w:author="{who}" w:date="2024-05-0{number}T09:00:00Z">{inside}</w:comment>'

    body = paragraph("We say ", '<w:commentRangeStart w:id="1"/>', "nine frogs", '<w:commentRangeEnd w:id="1"/>', ".")
    thread = '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001"/>'
    data = word_file(
        body,
        comments=comment(1, "Bram Holt", "I disagree: it was ten.") + comment(2, "Ada Moss", "We counted again."),
        commentsExtended=thread,
    )
    document, note = read(data)
    assert document.text == "We say nine frogs."
    assert ([one.name for one in document.authors], document.published) == (["Ada Moss"], "2024-03-02T10:00:00Z")
    assert [one.name for one in note.authors] == ["Bram Holt"]
    assert note.attached
    assert (
        "> nine frogs\n>\n> — 2024-05-01\n\n- I disagree: it was ten.\n  - Reply by Ada Moss: We counted again."
        in note.text
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Counting ponds", "Counting ponds"), ("Microsoft Word - x.doc", "draft"), ("Document1", "draft")],
)
def test_the_title_of_the_properties_is_believed_where_no_program_put_it(title: str, shown: str) -> None:
    assert read(word_file(paragraph("Words."), title=title))[0].title == shown


def test_the_title_in_the_text_goes_before_and_a_program_is_no_author() -> None:
    data = word_file(styled("Of ponds", "Titel") + paragraph("Words."), title="Other", creator="python-docx")
    document = read(data)[0]
    assert (document.title, document.text, document.authors) == ("Of ponds", "Words.", ())


def test_what_is_left_out_is_counted_by_kind() -> None:
    drawn = "<w:r><w:drawing><pic/></w:drawing></w:r>"
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr></w:sdt>'
    )
    document = read(word_file(contents + paragraph("Seen.", drawn, drawn)))[0]
    assert document.problems == ("left out: 2 pictures, 1 table of contents",)


def test_words_of_a_text_box_are_read() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('In the box.')}</w:txbxContent></w:pict></w:r>"
    assert text_of(paragraph("Around.", box)) == "Around.\n\nIn the box."


def test_bad_files_fail_with_a_word() -> None:
    good = word_file(paragraph("Words."))
    for data in (b"PK\x03\x04 cut", good[: len(good) // 2], b"plain words", b"\xd0\xcf\x11\xe0old", word_file("")):
        with pytest.raises(KbError):
            IMPORTER.read(Input("", "a.docx", "", data))


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    archive = archives.opened(word_file(paragraph("a" * 9_000)), "a.docx", replace(zipped.LIMITS, bytes=5_000))
    with pytest.raises(KbError, match="unpacks to more"):
        archive.read("word/document.xml")


def test_entities_are_not_resolved_and_depth_is_bounded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "boom"><!ENTITY y SYSTEM "file:///etc/passwd">]><a>one&x;&y; two</a>'
    assert "".join(zipped.xml(bomb, "a").itertext()) == "one two"
    with pytest.raises(KbError, match="deep"):
        zipped.xml(b"<a>" * 400 + b"</a>" * 400, "a")


def test_a_folder_gives_them_without_the_marks_of_open_files(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word_file(paragraph("Words.")))
    (tmp_path / "~$a.docx").write_bytes(b"\x08Ada")
    (tmp_path / "cut.docx").write_bytes(b"")
    found = list(read_files(tmp_path))
    assert [one.name for one in found if isinstance(one, Input)] == ["a.docx"]
    assert len([one for one in found if isinstance(one, Failure)]) == 1


_GOOD = word_file(paragraph("Words ", '<w:commentRangeStart w:id="1"/>', "here.") + item("One", 1))
_BODY = zipfile.ZipFile(io.BytesIO(_GOOD)).read("word/document.xml")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_BODY) - 1), st.integers(1, 30)), max_size=4))
def test_damage_gives_a_text_or_an_error_that_says_so(cuts: list[tuple[int, int]]) -> None:
    body = _BODY
    for at, length in cuts:
        body = body[:at] + body[at + length :]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", body)
    try:
        documents = IMPORTER.read(Input("", "a.docx", "", made.getvalue()))
    except KbError:
        return
    check(IMPORTER, documents[0])
