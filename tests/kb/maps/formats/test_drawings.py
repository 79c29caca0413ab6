"""The formats that rest on the layout: SVG, HTML, JSON Canvas."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from kb.maps.drawing import picture
from kb.maps.drawing.outline import parts
from kb.maps.drawing.pieces import stretches
from kb.maps.drawing.text import letters
from kb.maps.formats import render
from kb.maps.formats.html import fragment
from kb.maps.formats.svg import draw
from kb.model.argument_map import ArgumentMap, Node
from tests.kb.maps.formats.example_maps import argument, argument_maps, hostile, undercut, wide

SVG = "{http://www.w3.org/2000/svg}"


@settings(max_examples=30)
@given(map_=argument_maps())
def test_svg_is_xml_with_a_group_for_every_node(map_: ArgumentMap) -> None:
    root = ET.fromstring(render(map_, "svg").encode())
    groups = [element for element in root.iter(f"{SVG}g") if element.get("class") == "node"]
    assert len(groups) == len(map_.nodes)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "style", "defs", "marker", "path", "circle", "rect", "g", "a", "text"
        }  # fmt: skip
        assert element.get("href", "http").startswith("http")


def test_svg_tells_sign_status_and_quote_without_colour() -> None:
    text = render(argument(), "svg")
    root = ET.fromstring(text.encode())
    words = [element.text for element in root.iter(f"{SVG}text")]
    assert {"+", "−", "−?", ">", "=?", "~?", "supports", "suggested"} <= set(words)
    assert "hidden: 7 statements, 12 links" in words
    titles = "\n".join(element.text or "" for element in root.iter(f"{SVG}title"))
    assert "“the same heads”" in titles
    assert "attacks, suggested (basis: cue 0.71)" in titles
    assert "Does reading circuits help?" in words
    assert "url(#map-head-supports)" in text
    assert "url(#map-head-attacks)" in text
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == ["https://a.example/c"]


def test_svg_frames_a_source_and_draws_an_undercut_at_the_step() -> None:
    text = render(undercut(), "svg")
    root = ET.fromstring(text.encode())
    frames = [group for group in root.iter(f"{SVG}g") if group.get("class") == "source"]
    assert ["".join(frame.itertext()) for frame in frames] == ["Counting soilCounting soil"]
    words = [element.text for element in root.iter(f"{SVG}text")]
    told = " ".join(filter(None, words))
    assert "Ada Moss · accepted · +7 more" in told
    assert "critique · Ben Lund · Notes · +2 more" in told
    assert "link that another aims at" in words
    # One mark and head a link, and one for each of its kind in the legend.
    assert sum(word in ("+", ">?", ">", "−") for word in words) == 4 + 3
    assert text.count("marker-start") == 4 + 3
    assert text.count('class="joint"') == 2 + 1
    assert "“the rain”" in text


class Page(HTMLParser):
    """Collects the elements of a page and what could act."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.acts: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "style", "srcdoc", "action", "xlink:href"):
                self.acts.append(f"{tag} {name}={value}")
            if name == "href":
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("map_", [argument(), hostile(), undercut()], ids=["argument", "hostile", "undercut"])
def test_html_runs_its_own_script_only_and_fetches_nothing(map_: ArgumentMap) -> None:
    text = render(map_, "html")
    page = Page()
    page.feed(text)
    assert page.tags.count("script") == 1
    assert page.tags.count("article") == len(map_.nodes)
    assert not {"img", "iframe", "object", "embed", "link", "base", "form", "b"} & set(page.tags)
    assert page.acts == []
    assert all(link.startswith(("https://a.example/", "#map-n")) for link in page.links)
    assert "default-src 'none'" in text
    assert not [name for name in ("policy", "style", "counts", "picture", "statements") if f"{{{{{name}}}}}" in text]


