"""Which sentences of a review a part of the answer is about: those it quotes, the point it calls, shared words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kb.extract import polarity
from kb.extract.model import Block, Span, View
from kb.extract.rebuttals import parts
from kb.extract.rebuttals.parts import Part
from kb.text import sentences

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,}")
_COMMON_WORDS = """
    about agree also and are author authors because been being believe both but can comment comments concern
    concerns could did does doing each for from had has have here how however into its like many more most much
    not one only other our paper please point points question review reviewer second should show shown shows some
    such than thank thanks that the their then there these they think this those two use used using very was were
    what when where which while why will with work would you your first
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_NUMBERED = re.compile(
    r"\W{0,4}(?P<letter>[A-Z])?\W?(?P<number>\d{1,2}(?:\.\d{1,2})?)[.:)\]](?=\W)|\W{0,4}(?P<code>[WQCRSP]\d{1,2})\b"
)
LEAST = 2  # stems that are shared
MOST = 5  # sentences of a point that is called, fewer of one that is found by its words
MOST_BY_WORDS = 4


@dataclass(frozen=True, slots=True)
class Threshold:
    """When shared words tell the point: share of the weight of the stems of the fewer, and lead over the next point."""

    share: float
    lead: float


_POINTED = Threshold(0.1, 1.05)  # the part says that it is about one point: it has a number or a title
_OPEN = Threshold(0.15, 1.2)

