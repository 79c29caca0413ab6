"""Where one take ends and the next begins on a page that has nothing but lines.

First every repetition is found: a page that was copied twice, a take that stands twice. Then dividers and blank
lines, where the page has them; else the words themselves: a line goes on with the take before it when it says so
("This", "Honestly", "Edit to add") or shares its vocabulary.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from importers.layout import hard_wrapped, layout, list_item

_DIVIDER = re.compile(r"(?:[-*_=~•·⁂—–] ?){3,}|[⁂§]")
_RUN = 60  # characters that must repeat before lines count as a repetition: "Agreed." may well be said twice
_GOES_ON = re.compile(
    r"(?:this|that|these|those|it|its|it's|they|their|them|he|she|his|her|such"
    r"|but|and|or|so|also|yet|nor|because|whereas|though|although|however|still|then|thus|therefore"
    r"|hence|anyway|actually|instead|similarly|likewise|conversely|otherwise|moreover|furthermore|additionally"
    r"|meanwhile|nevertheless|nonetheless|besides|rather|indeed|specifically|concretely|basically|overall|again"
    r"|more|another|other|others|both|neither|either|the former|the latter"
    r"|first|firstly|second|secondly|third|thirdly|next|finally|lastly|last"
    r"|honestly|maybe|perhaps|presumably|probably|arguably|admittedly|obviously|clearly|of course|sure|granted"
    r"|looking (?:at|back)|given (?:this|that)|in (?:general|particular|addition|other words|short|fact|that case"
    r"|this case|contrast|practice|principle|the end)|on the (?:other|one|flip)|for (?:example|instance)"
    r"|as (?:a result|such|mentioned|noted|i said)|e\.g|i\.e|edit|edited|eta|update|updated|ps|p\.s|tl;?dr"
    r"|caveats?|note|disclaimer|counterpoint|relatedly|to be clear|that said|with that|either way"
    r"|my (?:guess|sense))\b",
    re.I,
)
_OPENS = re.compile(
    r"(?:(?:is|are|does|do|has|have|can|could|would|should) (?:anyone|anybody|someone|there|we)\b"
    r"|if (?:someone|anyone|you're looking)\b|has anyone\b|(?:hot take|shower thought|random thought)\b"
    r"|quick (?:take|thought)\b|(?:a )?(?:thought|question|idea|prediction|confession|observation):|til\b|psa\b"
    r"|i(?:'ve| have) been thinking|\d{4}-\d\d-\d\d)",
    re.I,
)
_STOP_WORDS = """
    a about after all already also although am an and any anyone anything are as at be because been
    before being both but by can cant could did do does doesnt doing dont down each either else even ever
    every few for from get gets go goes going good got had has have having he her here him his how
    however i if im in into is isnt it its ive just kind know less lets like likely lot lots made make
    makes many may maybe me mean means might more most much must my need never new no not now of off
    often on one only or other our out over own people perhaps probably quite rather really right said
    same say see seem seems several she should since so some someone something sort still such sure take
    than that thats the their them then there these they thing things think this those though through
    thus to too two under up us use used useful very want was way we well were what when where whether
    which while who whole why will with without would yes yet you your
"""
_STOP = frozenset(_STOP_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PLURAL = re.compile(r"(?<=[^su])s$")
_ENDING = re.compile(r"(?:ment|ation|ing|ive|er|ly|ed|e)+$")
_ALIKE = 0.055  # cosine with the take so far from which a line belongs to it
_ALIKE_OPENING = 0.15  # the same for a line that begins as takes begin
_DIVIDED = 1000
_TITLE = 80


@dataclass(frozen=True, slots=True)
class Take:
    """One take as Markdown, and the lines of the page (first, behind the last) where it stands first."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Page:
    """The takes of a page, each once."""

    takes: tuple[Take, ...]
    repeated: float  # share of the page that is repetition


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line, or the lines of a paragraph that was cut at a margin."""

    text: str
    first: int
    last: int
    gap: int  # blank lines before it; a divider counts as many
    item: bool = False


def split_page(text: str) -> Page:
    """The takes of a page of takes."""
    lines = [line.strip() for line in text.split("\n")]
    units = _units(lines)
    kept, edges = _once([unit.text for unit in units])
    size = sum(len(unit.text) for unit in units)
    left = sum(len(units[number].text) for number in kept)
    parts = _cut([units[number] for number in kept], edges)
    takes = [take for part in parts for take in _takes(_marked(part))]
    return Page(tuple(_take(units) for units in takes), 1 - left / size if size else 0.0)


def repetition(text: str) -> float:
    """The share of the text that repeats earlier lines of it."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    size = sum(map(len, lines))
    return 1 - sum(len(lines[number]) for number in _once(lines)[0]) / size if size else 0.0


def _units(lines: list[str]) -> list[_Unit]:
    wrapped = hard_wrapped(lines)
    units: list[_Unit] = []
    gap = 0
    for number, line in enumerate(lines):
        if not line:
            gap += 1
        elif _DIVIDER.fullmatch(line):
            gap += _DIVIDED
        elif wrapped and units and gap == 0 and not list_item(line):
            before = units[-1]
            units[-1] = replace(before, text=f"{before.text}\n{line}", last=number + 1)
        else:
            units.append(_Unit(line, number, number + 1, gap, list_item(line) is not None))
            gap = 0
    return units


