"""What holds for every format."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings

from kb.errors import UsageError
from kb.maps.argument_map import ArgumentMap
from kb.maps.formats import FORMATS, render
from tests.kb.maps.formats.example_maps import argument, argument_maps, hostile, wide

NAMES = {
    "tree",
    "json",
    "markdown",
    "mermaid",
    "dot",
    "argdown",
    "svg",
    "html",
    "canvas",
    "graphml",
    "aif",
}


def test_the_formats_of_the_interface_exist() -> None:
    assert set(FORMATS) == NAMES


def test_an_unknown_format_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as error:
        render(argument(), "pdf")
    assert "pdf" in error.value.message
    assert all(name in error.value.hint for name in NAMES)


def test_only_the_wanted_module_is_imported() -> None:
    code = (
        "import sys; from kb.maps.formats import render; from kb.maps.argument_map import ArgumentMap;"
        "render(ArgumentMap((), ()), 'tree'); print(sorted(m for m in sys.modules if m.startswith('kb.maps.formats.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['kb.maps.formats.tree']"


@pytest.mark.parametrize("format", sorted(NAMES))
@pytest.mark.parametrize(
    "map_", [argument(), hostile(), wide(80), ArgumentMap((), ())], ids=["argument", "hostile", "wide", "empty"]
)
def test_draws_anything_as_clean_text(format: str, map_: ArgumentMap) -> None:
    text = render(map_, format)
    assert text.endswith("\n")
    assert text == render(map_, format)
    if format not in ("json", "canvas", "aif"):  # JSON has escapes of its own
        assert not set(text) & {"\x1b", "\x00", "\r"}
    text.encode()


@pytest.mark.parametrize("format", sorted(NAMES))
def test_every_node_is_there(format: str) -> None:
    map_ = argument()
    text = render(map_, format)
    for node in map_.nodes:
        assert node.id in text or " ".join(node.text.split()[:2]) in text


@pytest.mark.parametrize("format", sorted(NAMES - {"aif", "json"}))
def test_suggestions_are_marked_and_counts_of_what_is_hidden_kept(format: str) -> None:
    text = render(argument(), format)
    assert "suggested" in text
    assert "7" in text
    assert "12" in text


@settings(max_examples=40, deadline=None)
@given(map_=argument_maps())
def test_nothing_breaks_any_format(map_: ArgumentMap) -> None:
    for format in NAMES:
        render(map_, format).encode()


@pytest.mark.parametrize("format", sorted(NAMES - {"json"}))
def test_a_long_chain_and_a_circle_end(format: str) -> None:
    from kb.maps.argument_map import Edge, Node

    nodes = tuple(Node(f"n{number}", "claim", f"Link {number}") for number in range(400))
    edges = tuple(
        Edge(f"e{number}", f"n{(number + 1) % 400}", f"n{number}", "supports", "cue", "accepted")
        for number in range(400)
    )
    text = render(ArgumentMap(nodes, edges, ("n0",)), format)
    assert "Link 399" in text