_UNCRITICAL = 0.6  # how much less a point counts that blames, asks and demands nothing: it tells what the work is
_ASKS = re.compile(
    r"\?|\b(?:please|should|would (?:be|like|have|help|need)|could (?:be|the|you)|needs?|suggest|recommend|wonder"
    r"|missing|curious|however|not (?:\w+ )?(?:clear|sure|convinc\w+|novel|new|enough))\b",
    re.I,
)
_TELLS = re.compile(
    r"\W*(?:paper )?(?:summary|overview|pros?|strengths?|strong points?|positives?|positive (?:points?|aspects?)"
    r"|advantages|what I like\w*)\b[^.\n]{0,30}(?:[:\n]|\W*$)",
    re.I,
)
_TURNS = re.compile(
    r"[^.?!]{1,60}:\W*$|\W*(?:cons?|weakness\w*|negatives?|minor|major|questions?|concerns?|comments?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a review."""

    block: Block
    span: Span
    stems: frozenset[str]
    critical: bool  # blames, asks or demands


@dataclass
class Point:
    """A point of a review: a numbered part, else a paragraph or item."""

    number: str | None
    letter: str
    praise: bool
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def stems(self) -> frozenset[str]:
        return frozenset().union(*(one.stems for one in self.sentences))


def read(view: View, review: Sequence[Block]) -> list[Point]:
    """The points of a review. A numbered one goes on through its block."""
    points: list[Point] = []
    praise, alone = False, False  # whether it tells what is good or what the work is, under a title of its own
    for block in review:
        spans = sentences.split(view.text, block.start, block.end)
        item = re.match(r"\d+", block.label or "") if block.kind == "item" else None
        points.append(Point(item[0] if item else None, "", praise))
        for number, span in enumerate(spans):
            words = view.text[slice(*span)]
            if parts.REFERENCE.match(words):
                continue  # the reviewer's list of works
            if number == 0 and (told := _TELLS.match(words)):
                praise, alone = True, told.end() >= len(words.rstrip())
            elif number == 0 and praise and (_TURNS.match(words) or not (alone or block.kind == "item")):
                praise = False
            points[-1].praise = praise
            if match := _NUMBERED.match(view.text, *span):
                code = match["code"] or ""
                found = Point(code[1:] or match["number"], code[:1] or match["letter"] or "", praise)
                points[-1:] = [found] if not points[-1].sentences or not number else [points[-1], found]
            critical = not praise and (polarity.against(words) >= 0.6 or _ASKS.search(words) is not None)
            points[-1].sentences.append(Sentence(block, span, stems(words), critical))
    return [point for point in points if point.sentences]


def stems(words: str) -> frozenset[str]:
    """The words that say something, cut to what their forms share."""
    return frozenset(word[:6] for word in map(str.lower, _WORD.findall(words)) if word not in _COMMON)


def about(
    view: View, cut: Sequence[Part], review: Sequence[Point], weights: Mapping[str, float]
) -> list[tuple[list[Sentence], bool]]:
    """For each part the sentences of the review that it is about, and whether it quotes or calls them.

    Else it shares words with them; there are none where that is not clear.

    An answer goes through a review in order: between two parts that quote or call their points, one that does neither
    is about a point between these two.
    """
    every = [(n, one) for n, point in enumerate(review) for one in point.sentences]
    some: list[list[Sentence]] = []
    sure: list[int | None] = []
    for part in cut:
        quoted = [(n, one) for n, one in every if any(a < one.span[1] and one.span[0] < b for a, b in part.quoted)]
        number = None if quoted else _called(part, review)
        words = _words(view, part)
        some.append(
            [one for _, one in quoted] if quoted else [] if number is None else _most(review[number], words, weights)
        )
        sure.append(quoted[0][0] if quoted else number)
    for at, part in enumerate(cut):
        if sure[at] is None:
            first = max((n for n in sure[:at] if n is not None), default=0)
            last = min((n for n in sure[at + 1 :] if n is not None and n >= first), default=len(review) - 1)
            within = review[first : last + 1]
            threshold = _POINTED if part.named or part.number else _OPEN
            some[at] = _nearest(_words(view, part), within, weights, threshold)
    return [(found, n is not None) for found, n in zip(some, sure, strict=True)]


def _words(view: View, part: Part) -> frozenset[str]:
    named = stems(view.text[slice(*part.named)]) if part.named else frozenset()
    return named | stems(" ".join(view.text[slice(*span)] for _, span in part.said[:3]))


def _called(part: Part, review: Sequence[Point]) -> int | None:
    """The only point of the number that a part calls, as a point and not only as the next in its own list."""
    if part.number is None:
        return None
    called = [
        n for n, point in enumerate(review) if point.number == part.number and {part.letter, point.letter} != {"W", "Q"}
    ]
    critical = [n for n in called if not review[n].praise] or called
    return critical[0] if len(critical) == 1 and (part.letter or part.listed == _listed(review)) else None


def _listed(review: Sequence[Point]) -> int:
    """How many points are numbered, praise left out."""
    return len({point.number for point in review if point.number and not point.praise})


def weigh(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much each stem tells: less, the more sentences have it."""
    counts = Counter(stem for one in texts for stem in one)
    return {stem: math.log(1 + len(texts) / count) for stem, count in counts.items()}


def _nearest(
    words: frozenset[str], review: Sequence[Point], weights: Mapping[str, float], threshold: Threshold
) -> list[Sentence]:
    """The sentences of the point that shares the most words, where no other comes near."""
    scored = sorted(
        ((_weight(words, point, weights, threshold.share), n) for n, point in enumerate(review)), reverse=True
    )
    if not scored or scored[0][0] <= 0 or (len(scored) > 1 and scored[0][0] < threshold.lead * scored[1][0]):
        return []
    return _most(review[scored[0][1]], words, weights, MOST_BY_WORDS)


def _most(point: Point, words: frozenset[str], weights: Mapping[str, float], most: int = MOST) -> list[Sentence]:
    """The sentences of a point that are spoken about: all of a short one, else those that share the most words."""
    if len(point.sentences) <= most:
        return point.sentences
    some = [one for one in point.sentences if one.critical]
    some = some if len(some) >= most else point.sentences
    ranked = sorted(some, key=lambda one: -sum(weights.get(stem, 1.0) for stem in words & one.stems))
    return sorted(ranked[:most], key=lambda one: one.span)


def _weight(words: frozenset[str], point: Point, weights: Mapping[str, float], share: float) -> float:
    shared = _shared(words, point.stems, weights, share)
    critical = any(one.critical for one in point.sentences)
    return shared * (1.0 if critical else _UNCRITICAL) * (_UNCRITICAL if point.praise else 1.0)


def _shared(words: frozenset[str], of: frozenset[str], weights: Mapping[str, float], share: float) -> float:
    common = words & of
    if len(common) < LEAST:
        return 0.0
    shared, own, other = (sum(weights.get(stem, 1.0) for stem in some) for some in (common, words, of))
    return shared / math.sqrt(own * other) if shared >= share * min(own, other) else 0.0
