"""Supports and attacks within a paragraph: how many that a reader draws the rules find, and how many are right.

    python -m benchmarks.paragraphs --list

Thirty paragraphs of our own stand in `benchmarks/microtexts`, with their units numbered and the links drawn up before
there was a rule: fifteen to develop on, fifteen that were written at the same time and only measured. A link is right
where the two units that it joins are joined in the same sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import parser
from importers import read
from importers.base import Input
from kb.extract import extract
from kb.extract.model import View
from kb.model import passages

FOLDER = Path(__file__).parent / "microtexts"
_UNIT = re.compile(r"\[(\d)\] ?")
_LINK = re.compile(r"(\d) (supports|attacks) (\d)")

Link = tuple[int, str, int]


@dataclass(frozen=True)
class Paragraph:
    """A title, the units of the text in order (numbered from 1), and the links between them."""

    title: str
    units: tuple[str, ...]
    links: frozenset[Link]


def load(path: Path) -> list[Paragraph]:
    """The paragraphs of one file."""
    made = []
    for part in path.read_text(encoding="utf-8").split("\n# "):
        title, text, gold = part.removeprefix("# ").strip().split("\n\n")
        units = tuple(_UNIT.split(text)[2::2])
        links = frozenset((int(a), relation, int(b)) for a, relation, b in _LINK.findall(gold))
        made.append(Paragraph(title, units, links))
    return made


def links(paragraph: Paragraph) -> set[Link]:
    """The signed links that the rules find between units."""
    text, spans = "", []
    for unit in paragraph.units:
        spans.append((len(text), len(text) + len(unit.rstrip())))
        text += unit
    (document,) = read(Input(text, "text.md"), "markdown")
    view = View("s1", "post", "", ("Ada",), document.text, passages.cut(document.text, document.blocks))
    found = extract(view)

    def covers(end: object) -> list[int]:
        if not isinstance(end, int):
            return []
        there = found.statements[end]
        return [n for n, (a, b) in enumerate(spans, 1) if min(b, there.end) - max(a, there.start) > 0.5 * (b - a)]

    made: set[Link] = set()
    for link in found.links:
        if link.relation not in {"supports", "attacks"}:
            continue
        joined = [(a, str(link.relation), b) for a in covers(link.source) for b in covers(link.target) if a != b]
        right = [pair for pair in joined if pair in paragraph.links]
        made.update(right or joined[:1])
    return made


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--list", action="store_true", help="every link that is missed or wrong")
    options.add_argument("--only", default="*", choices=("developed", "held_out"), help="one of the two halves")
    given = options.parse_args()
    for path in sorted(FOLDER.glob(f"{given.only}.md")):
        every = load(path)
        made = [links(paragraph) for paragraph in every]
        for relation in ("supports", "attacks"):
            gold = [{x for x in paragraph.links if x[1] == relation} for paragraph in every]
            got = [{x for x in there if x[1] == relation} for there in made]
            right = sum(len(a & b) for a, b in zip(gold, got, strict=True))
            total, claimed = sum(map(len, gold)), sum(map(len, got))
            print(f"{path.stem}: {relation}: {right} of {total} found, {right} of {claimed} right")
        if given.list:
            for paragraph, there in zip(every, made, strict=True):
                missed, wrong = sorted(paragraph.links - there), sorted(there - paragraph.links)
                print(f"  {paragraph.title}: missed {missed}, wrong {wrong}")


if __name__ == "__main__":
    main()
