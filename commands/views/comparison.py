"""How `kb compare` shows a comparison: quotes in their own words, with ids and places, at the width of the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commands import output
from commands.views.context import context_lines
from kb.extract.stances import markers
from kb.graph.questions import clauses, grouping
from kb.graph.questions.compare import Comparison
from kb.graph.questions.comparison_form import DOES
from kb.graph.questions.grouping import Group, Pair, Sense
from kb.graph.questions.items import Item
from kb.graph.questions.wording import words_of
from kb.text.strings import clip

QUOTE = 126
ALONE = 2
ASKED = 1

_STANCE = re.compile(
    r"\b(?:I (?:\w+ )?(?:think|believe|expect|suspect|doubt|would say)|seems? to me|I don['’]t|should|plausible)\b",
    re.I,
)
_ASIDE = re.compile(r"(?:and )?(?:that|which|who|where|namely)\b|[(\[]", re.I)


_SECTIONS: tuple[tuple[str, Sense, int], ...] = (
    ("Where they disagree", "disagree", 6),
    ("Where they agree", "agree", 4),
    ("On the same subject, for or against not recorded", "unsigned", 3),
)


def lines(found: Comparison, most: int | None) -> Iterator[str]:
    """The whole comparison. `most` groups in each section; few enough for a page for None."""
    names = [party.label for party in found.parties]
    yield from _head(found, names)
    for title, sense, few in _SECTIONS:
        groups = found.of_sense(sense)
        kept = sorted(groups, key=lambda g: -g.weight)[: most or few]
        overall = found.overall if sense == "disagree" else []
        if kept or overall:
            yield from _title(title, len(groups) - len(kept))
        for n in overall:
            yield from _quote(found, n, names[found.said[n].party])
        for group in sorted(kept, key=lambda g: found.said[g.said[0]].order):
            yield from _group(found, group, names, whole=most is not None)
    if found.both:
        yield from _title("Both say", 0)
        for item in found.both[: most or ALONE]:
            yield from output.wrapped(f"«{clauses.shorten(item.text, QUOTE)}» [{item.id}]", "    ", "  ")
    for party, own in enumerate(found.alone):
        if own:
            kept_alone = own[: most or ALONE]
            yield from _title(f"What only {names[party]} raises", len(own) - len(kept_alone))
            for n in sorted(kept_alone):
                yield from _quote(found, n, "")
    yield from _questions(found, names, most or ASKED)


def remarks(found: Comparison) -> Iterator[str]:
    """Of whom nothing is recorded."""
    for party in found.parties:
        if not party.statements:
            yield f"nothing is recorded that {party.label} says"


def _head(found: Comparison, names: list[str]) -> Iterator[str]:
    counts = [len(party.statements) for party in found.parties]
    yield output.style(f"{names[0]} ({counts[0]} statements) and {names[1]} ({counts[1]})", "bold")
    edges = [p.edge for group in found.groups for p in group.pairs if p.edge and p.sense != "unsigned"]
    signed, cues = len({edge.id for edge in edges}), len({edge.id for edge in edges if edge.basis == "cue"})
    disagree, agree, unsigned = (len(found.of_sense(sense)) for _, sense, _ in _SECTIONS)
    yield from output.wrapped(
        f"{output.count(disagree, 'subject')} of disagreement, {agree} of agreement, by {output.count(signed, 'link')}"
        f" with a sign ({cues} by their own words); {unsigned} more that both speak on"
        + ("" if found.by_meaning else " (by shared words: nothing is embedded)")
    )
    if only := _only_source(found):
        yield from output.wrapped(f"in {only.title} [{only.source_id}]; t1 is turn 1")


def _only_source(found: Comparison) -> Item | None:
    """The text that both speak in, if there is no other."""
    every = {one.item.source_id: one.item for one in found.said}
    return next(iter(every.values())) if len(every) == 1 else None


def _title(words: str, hidden: int) -> Iterator[str]:
    yield ""
    yield output.style(words, "bold") + (f" ({hidden} more with -n)" if hidden > 0 else "")


def _group(found: Comparison, group: Group, names: list[str], *, whole: bool) -> Iterator[str]:
    telling = set(words_of(group.label))
    signed = [pair for pair in group.pairs if pair.sense == group.sense]
    why = "; ".join(dict.fromkeys(_why(found, pair, names) for pair in signed[:2] if pair.edge))
    yield from output.wrapped(output.style(group.label, "bold") + (f" — {why}" if why else ""), "    ", "• ")
    ends = _main(found, signed)
    beside = [words for pair in signed[:2] if (words := _words(found, pair))]
    for n in group.said:
        if whole or n in ends:
            yield from _quote(found, n, names[found.said[n].party], telling, beside)


def _main(found: Comparison, pairs: list[Pair]) -> frozenset[int]:
    """The utterances that a group is shown by: its weightiest pair; for words alone, with who speaks of the same."""
    ends = max(pairs, key=lambda pair: (pair.edge is not None, grouping.weight(pair, found.said))).ends
    if len(ends) == 1:
        group = next(group for group in found.groups if pairs[0] in group.pairs)
        others = [pair for pair in group.pairs if len(pair.ends) == 2 and ends < pair.ends]
        ends |= max(others, key=lambda pair: grouping.weight(pair, found.said) + pair.near).ends if others else ends
    return ends


def _why(found: Comparison, pair: Pair, names: list[str]) -> str:
    assert pair.edge is not None
    if words := _words(found, pair):
        who = next(n for n in pair.ends if found.said[n].id == pair.edge.from_id)
        sure = "" if pair.edge.status == "accepted" else "?"
        return f"{names[found.said[who].party]} {DOES[pair.sense]}{sure}: “{clauses.shorten(words, 50)}”"
    relation = f"{pair.edge.from_id} {pair.edge.relation} {pair.edge.to_id}"
    return f"{relation} [{pair.edge.basis}{'' if pair.edge.status == 'accepted' else '?'}]"


def _words(found: Comparison, pair: Pair) -> str:
    """The words that a link rests on, from those on that take the stance; empty where it does not rest on words."""
    link = found.links.get(pair.edge.id) if pair.edge and pair.edge.basis == "cue" else None
    if link is None or link.evidence is None:
        return ""
    marker = markers.find(link.evidence.quote, opening=True)
    return link.evidence.quote[marker.start if marker else 0 :]


def _quote(
    found: Comparison, n: int, who: str, telling: set[str] | None = None, beside: Sequence[str] = ()
) -> Iterator[str]:
    """A quote with its id and place; of a long one the clauses that tell most, without the words that stand beside."""
    one = found.said[n]

    def worth(clause: str) -> float:
        words = words_of(clause)
        stance = bool(_STANCE.search(clause))
        repeated = any(words[:20] in clause for words in beside)
        return (
            0.05 * len(words)
            + sum(word in (telling or ()) for word in words)
            + 1.5 * stance
            - 4.0 * repeated
            - 1.5 * bool(_ASIDE.match(clause))
        )

    quote = clauses.shorten(one.item.quote, QUOTE, worth)
    if one.item.kind == "passage":
        quote = clip(one.item.quote, QUOTE // 2)
    place = "" if _only_source(found) else f", {one.item.citekey}"
    place += f", t{one.turn}" if one.turn is not None else ""
    place += ", the whole turn" if one.item.kind == "passage" else ""
    head = f"{who} " if who else ""
    yield from output.wrapped(f"{head}«{quote}» [{one.id}{place}]", "    ", "  ")
    yield from context_lines(one.item.context, "    ")


def _questions(found: Comparison, names: list[str], most: int) -> Iterator[str]:
    open_ones = [asked for asked in found.asked if asked.answer is None]
    answered = [asked for asked in found.asked if asked.answer is not None]
    for title, some in (("Asked and answered", answered), ("Open questions", open_ones)):
        if some:
            yield from _title(title, len(some) - most)
        for asked in some[:most]:
            line = f"{names[asked.party]} {_short(asked.question)}"
            answer = f" — {names[1 - asked.party]} {_short(asked.answer)}" if asked.answer else ""
            yield from output.wrapped(line + answer, "    ", "  ")


def _short(item: Item) -> str:
    return f"«{clauses.shorten(item.quote, 100)}» [{item.id}]"
