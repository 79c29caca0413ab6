"""Plans of pictures: what is deep and would make an empty page is cut off and put beside, told where it belongs."""

from __future__ import annotations

import random

from kb.maps.drawing.outline import outline, parts
from kb.maps.drawing.plan import plan
from kb.maps.formats import render
from kb.model.argument_map import ArgumentMap, Node
from tests.kb.maps.formats.example_maps import argument, edge


def deep(size: int) -> ArgumentMap:
    """A tree that grows at any of its nodes, with statements of usual length."""
    rng = random.Random(size)
    nodes = tuple(Node(f"n{n}", "claim", f"Statement {n} holds that farms count soil. " * 4) for n in range(size))
    edges = tuple(
        edge(f"e{n}", f"n{n}", f"n{rng.randrange(n)}", rng.choice(("supports", "attacks")), "cue", "accepted")
        for n in range(1, size)
    )
    return ArgumentMap(nodes, edges, ("n0",))


def test_a_deep_map_is_no_high_and_empty_page() -> None:
    map_ = deep(100)
    assert max(line.depth for line in outline(map_)) > 5
    found = plan(map_, parts(map_))
    boxes = sum(box.width * box.height for box in found.places.boxes.values())
    assert boxes > 0.35 * found.places.width * found.places.height
    assert max(line.depth for line in found.lines) <= 4


def test_what_is_cut_off_says_what_it_bears_on() -> None:
    map_ = deep(100)
    found = plan(map_, parts(map_))
    cut = [line for line in found.lines if not line.depth and line.node.id != "n0"]
    assert cut
    for line in cut:
        words = " ".join(one.text for one in found.labels.words(line, found.places.boxes[line.node.id].width))
        assert words.startswith(("↑ supports “", "↑ attacks “"))


def test_what_is_short_hangs_together() -> None:
    chain = ArgumentMap(
        tuple(Node(f"n{n}", "claim", f"Statement {n}.") for n in range(7)),
        tuple(edge(f"e{n}", f"n{n}", f"n{n - 1}", "supports", "cue", "accepted") for n in range(1, 7)),
        ("n0",),
    )
    found = plan(chain, parts(chain))
    assert [line.depth for line in found.lines] == [0, 1, 2, 3, 4, 5, 6]
    assert "↑" not in render(argument(), "svg")
