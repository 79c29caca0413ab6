"""A text into a note and back: exactly, whatever it holds, and whatever an editor did to the properties."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.document import Author, LinkRecord, SourceRecord, SpanRecord, StatementRecord
from kb.model.source import StoredReference
from notes.markdown.structure import structure
from notes.vault import note_file, properties, source_note, statement_note
from notes.vault.text_links import TextLink, restore, rewrite

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NASTY = ["---\ntitle: x\n---\nbody", "no newline at the end", "\n\n", "```\nunclosed", "<!-- kb:end s1234567 -->",
         "<!-- kb:end s1234567 -->\n<!-- kb:end s1234567-2 -->", "<!-- kb:text s1234567 -->\nx",
         "<!-- kb:note s1234567 -->",
         "a\r\nb\rc", "\ufeff", "  x  \n", "%% x", "\u2028\u0085"]  # fmt: skip


def _note(text: str, **changes: Any) -> source_note.SourceNote:
    note = source_note.SourceNote(
        id="s1234567", kind="note", title="A: title", text=text, citekey="key", authors=(Author("Ann", "ann"),),
        url="https://example.org/?a=1#b", published="2024-05-01T10:00:00.123Z", added="2024-06-01T00:00:00Z",
        parent="s7654321", external_ids=(("lesswrong", "0123456789"), ("doi", "10.1/x")), tags=("a b", "yes", "1"),
        aliases=("other",), namespace="lw", importer="plain", path="a/b", file="b.txt",
        record=SourceRecord("s1234567", (LinkRecord("attacks", "c1", "authored", "person"),), ("c2", "e3")),
    )  # fmt: skip
    return replace(note, **changes)


def _back(raw: str) -> source_note.SourceNote:
    note = note_file.read(raw).source
    assert note is not None
    return note


def _written(note: source_note.SourceNote) -> str:
    return source_note.write(note, note.text, [("Statements", ["claim: [[x]]"])], "A — title", "Parent")


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_comes_back_exactly(text: str) -> None:
    assert _back(_written(_note(text))) == _note(text)


@given(TEXT.filter(bool), TEXT.filter(bool))
def test_any_text_and_title_come_back_exactly(text: str, title: str) -> None:
    note = _note(text, title=title, aliases=())
    assert _back(_written(note)) == note


@given(
    st.dictionaries(
        st.sampled_from(["a", "b_c", "d"]), st.one_of(TEXT.filter(bool), st.integers(), st.lists(TEXT, min_size=1))
    )
)
def test_properties_are_yaml_that_others_read_as_we_do(fields: dict[str, Any]) -> None:
    from ruamel.yaml import YAML

    written = properties.dump(fields)
    assert properties.load(written)[0] == fields
    body = written.removeprefix("---\n").removesuffix("---\n")
    loaded = YAML(typ="base", pure=True).load(body) or {}
    assert loaded == {k: [str(i) for i in v] if isinstance(v, list) else str(v) for k, v in fields.items()}


def test_properties_that_an_editor_rewrote_say_the_same() -> None:
    from io import StringIO

    from ruamel.yaml import YAML

    raw = _written(_note("Some [[text]].", links=(TextLink("[[text]]", "s1"),)))
    fields, body = properties.load(raw)
    stream = StringIO()
    YAML().dump(fields, stream)
    again = "---\ncssclasses: [wide]\n" + stream.getvalue() + "---\n" + raw[body:]
    assert _back(again) == _back(raw)


def test_line_ends_turned_by_an_editor_are_no_edit() -> None:
    note = _note("one\ntwo\n")
    assert _back(_written(note).replace("\n", "\r\n")) == note


def test_an_edited_text_is_taken_and_words_below_are_seen() -> None:
    raw = _written(_note("one\ntwo")).replace("two", "three") + "\nMy own words.\n"
    assert (_back(raw).text, _back(raw).edited) == ("one\nthree", True)
    assert note_file.read(raw).own.words == "\nMy own words.\n"


def test_a_statement_comes_back() -> None:
    span = SpanRecord("s1", 'He said: "no"\nand: yes', 3, 25, "Ann")
    record = StatementRecord(
        "c1", "critique", "# not a heading", "accepted", "cue", "rule", 0.1 + 0.2, (span,),
        (LinkRecord("attacks", "c2", "structure", "r", 0.85, span),),
        context=SpanRecord("s1", "Ann's: report\nof May", 90, 110),
    )  # fmt: skip
    raw = statement_note.write(record, ["> quote"], [("Links", ["attacks:: [[x]]"])], record.text)
    assert statement_note.read(properties.load(raw)[0]) == record
    assert "\n\\# not a heading\n" in raw


def _row(text: str, raw: str, target: str | None = "s1", alias: str | None = None) -> StoredReference:
    start = text.index(raw)
    name = re.sub(r"[\[\]!]|#.*", "", raw.split("|")[0]) or "x"
    return StoredReference("s0", 0, "wikilink", raw, start, start + len(raw), name, "", alias, None, target)


@pytest.mark.parametrize(
    ("raw", "alias", "written"),
    [
        ("[[A: b]]", None, "[[A — b|A: b]]"),
        ("[[A: b||x]]", "x", "[[A — b|x]]"),
        ("[[A — b]]", None, None),
        ("[[a — B.md|x]]", "x", None),
        ("![[A: b]]", None, "![[A — b|A: b]]"),
        ("[x](A%20b.md)", "x", "[[A — b|x]]"),
    ],
)
def test_links_lead_to_the_notes_of_the_vault(raw: str, alias: str | None, written: str | None) -> None:
    text = f"see {raw} there"
    changed, links = rewrite(text, [_row(text, raw, alias=alias)], lambda _: "sources/A — b")
    assert links == (TextLink(raw, "s1", written),)
    assert changed == f"see {written or raw} there"
    assert restore(changed, links) == text


def test_a_link_that_stands_there_already_is_told_from_the_one_that_was_changed() -> None:
    text = "[[A — b|x]] and [[A: b||x]]"
    rows = [_row(text, "[[A — b|x]]", alias="x"), _row(text, "[[A: b||x]]", alias="x")]
    changed, links = rewrite(text, rows, lambda _: "sources/A — b")
    assert changed == "[[A — b|x]] and [[sources/A — b|x]]"
    assert restore(changed, links) == text


@given(
    st.lists(
        st.sampled_from(
            ["[[A: b]]", "[[A: b||x]]", "[[A — b|x]]", "[[sources/A — b|x]]", "!", "| a |", "\n", "[x](A.md)", " "]
        )
    )
)
def test_rewriting_can_always_be_undone(parts: list[str]) -> None:
    text = "".join(parts)
    rows = [
        StoredReference("s0", n, r.kind, r.raw, r.start, r.end, r.target, "", r.alias, r.fragment, "s1")
        for n, r in enumerate(structure(text)[1])
    ]
    changed, links = rewrite(text, rows, lambda _: "sources/A — b")
    assert restore(changed, links) == text


def test_a_link_to_one_of_several_notes_of_a_name_says_the_path() -> None:
    references = [StoredReference("s1", 0, "wikilink", "[[X]]", 0, 5, "X", "name:x", None, None, "s2")]
    assert rewrite("[[X]]", references, lambda _: "/a/X") == ("[[a/X|X]]", (TextLink("[[X]]", "s2", "[[a/X|X]]"),))
    assert rewrite("[[X]]", references, lambda _: "a/X")[0] == "[[X]]"
