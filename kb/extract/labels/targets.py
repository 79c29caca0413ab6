"""What a labelled part hangs on: the item above it, the number it names, the objection just before, else the thesis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum

from kb.extract.labels.model import Point
from kb.extract.labels.vocabulary import Role


class Around(Enum):
    """What is no point itself."""

    ITEM = "item"  # the unlabelled item that the point hangs under
    SUBJECT = "subject"  # the first cell of its row
    SECTION = "section"  # what the section around is about, else the text


Target = int | Around | None  # the number of a point, or what stands around; None where it is not clear

_AGAINST = frozenset([Role.ATTACK, Role.COUNTER])
_ARGUED = frozenset(["argument", "reason", "point", "argument for", "reason for"])
_PROOF = frozenset(["evidence", "ground", "data", "datum", "backing", "reasoning", "warrant"])
_DISPUTES = frozenset(["objection", "criticism", "critique", "challenge", "worry", "concern"])
_COUNTER_CLAIMS = frozenset(
    ["counterclaim", "counter-claim", "counter claim", "antithesis", "counterthesis", "opposing claim", "opposing view"]
)
_ANSWERABLE = frozenset([Role.ATTACK, Role.COUNTER, Role.REMARK])


def chosen(points: Sequence[Point], at: int) -> Target:
    """What `points[at]` speaks for or against."""
    point = points[at]
    if point.role in {Role.CLAIM, Role.CONCLUSION, Role.QUESTION, Role.REMARK}:
        return None
    if point.row is not None:
        return _in_row(points, at)
    if point.answers is not None:
        return _numbered(points, at, point.answers)
    if point.under is not None:
        hosts = [n for n, other in enumerate(points[:at]) if other.block == point.under]
        return hosts[-1] if hosts else Around.ITEM
    if (above := _parent_number(point)) is not None:
        return _last(points, at, lambda other: other.number == above)
    return _BY_ROLE[point.role](points, at)


def _parent_number(point: Point) -> str | None:
    """ "1.2" of "1.2.3. Con: …"; numbers of sections and of points of reviews are no such."""
    if point.group is None and point.number and "." in point.number and point.role in {Role.SUPPORT, Role.ATTACK}:
        return point.number.rpartition(".")[0]
    return None


def _in_row(points: Sequence[Point], at: int) -> Target:
    """Within a row a reply answers the objection, a counterclaim the claim; the rest speaks of the row's subject."""
    point = points[at]
    wanted = {
        Role.REPLY: _ANSWERABLE,
        Role.REJOINDER: frozenset([Role.REPLY]),
        Role.COUNTER: frozenset([Role.CLAIM, Role.SUPPORT]),
        Role.ATTACK: frozenset([Role.CLAIM]),
        Role.SUPPORT: frozenset([Role.CLAIM]),
        Role.PREMISE: frozenset([Role.CONCLUSION]),
    }[point.role]
    row = [n for n, other in enumerate(points) if other.row == point.row and n != at and other.role in wanted]
    if row:
        return row[-1] if len({points[n].group for n in row}) == 1 else row[0]
    if point.role in {Role.SUPPORT, Role.ATTACK, Role.COUNTER}:
        return Around.SUBJECT if point.subject else Around.SECTION
    return None


def _numbered(points: Sequence[Point], at: int, number: str) -> Target:
    """The point of that number, of the kind that is named, else of a kind that a part of this role answers."""
    point = points[at]
    roles = {
        Role.REPLY: _ANSWERABLE,
        Role.REJOINDER: frozenset([Role.REPLY]),
    }.get(point.role, frozenset(Role) - {Role.REPLY, Role.REJOINDER})
    if point.answered is not None:
        named = _last(points, at, lambda other: other.number == number and other.role is point.answered)
        if named is not None:
            return named
    return _last(points, at, lambda other: other.number == number and other.role in roles)


def _last(points: Sequence[Point], at: int, suits: Callable[[Point], bool]) -> int | None:
    return next((n for n in range(at - 1, -1, -1) if suits(points[n])), None)


def _near(point: Point, other: Point) -> bool:
    """Whether one of them stands in the section of the other, or in one within it, and neither hangs under an item."""
    if other.under is not None:
        return False
    shared = min(len(point.path), len(other.path))
    return point.path[:shared] == other.path[:shared]


def _own(points: Sequence[Point], at: int) -> int | None:
    """The point whose section this one stands in."""
    path = points[at].path
    return _last(points, at, lambda other: other.within is not None and path[: len(other.within)] == other.within)


def after_replies(points: Sequence[Point]) -> list[Point]:
    """The points, where what follows the reply to an objection in its section speaks of what that speaks of."""
    made: list[Point] = []
    for point in points:
        own = _own([*made, point], len(made))
        if (
            own is not None
            and point.role in {Role.SUPPORT, *_AGAINST}
            and point.word not in _PROOF
            and (point.group, point.under, point.row, point.within, point.answers) == (None,) * 5
            and made[own].role in _AGAINST
            and any(one.role is Role.REPLY and _own(made, at) == own for at, one in enumerate(made) if at > own)
        ):
            point = replace(point, path=made[own].path, after=True)
        made.append(point)
    return made


