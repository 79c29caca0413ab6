"""Words with which somebody turns to what another has said: agreeing, disagreeing, granting but objecting, taking it up
or summing it up. They count where the place in the text says who is answered: a turn, a reply, a remark on a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kb.extract.stances import patterns
from kb.model.words import Relation
from kb.text.strings import fold

Sense = Literal["disagrees", "objects", "agrees", "partly", "takes up", "sums up"]
"""`objects` grants something or corrects; `partly` agrees, with an objection behind it; `takes up` and `sums up` are
neither for nor against."""

_RELATIONS: dict[Sense, Relation] = {
    "disagrees": "attacks",
    "objects": "attacks",
    "partly": "attacks",
    "agrees": "supports",
    "takes up": "related",
    "sums up": "related",
}


@dataclass(frozen=True, slots=True)
class Marker:
    """`start` and `end` are the marker's place in the sentence; `back`: what is meant stands before it ("that")."""

    sense: Sense
    start: int
    end: int
    back: bool = False

    @property
    def relation(self) -> Relation:
        return _RELATIONS[self.sense]


_APOSTROPHES = str.maketrans("’‘", "''")


def find(
    sentence: str, *, opening: bool = False, after: str = "", before: str = "", asked: bool = False
) -> Marker | None:
    """How a sentence turns to the other's words, if it does.

    `opening`: it opens the answer, `before` and `after` stand beside it. `asked`: what is answered ends in a question,
    so that a yes or no is no stance.
    """
    if not patterns.MAY.search(sentence):
        return None
    plain = sentence.translate(_APOSTROPHES)
    if "“" in plain or plain.count('"') > 1:  # what others say is blanked, so that places stay
        plain = patterns.QUOTED.sub(lambda match: "·" * len(match[0]), plain)
    question = plain.rstrip(" \"”»)'").endswith("?")
    if match := patterns.SUMS_UP.search(plain):
        return Marker("sums up", *match.span())
    if question:
        match = patterns.TAKES_UP.search(plain)
        return Marker("takes up", *match.span()) if match else None
    match = patterns.OPENS_OBJECTING.search(plain) if opening and not asked else None
    if match and not patterns.GOES_ALONG.match(plain[match.end() :]):
        return Marker("objects", *match.span(), back=True)
    taken_up = bool(before) and patterns.TAKES_UP.search(before.translate(_APOSTROPHES)) is not None
    third = bool(before) and not taken_up and bool(patterns.THIRD.match(before))
    against, agreeing = _unhedged(patterns.DISAGREES, plain), _unhedged(patterns.AGREES, plain)
    if third:  # "Some say … I disagree": not with the other
        return None
    if opening or taken_up:
        against = against or patterns.DISAGREES_WITH_WHAT_IS_BEFORE.search(plain)
        agreeing = agreeing or (None if asked else patterns.AGREES_WITH_WHAT_IS_BEFORE.search(plain))
    if opening and not asked:
        against = against or patterns.OPENS_AGAINST.search(plain)
        agreeing = agreeing or patterns.OPENS_FOR.search(plain)
    if (match := patterns.CORRECTS.search(plain)) and not against and (opening or taken_up):
        return Marker("objects", *match.span(), back=True)
    if against and agreeing:
        if against.start() > agreeing.start():
            return Marker("objects", *against.span())
        return Marker("disagrees", *against.span())
    if against:
        return Marker("disagrees", *against.span(), back=_points_back(plain, against))
    if agreeing:
        return _agreeing(plain, agreeing, after)
    if (match := patterns.CONCEDES.search(plain)) and not patterns.GOES_ALONG.match(plain[match.end() :]):
        return Marker("objects", *match.span())
    if match := patterns.ONLY.search(plain):
        return Marker("objects", *match.span())
    if match := patterns.TAKES_UP.search(plain):
        but = patterns.BUT.search(plain, match.end())
        objects = but is not None and match.start() < _BEGINS and not patterns.GOES_ALONG.match(plain[but.end() :])
        return Marker("objects" if objects else "takes up", *match.span())
    return None


_WITH = re.compile(
    r"(?: \w+){0,3}? (?:with|by|about|of) (?:what )?(?:(?P<who>(?-i:[A-Z])[\w-]+)(?:'s)?\b|(?P<them>them|him|her|those"
    r"|people|others|everyone|anyone|critics|the (?:critics|authors?|paper|study|book|report|article|consensus))\b)",
    re.I,
)


def with_somebody_else(sentence: str, marker: Marker, known: frozenset[str] | set[str]) -> bool:
    """Whether a stance is towards a third one: "I disagree with Keynes"; not if they are `known`, folded, as"
    " answered."""
    match = _WITH.match(sentence.translate(_APOSTROPHES), marker.end)
    if match is None or marker.relation == "related":
        return False
    return match["who"] is None or fold(match["who"]) not in known


