"""A canvas (JSON Canvas 1.0, as Obsidian writes it): the words on its cards, and what its cards link to.

Cards come in the order in which they are read, down and to the right, each group under its label; what is written on
an arrow stands behind its two ends. Maps that kb itself drew are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from importers.assemble import whole
from importers.base import Importer, Input
from importers.exports.parsing import loads
from importers.titles import title_of
from kb.errors import KbError
from kb.model import ids
from kb.model.document import Document
from kb.model.media import is_picture
from kb.text.note_names import NOTE_ENDING
from kb.text.strings import clip, squash
from notes.markdown.structure import structure

_FORM = re.compile(r'\s*\{\s*(?:"(?:nodes|edges|metadata)"\s*:|\}\s*$)')
_KNOWN = {"text", "file", "link", "group"}
_SHOWN = 60  # characters of a card that stand for it beside an arrow
_OF_KB = re.compile(rf"[{ids.STATEMENT}{ids.SOURCE}][0-9a-z]{{7,8}}")


@dataclass(frozen=True, slots=True)
class _Card:
    """A node of a canvas; `inside` is the group around it."""

    id: str
    kind: str
    text: str
    x: float
    y: float
    width: float
    height: float
    inside: str = ""

    def holds(self, other: _Card) -> bool:
        """Whether the middle of another card lies in it."""
        x, y = other.x + other.width / 2, other.y + other.height / 2
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


def sniff(source: Input) -> float:
    """By the cards in it, or by its ending where there are none yet; not a map of kb's."""
    if not _FORM.match(source.text):
        return 0.0
    called_so = source.name.lower().endswith(".canvas")
    try:
        nodes = _rows(_loaded(source), "nodes")
    except KbError:
        return 0.95 if called_so else 0.0
    if _is_map(nodes):
        return 0.0
    return 0.95 if called_so or any(str(node.get("type")) in _KNOWN and "x" in node for node in nodes) else 0.0


def read(source: Input) -> list[Document]:
    """The canvas as one note.

    Raises:
        KbError: it is no JSON.
    """
    data = _loaded(source)
    left: Counter[str] = Counter()
    cards = _cards(_rows(data, "nodes"), left)
    text = "\n\n".join([*_written(cards), *_arrows(_rows(data, "edges"), {card.id: card for card in cards})])
    text = text + "\n" if text else ""
    document = whole(source, IMPORTER.name, "note", title_of(source, text), text, structure(text))
    told = [f"left out: {', '.join(f'{count} {what}' for what, count in left.most_common())}"] if left else []
    return [replace(document, problems=(*document.problems, *told))]


def _loaded(source: Input) -> Mapping[str, object]:
    try:
        data = loads(source.text)
    except (ValueError, RecursionError) as error:
        raise KbError(
            f"{source.called} is no canvas: {error}", "open it in the program that wrote it and save it"
        ) from None
    return data if isinstance(data, dict) else {}


def _rows(data: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = data.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _is_map(nodes: Sequence[Mapping[str, object]]) -> bool:
    """Whether kb drew it: its cards have the ids of statements and sources, and its title has its own."""
    names = {str(node.get("id")) for node in nodes}
    return "title" in names and any(_OF_KB.fullmatch(name) for name in names)


def _cards(nodes: Sequence[Mapping[str, object]], left: Counter[str]) -> list[_Card]:
    """The cards in the order in which they are read, with the smallest group around each."""
    cards = []
    for number, node in enumerate(nodes):
        kind = str(node.get("type"))
        if kind not in _KNOWN:
            left[f"card of an unknown kind ({clip(kind, 20)})"] += 1
            continue
        x, y, width, height = (_number(node.get(side)) for side in ("x", "y", "width", "height"))
        cards.append(_Card(str(node.get("id") or number), kind, _text(kind, node), x, y, width, height))
    groups = sorted((card for card in cards if card.kind == "group"), key=lambda one: one.width * one.height)
    placed = [
        replace(card, inside=next((one.id for one in groups if one.id != card.id and one.holds(card)), ""))
        for card in cards
    ]
    return sorted(placed, key=lambda card: (card.y, card.x))


def _text(kind: str, node: Mapping[str, object]) -> str:
    """What a card says, as Markdown: its own words, or a link to what it shows."""
    if kind == "text":
        return str(node.get("text") or "").replace("\r\n", "\n").strip("\n")
    if kind == "group":
        return squash(str(node.get("label") or ""))
    if kind == "link":
        address = squash(str(node.get("url") or ""))
        return f"<{address}>" if "://" in address and " " not in address else address
    file = squash(str(node.get("file") or ""))
    if not file:
        return ""
    part = squash(str(node.get("subpath") or ""))
    return f"{'!' if is_picture(file) else ''}[[{NOTE_ENDING.sub('', file)}{part if part.startswith('#') else ''}]]"


def _written(cards: Sequence[_Card]) -> Iterator[str]:
    """The cards outside of groups, then each group with its label as a heading."""
    yield from (card.text for card in cards if card.kind != "group" and not card.inside and card.text.strip())
    for group in cards:
        if group.kind == "group":
            inner = [
                card.text for card in cards if card.inside == group.id and card.kind != "group" and card.text.strip()
            ]
            yield from ([f"## {group.text}"] if group.text else [])
            yield from inner


def _arrows(edges: Sequence[Mapping[str, object]], cards: Mapping[str, _Card]) -> Iterator[str]:
    """What is written on arrows, with the beginnings of what they join."""
    for edge in edges:
        label = squash(str(edge.get("label") or ""))
        ends = [cards.get(str(edge.get(end))) for end in ("fromNode", "toNode")]
        if label:
            shown = [_short(card) for card in ends if card is not None]
            yield f"- {' → '.join(shown)}: {label}" if len(shown) == 2 else f"- {label}"


def _short(card: _Card) -> str:
    if card.kind == "file":
        return card.text
    line = next((line for line in card.text.splitlines() if line.strip()), "")
    return clip(re.sub(r"[\[\]<>#*_`|]+", "", line).strip(), _SHOWN) or "…"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e12 else 0.0


IMPORTER = Importer(
    name="canvas",
    version="1",
    what="a canvas of Obsidian and others (JSON Canvas)",
    recognised_by="`nodes` and `edges` with cards in them, or the ending `.canvas`",
    gives="one: the words on its cards and arrows, links to the notes and pages on it",
    keeps="the words of cards and groups, labels of arrows, links to notes and pages",
    loses="places, sizes, colours",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='{"nodes":[{"id":"1","type":"text","text":"We count gates.","x":0,"y":0,"width":9,"height":9}],"edges":[]}',
    precedence=20,
)
