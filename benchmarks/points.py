"""What a careful reader notes of a text, against what is found in it: points, whose they are, and who answers whom.

    python -m benchmarks.points                          the texts of benchmarks/gold/dev
    python -m benchmarks.points --gold FOLDER [--texts FOLDER] [--half held] [--show]

A text has beside it NAME.gold.json: `points` (quote, kind, speaker), `links` (from, to, relation; `to` is a quote,
`TURN:` with the first words of a paragraph or turn, or SOURCE) and `not` (what must not be listed as the author's).
Each text is added to a home of its own, with vectors. A point is found where a statement shares most of the words of
the shorter of the two; a link where one with that sign goes from a statement that is the point, or stands in its turn
or paragraph, to the target or to the turn or text that holds it. Listed statements that are no point count as neither
right nor wrong: a reader's list is never complete. --show prints what is missed.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.measuring import ROOT, machine, parser
from benchmarks.statements import LISTED, quietly
from kb.graph.questions import items
from kb.model.link import Link
from kb.model.statement import Statement
from kb.store import links, passages, sources, statements
from kb.store.open import Store, open_reader
from kb.text.strings import fold

GOLD = ROOT / "benchmarks" / "gold" / "dev"
_SHARED = 0.6  # of the words of the shorter one, in order
_RUN = 0.4  # of them without a gap
_SIGNS = {"supports": "supports", "attacks": "attacks", "undercuts": "attacks"}


@dataclass
class Tally:
    """Counts over texts; `missed` are lines for the person."""

    counts: Counter[str]
    missed: list[str]

    def share(self, part: str, whole: str) -> str:
        n = self.counts[whole]
        return f"{self.counts[part] / n:.2f} ({self.counts[part]}/{n})" if n else "–"


@lru_cache(maxsize=100_000)
def tokens(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in re.findall(r"\w+(?:['’]\w+)*", text))


@lru_cache(maxsize=1_000_000)
def alike(one: str, other: str) -> bool:
    """Whether most words of the shorter one stand in the other, in order."""
    a, b = sorted((tokens(one), tokens(other)), key=len)
    if not a or len(set(a) & set(b)) < _SHARED * len(set(a)):
        return False
    blocks = [block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()]
    return max(blocks) >= _RUN * len(a) and sum(size for size in blocks if size > 1 or len(a) < 4) >= _SHARED * len(a)


@dataclass(frozen=True)
class Found:
    """A statement as it is found: its quotes, who says it, the passages around it and whether it is listed."""

    statement: Statement
    listed: bool
    turns: frozenset[tuple[str, int]]  # (source, turn or block)

    def says(self, quote: str) -> bool:
        return any(alike(mention.quote, quote) for mention in self.statement.mentions)


@dataclass(frozen=True)
class Text:
    """What one text gave: its statements, signed links, and its paragraphs by turn (or block)."""

    found: dict[str, Found]
    links: Sequence[Link]
    paragraphs: Sequence[tuple[str, tuple[str, int]]]
    ends: dict[str, frozenset[tuple[str, int]]]  # turns and texts that links end at, by id; a text holds all of its own
    titles: dict[str, str]  # of texts, by id


def read(store: Store) -> Text:
    paragraphs: list[tuple[str, tuple[str, int]]] = []
    places: dict[str, list[tuple[int, int, tuple[str, int]]]] = {}
    ends: dict[str, frozenset[tuple[str, int]]] = {}
    titles = {}
    for source in sources.listed(store):
        titles[source.id] = source.title
        row = sources.stored(store, source.id)
        if row is None:
            continue
        names = passages.ids_of(store, row.rowid)
        own = []
        for passage in passages.of_source(store, row.rowid):
            key = (source.id, passage.turn if passage.turn is not None else 10_000 + passage.block)
            paragraphs.append((row.text[passage.start : passage.end], key))
            own.append((passage.start, passage.end, key))
            ends[names[passage.ordinal]] = frozenset({key})
        places[source.id] = own
        ends[source.id] = frozenset(key for *_, key in own)
    found = {}
    for statement in statements.chosen(store):
        turns = frozenset(
            key for m in statement.mentions for start, end, key in places[m.source] if start <= m.start < end
        )
        listed = statement.status == "accepted" or (statement.confidence or 0) >= LISTED
        found[statement.id] = Found(statement, listed, turns)
    signed = [link for link in links.chosen(store) if link.relation in _SIGNS]
    return Text(found, signed, paragraphs, ends, titles)


def _is_speaker(said: Found, name: str | None, store: Store) -> bool:
    shown = items.read(store, [said.statement.id])[said.statement.id].speaker
    if name is None:
        return True if not shown else said.statement.mentions[0].voice == "author"
    return any(set(tokens(part)) & set(tokens(shown)) for part in name.split(";"))


def points(gold: dict[str, Any], text: Text, store: Store, half: str, tally: Tally) -> None:
    for point in gold["points"]:
        if not point.get("core", True) or (half and point.get("half") != half):
            continue
        tally.counts["points"] += 1
        matching = [one for one in text.found.values() if one.says(point["quote"])]
        listed = [one for one in matching if one.listed]
        tally.counts["found"] += bool(matching)
        tally.counts["listed"] += bool(listed)
        if not listed:
            tally.missed.append(f"{'not listed' if matching else 'not found'}: {point['quote'][:140]!r}")
            continue
        best = max(listed, key=lambda one: SequenceMatcher(None, one.statement.text, point["quote"]).ratio())
        tally.counts["right kind"] += best.statement.kind == point["kind"]
        right = _is_speaker(best, point["speaker"], store)
        tally.counts["right speaker"] += right
        if not right:
            tally.missed.append(f"speaker {point['speaker']!r}: {best.statement.mentions[0]}")
        elif best.statement.kind != point["kind"]:
            tally.missed.append(f"{best.statement.kind} for {point['kind']}: {point['quote'][:140]!r}")
    listed = [one for one in text.found.values() if one.listed]
    known = [point["quote"] for point in gold["points"]]
    tally.counts["all listed"] += len(listed)
    tally.counts["listed points"] += sum(any(one.says(quote) for quote in known) for one in listed)
    for wrong in gold.get("not", ()):
        tally.counts["nots"] += 1
        longest = 2 * len(tokens(wrong["quote"])) + 8  # a longer one says more than what it repeats
        taken = [
            o
            for o in listed
            if o.says(wrong["quote"])
            and len(tokens(o.statement.text)) < longest
            and any(mention.voice != "quoted" for mention in o.statement.mentions)  # said to be nobody's
        ]
        tally.counts["not heeded"] += bool(taken)
        for one in taken:
            tally.missed.append(f"must not ({wrong.get('reason', '')}): {one.statement.mentions[0]}")


def _near(text: Text, quote: str) -> frozenset[tuple[str, int]]:
    """The turns or paragraphs in which a quote stands."""
    wanted = " ".join(tokens(quote.removeprefix("TURN:")))
    return frozenset(key for words, key in text.paragraphs if wanted in " ".join(tokens(words)) or alike(words, quote))


def _from(text: Text, link: Link, quote: str) -> bool:
    one = text.found.get(link.from_id)
    return one is not None and (one.says(quote) or bool(one.turns & _near(text, quote)))


def _to(text: Text, link: Link, quotes: Iterable[str]) -> bool:
    for quote in quotes:
        if quote == "SOURCE":
            return True
        one = text.found.get(link.to_id)
        turns = one.turns if one else text.ends.get(link.to_id, frozenset())
        if (one and one.says(quote)) or turns & _near(text, quote):
            return True
        if link.to_id in text.titles and alike(text.titles[link.to_id], quote.removeprefix("TURN:")):
            return True  # the entry that is commented on
    return False


def relations(gold: dict[str, Any], text: Text, half: str, tally: Tally) -> None:
    right: set[str] = set()
    for wanted in gold["links"]:
        targets = [wanted["to"], *wanted.get("to_also", ())]
        fits = [
            link.id
            for link in text.links
            if _SIGNS[link.relation] == _SIGNS[wanted["relation"]]
            and _from(text, link, wanted["from"])
            and _to(text, link, targets)
        ]
        right |= set(fits)
        if half and wanted.get("half") != half:
            continue
        tally.counts["links"] += 1
        tally.counts["links found"] += bool(fits)
        if not fits:
            tally.missed.append(f"link {wanted['relation']}: {wanted['from'][:70]!r} → {wanted['to'][:70]!r}")
    tally.counts["signed"] += len(text.links)
    tally.counts["signed right"] += len(right)
    for link in text.links:
        tally.counts[f"rule {link.basis} {link.rule}"] += 1
        tally.counts[f"rule {link.basis} {link.rule} right"] += link.id in right


def texts(folder: Path, beside: Path | None) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.rglob("*.gold.json")):
        stem = path.name.removesuffix(".gold.json")
        found = sorted(p for p in (beside or path.parent).glob(f"{stem}*") if not p.name.endswith(".gold.json"))
        yield found[0], json.loads(path.read_text(encoding="utf-8"))


def measure(file: Path, gold: dict[str, Any], half: str) -> Tally:
    tally = Tally(Counter(), [])
    with tempfile.TemporaryDirectory() as home:
        quietly("--home", home, "add", str(file))
        store = open_reader(Path(home))
        text = read(store)
        points(gold, text, store, half, tally)
        relations(gold, text, half, tally)
        store.close()
    return tally


_SHARES = (
    ("listed", "points"), ("found", "points"), ("right kind", "listed"), ("right speaker", "listed"),
    ("not heeded", "nots"), ("listed points", "all listed"), ("links found", "links"), ("signed right", "signed"),
)  # fmt: skip


def line(name: str, tally: Tally) -> str:
    return f"{name:<28}" + "".join(f"{tally.share(*share):>16}" for share in _SHARES)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--texts", type=Path)
    options.add_argument("--half", default="")
    options.add_argument("--show", action="store_true")
    chosen = options.parse_args()
    print(machine())
    print(f"{'':<28}" + "".join(f"{part:>16}" for part, _ in _SHARES))
    every = Tally(Counter(), [])
    for file, gold in texts(chosen.gold, chosen.texts):
        tally = measure(file, gold, chosen.half)
        print(line(file.stem[:27], tally), flush=True)
        if chosen.show:
            print(*(f"    {missed}" for missed in tally.missed), sep="\n")
        every.counts += tally.counts
    print(line("all", every))
    for name in sorted(key for key in every.counts if key.startswith("rule ") and not key.endswith(" right")):
        print(f"  {name:<44} {every.share(f'{name} right', name)}")


if __name__ == "__main__":
    main()
