"""Which points of a review a rebuttal answers, and whether it disputes them (DISAPERE, as Markdown).

    python -m benchmarks.rebuttals [--part dev] [--show]

Needs DISAPERE, which is for non-commercial use: it measures here, and nothing of it ships. A review and the rebuttal
to it become one note with the headings "Review" and "Rebuttal". Annotators say of each sentence of the rebuttal which
sentences of the review it is about, and whether it disputes them. A disputed sentence of the review is found where a
link leads to a statement that has it from one in a paragraph that is about it; a link is right where its target has a
sentence that the paragraph of its source is about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import DISAPERE, found
from benchmarks.measuring import machine, parser
from importers import read
from importers.base import Input
from kb.extract import extract
from kb.extract.model import Extraction, Span, View
from kb.extract.rules.rebuttals import RULE
from kb.model import passages


@dataclass(frozen=True)
class Pair:
    """A review with its rebuttal as one text, the places of the sentences of both, and what the latter are about."""

    name: str
    text: str
    review: tuple[Span, ...]
    rebuttal: tuple[Span, ...]
    about: tuple[frozenset[int], ...]
    stance: tuple[str, ...]
    paragraph: tuple[int, ...]  # of each sentence of the rebuttal

    def disputed(self) -> set[int]:
        """The sentences of the review that some sentence of the rebuttal disputes."""
        pairs = zip(self.about, self.stance, strict=True)
        return {one for about, stance in pairs if stance == "dispute" for one in about if one < len(self.review)}

    def said_about(self, sentences: set[int]) -> frozenset[int]:
        """What the paragraphs of these sentences of the rebuttal are about."""
        there = {self.paragraph[n] for n in sentences}
        return frozenset().union(*(about for n, about in enumerate(self.about) if self.paragraph[n] in there))


def pairs(folder: Path) -> list[Pair]:
    """All reviews of a part that have a rebuttal."""
    return [_pair(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]


def _pair(name: str, given: dict[str, list[dict[str, object]]]) -> Pair:
    text = "# A paper\n\n## Review\n\n"
    places: list[list[Span]] = []
    for part in ("review_sentences", "rebuttal_sentences"):
        if places:
            text = text.rstrip() + "\n\n## Rebuttal\n\n"
        places.append([])
        for sentence in given[part]:
            words, suffix = str(sentence["text"]), str(sentence["suffix"])
            places[-1].append((len(text), len(text) + len(words)))
            text += words + (suffix or " ")
    about = [sentence["alignment"] for sentence in given["rebuttal_sentences"]]
    paragraphs = [0]
    for sentence in given["rebuttal_sentences"]:
        paragraphs.append(paragraphs[-1] + str(sentence["suffix"]).count("\n\n"))
    return Pair(
        name, text, tuple(places[0]), tuple(places[1]),
        tuple(frozenset(one[1] or ()) if isinstance(one, list) and one[0] == "context_sentences" else frozenset()
              for one in about),
        tuple(str(sentence["rebuttal_stance"]) for sentence in given["rebuttal_sentences"]),
        tuple(paragraphs[:-1]),
    )  # fmt: skip


def links(pair: Pair) -> list[tuple[str, set[int], set[int]]]:
    """Each link from the rebuttal to the review: relation, sentences of the rebuttal, and of the review."""
    document = read(Input(pair.text, f"{pair.name}.md"), "markdown")[0]
    view = View("s1", "note", document.title, (), document.text, passages.cut(document.text, document.blocks))
    made = extract(view)
    return [
        (link.relation, _within(made, link.source, pair.rebuttal), _within(made, link.target, pair.review))
        for link in made.links
        if link.rule == RULE
    ]


def _within(made: Extraction, end: object, sentences: tuple[Span, ...]) -> set[int]:
    if not isinstance(end, int):
        return set()
    there = made.statements[end]
    return {n for n, (start, stop) in enumerate(sentences) if start < there.end and there.start < stop}


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--part", default="dev", help="dev, or train")
    arguments.add_argument("--show", action="store_true", help="every link, and every disputed sentence without one")
    given = arguments.parse_args()
    folder = found(DISAPERE, "without its labels there is nothing to measure")
    if folder is None:
        return
    print(machine())
    disputed = reached = signed = made = right = attacks = attacks_right = concedes = concedes_right = 0
    for pair in pairs(folder / given.part):
        there = links(pair)
        aimed = [(relation, source, target, pair.said_about(source)) for relation, source, target in there]
        for relation, source, target, about in aimed:
            made += 1
            right += bool(target & about)
            stances = {pair.stance[n] for n in source}
            attacks += relation == "attacks"
            attacks_right += relation == "attacks" and "dispute" in stances
            concedes += relation == "supports"
            concedes_right += relation == "supports" and "concur" in stances
            if given.show:
                words = [pair.text[slice(*pair.rebuttal[n])] for n in sorted(source)][:1]
                goal = [pair.text[slice(*pair.review[n])] for n in sorted(target)][:1]
                mark = "  " if target & about else "X "
                print(f"{mark}{relation:9}{stances} {words} -> {goal} {sorted(target)} {sorted(about)}")
        for one in pair.disputed():
            hits = [relation for relation, _, target, about in aimed if one in target and one in about]
            disputed += 1
            reached += bool(hits)
            signed += "attacks" in hits
            if given.show and not hits:
                print(f"-- {pair.name} {one} {pair.text[slice(*pair.review[one])][:110]!r}")
    print(f"disputed sentences {disputed}, found {reached / disputed:.3f}, as disputed {signed / disputed:.3f}")
    print(f"links {made}, of them to what they are about {right / max(made, 1):.3f}")
    print(f"that say they dispute {attacks}, right {attacks_right / max(attacks, 1):.3f}; "
          f"that they concede {concedes}, right {concedes_right / max(concedes, 1):.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
