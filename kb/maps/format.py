"""What every map format is, and how to write one: a module of `kb.maps.formats` with a `FORMAT`, and found there.

`kb/maps/formats/lines.py`, for a line a statement, would be:

    from kb.model.argument_map import ArgumentMap
    from kb.maps.drawing.outline import outline, parts
    from kb.maps.drawing.style import edge_words
    from kb.maps.drawing.text import hidden_note, one_line
    from kb.maps.format import Format

    def render(map_: ArgumentMap) -> str:
        drawn = parts(map_)  # the nodes and links that can be drawn; the rest is counted
        told = outline(map_)  # each node in full once, each link once, reasons under what they bear on
        said = [f"{edge_words(line.edge) if line.edge else ''}: {one_line(line.node.text)}" for line in told]
        return "\\n".join([*said, hidden_note(drawn.hidden_nodes, drawn.hidden_edges), ""])

    FORMAT = Format("lines", "a line a statement", (".lines",), "text/plain", render)

What else a drawing needs (layout, shapes, escapes) stands in `kb.maps.drawing`. `kb map --format`, its completion, the
guess by a file's ending, the tests that every format must pass (`tests/kb/maps/formats/test_every_format.py`) and
docs/formats.md (`python -m scripts.reference`) find it; a test of its own stands beside that one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.model.argument_map import ArgumentMap


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an `ArgumentMap`, as text unless it is `binary`.

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
    binary: Callable[[str], bytes] | None = None  # what a file holds that is no text, made of what `render` gives
