"""Finding the words with which one party turns to the other, and what of the other's words they take up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import log, sqrt

from kb.graph.questions import items, markers, wording
from kb.graph.questions.items import Item
from kb.graph.questions.markers import FOR, Marker
from kb.graph.questions.parties import Party
from kb.graph.questions.utterances import Mark, Place, Utterance
from kb.model.passages import Passage
from kb.store.open import Store
from kb.text import sentences
from kb.text.strings import words

_OPENING = 2  # sentences of an answer in which "Yes, but" still speaks of what is answered
_SHORT = 8  # words of a sentence that says nothing without the one beside it
_BACK = 14  # words of one that speaks of the sentence before it
_ALONE = 12  # words of a sentence that takes something up and is worth a quote
_AT_ONCE = 10  # characters before words that begin an answer: "Yes, but"
_SAYS_LITTLE = 16  # words of an opening sentence that speaks of what was said and says little itself
_NEXT = 3  # sentences after a marker in which the point it introduces may come


def mark(store: Store, name: str, place: Place, said: Sequence[Utterance], parties: Sequence[Party]) -> list[Utterance]:
    """Give what is said its marks; returns what has none but the marked sentences themselves."""
    here = [one for one in said if one.item.source_id == name]
    origin = items.read(store, [name])[name]
    extra: list[Utterance] = []
    seen: set[tuple[int, int | None]] = set()
    for passage in place.blocks():
        party = place.party(passage, parties, name)
        if party is None:
            continue
        before = place.before(passage, party, parties, name)
        if before is None:
            continue
        opening = _OPENING if (party, passage.turn) not in seen else 0
        seen.add((party, passage.turn))
        spans = sentences.split(place.text, passage.start, passage.end)
        own = [one for one in here if one.party == party]
        for number, (start, end) in enumerate(spans):
            after = place.text[slice(*spans[number + 1])] if number + 1 < len(spans) else ""
            sentence = place.text[start:end]
            if asks(sentence, last=number + 2 >= len(spans)) and not any(
                o.item.start < end and start < o.item.end for o in own
            ):
                extra.append(_sentences(origin, place, passage, party, (start, end), before))
            marker = markers.find(sentence, opening=number < opening, after=after)
            if marker is None:
                continue
            stop = end if marker.sense == "takes up" else start + marker.end
            quote = place.text[start + marker.start : stop]
            at_once = number < opening and (marker.start < _AT_ONCE or words(sentence) <= _SAYS_LITTLE)
            mark = Mark(marker.sense, quote, start + marker.start, at_once)
            if markers.overall(sentence):
                mark = replace(mark, overall=True)
                extra.append(_sentences(origin, place, passage, party, (start, end), before, mark))
                continue
            one, span = _bearer(own, place.text, spans, number, marker)
            if mark.sense == "takes up" and markers.opens_with_but(after) and markers.find(after) is None:
                mark = replace(mark, sense="objects")
                one, span = _bearer(own, place.text, spans, number + 1, marker)
            if one is not None:
                one.marks.append(mark)
                _widen(one, place.text, span)
            elif words(place.text[slice(*span)]) >= (_ALONE if mark.sense == "takes up" else _SHORT):
                if sentence.rstrip().endswith("?"):
                    continue
                extra.append(_sentences(origin, place, passage, party, span, before, mark))
    wide = [one.item for one in here if one.widened]
    return [e for e in extra if not any(w.start <= e.item.start and e.item.end <= w.end for w in wide)]


def _bearer(
    own: Sequence[Utterance], text: str, spans: Sequence[tuple[int, int]], number: int, marker: Marker
) -> tuple[Utterance | None, tuple[int, int]]:
    """The statement that a marker belongs to, and else the sentences that together say something."""
    start, end = spans[number]

    def over(a: int, b: int) -> Utterance | None:
        return next((one for one in own if one.item.start < b and a < one.item.end), None)

    sentence = text[start:end]
    back = words(sentence) <= _BACK and markers.points_back(sentence) and number > 0
    span = (spans[number - 1][0], end) if back else (start, end)
    if within := over(start, end):
        return within, span if words(within.item.quote) <= _BACK else (start, end)
    if back:
        return over(*spans[number - 1]), span
    short = words(sentence) <= _SHORT
    agreeing = marker.sense in FOR
    reach = _NEXT if not agreeing else 1 if short else 0  # a longer one says itself what is agreed on
    following = [found for after in spans[number + 1 : number + 1 + reach] if (found := over(*after))]
    if following and marker.sense != "takes up":
        return next((one for one in following if markers.find(one.item.quote)), following[0]), (start, end)
    return None, (start, spans[number + 1][1]) if short and number + 1 < len(spans) else (start, end)


def _widen(one: Utterance, text: str, span: tuple[int, int]) -> None:
    """Show the sentence before a statement that says nothing without it."""
    start, end = span
    if start < one.item.start and end >= one.item.end and not one.widened:
        one.item = replace(one.item, start=start, quote=text[start : one.item.end])
        one.widened = True


def _sentences(
    origin: Item,
    place: Place,
    passage: Passage,
    party: int,
    span: tuple[int, int],
    before: int | None,
    mark: Mark | None = None,
    kind: str = "",
) -> Utterance:
    """An utterance made of sentences that are no statement: with a mark, as a question, or of another `kind`."""
    quote = place.text[slice(*span)]
    speaker = passage.speaker or ", ".join(place.authors)
    at = place.at(span[0])
    item = replace(
        origin,
        id=place.ids[at.ordinal] if at else origin.id,
        kind=kind or ("passage" if mark else "question"),
        text=quote,
        quote=quote,
        speaker=speaker,
        start=span[0],
        end=span[1],
        status="suggested",
    )
    order = (place.published, origin.id, span[0])
    return Utterance(
        party,
        item,
        heading=passage.heading,
        block=passage.block,
        turn=passage.turn,
        before=before,
        parent=place.parent if before == -1 else None,
        order=order,
        weight=0.5 * min(1.0, words(quote) / 20),
        sure=False,
        around=place.text[passage.start : passage.end],
        marks=[mark] if mark else [],
    )


def meant(
    store: Store, name: str, place: Place, said: Sequence[Utterance], parties: Sequence[Party]
) -> list[Utterance]:
    """Find for each marked utterance the sentence of the other whose rare words it takes up; returns new ones."""
    here = [one for one in said if one.item.source_id == name]
    marked = [one for one in here if one.marks and one.turn is not None]
    if not marked:
        return []
    spoken = [
        (passage, party, span)
        for passage in place.blocks()
        if passage.turn is not None and (party := place.party(passage, parties, name)) is not None
        for span in sentences.split(place.text, passage.start, passage.end)
    ]
    bags = [set(wording.words_of(place.text[slice(*span)])) for _, _, span in spoken]
    known = Counter(word for bag in bags for word in bag)
    origin = items.read(store, [name])[name]
    extra: list[Utterance] = []
    for one in marked:
        own = set(wording.words_of(one.item.quote))
        best, most = None, _TAKEN_UP
        for (passage, party, span), bag in zip(spoken, bags, strict=True):
            if party == one.party or not passage.turn or not one.turn or not 0 < one.turn - passage.turn <= _REACH:
                continue
            shared = own & bag
            worth = sum(log(len(bags) / known[word]) for word in shared) / sqrt(len(bag) + 4)
            if len(shared) > 1 and worth > most:
                best, most = (passage, party, span), worth
        if best is None:
            continue
        passage, party, span = best
        there = next((o for o in here if o.party == party and o.item.start < span[1] and span[0] < o.item.end), None)
        if there is None:
            there = _sentences(origin, place, passage, party, span, None, kind="passage")
            extra.append(there)
        one.meant = there
    return extra


_TAKEN_UP = 2.5  # rare words shared, for the length of the sentence: below it, chance
_REACH = 2  # turns back


def asks(sentence: str, *, last: bool = True) -> bool:
    """Whether a sentence is a question to the other, and not one to oneself: it speaks to them, or ends the turn."""
    plain = sentence.rstrip()
    return plain.endswith("?") and words(plain) >= _ASKED and (last or bool(_TO_YOU.search(plain)))


_ASKED = 5
_TO_YOU = re.compile(r"\byou(?:r|'re)?\b", re.I)
