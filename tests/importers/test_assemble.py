"""Documents out of inputs."""

from __future__ import annotations

from importers.assemble import of_note, original_lines, whole
from importers.base import Input
from notes.markdown.meta import read_note
from notes.markdown.structure import structure

SOURCE = Input("one\ntwo\nthree\n", "a.md", "/folder/a.md", b"one\r\ntw\xf6\r\nthree\r\n", "sub/a", ("odd",))


def test_a_document_keeps_where_it_is_from() -> None:
    found = whole(SOURCE, "plain", "post", "A", SOURCE.text, structure(SOURCE.text))
    assert (found.kind, found.title, found.importer) == ("post", "A", "plain")
    assert (found.original, found.target, found.path) == (SOURCE.original, SOURCE.target, SOURCE.path)
    assert found.problems == ("odd",)
    assert [found.text[block.start : block.end] for block in found.blocks] == ["one\ntwo\nthree"]


def test_a_note_has_what_its_front_matter_says() -> None:
    text = "---\nauthor: Ada Brandt\ndate: 2024-05-01\ntags: [beetles]\n---\nWords.\n"
    found = of_note(SOURCE, "markdown", read_note(text, ""), "A", text, structure(text))
    assert ([one.name for one in found.authors], found.published, found.tags) == (
        ["Ada Brandt"],
        "2024-05-01",
        ("beetles",),
    )
    assert found.kind == "note"


def test_the_bytes_behind_some_lines() -> None:
    assert original_lines(SOURCE)(1, 2) == b"tw\xf6\r\n"
    joined = Input(SOURCE.text, "a.md", original=b"one two three")
    assert original_lines(joined)(1, 2) == joined.original


def test_what_an_input_is_called() -> None:
    assert SOURCE.called == "/folder/a.md"
    assert Input("", "stdin", "-").called == "stdin"
