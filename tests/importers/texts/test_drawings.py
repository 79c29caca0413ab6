"""Canvases and drawings: their words and their links, never their JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import choose, recognised
from importers.base import Importer, Input
from importers.texts import canvas, excalidraw
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.importer_checks import check


def _read(importer: Importer, text: str, name: str) -> Document:
    source = Input(text, name, f"/v/{name}", text.encode(), name.rpartition(".")[0])
    assert choose(source) is importer
    (document,) = importer.read(source)
    check(importer, document)
    return document


def _card(name: str, kind: str, y: int, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "x": 0, "y": y, "width": 10, "height": 10, **more}


CANVAS = json.dumps(
    {
        "nodes": [
            _card("low", "text", 500, text="Last, see [[ponds]]."),
            _card("g", "group", 90, width=100, height=100, label="Frogs"),
            _card("n", "file", 100, file="notes/night.md", subpath="#why"),
            _card("p", "file", 120, file="pic.png"),
            _card("t", "text", 0, text="# Claim\nFrogs are loud."),
            _card("w", "link", 130, url="https://x.example/frogs"),
            _card("z", "hologram", 0),
        ],
        "edges": [
            {"id": "e", "fromNode": "n", "toNode": "t", "label": "supports"},
            {"id": "f", "fromNode": "n", "toNode": "low"},
        ],
    }
)


def test_a_canvas_gives_its_cards_in_order_with_their_links() -> None:
    found = _read(canvas.IMPORTER, CANVAS, "Frog map.canvas")
    assert found.title == "Frog map"
    assert found.text == (
        "# Claim\nFrogs are loud.\n\nLast, see [[ponds]].\n\n## Frogs\n\n[[notes/night#why]]\n\n![[pic.png]]\n\n"
        "<https://x.example/frogs>\n\n- [[notes/night#why]] → Claim: supports\n"
    )
    assert found.problems == ("left out: 1 card of an unknown kind (hologram)",)
    assert {"notes/night", "pic.png", "https://x.example/frogs", "ponds"} == {one.target for one in found.references}


@pytest.mark.parametrize("text", ["{}", '{"nodes":[],"edges":[]}', '{"nodes":null,"edges":7}'])
def test_an_empty_canvas_is_an_empty_note(text: str) -> None:
    assert _read(canvas.IMPORTER, text, "a.canvas").text == ""


def test_a_map_that_kb_drew_is_no_text_of_a_person() -> None:
    nodes = [_card("title", "text", 0, text="## Frogs"), _card("c0abcdefg", "text", 9, text="**Claim:** x")]
    assert not recognised(Input(json.dumps({"nodes": nodes, "edges": []}), "m.canvas"))


def test_a_broken_canvas_is_one_clear_error() -> None:
    with pytest.raises(KbError, match="is no canvas"):
        canvas.IMPORTER.read(Input('{"nodes": [', "m.canvas"))
    with pytest.raises(KbError, match="is no drawing"):
        excalidraw.IMPORTER.read(Input('{"type": "excalidraw", ', "m.excalidraw"))


NOTE = """---
excalidraw-plugin: parsed
tags: [excalidraw, ponds]
---
My own words on [[ponds]].

==⚠  Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu of this document. ⚠==

%%
# Excalidraw Data
## Text Elements
Frogs are
loud ^aB3dEf9h

at [[night|dusk]] ^zZ3dEf9h

## Element Links
aB3dEf9h: [[counts]]

## Embedded Files
4e2f: [[pic.png]]

## Drawing
```compressed-json
N4KAkARALgngDgUwgLgAQQQDwMYEMA2AlgCYBOuA7hADTgQBuCpAzoQPYB2KqATLZMzYBXUtiRoIACyhQ4zZA
```
%%
"""


def test_a_drawing_in_a_note_gives_its_words_and_links() -> None:
    found = _read(excalidraw.IMPORTER, NOTE, "Ponds.excalidraw.md")
    assert (found.title, found.tags) == ("Ponds", ("excalidraw", "ponds"))
    words = [found.text[one.start : one.end] for one in found.blocks]
    assert words == ["My own words on [[ponds]].", "Frogs are\nloud", "at [[night|dusk]]", "[[counts]]", "![[pic.png]]"]
    assert [one.target for one in found.references] == ["ponds", "night", "counts", "pic.png"]
    assert found.problems == ("left out: 1 drawing, but for its words and links",)


def test_a_drawing_in_json_gives_the_words_as_they_were_typed() -> None:
    elements = [
        {"type": "text", "text": "low", "x": 0, "y": 9},
        {"type": "text", "text": "Frogs\nare loud", "originalText": "Frogs are loud", "x": 0, "y": 0},
        {"type": "rectangle", "link": "[[counts]]", "x": 0, "y": 5},
        {"type": "text", "text": "gone", "isDeleted": True},
    ]
    text = json.dumps({"type": "excalidraw", "elements": elements})
    for name in ("Ponds.excalidraw", "Ponds.excalidraw.json"):
        assert _read(excalidraw.IMPORTER, text, name).text == "Frogs are loud\n\n[[counts]]\n\nlow\n"


_VALUES = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "id", "text", "x", "y", "nodes", "edges", "elements", "file", "label"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(["nodes", "edges", "elements", "type"]), _VALUES))
def test_any_json_is_read_or_refused(data: dict[str, Any]) -> None:
    for importer in (canvas.IMPORTER, excalidraw.IMPORTER):
        for document in importer.read(Input(json.dumps(data), "x")):
            check(importer, document)