def _unhedged(pattern: re.Pattern[str], plain: str) -> re.Match[str] | None:
    """The first match that is meant: not "if you're right", "I would agree if", "they say I disagree"."""
    if _IF.match(plain):
        return None
    for match in pattern.finditer(plain):
        if not patterns.HEDGED.search(plain[: match.start()]) and not patterns.ON_CONDITION.match(plain[match.end() :]):
            return match
    return None


def _agreeing(plain: str, agreeing: re.Match[str], after: str) -> Marker | None:
    granted = patterns.BUT.search(plain, agreeing.end())
    if granted and not (_HOWEVER.match(granted[0]) and not plain[agreeing.end() : granted.start()].strip()):
        if patterns.GOES_ALONG.match(plain[granted.end() :]):
            return Marker("takes up", *agreeing.span())
        return Marker("partly", *agreeing.span())
    if opens_objection(after):
        return Marker("partly", *agreeing.span(), back=_points_back(plain, agreeing))
    if patterns.BUT_OPENS.match(after):
        return Marker("takes up", *agreeing.span())
    return Marker("agrees", *agreeing.span(), back=_points_back(plain, agreeing))


def _points_back(plain: str, match: re.Match[str]) -> bool:
    """Whether little but a "that" follows a marker, or an argument as such is praised: "I disagree with that."."""
    if _PRAISES.search(match[0]):
        return True
    rest = plain[match.end() :]
    return len(rest.split()) <= _LITTLE and (not rest.strip(" .!,") or bool(_BACK.search(rest + match[0])))


_PRAISES = re.compile(r"\barguments?\b|convinced|persuaded", re.I)
_LITTLE = 6
_BEGINS = 15  # characters before what is taken up: later it is an aside
_IF = re.compile(r"\W*(?:and |but |so )?(?:if|suppose|assuming|imagine) (?!anything|you ask me|I may|only)\b", re.I)
_HOWEVER = re.compile(r",? ?however", re.I)  # of "I do acknowledge, however, that …": it grants nothing yet
_BACK = re.compile(r"\b(?:that|this|these|those|it|you|here|too)\b", re.I)


def objection_at(sentence: str) -> int:
    """Where in a sentence that grants something the objection begins: after its "but"; 0 where there is none."""
    match = patterns.BUT.search(sentence.translate(_APOSTROPHES))
    return match.end() if match else 0


def opens_objection(sentence: str) -> bool:
    """Whether a sentence sets itself against the one before, and is neither a question nor only goes further."""
    match = patterns.BUT_OPENS.match(sentence)
    return bool(match) and not sentence.rstrip().endswith("?") and not patterns.GOES_ALONG.match(sentence)


def takes_up(sentence: str) -> bool:
    """Whether a sentence tells what the other said: "You mentioned …"."""
    return bool(patterns.TAKES_UP.search(sentence.translate(_APOSTROPHES)))


def told(sentence: str, marker: Marker) -> str:
    """What a sentence says that the other speaks of, up to where it goes on: "Your point about permits, but …"."""
    plain = sentence.translate(_APOSTROPHES)
    match = patterns.TAKES_UP.match(plain, marker.start) or _CALLED.match(plain, marker.start)
    words = _TOLD.match(sentence, match.end()) if match else None
    return words[0] if words else ""


_CALLED = re.compile(
    r"what you(?:'re| are)? (?:\w+ )?(?:call(?:ed|ing)?|describ\w+|refer to(?: as)?|present as)\b"
    r"|you (?:haven't|have not|didn't|did not|never)(?: \w+){1,2}",
    re.I,
)
_TOLD = re.compile(r"[^,.;:?!]{3,160}")


def announces(sentence: str) -> bool:
    """Whether a sentence only says that there is a disagreement, "we have differing views": what it is comes after."""
    return bool(_ANNOUNCES.search(sentence))


_ANNOUNCES = re.compile(
    r"\bwhere (?:I|we) (?:\w+ ){0,2}(?:disagree|differ|part ways)\b"
    r"|\bwe (?:\w+ )?(?:differ|diverge|have (?:\w+ ){0,2}(?:differing|different|opposite|opposing) \w+)\b",
    re.I,
)


def concedes(sentence: str, marker: Marker) -> bool:
    """Whether what it grants may as well be its own: "Sure, the gates are old, but …"."""
    return bool(patterns.CONCEDES.match(sentence.translate(_APOSTROPHES)[: marker.end]))


def proposal(sentence: str) -> bool:
    """Whether a sentence turns to something that the other proposes: "Regarding your idea of …"."""
    return bool(patterns.PROPOSED.search(sentence.translate(_APOSTROPHES)))


_OVERALL = re.compile(r"\bwe (?:didn't|did not|don't|do not|still don't) (?:converge|agree)\b\W*$", re.I)


def overall(sentence: str) -> bool:
    """Whether a sentence speaks of the whole talk: "We didn't converge."."""
    return bool(_OVERALL.search(sentence.translate(_APOSTROPHES)))
