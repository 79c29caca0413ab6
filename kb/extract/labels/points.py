"""What each labelled part of a text claims to be, and where it stands: in its section, under an item, in a row.

A label may stand before the words, alone above a list or paragraph ("**Pros**"), as the item a list hangs under, as a
heading over its section, as the head of a column, or as the type of a callout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kb.extract.labels import disputing, pieces, reading, tables, targets
from kb.extract.labels.model import Path, Point
from kb.extract.labels.pieces import Piece
from kb.extract.labels.reading import Label
from kb.extract.labels.vocabulary import OBJECTIONS, WORDS, Role, partnered
from kb.extract.model import Block, View
from kb.extract.rebuttals import sections
from kb.extract.standing import FINITE
from kb.text.strings import fold

_DOTTED = re.compile(r"(?P<number>\d+(?:\.\d+)+)\.")  # of an item of an outline
_CODED = re.compile(
    r"[*_(]{0,3}[A-Z]?(?P<number>\d{1,2})[.:)][*_]{0,3}\s+"
)  # "W2:", "(3)": a list without marks of one
_ITEM_NUMBER = re.compile(r"\d+")
_GOES_ON = re.compile(
    r"\W*(?:but|however|yet|still|nevertheless|nonetheless|that said|on the other hand|in (?:reply|response)|this|these"
    r"|that|those|such|both|here|for (?:example|instance)|see|note|as (?:noted|said|mentioned)|of course|to be fair"
    r"|(?:supporters|defenders|proponents|critics|opponents) (?:reply|respond|answer|counter))\b",
    re.I,
)
_ELSEWHERE = re.compile(r"\W*(?:see|refer to|as above|above|below|none|n/?a|nil|tbd|todo|\?)\b[^.]{0,60}\W*$", re.I)


_SIDES = frozenset(["for", "against", "case for", "case against", "the case for", "the case against"])
_CLAIM = Label(Role.CLAIM, "claim", None, None, False, 0)
_REPLY = Label(Role.REPLY, "reply", None, None, False, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """A label over several points, with a number of its own; over one it has none."""

    number: int | None
    label: Label


@dataclass
class _Reading:
    """A text as far as it is read."""

    view: View
    roots: set[str]  # numbers of claims that others are numbered under: "1" of "1.2. Con: …"
    reviewed: bool  # it has a review as a section
    listed: set[Path]  # sections with items
    points: list[Point] = field(default_factory=list)
    groups: dict[Path, Group] = field(default_factory=dict)  # headings over several points
    pending: dict[Path, Group] = field(default_factory=dict)  # headings whose first block is the point
    holders: dict[int, Group] = field(default_factory=dict)  # items that are only a label
    above: tuple[Block, Group] | None = None  # a label alone in its paragraph
    numbers: int = 0

    def new(self) -> int:
        self.numbers += 1
        return self.numbers

    def add(
        self,
        block: Block,
        group: Group,
        piece: Piece | None,
        path: Path,
        *,
        under: int | None = None,
        within: Path | None = None,
    ) -> None:
        """A point: in a group its number is that of its item, else its place."""
        label, span = group.label, (block.start, block.end)
        said = piece.words if piece else span
        dotted = _DOTTED.match(block.label or "")
        number = (piece.number if piece else None) or label.number or (dotted and dotted["number"])
        if group.number is not None:
            item = _ITEM_NUMBER.match(block.label or "") if block.kind == "item" else None
            number = item[0] if item else str(1 + sum(point.group == group.number for point in self.points))
            if coded := _CODED.match(self.view.text, *said):
                number, said = coded["number"], (coded.end(), said[1])
        self.points.append(
            Point(
                label.role,
                label.word,
                block.number,
                said,
                piece.whole if piece else span,
                path,
                number,
                label.answers,
                label.answered,
                under,
                group.number,
                within=within,
            )
        )


def collect(view: View) -> list[Point]:
    """All points of a text, in its order. Nothing is read in a talk between people, who may have such names."""
    cut = {block.number: _cut(view, block) for block in view.blocks.values() if block.turn is None}
    words = dict(_labels(view, cut))
    cut = {number: [_kept(piece, words, view.blocks[number]) for piece in parts] for number, parts in cut.items()}
    roots = {piece.number.partition(".")[0] for parts in cut.values() for piece in parts if piece.number}
    reviewed = any(sections.is_review(view.quote(block)) for block in view.blocks.values() if block.kind == "heading")
    now = _Reading(view, roots, reviewed, {block.heading for block in view.blocks.values() if block.kind == "item"})
    for block in view.blocks.values():
        if block.number not in cut or view.in_task(block):
            continue
        if block.kind == "heading":
            _heading(now, block, cut[block.number], words)
        elif block.kind == "table":
            now.points += tables.points(view, block, words, now.new)
        elif block.kind == "quote":
            _callout(now, block, words)
        elif block.kind in {"paragraph", "item"}:
            _prose(now, block, cut[block.number])
    spoken = {point.block for point in now.points}
    read = [replace(point, apart=_paragraph_before(view, point, spoken)) for point in now.points if _says(view, point)]
    return targets.after_replies(read)


def _paragraph_before(view: View, point: Point, spoken: set[int]) -> bool:
    before = view.blocks.get(point.block - 1)
    return before is not None and before.kind == "paragraph" and before.parent is None and before.number not in spoken


def _cut(view: View, block: Block) -> list[Piece]:
    if block.kind not in {"heading", "paragraph", "item"}:
        return []
    return pieces.of_block(view, block)


def _labels(view: View, cut: dict[int, list[Piece]]) -> Iterator[tuple[str, Role]]:
    """All labels there are, each by its word."""
    for number, parts in cut.items():
        block = view.blocks[number]
        if block.kind == "heading" and (label := reading.whole(view.quote(block))):
            yield label.word, label.role
        elif block.kind == "table":
            yield from ((label.word, label.role) for label in tables.labels(view, block))
        elif block.kind == "quote" and (named := _named(block)):
            yield named.word, named.role
        yield from ((piece.label.word, piece.label.role) for piece in parts if piece.label)


def _named(block: Block) -> Label | None:
    """The label that the type of a callout is."""
    word = WORDS.get((block.label or "").strip().lower().replace("_", " "))
    return Label(word[1], word[0], None, None, False, 0) if word else None


def _kept(piece: Piece, words: Mapping[str, Role], block: Block) -> Piece:
    """A piece without its label where nothing beside it makes that one."""
    label = piece.label
    if label is None or label.number or label.answers or piece.number:
        return piece
    if partnered(label.word, label.role, words, nested=block.parent is not None):
        return piece
    return Piece(None, piece.whole, piece.whole)


def _heading(now: _Reading, block: Block, parts: list[Piece], words: Mapping[str, Role]) -> None:
    """A heading may be over one point or several, be one itself with its label before it, or be one of a group."""
    title = now.view.quote(block)
    inside = (*block.heading, title)
    now.above = None
    now.groups.pop(inside, None)
    now.pending.pop(inside, None)
    label = reading.whole(title)
    if label and label.role is Role.REPLY and now.reviewed:
        label = None  # an answer to a whole review goes from point to point: kb.extract.rules.rebuttals
    if label and not (label.number or label.answers or partnered(label.word, label.role, words)):
        label = None
    if fold(title) == fold(now.view.title):
        return  # all of the text is about it, and the title says of what
    if label and _over_several(label, words):
        now.groups[inside] = Group(now.new(), label)
    elif label:
        now.pending[inside] = Group(None, label)
    elif (own := parts[0].label if parts else None) is not None:
        now.add(block, Group(None, own), parts[0], block.heading, within=inside)
    elif group := now.groups.get(block.heading):
        if FINITE.search(title) and len(title.split()) >= 4:
            now.add(block, group, None, block.heading[:-1], within=inside)
        else:
            now.pending[inside] = group


def _over_several(label: Label, words: Mapping[str, Role]) -> bool:
    if label.word in {"criticism", "critique"}:
        return label.plural or Role.REPLY not in words.values()  # "Criticism", "Response" are one each
    return label.plural or label.word in _SIDES


def _prose(now: _Reading, block: Block, parts: list[Piece]) -> None:
    view = now.view
    for number, piece in enumerate(parts):
        if piece.label is None:
            if number == 0:
                _unlabelled(now, block, piece)
        elif any(c.isalnum() for c in view.text[slice(*piece.words)]):
            now.add(block, Group(None, piece.label), piece, block.heading, under=_host(now, block))
            now.above = None if block.kind == "paragraph" else now.above
        elif block.kind == "item" and block.number in view.children:
            now.holders[block.number] = Group(now.new(), piece.label)
        else:
            single = piece.label.number or piece.label.answers or not (piece.label.plural or block.kind == "item")
            now.above = (block, Group(None if single else now.new(), piece.label))


def _unlabelled(now: _Reading, block: Block, piece: Piece) -> None:
    """A part without a label, where its place says what it is."""
    under = _host(now, block)
    if block.parent is None and block.kind == "item" and block.label in now.roots:
        now.add(block, Group(None, replace(_CLAIM, number=block.label)), piece, block.heading)
    elif block.parent is not None and (holder := now.holders.get(block.parent)):
        now.add(block, holder, piece, block.heading, under=under)
    elif (above := _label_above(now, block)) is not None:
        now.add(block, above, piece, block.heading, under=under)
    elif block.parent is not None:
        group = now.groups.get(block.heading)
        if block.kind == "item" and group and group.label.answered is Role.REPLY:  # "Objections and replies"
            now.add(block, Group(None, _REPLY), piece, block.heading, under=under)
    elif single := now.pending.pop(block.heading, None):
        within: Path | None = block.heading
        if single.label.role is Role.ATTACK and (titled := disputing.titled(now.view, block)) is not None:
            now.add(titled, single, None, block.heading[:-1], within=within)
            return
        if block.kind == "item" and single.number is None and single.label.role in {Role.SUPPORT, Role.ATTACK}:
            now.groups[block.heading], within = (single := Group(now.new(), single.label)), None
        now.add(block, single, piece, block.heading[:-1], within=within)
    elif (group := now.groups.get(block.heading)) and _is_member(now, block, group.label):
        now.add(block, group, piece, block.heading[:-1])


def _is_member(now: _Reading, block: Block, label: Label) -> bool:
    """Every item is one; a paragraph is where there is no list, and objections are told by their wording there."""
    if block.kind == "item":
        return True
    told = label.word in OBJECTIONS or block.heading in now.listed
    return not told and not _GOES_ON.match(now.view.quote(block))


def _label_above(now: _Reading, block: Block) -> Group | None:
    """The group of a label that stands alone above this block, or above the list that it is in."""
    if now.above is None:
        return None
    above, group = now.above
    goes_on = group.number is not None and _CODED.match(now.view.quote(block))
    if block.parent == above.parent and (block.kind == "item" or above.number == block.number - 1 or goes_on):
        if block.kind == "paragraph":
            now.above = now.above if _CODED.match(now.view.quote(block)) else None
        elif group.number is None:
            group = Group(now.new(), group.label)
            now.above = (above, group)
        return group
    if block.parent == above.parent:
        now.above = None
    return None


def _callout(now: _Reading, block: Block, words: Mapping[str, Role]) -> None:
    label = _named(block)
    above = now.view.blocks.get(block.parent) if block.parent is not None else None
    if label is None or not partnered(label.word, label.role, words):
        return
    if above is not None and above.kind == "quote" and above.label == block.label:
        return  # what goes on in it
    now.add(block, Group(None, label), None, block.heading, under=_host(now, block))


def _host(now: _Reading, block: Block) -> int | None:
    """The nearest block around that says something itself."""
    at = block.parent
    while at is not None and at in now.holders:
        at = now.view.blocks[at].parent
    return at


def _says(view: View, point: Point) -> bool:
    words = view.text[slice(*point.words)]
    return any(c.isalpha() for c in words) and not _ELSEWHERE.match(words)
