"""Evernote's export: a note each, with its facts; what is attached is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.base import Input
from importers.exports.evernote import IMPORTER
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.importer_checks import check

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">'


def read(*notes: str) -> list[Document]:
    text = f"{HEAD}<en-export>{''.join(notes)}</en-export>"
    source = Input(text, "notes.enex", "notes.enex", text.encode())
    assert IMPORTER.sniff(source) > 0.9
    found = IMPORTER.read(source)
    for one in found:
        check(IMPORTER, one)
    return found


def note(enml: str, more: str = "", title: str = "Ponds") -> str:
    inside = f'<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "x"><en-note>{enml}</en-note>'
    return f"<note><title>{title}</title><content><![CDATA[{inside}]]></content>{more}</note>"


def test_what_a_note_says_of_itself() -> None:
    facts = (
        "<created>20240501T080000Z</created><tag>frogs</tag><tag>by lot</tag>"
        "<note-attributes><author>Ada Moss</author></note-attributes>"
    )
    (found,) = read(note("<div>Text.</div>", facts))
    assert (found.title, found.published, found.tags) == ("Ponds", "2024-05-01", ("frogs", "by lot"))
    assert [one.name for one in found.authors] == ["Ada Moss"]


def test_of_a_clipped_page_the_address_is_kept_and_the_one_who_clipped_it_is_no_author() -> None:
    facts = "<note-attributes><author>Ada Moss</author><source-url>https://b.example/x</source-url></note-attributes>"
    (found,) = read(note("<div>Text.</div>", facts))
    assert (found.url, found.url_is_own, found.authors) == ("https://b.example/x", False, ())


@pytest.mark.parametrize(
    ("enml", "text"),
    [
        ("<h1>Why</h1><div>Drawn by <b>lot</b>.&nbsp;<a href=\"https://a.example\">Here</a>.</div>",
         "# Why\n\nDrawn by **lot**. [Here](https://a.example)."),
        ("<ul><li><div>one</div></li><li><div>two</div></li></ul>", "- one\n- two"),
        ('<div><en-todo checked="true"/>frogs</div><div><en-todo/>toads</div>', "☒ frogs\n\n☐ toads"),
        ('<div style="-en-codeblock:true;"><div>x = 1</div><div>y = 2</div></div>', "```\nx = 1\ny = 2\n```"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_words_of_a_note(enml: str, text: str) -> None:
    assert read(note(enml))[0].text == text


def test_what_is_attached_is_counted() -> None:
    more = "<resource><data>aaaa</data></resource>"
    (found,) = read(note('<div>a<en-media type="image/png" hash="x"/><en-crypt>zz</en-crypt>b</div>', more))
    assert found.text == "ab"
    assert found.problems == ("left out: 1 picture, 1 encrypted passage, 1 attached file",)


@pytest.mark.parametrize("text", ["<en-export></en-export>", "<en-export><note>", "<en-export>&x;</en-export>"])
def test_what_is_damaged_is_one_error(text: str) -> None:
    with pytest.raises(KbError):
        IMPORTER.read(Input(text, "notes.enex"))


@given(st.text(alphabet="<>/\"'= abdivlnote-m&;![]", max_size=80))
def test_any_words_between_the_marks_are_read(enml: str) -> None:
    read(note(enml.replace("]]>", "")))