def _reply(points: Sequence[Point], at: int) -> Target:
    point = points[at]
    own = _own(points, at)
    if own is not None and points[own].role in _ANSWERABLE:
        if points[at - 1].after and points[at - 1].role is Role.SUPPORT:
            return None  # to the argument, or to the objection before
        later = _last(
            points, at, lambda other: other.role in _ANSWERABLE and other.group is None and _near(point, other)
        )
        return later if later is not None and later > own else own
    if point.group is not None:
        return _item_by_item(points, at)
    if point.number is not None and (same := _numbered(points, at, point.number)) is not None:
        return same
    last = _last(points, at, lambda other: other.role in _ANSWERABLE | {Role.QUESTION} and _near(point, other))
    if last is None:
        rebutted = _last(points, at, lambda other: other.role is Role.CLAIM and other.path == point.path)
        return rebutted if point.word in {"rebuttal", "refutation"} else None
    if points[last].role is Role.QUESTION:
        return None
    group = points[last].group
    alone = group is None or sum(other.group == group for other in points) == 1
    clear = (alone and not (group is not None and point.apart)) or points[last].within is not None
    return last if clear else None  # else it answers one of several, or a paragraph that has no label


def several(points: Sequence[Point], at: int) -> list[int]:
    """The objections of the group right before a reply that stands in its section and names none of them."""
    point = points[at]
    if point.role is not Role.REPLY or point.group is not None or point.answers is not None or point.apart:
        return []
    last = _last(points, at, lambda other: other.role in _ANSWERABLE | {Role.QUESTION} and _near(point, other))
    group = points[last].group if last is not None else None
    return [n for n in range(at) if group is not None and points[n].group == group]


def _item_by_item(points: Sequence[Point], at: int) -> Target:
    """The objection of the same number, where there are as many replies in a group as objections in the one before."""
    point = points[at]
    first = next(n for n, other in enumerate(points) if other.group == point.group)
    before = _last(points, first, lambda other: other.role in _ANSWERABLE)
    if before is None:
        return None
    group = points[before].group
    objections = (
        [n for n in range(first) if points[n].group == group]
        if group is not None
        else [n for n in range(first) if points[n].role is points[before].role and points[n].group is None]
    )
    replies = [n for n, other in enumerate(points) if other.group == point.group]
    same = [n for n in objections if points[n].number == point.number]
    if len(replies) != len(objections):
        return None
    return same[0] if len(same) == 1 else objections[replies.index(at)]


def _rejoinder(points: Sequence[Point], at: int) -> Target:
    point = points[at]
    return _last(points, at, lambda other: other.role is Role.REPLY and _near(point, other))


def _counter(points: Sequence[Point], at: int) -> Target:
    point = points[at]
    if point.group is not None:
        return Around.SECTION
    answers = frozenset([Role.CLAIM, Role.SUPPORT])
    if point.number is not None:
        same = _last(points, at, lambda other: other.number == point.number and other.role in answers)
        if same is not None:
            return same
    if point.word in _COUNTER_CLAIMS:
        answers = frozenset([Role.CLAIM])
    last = _last(points, at, lambda other: other.role in answers and _near(point, other))
    if last is None:
        return Around.SECTION
    group = points[last].group
    if group is None or sum(other.group == group for other in points) == 1:
        return last
    return _claim(points, at)


def _speaks(points: Sequence[Point], at: int) -> Target:
    """The point in whose section it stands, the argument just before, the claim, what the section is about."""
    point = points[at]
    if (own := _own(points, at)) is not None:
        replied = points[at - 1].role is Role.REPLY and points[at - 1].path == point.path
        return at - 1 if replied and point.word in _PROOF and point.group is None else own
    if point.group is None:
        if (
            point.word == "backing"
            and (warrant := _last(points, at, lambda other: other.word == "warrant")) is not None
        ):
            return warrant
        wanted = _argued if point.word in _PROOF else _disputed if point.word in _DISPUTES else None
        if wanted and (last := _last(points, at, lambda other: wanted(other) and _near(point, other))) is not None:
            return last if points[last].after or not point.after else _claim(points, at)
    return _claim(points, at)


def _argued(other: Point) -> bool:
    return other.group is None and other.word not in _PROOF and other.role not in {Role.QUESTION, Role.REMARK}


def _disputed(other: Point) -> bool:
    return other.group is None and (other.role is Role.CLAIM or other.word in _ARGUED or other.role is Role.CONCLUSION)


def _claim(points: Sequence[Point], at: int) -> Target:
    point = points[at]
    deep = len(point.path)
    claim = _last(
        points,
        at,
        lambda other: other.role is Role.CLAIM and other.row is None and point.path[: len(other.path)] == other.path,
    )
    # A heading between the two says better what is spoken about, unless the claim is the text's.
    return claim if claim is not None and deep - len(points[claim].path) <= 1 else Around.SECTION


def _premise(points: Sequence[Point], at: int) -> Target:
    point = points[at]
    ends = frozenset([Role.CONCLUSION])
    follows = next((n for n in range(at + 1, len(points)) if points[n].role in ends and _near(point, points[n])), None)
    if follows is not None:
        return follows
    return _last(points, at, lambda other: other.role in {Role.CONCLUSION, Role.CLAIM} and _near(point, other))


_BY_ROLE: dict[Role, Callable[[Sequence[Point], int], Target]] = {
    Role.SUPPORT: _speaks,
    Role.ATTACK: _speaks,
    Role.COUNTER: _counter,
    Role.REPLY: _reply,
    Role.REJOINDER: _rejoinder,
    Role.PREMISE: _premise,
}
