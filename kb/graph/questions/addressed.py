"""What a party says to the other that no statement holds: a question, and words about the whole talk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.extract.stances import markers
from kb.graph.questions import items
from kb.graph.questions.items import Item
from kb.graph.questions.parties import Party
from kb.graph.questions.utterances import Place, Utterance
from kb.model.passages import Passage
from kb.store.open import Store
from kb.text import sentences
from kb.text.strings import words


def read(store: Store, name: str, place: Place, said: Sequence[Utterance], parties: Sequence[Party]) -> list[Utterance]:
    """The questions of the two to each other in a text, and what they say of the whole talk: "We didn't converge."."""
    here = [one for one in said if one.item.source_id == name]
    origin = items.read(store, [name])[name]
    extra: list[Utterance] = []
    for passage in place.blocks():
        party = place.party(passage, parties, name)
        before = place.before(passage, party, parties, name) if party is not None else None
        if party is None or before is None:
            continue
        spans = sentences.split(place.text, passage.start, passage.end)
        own = [one for one in here if one.party == party]
        for number, (start, end) in enumerate(spans):
            sentence = place.text[start:end]
            if markers.overall(sentence):
                extra.append(replace(_sentence(origin, place, passage, party, (start, end), before), overall=True))
            elif asks(sentence, last=number + 2 >= len(spans)) and not any(
                o.item.start < end and start < o.item.end for o in own
            ):
                extra.append(_sentence(origin, place, passage, party, (start, end), before))
    return extra


def _sentence(
    origin: Item, place: Place, passage: Passage, party: int, span: tuple[int, int], before: int | None
) -> Utterance:
    quote = place.text[slice(*span)]
    at = place.at(span[0])
    item = replace(
        origin,
        id=place.ids[at.ordinal] if at else origin.id,
        kind="question",
        text=quote,
        quote=quote,
        speaker=passage.speaker or ", ".join(place.authors),
        start=span[0],
        end=span[1],
        status="suggested",
    )
    return Utterance(
        party,
        item,
        heading=passage.heading,
        block=passage.block,
        turn=passage.turn,
        before=before,
        parent=place.parent if before == -1 else None,
        order=(place.published, origin.id, span[0]),
        weight=0.5 * min(1.0, words(quote) / 20),
        sure=False,
        around=place.text[passage.start : passage.end],
    )


def asks(sentence: str, *, last: bool = True) -> bool:
    """Whether a sentence is a question to the other, and not one to oneself: it speaks to them, or ends the turn."""
    plain = sentence.rstrip()
    return plain.endswith("?") and words(plain) >= _ASKED and (last or bool(_TO_YOU.search(plain)))


_ASKED = 5
_TO_YOU = re.compile(r"\byou(?:r|'re)?\b", re.I)
