"""Words with which a speaker turns to what the other has said: agreeing, disagreeing, granting but objecting, or only
taking it up. They count where the place in the text says who is answered: a turn, or a reply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Sense = Literal["disagrees", "objects", "agrees", "partly", "takes up"]
"""`objects` grants something first, or corrects; `partly` agrees with a "but" behind it; `takes up` is neither for nor
against."""

AGAINST: tuple[Sense, ...] = ("disagrees", "objects")
FOR: tuple[Sense, ...] = ("agrees", "partly")


@dataclass(frozen=True, slots=True)
class Marker:
    """`start` and `end` are the marker's place in the sentence."""

    sense: Sense
    start: int
    end: int


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)


_APOSTROPHES = str.maketrans("’‘", "''")

_DISAGREES = _any(
    r"\bwhere (?:I|we) (?:\w+ ){0,2}(?:disagree|differ|part ways)\b",
    r"\b(?:I|we) (?:\w+ ){0,2}disagree\b",
    r"\bwe (?:\w+ ){0,2}(?:differ|diverge)\b",
    r"\bwe (?:didn't|did not|don't|do not) (?:converge|agree)\b",
    r"\bwe have (?:\w+ ){0,2}(?:differing|different|opposite|opposing) (?:intuitions?|views?|opinions?|beliefs?)"
    r"(?: (?:of|about|on) what's [\w ]{3,20})?",
    r"\bI (?:still |just |really )?(?:don't|do not|can't|cannot) (?:buy|agree|accept|feel like you|see why you)\b"
    r"(?:'ve \w+)?",
    r"\bI(?:'m| am) (?:still |very |quite )?(?:unconvinced|not convinced|skeptical|sceptical)\b"
    r"(?: (?:of|about) [\w' ]{3,30})?",
    r"\b(?:it's )?hard for me to (?:believe|buy|see)\b",
    r"\bI(?:'d| would| want to| have to) (?:push back|dispute|contest|deny|object)\b",
    r"\byou(?:'re| are) (?:\w+ )?(?:wrong|mistaken)\b",
    r"\bthat(?:'s| is) (?:just |simply )?(?:wrong|false|not (?:right|true|so))\b",
    r"\byou (?:haven't|have not|didn't|did not|never|don't) (?:explain|show|address|answer|argue)\w*",
    r"\bon the contrary\b",
)
_AGREES = _any(
    r"\bI (?:do |also |fully |strongly |mostly |completely |definitely |certainly |would |can |'d |largely )*agree\b"
    r"(?: with (?:that|this|you|your \w+|much of \w+))?",
    r"\bwe (?:can |both |do |all |would )*(?:\w+ )?agree(?: on)?\b",
    r"\byou(?:'re| are) (?:\w+ )?right\b",
    r"\byou (?:\w+ )?(?:correctly|rightly) \w+",
    r"\b(?:fair|good|great|excellent|valid) (?:point|enough)\b",
    r"\bI (?:\w+ )?(?:concede|grant|acknowledge)\b",
    r"\bone of the best arguments\b",
    r"\bI (?:\w+ ){0,2}(?:can|could) buy\b",
    r"\b(?:you(?:'ve| have)? )?(?:convinced|persuaded) me\b",
    r"\bI share your \w+",
    r"\bthat(?:'s| is) (?:right|true|correct|a (?:good|fair|great) point)\b",
)
_OPENS_AGAINST = _any(r"^no\b[,.]", r"^not (?:quite|really|exactly|so)\b")
_CORRECTS = _any(r"\bnot (?:quite |exactly |really )?(?:how|what) (?:I(?:'d| would)? )?(?:put|say|mean|said)\b(?: it)?")
_OPENS_OBJECTING = _any(r"^(?:yes|yeah|sure|right|okay|ok|true|maybe|well)\b[,.]? but\b")
_OPENS_FOR = _any(r"^(?:agreed|exactly|indeed|true)\b(?=[.,!])")
_TAKES_UP = _any(
    r"\b(?:as |what |when )?you(?:'ve| have)? (?:just |also |then |kind of |seem to )?(?:said|say|says|mention(?:ed)?|"
    r"point(?:ed)? out|brought up|bring(?: up)?|argued?|claim(?:ed)?|wrote|suggest(?:ed)?|call(?:ed)?|described?)\b",
    r"\byou(?:'re| are) (?:\w+ )?(?:saying|arguing|claiming|comparing|suggesting|proposing)\b",
    r"\b(?:regarding|about|on|to|of|with) your (?:\w+ ){0,2}\w+",
    r"\byour (?:other |main |first |second |last )?(?:ideas?|points?|arguments?|claims?|views?|positions?|worry|"
    r"worries|objections?|examples?)\b",
)
_BUT = re.compile(r"[,;] (?:but|though|yet|however)\b|\b(?:however|but|though),", re.I)
_BUT_OPENS = re.compile(r"\W*(?:but|however|though|still|yet|that said|nevertheless)\b", re.I)


def find(sentence: str, *, opening: bool = False, after: str = "") -> Marker | None:
    """How a sentence turns to the other's words, if it does. `opening`: it opens the answer; `after` follows it."""
    plain = sentence.translate(_APOSTROPHES)
    question = plain.rstrip(" \"”»)'").endswith("?")
    against, agreeing = _DISAGREES.search(plain), _AGREES.search(plain)
    if question:
        against = agreeing = None
    if opening and not question:
        if match := _OPENS_OBJECTING.search(plain):
            return Marker("objects", *match.span())
        against = against or _OPENS_AGAINST.search(plain)
        agreeing = agreeing or _OPENS_FOR.search(plain)
    if (match := _CORRECTS.search(plain)) and not (against or question):
        return Marker("objects", *match.span())
    if against and agreeing:
        return Marker("objects", *against.span()) if against.start() > agreeing.start() else _granting(plain, agreeing)
    if against:
        return Marker("disagrees", *against.span())
    if agreeing:
        granted = _BUT.search(plain, agreeing.end()) or _BUT_OPENS.match(after)
        return Marker("partly" if granted else "agrees", *agreeing.span())
    if match := _TAKES_UP.search(plain):
        return Marker("takes up", *match.span())
    return None


def _granting(plain: str, agreeing: re.Match[str]) -> Marker:
    return Marker("partly" if _BUT.search(plain, agreeing.end()) else "agrees", *agreeing.span())


def opens_with_but(sentence: str) -> bool:
    """Whether a sentence sets itself against the one before."""
    return bool(_BUT_OPENS.match(sentence))


def points_back(sentence: str) -> bool:
    """Whether a short sentence speaks of the one before it: "I agree with that."."""
    return bool(_BACK.search(sentence))


_BACK = re.compile(r"\b(?:that|this|these|those)\b", re.I)
_OVERALL = re.compile(r"\bwe (?:didn't|did not|don't|do not|still don't) (?:converge|agree)\b\W*$", re.I)


def overall(sentence: str) -> bool:
    """Whether a sentence speaks of the whole talk: "We didn't converge."."""
    return bool(_OVERALL.search(sentence.translate(_APOSTROPHES)))
