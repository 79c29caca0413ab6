"""What holds for every format. They are found in the package: a new one is tested here without being named."""

from __future__ import annotations

import re
import subprocess
import sys
from inspect import cleandoc
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings

from kb.errors import UsageError
from kb.maps import format, formats
from kb.maps.formats import render
from kb.model.argument_map import ArgumentMap, Node
from tests.kb.maps.formats.example_maps import argument, argument_maps, edge, hostile, wide

NAMES = formats.names()
JSON = {name for name in NAMES if formats.named(name).media_type == "application/json"}


def test_the_formats_of_the_interface_exist() -> None:
    promised = ("tree json markdown mermaid dot", "svg html argdown canvas graphml aif")
    assert set(NAMES) >= {name for some in promised for name in some.split()}
    assert NAMES[0] == "tree"


def test_a_module_written_as_the_contract_shows_is_a_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = cleandoc("\n".join(re.findall(r"^(?: {4}.*)?$", format.__doc__ or "", re.M)))
    (tmp_path / "lines.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    assert "lines" in formats.names()
    assert formats.for_file("a.LINES") == "lines"
    assert render(argument(), "lines").startswith(": Reading circuits")
    del sys.modules["kb.maps.formats.lines"]


@pytest.mark.parametrize("name", NAMES)
def test_says_what_it_is(name: str) -> None:
    one = formats.named(name)
    assert one.name == name
    assert all((one.what, one.quotes, one.unsigned))
    assert "\n" not in one.what
    assert one.media_type.count("/") == 1
    assert all(ending.startswith(".") and ending == ending.lower() for ending in one.endings)
    assert all(formats.for_file(f"map{ending.upper()}") == name for ending in one.endings)


def test_an_ending_asks_for_one_format_and_none_for_the_default() -> None:
    endings = [ending for name in NAMES for ending in formats.named(name).endings]
    assert len(endings) == len(set(endings))
    assert formats.for_file("map") == formats.for_file("") == "tree"


@pytest.mark.parametrize("name", ["map.docx", "map.jpeg", "map.v2"])
def test_an_ending_that_no_format_has_is_a_usage_error_that_lists_those_there_are(name: str) -> None:
    with pytest.raises(UsageError) as error:
        formats.for_file(name)
    assert repr(name[3:]) in error.value.message
    assert all(ending in error.value.hint for known in NAMES for ending in formats.named(known).endings)
    assert "--format" in error.value.hint


def test_an_unknown_format_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as error:
        render(argument(), "docx")
    assert "docx" in error.value.message
    assert all(name in error.value.hint for name in NAMES)


@pytest.mark.parametrize("wanted", ["render(ArgumentMap((), ()), 'tree')", "for_file('a.dot')"])
def test_only_the_wanted_module_is_imported(wanted: str) -> None:
    code = (
        "import sys; from kb.maps.formats import for_file, render; from kb.model.argument_map import ArgumentMap;"
        f"{wanted}; print(*sorted(m for m in sys.modules if m.startswith('kb.maps.formats.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "kb.maps.formats." + ("dot" if "dot" in wanted else "tree")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "map_", [argument(), hostile(), wide(120), ArgumentMap((), ())], ids=["argument", "hostile", "wide", "empty"]
)
def test_draws_anything_as_clean_text(name: str, map_: ArgumentMap) -> None:
    text = render(map_, name)
    assert text.endswith("\n")
    assert text == render(map_, name)
    assert not {c for c in text if (c < " " or "\x7f" <= c < "\xa0") and c not in "\n\t"}
    assert name in JSON or "\u202e" not in text  # JSON keeps what was said, to be read by programs
    text.encode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("map_", [argument(), wide(120)], ids=["argument", "wide"])
def test_every_node_is_there(name: str, map_: ArgumentMap) -> None:
    text = render(map_, name)
    for node in map_.nodes:
        assert node.id in text or " ".join(node.text.split()[:2]) in text


@pytest.mark.parametrize("name", NAMES)
def test_no_words_of_a_source_become_markup(name: str) -> None:
    text = render(hostile(), name)
    if text.lstrip().startswith("<"):
        assert "<img" not in text
        assert escape("</script><img") in text


@pytest.mark.parametrize("name", NAMES)
def test_suggestions_are_marked_and_counts_of_what_is_hidden_kept(name: str) -> None:
    text = render(argument(), name)
    assert "suggested" in text
    assert "hidden" in text
    assert "7" in text
    assert "12" in text


@settings(max_examples=40)
@given(map_=argument_maps())
def test_nothing_breaks_any_format(map_: ArgumentMap) -> None:
    for name in NAMES:
        render(map_, name).encode()


@pytest.mark.parametrize("name", NAMES)
def test_a_long_chain_and_a_circle_end(name: str) -> None:
    nodes = tuple(Node(f"n{number}", "claim", f"Link {number}") for number in range(400))
    edges = tuple(
        edge(f"e{number}", f"n{(number + 1) % 400}", f"n{number}", "supports", "cue", "accepted")
        for number in range(400)
    )
    text = render(ArgumentMap(nodes, edges, ("n0",)), name)
    assert "Link 399" in text


@pytest.mark.parametrize("name", [name for name in NAMES if not formats.named(name).binary])
def test_what_makes_a_statement_readable_alone_is_told_with_it(name: str) -> None:
    node = Node("c1", "claim", "They count frogs by ear.", "s1", "Notes", context="**Volunteers** meet in May")
    told = render(ArgumentMap((node,), ()), name)
    # A picture breaks lines where they fit, and formats for programs have the words as the text has them.
    assert re.search(r"Volunteers\W+(?:br/)?\W*meet", told)
