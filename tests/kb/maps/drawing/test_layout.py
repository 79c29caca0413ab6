"""The layout: nothing overlaps or is outside, every link is drawn once and crosses no box, pages can be read."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from kb.maps.drawing.layout import Box, Layout, layout
from kb.maps.drawing.outline import outline, parts
from kb.maps.drawing.pieces import tree_groups
from kb.maps.drawing.trees import Tree
from kb.model.argument_map import ArgumentMap, Node
from tests.kb.maps.formats.example_maps import argument, argument_maps, edge, hostile, undercut, wide


def placed(map_: ArgumentMap) -> Layout:
    told = outline(map_)

    def height(tree: Tree, width: float) -> float:
        return 20 + 15 * (1 + len(tree.line.node.text) * 7 // width) if tree.here else 22

    return layout(told, height, groups=[group.members for group in tree_groups(told)], title=lambda *_: 26.0)


def apart(one: Box, two: Box) -> bool:
    side_by_side = one.x + one.width < two.x or two.x + two.width < one.x
    return side_by_side or one.y + one.height < two.y or two.y + two.height < one.y


def within(one: Box, two: Box) -> bool:
    across = two.x <= one.x and one.x + one.width <= two.x + two.width
    return across and two.y <= one.y and one.y + one.height <= two.y + two.height


def check(map_: ArgumentMap, places: Layout) -> None:
    drawn = parts(map_)
    assert set(places.boxes) == {node.id for node in drawn.nodes}
    assert sorted(map(id, drawn.edges)) == sorted(id(route.edge) for route in places.routes)
    references = [route.box for route in places.routes if route.line.shown != "here"]
    boxes = [*places.boxes.values(), *references]
    joints = [route.joint for route in places.routes if route.joint]
    assert all(apart(one, two) for one, two in combinations(boxes, 2))
    assert all(apart(joint, box) for joint in joints for box in boxes)
    assert all(apart(one, two) for one, two in combinations(places.frames, 2))
    page = Box(0, 0, places.width, places.height)
    assert all(within(box, page) for box in (*boxes, *joints, *places.frames))
    for box in boxes:
        assert all(within(box, frame) or apart(box, frame) for frame in places.frames)
    for group, frame in zip(tree_groups(outline(map_)), places.frames, strict=True):
        assert all(within(places.boxes[name], frame) for name in group.members)
    for route in places.routes:
        start, end = route.points[0], route.points[-1]
        assert start == (route.box.x, route.box.y + route.box.height / 2)
        ends = [box for box in boxes if box.x <= end[0] <= box.x + box.width and end[1] == box.y + box.height]
        at = [joint for joint in joints if joint.x <= end[0] <= joint.x + joint.width]
        assert at if route.line.at_link else ends
        for one, two in pairwise(route.points):
            assert one[0] == two[0] or one[1] == two[1]
            stretch = Box(min(one[0], two[0]), min(one[1], two[1]), abs(one[0] - two[0]), abs(one[1] - two[1]))
            touched = [box for box in boxes if not apart(stretch, box)]
            assert all(box == route.box or box in ends for box in touched)


@settings(max_examples=150)
@given(map_=argument_maps(max_nodes=9))
def test_boxes_keep_apart_and_lines_cross_none(map_: ArgumentMap) -> None:
    check(map_, placed(map_))


@pytest.mark.parametrize(
    "map_", [argument(), undercut(), hostile(), wide(60), wide(500)], ids=["argument", "undercut", "odd", "60", "500"]
)
def test_the_same_for_larger_maps(map_: ArgumentMap) -> None:
    check(map_, placed(map_))


def star(size: int, words: int) -> ArgumentMap:
    nodes = tuple(Node(f"n{number}", "claim", "words of a statement " * words, "s", "S") for number in range(size))
    edges = tuple(
        edge(f"e{number}", f"n{number}", "n0", "supports" if number % 2 else "attacks", "cue", "accepted")
        for number in range(1, size)
    )
    return ArgumentMap(nodes, edges, ("n0",))


@pytest.mark.parametrize("size", [2, 30, 200])
def test_a_page_is_no_wider_than_can_be_read(size: int) -> None:
    for map_ in (wide(size), star(size, 6)):
        check(map_, places := placed(map_))
        assert places.width <= 1600


def test_the_answers_to_one_thesis_stand_in_columns() -> None:
    places = placed(star(31, 6))
    assert len({box.x for box in places.boxes.values()}) >= 4
    assert 1 < places.width / places.height < 2.4


def test_a_small_map_is_a_small_page() -> None:
    places = placed(ArgumentMap((Node("a", "claim", "One."),), (), ("a",)))
    assert places.width < 320
    assert places.height < 80
    assert placed(ArgumentMap((), ())).boxes == {}


def test_reasons_are_below_what_they_bear_on() -> None:
    boxes = placed(argument()).boxes
    for above, below in (("thesis", "pro"), ("thesis", "con"), ("con", "reply"), ("pro", "under")):
        assert boxes[above].y + boxes[above].height < boxes[below].y


def test_an_undercut_leads_to_the_link_it_aims_at() -> None:
    places = placed(undercut())
    routes = {route.edge.id: route for route in places.routes}
    joint = routes["l1"].joint
    assert joint is not None
    assert routes["l2"].points[-1] == (joint.x + joint.width / 2, joint.y + joint.height)
    assert routes["l2"].joint is not None
    assert routes["l4"].joint is None


def test_what_is_deeper_than_a_page_is_wide_gets_a_wider_page() -> None:
    kinds = [
        (relation, status) for relation in ("supports", "attacks", "undercuts") for status in ("accepted", "suggested")
    ]
    nodes, edges = [Node("n0", "claim", "One.")], []
    above = "n0"
    for level in range(1, 60):
        for place, (relation, status) in enumerate(kinds):
            name = f"n{level}.{place}"
            nodes.append(Node(name, "claim", "More."))
            edges.append(edge(f"e{name}", name, above, relation, "cue", status))
        above = f"n{level}.0"
    map_ = ArgumentMap(tuple(nodes), tuple(edges), ("n0",))
    check(map_, placed(map_))