@pytest.mark.parametrize("map_", [argument(), hostile(), undercut()], ids=["argument", "hostile", "undercut"])
def test_a_fragment_neither_acts_nor_has_a_style(map_: ArgumentMap) -> None:
    text = fragment(map_, address=lambda node: f"/statement/{node.id}")
    page = Page()
    page.feed(text)
    assert page.acts == []
    assert not {"style", "script", "html", "body", "link", "form"} & set(page.tags)
    assert page.tags.count("article") == len(map_.nodes)
    assert sum(link.startswith("/statement/") for link in page.links) == len(map_.nodes)


def test_a_page_of_its_own_is_linked_only_where_there_is_one() -> None:
    assert ">open</a>" not in fragment(argument())
    assert fragment(argument(), address=lambda node: "/pro" if node.id == "pro" else "").count(">open</a>") == 1


def test_html_shows_every_quote() -> None:
    page = Page()
    page.feed(render(hostile(), "html"))
    told = letters("".join(page.text))
    assert 'subgraph end; click n href "javascript:a' in "".join(page.text)  # and the marks of those that say more
    for node in hostile().nodes:
        assert letters(node.quote) in told


@settings(max_examples=40)
@given(map_=argument_maps())
def test_canvas_is_valid(map_: ArgumentMap) -> None:
    whole = json.loads(render(map_, "canvas"))
    assert set(whole) == {"nodes", "edges"}
    names = [item["id"] for item in (*whole["nodes"], *whole["edges"])]
    assert len(names) == len(set(names))
    cards = {node["id"] for node in whole["nodes"]}
    for node in whole["nodes"]:
        assert node["type"] in ("text", "group")
        assert isinstance(node["text" if node["type"] == "text" else "label"], str)
        assert all(type(node[key]) is int for key in ("x", "y", "width", "height"))
    sides, ends = {"top", "right", "bottom", "left"}, {"none", "arrow"}
    for edge in whole["edges"]:
        assert {edge["fromNode"], edge["toNode"]} <= cards
        assert {edge["fromSide"], edge["toSide"]} <= sides
        assert {edge["fromEnd"], edge["toEnd"]} <= ends
    assert len(whole["edges"]) == len(stretches(parts(map_))[1])


@pytest.mark.parametrize("map_", [argument(), hostile(), undercut(), wide(60)])
def test_cards_of_a_canvas_keep_apart(map_: ArgumentMap) -> None:
    cards = [node for node in json.loads(render(map_, "canvas"))["nodes"] if node["type"] == "text"]
    for one, two in combinations(cards, 2):
        aside = one["x"] + one["width"] <= two["x"] or two["x"] + two["width"] <= one["x"]
        assert aside or one["y"] + one["height"] <= two["y"] or two["y"] + two["height"] <= one["y"]


def test_svg_is_dark_by_its_style_alone() -> None:
    text = render(argument(), "svg")
    style = text.split("<style>")[1].split("</style>")[0]
    assert style.count("@media screen and (prefers-color-scheme: dark)") == 1
    assert style.rstrip().endswith("}\n}")
    assert "var(" not in style  # programs that make pixels of it do not know what that is
    without = text.replace(f"<style>{style}</style>", "")
    assert picture.png(text) == picture.png(without)
    assert "<style" not in draw(argument(), linked=False)


def test_svg_has_the_words_of_a_text_in_whole_lines() -> None:
    long = "Reading **circuits** lets [[Audits|auditors]] catch a model that deceives them. " * 5
    node = Node("c1", "claim", long, "s1", "A rather long title of a source, " * 4, "Ada Moss-Lindqvist of the Mill")
    words = " ".join(
        text.text or "" for text in ET.fromstring(render(ArgumentMap((node,), ()), "svg")).iter(f"{SVG}text")
    )
    assert words.count("Reading circuits lets auditors catch") == 5
    assert "…" not in words
    assert "*" not in words
    assert "Ada Moss-Lindqvist of the Mill" in words
    assert words.count("A rather long title of a source") == 4