def _once(texts: Sequence[str]) -> tuple[list[int], set[int]]:
    """Which texts to keep, and before which of these a repeated run begins or ends."""
    kept: list[int] = []
    places: dict[str, list[int]] = {}  # text: where it stands among those kept
    edges: set[int] = set()
    at = 0
    while at < len(texts):
        run, place = 0, 0
        for start in places.get(texts[at], [])[:8]:
            length = 0
            while (
                start + length < len(kept)
                and at + length < len(texts)
                and texts[kept[start + length]] == texts[at + length]
            ):
                length += 1
            if length > run:
                run, place = length, start
        if sum(len(text) for text in texts[at : at + run]) >= _RUN:
            edges |= {place, place + run, len(kept)}
            at += run
            continue
        places.setdefault(texts[at], []).append(len(kept))
        kept.append(at)
        at += 1
    return kept, edges


def _cut(units: list[_Unit], edges: set[int]) -> list[list[_Unit]]:
    ends = sorted(edge for edge in edges | {0, len(units)} if edge <= len(units))
    return [units[one:other] for one, other in pairwise(ends)]


def _takes(units: list[_Unit]) -> list[list[_Unit]]:
    """The units of each take: by dividers, by blank lines, or by what they say."""
    gaps = [unit.gap for unit in units[1:]]
    if any(gap >= _DIVIDED for gap in gaps):
        return _at_gaps(units, _DIVIDED)
    large = [gap for gap in gaps if gap >= 2]
    if large and len(large) <= 0.5 * len(gaps):
        return _at_gaps(units, 2)
    # Lines without a blank between them, that are no list, belong together only if blanks part the takes.
    tight = sum(unit.gap == 0 and not unit.item for unit in units[1:])
    if 1 in gaps and tight >= 0.25 * len(gaps):
        return _at_gaps(units, 1)
    return _by_cohesion(units)


def _at_gaps(units: list[_Unit], gap: int) -> list[list[_Unit]]:
    takes: list[list[_Unit]] = []
    for unit in units:
        if not takes or unit.gap >= gap:
            takes.append([])
        takes[-1].append(unit)
    return takes


def _by_cohesion(units: list[_Unit]) -> list[list[_Unit]]:
    words = [_vocabulary(unit.text) for unit in units]
    spread = Counter(word for vocabulary in words for word in vocabulary)
    weight = {word: math.log((len(units) + 0.5) / count) ** 2 for word, count in spread.items()}
    takes: list[list[_Unit]] = []
    so_far = _Vocabulary(weight)
    for unit, own, after in zip(units, words, [*words[1:], set()], strict=True):
        # A take is not interrupted: where the next line belongs to it, this one does.
        alike = max(so_far.cosine(own), so_far.cosine(after))
        if not takes or not _belongs(unit, takes[-1], alike):
            takes.append([])
            so_far = _Vocabulary(weight)
        takes[-1].append(unit)
        so_far.add(own)
    return takes


class _Vocabulary:
    """The words of a take so far, each with the weight of a rare or a common word."""

    def __init__(self, weight: dict[str, float]) -> None:
        self._weight = weight
        self._words: set[str] = set()
        self._size = 0.0

    def add(self, words: set[str]) -> None:
        self._size += self._sum(words - self._words)
        self._words |= words

    def cosine(self, words: set[str]) -> float:
        shared = self._sum(words & self._words)
        return shared / math.sqrt(self._sum(words) * self._size) if shared else 0.0

    def _sum(self, words: set[str]) -> float:
        return sum(self._weight[word] for word in words)


def _belongs(unit: _Unit, take: list[_Unit], alike: float) -> bool:
    before = take[-1].text
    if unit.item or before.endswith(":") or unit.text[0].islower() or unit.text[0] in "(…":
        return True
    if len(take) == 1 and len(before) <= _TITLE and before[-1].isalnum():
        return True  # a title of its own
    if _OPENS.match(unit.text):
        return alike >= _ALIKE_OPENING
    return bool(_GOES_ON.match(unit.text)) or alike >= _ALIKE


def _vocabulary(text: str) -> set[str]:
    words = (word.casefold().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text))
    return {_stem(word) for word in words if len(word) > 1 and word.replace("'", "") not in _STOP}


def _stem(word: str) -> str:
    word = _PLURAL.sub("", word)
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= 3 else word


def _marked(units: list[_Unit]) -> list[_Unit]:
    """The same units, those that a line with a colon announces as a list marked as its items."""
    out = list(units)
    for number, unit in enumerate(units):
        if not unit.text.endswith(":") or unit.item:
            continue
        run = _announced(units[number + 1 :])
        if run >= 2:
            for place in range(number + 1, number + 1 + run):
                out[place] = replace(out[place], item=True)
    return out


def _announced(units: list[_Unit]) -> int:
    """How many units, from the first, are a list: short, and all sentences or none of them."""
    run = 0
    for unit in units:
        sentence = unit.text[-1] in ".?!"
        if run == 0:
            sentences = sentence
        limit = 160 if sentence else 240
        going_on = run > 0 and sentence and (_GOES_ON.match(unit.text) or _OPENS.match(unit.text))
        if sentence != sentences or len(unit.text) > limit or unit.text.endswith(":") or going_on:
            break
        run += 1
    return run


def _take(units: list[_Unit]) -> Take:
    lines: list[str] = []
    for number, unit in enumerate(units):
        joined = unit.item and number > 0 and units[number - 1].item
        if lines and not joined:
            lines.append("")
        marked = list_item(unit.text) is not None
        lines += [f"- {unit.text}"] if unit.item and not marked else unit.text.split("\n")
    return Take(layout(lines), units[0].first, units[-1].last)
