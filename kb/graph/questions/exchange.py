"""Reading what two parties say, each statement in its place, and the turns of theirs that links mean as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.graph.questions import addressed, items
from kb.graph.questions.items import Item
from kb.graph.questions.parties import Party
from kb.graph.questions.utterances import Place, Utterance
from kb.store import passages, people, sources, statements
from kb.store.open import Store
from kb.text.strings import words


def read(store: Store, parties: Sequence[Party], least: float, turns: Iterable[str]) -> list[Utterance]:
    """Everything the two say, in the order of the texts; of these `turns` (ids of passages) those that are theirs.

    `least` is the confidence from which on a suggested statement counts as sure.
    """
    said = [one for number, party in enumerate(parties) for one in _statements(store, number, party, least)]
    said += _turns(store, parties, turns)
    places = _places(store, said, parties)
    for one in said:
        if place := places.get(one.item.source_id):
            _put(one, place, parties)
    for name, place in places.items():
        said += addressed.read(store, name, place, said, parties)
    return sorted(said, key=lambda one: one.order)


def _statements(store: Store, number: int, party: Party, least: float) -> list[Utterance]:
    found = statements.read(store, sorted(party.statements))
    origins = sources.read(store, {m.source for s in found.values() for m in s.mentions})
    said = []
    for statement in found.values():
        own = [m for m in statement.mentions if m.voice != "quoted" and party.is_meant(m.speaker, m.source)]
        own = own or [m for m in statement.mentions if m.said_by("?") == "?" and m.source in party.sources]
        if not own:
            continue
        mention = own[0]
        item = items.of_statement(statement, mention, origins)
        published = origins[mention.source].published or "~"
        accepted = statement.status == "accepted"
        confidence = 1.0 if accepted or statement.confidence is None else float(statement.confidence)
        said.append(
            Utterance(
                number, item, order=(published, item.source_id, item.start),
                weight=_weight(item, confidence), sure=confidence >= least,
            )
        )  # fmt: skip
    return said


def _turns(store: Store, parties: Sequence[Party], turns: Iterable[str]) -> list[Utterance]:
    found = items.read(store, turns)
    origins = sources.read(store, {item.source_id for item in found.values()})
    said = []
    for item in found.values():
        party = next((n for n, one in enumerate(parties) if one.is_meant(item.speaker, item.source_id)), None)
        if party is not None:
            order = (origins[item.source_id].published or "~", item.source_id, item.start)
            said.append(Utterance(party, item, order=order, weight=_OF_A_TURN, sure=False))
    return said


_OF_A_TURN = 0.3


def _weight(item: Item, confidence: float) -> float:
    """How much a statement says, 0 to 1: sure, whole, and not just a turn of phrase."""
    count = words(item.quote)
    size = 1.0 if 9 <= count <= 60 else 0.75 if count > 60 else 0.35 + 0.06 * count
    vague = 0.5 if _VAGUE.match(item.quote) else 0.7 if _EXAMPLE.match(item.quote) else 1.0
    return confidence * min(size, 1.0) * vague * (0.6 if item.kind == "question" else 1.0)


_VAGUE = re.compile(
    r"(?:and |but |so |also,? |to me,? |because |I think (?:that )?)*(?:this|that|these|those|it|they|he|she)\b"
    r"(?! (?:seems|is|looks) (?:to me |likely |clear |plausible |unlikely )*that\b)",
    re.I,
)
"""What begins with a word for something said before says little by itself."""
_EXAMPLE = re.compile(r"(?:and |but |so |then,? )*(?:if (?:I|you|we)\b|for example|imagine|let's|suppose)", re.I)


def _places(store: Store, said: Sequence[Utterance], parties: Sequence[Party]) -> dict[str, Place]:
    own = [{one.item.source_id for one in said if one.party == number} for number in (0, 1)]
    rows = {name: sources.stored(store, name) for name in own[0] | own[1]}
    found = {}
    for name, row in rows.items():
        if row is None or not (name in own[0] & own[1] or row.parent in parties[0].sources | parties[1].sources):
            continue
        cut = passages.as_known(store, passages.of_source(store, row.rowid))
        authors = people.author_names(store, [row.rowid]).get(row.rowid, [])
        if name in own[0] & own[1] and all(p.turn is None for p in cut) and row.parent is None:
            continue
        found[name] = Place(row.text, cut, row.published or "~", passages.ids_of(store, row.rowid), authors, row.parent)
    return found


def _put(one: Utterance, place: Place, parties: Sequence[Party]) -> None:
    """Note the heading, the turn, and whether it answers the other."""
    passage = place.at(one.item.start)
    if passage is None:
        return
    one.heading, one.block, one.turn = passage.heading, passage.block, passage.turn
    spans = [(p.start, p.end) for p in place.passages if p.block == passage.block]
    one.around = place.text[spans[0][0] : spans[-1][1]]
    one.before = place.before(passage, one.party, parties, one.item.source_id)
    one.parent = place.parent if one.before == -1 else None
