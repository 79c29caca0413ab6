"""What every map format is. One module of `kb.maps.formats` a format; found there, and nowhere listed.

To add one, write `kb/maps/formats/NAME.py`:

    def render(map_: ArgumentMap) -> str:
        drawn = parts(map_)  # kb.maps.drawing.outline: the nodes and links that can be drawn; the rest is counted
        lines = [f"{node.id}: {clean(node.text)}" for node in drawn.nodes]
        return "\\n".join([*lines, hidden_note(drawn.hidden_nodes, drawn.hidden_edges), ""])

    FORMAT = Format(
        name="NAME", what="one line for the docs", endings=(".ext",), media_type="text/plain", render=render
    )

What a drawing needs besides (layout, outline, escapes) stands in `kb.maps.drawing`. The tests that every format must
pass (`tests/kb/maps/formats/test_every_format.py`), `kb map --format`, the guess by a file's ending and
docs/formats.md find it by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.maps.argument_map import ArgumentMap


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an `ArgumentMap` as text.

    `render` takes any map: an empty one, circles, links to links and to nowhere, hostile words. It gives whole lines
    and the same text for the same map.
    """

    name: str  # that of its module
    what: str  # one line for the docs
    endings: tuple[str, ...]  # of files that are to have this format unless --format says otherwise
    media_type: str
    render: Callable[[ArgumentMap], str]
    quotes: str = "no"  # for the docs: whether the words of the sources are shown
    unsigned: str = "yes"  # for the docs: whether links without a sign are shown
