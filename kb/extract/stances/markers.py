"""Words with which somebody turns to what another has said: agreeing, disagreeing, granting but objecting, taking it up
or summing it up. They count where the place in the text says who is answered: a turn, a reply, a remark on a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

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


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)


_APOSTROPHES = str.maketrans("’‘", "''")

_MAY = re.compile(
    r"agree|disput|differ|diverge|converge|part ways|convinced|persuaded|s[kc]eptical|\bbuy\b|accept|object|deny|contest"
    r"|push back|\b(?:right|rightly|correct|correctly|wrong|false|true|mistaken|point|enough|contrary|concede|grant\w*"
    r"|acknowledge|share|argument\w*|doubt\w*|confused|hard for me|see (?:why|how)|explain\w*|show\w*|address\w*|answer\w*"
    r"|you|your|yours|yes|yeah|yep|sure|no|nope|not|okay|ok|maybe|well|exactly|indeed|agreed|quite|fair|true|admittedly"
    r"|granted|of course)\b",
    re.I,
)
"""Without one of these no sentence is worth a closer look."""
_THAT = r"(?:that|this|it|those|these)"
_NO_MORE = r"(?! more\b)"

_DISAGREES = _any(
    r"\bwhere (?:I|we) (?:\w+ ){0,2}(?:disagree|differ|part ways)\b",
    r"(?<!n't )(?<!not )(?<!cannot )(?<!never )\b(?:I|we) (?:(?!used|don't|do not|didn't)\w+ ){0,2}disagree\b",
    r"\bwe (?:\w+ )?(?:differ|diverge)\b(?! from)",
    r"\bwe have (?:\w+ ){0,2}(?:differing|different|opposite|opposing) (?:intuitions?|views?|opinions?|beliefs?)"
    r"(?: (?:of|about|on) what's [\w ]{3,20})?",
    r"\bI (?:still |just |really |simply )*(?:don't|do not|can't|cannot) (?:quite |really |fully )?"
    rf"(?:buy|agree|accept|share (?:your|this|that|the)){_NO_MORE}\b",
    r"\bI (?:still |just |really )*(?:don't|do not|can't|cannot) (?:feel like you(?:'ve \w+)?|see (?:why|how) you)\b",
    r"\bI don't (?:think|believe) (?:that(?:'s| is)|this is|it's|you(?:'re| are)) (?:quite |really |actually |entirely )?"
    r"(?:right|true|correct|fair|so|the case|what)\b",
    r"\bI(?:'m| am| remain) (?:still |very |quite |rather |a bit |pretty )?(?:unconvinced|not (?:\w+ )?(?:convinced"
    r"|persuaded)|skeptical|sceptical)\b(?: (?:of|about) [\w' ]{3,30})?",
    r"\bwhy I(?:'m| am) (?:still |very |quite )?(?:skeptical|sceptical|unconvinced|not convinced)\b",
    r"\b(?:it(?:'s| is) )?hard for me to (?:believe|buy|accept)\b",
    r"\bI(?:'d| would| want to| have to| must| will)(?: \w+)? (?:push back|dispute|contest|deny|object)\b"
    r"|\bI (?:dispute|reject|deny)(?: that| the (?:idea|claim|premise|notion)| your| this| that)\b",
    r"(?<!if )(?<!think )(?<!thinks )(?<!saying )(?<!whether )\byou(?:'re| are) (?:just |simply |plainly |quite )?"
    r"(?:wrong|mistaken)\b",
    r"\byou (?:haven't|have not|didn't|did not|never) (?:yet |really |actually )?(?:explained?|show[ns]?|showed|address(?:ed)?"
    r"|answer(?:ed)?|argued?|justif(?:y|ied)|given (?:any|a) \w+)\b",
    r"^(?:on the contrary|quite the contrary|quite the opposite)\b",
)
_DISAGREES_WITH_WHAT_IS_BEFORE = _any(
    rf"^(?:(?:but|well|no|and|honestly|I(?:'m afraid| think)(?: that)?)[,.]? )*(?:{_THAT}(?:'s| is)|this is) (?:just |simply |plainly |"
    r"also |still )?(?:wrong|false|mistaken|(?:not|n't) (?:right|true|so|correct|quite (?:right|true|correct|fair)))\b",
    rf"^(?:(?:but|well|no|and)[,.]? )*{_THAT} (?:isn't|is not) (?:really |quite |exactly |entirely )?(?:right|true|so"
    r"|correct|accurate|fair)\b",
)
_AGREES = _any(
    r"\bI (?:do |also |fully |strongly |mostly |completely |entirely |definitely |certainly |totally |would |can |'d"
    r" |largely |broadly |really )*agree\b(?: with (?:that|this|you|your \w+|much of \w+))?",
    r"\bI'd (?:\w+ )?agree\b",
    r"\b(?:could|can)(?:n't|not) agree more\b",
    r"(?<!if )(?<!whether )(?<!that )\bwe (?:can |both |do |all |would )*(?:\w+ )?agree(?: on)?\b",
    r"(?<!if )(?<!whether )(?<!think )(?<!saying )(?<!suppose )\byou(?:'re| are) (?:absolutely |quite |certainly |of course |both |"
    r"completely |also |totally )*(?:right|correct)\b",
    r"\byou (?:\w+ )?(?:correctly|rightly) \w+",
    r"\b(?:correctly|rightly) (?:points? out|pointed out|says?|said|notes?|noted|observes?|observed)\b",
    r"^(?:and |yeah,? |yes,? |okay,? |that(?:'s| is) )*(?:an? |a very )?(?:fair|good|great|excellent|valid)"
    r" (?:point|enough)\b",
    r"^fair enough\b",
    r"\bI (?:do |will |have to |must |also |happily )?(?:concede|grant|acknowledge)\b(?: you)?",
    r"\b(?:one of )?the (?:best|strongest) arguments? (?:\w+ ){0,8}I(?:'ve| have) (?:ever )?(?:heard|seen|read)\b",
    r"\bone of the best arguments\b",
    r"\bI (?:think I )?(?:can|could) (?:\w+ )?buy\b",
    r"\b(?:you(?:'ve| have)? )(?:convinced|persuaded) me\b",
    r"\bI share (?:your|this|that) \w+",
)
_AGREES_WITH_WHAT_IS_BEFORE = _any(
    rf"^(?:(?:yes|yeah|right|okay|and|well|sure)[,.]? )*{_THAT}(?:'s| is) (?:absolutely |quite |certainly |all |very )?"
    r"(?:right|true|correct|a (?:good|fair|great|valid) point)\b(?! (?:if|only|that|for|of|in)\b)",
    rf"^(?:(?:yes|yeah|okay|and)[,.]? )*I think {_THAT}(?:'s| is) (?:exactly |basically |mostly )?(?:right|true|correct)\b",
)
_OPENS_AGAINST = _any(r"^no\b[,.](?! (?:but|and|you)\b)", r"^not (?:quite|really|exactly|so)\b(?! \w)")
_CORRECTS = _any(
    r"\bnot (?:quite |exactly |really |at all )?(?:how|what) (?:I(?:'d| would| was)? )?(?:\w+ )?(?:put|say|mean|meant"
    r"|said|saying|arguing|claiming|claimed)\b(?: it)?"
)
_OPENS_OBJECTING = _any(
    r"^(?:yes|yeah|sure|right|okay|ok|true|maybe|perhaps|well|fair|fine|granted|possibly|agreed|I see|I know|I understand)"
    r"(?: enough)?[,.]? (?:but|though|except)\b"
)
_CONCEDES = _any(r"^(?:sure|fine|okay)\b,[^.;?!]{4,160}[,;] (?:but|yet|though|however)\b")
_ONLY = _any(
    r"\bwhat you(?:'re| are)? (?:\w+ )?(?:call(?:ed|ing)?|describ\w+|refer to(?: as)?|see as|present(?:ed)? as)\b.{1,70}?"
    r"\b(?:just|simply|merely|really|nothing but|nothing more than|no more than|actually|not)\b"
)
_OPENS_FOR = _any(r"^(?:agreed|exactly|indeed|absolutely|definitely|precisely)\b(?=[.,!])")
_SUMS_UP = _any(
    r"\b(?:let me|I(?:'ll| will)?(?: just)?(?: try to)?|to|can I|if I (?:may|can)|trying to)"
    r" (?:\w+ )?(?:summari[sz]e|recap|restate|rephrase|paraphrase)\b",
    r"^(?:so|okay|ok|right|and|then|alright|in other words|basically)?[, ]*(?:so |basically |then )*you(?:'re| are| were)"
    r" (?:basically |really |essentially |then |now )?(?:saying|claiming|arguing|suggesting|proposing|telling)\b",
    r"^(?:so|okay|then|and)[,.]? (?:what you(?:'re| are) (?:saying|claiming|arguing)|your (?:\w+ )?(?:claim|view|point"
    r"|position|argument|thesis|proposal) (?:is|would be))\b",
    r"\bif I (?:understand|understood|get|got|hear|follow|read) (?:you|this|that|your \w+|it)(?: (?:right|correctly))?\b",
    r"\b(?:my understanding of (?:your|what you)|it sounds (?:to me )?(?:like|as if) you|as I understand (?:you|your))\b",
    r"^(?:so|and|then),? (?:for you|in your view|on your (?:view|account))\b",
)
_TAKES_UP = _any(
    r"\b(?:as |what |when |since )?you(?:'ve| have)? (?:just |also |then |already |earlier |kind of |seem to |once )*"
    r"(?:said|say|says|mention(?:ed)?|point(?:ed)? out|brought up|bring(?: up)?|argued?|claim(?:ed)?|wrote|write|suggest(?:ed)?"
    r"|propos(?:e|ed)|call(?:ed)?|described?|raised?|gave|give the example|asserted?|maintain(?:ed)?)\b",
    r"\byou(?:'re| are) (?:\w+ )?(?:saying|arguing|claiming|comparing|suggesting|proposing)\b",
    r"\b(?:regarding|about|on|to|of|with|as for) your (?:\w+ ){0,2}\w+",
    r"\byour (?:other |main |first |second |third |last |earlier )?(?:ideas?|points?|arguments?|claims?|views?|positions?"
    r"|worry|worries|concerns?|objections?|examples?|proposals?|suggestions?|analog(?:y|ies)|comparisons?)\b",
)
_PROPOSED = re.compile(
    r"\b(?:regarding|about|on|as for|to) your (?:\w+ )?(?:idea|proposal|plan|suggestion|approach|scheme|solution|hope"
    r"|claim|thesis|theory|recommendation)s?\b",
    re.I,
)
_BUT = re.compile(r"[,;] (?:but|though|yet|however)\b|\b(?:however|but|though),| (?:but|however) ", re.I)
_BUT_OPENS = re.compile(
    r"\W*(?:but|however|though|still|yet|that said|nevertheless|nonetheless|on the other hand|having said that"
    r"|my (?:main |only |biggest )?(?:concern|worry|objection))\b",
    re.I,
)
_GOES_ALONG = re.compile(
    r"^\W*(?:but|however|though|still|yet)?,? *(?:I(?:'d| would| also| just| want to| think I(?:'d| would))*(?: also| even)?"
    r" (?:go further|add|note|emphasi[sz]e|stress)|(?:it |this |that )?(?:even|also|not only|only|just|perhaps) \b|for (?:a |some )?"
    r"(?:different|other|another) reason|it's even|I think it(?:'s| is) (?:even|also)|let me|first|before|we(?:'ll| will)"
    r"|I(?:'ll| will)|to be clear|what about|how|do|does|is|are|can|could|why)\b",
    re.I,
)
"""What comes after "but" and is no objection: "but I would go further", "but first"."""
_HEDGED = re.compile(
    r"\b(?:if|whether|unless|wish|would|could|might|may|suppose|imagine|assuming|used to|don't|do not|didn't|not)"
    r"(?: \w+){0,2} $|\b(?:you|people|they|some|many|someone|he|she|anyone|critics) (?:\w+ )?(?:say|says|said|think|thinks)"
    r"(?: that)? $",
    re.I,
)
_ON_CONDITION = re.compile(r"^(?: \w+){0,4} (?:if|were|provided|as long as|only (?:if|when)|insofar)\b", re.I)
_THIRD = re.compile(
    r"^(?:\W*(?:and|but|so|now|also),? )?(?:some|many|most|several|other|the|a few|certain|lots of)? ?(?:people|economists?|critics?"
    r"|philosophers?|scientists?|historians?|researchers?|experts?|doctors?|engineers?|colleagues?|authors?|others"
    r"|skeptics?|sceptics?|proponents?|opponents?|scholars?|they|everyone|everybody|one|someone) (?:\w+ ){0,3}"
    r"(?:say|says|said|argue|argues|argued|claim|claims|claimed|think|thinks|thought|believe|believes|believed|hold|holds"
    r"|held|tell|object|objects|worry|would say|will say|might say|like to say)\b",
    re.I,
)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")


def find(
    sentence: str, *, opening: bool = False, after: str = "", before: str = "", asked: bool = False
) -> Marker | None:
    """How a sentence turns to the other's words, if it does.

    `opening`: it opens the answer, `before` and `after` stand beside it. `asked`: what is answered ends in a question,
    so that a yes or no is no stance.
    """
    if not _MAY.search(sentence):
        return None
    plain = sentence.translate(_APOSTROPHES)
    if "“" in plain or plain.count('"') > 1:  # what others say is blanked, so that places stay
        plain = _QUOTED.sub(lambda match: "·" * len(match[0]), plain)
    question = plain.rstrip(" \"”»)'").endswith("?")
    if match := _SUMS_UP.search(plain):
        return Marker("sums up", *match.span())
    if question:
        match = _TAKES_UP.search(plain)
        return Marker("takes up", *match.span()) if match else None
    if opening and not asked and (match := _OPENS_OBJECTING.search(plain)):
        return Marker("objects", *match.span(), back=True)
    taken_up = bool(before) and _TAKES_UP.search(before.translate(_APOSTROPHES)) is not None
    third = bool(before) and not taken_up and bool(_THIRD.match(before))
    against, agreeing = _unhedged(_DISAGREES, plain), _unhedged(_AGREES, plain)
    if third:  # "Some say … I disagree": not with the other
        return None
    if opening or taken_up:
        against = against or _DISAGREES_WITH_WHAT_IS_BEFORE.search(plain)
        agreeing = agreeing or (None if asked else _AGREES_WITH_WHAT_IS_BEFORE.search(plain))
    if opening and not asked:
        against = against or _OPENS_AGAINST.search(plain)
        agreeing = agreeing or _OPENS_FOR.search(plain)
    if (match := _CORRECTS.search(plain)) and not against and (opening or taken_up):
        return Marker("objects", *match.span(), back=True)
    if against and agreeing:
        if against.start() > agreeing.start():
            return Marker("objects", *against.span())
        return Marker("disagrees", *against.span())
    if against:
        return Marker("disagrees", *against.span(), back=_points_back(plain, against))
    if agreeing:
        return _agreeing(plain, agreeing, after)
    if (match := _CONCEDES.search(plain)) and not _GOES_ALONG.match(plain[match.end() :]):
        return Marker("objects", *match.span())
    if match := _ONLY.search(plain):
        return Marker("objects", *match.span(), back=True)
    if match := _TAKES_UP.search(plain):
        return Marker("takes up", *match.span())
    return None


_WITH = re.compile(
    r"^(?: \w+){0,3}? (?:with|by|about|of) (?:what )?(?:(?P<who>(?-i:[A-Z])[\w-]+)(?:'s)?\b|(?P<them>them|him|her|those"
    r"|people|others|everyone|anyone|critics|the (?:critics|authors?|paper|study|book|report|article|consensus))\b)",
    re.I,
)


def with_somebody_else(sentence: str, marker: Marker, known: frozenset[str] | set[str]) -> bool:
    """Whether a stance is towards a third one: "I disagree with Keynes"; not if they are `known`, folded, as answered."""
    match = _WITH.match(sentence.translate(_APOSTROPHES), marker.end)
    if match is None or marker.relation == "related":
        return False
    return match["who"] is None or fold(match["who"]) not in known


def _unhedged(pattern: re.Pattern[str], plain: str) -> re.Match[str] | None:
    """The first match that is meant: not "if you're right", "I would agree if", "they say I disagree"."""
    for match in pattern.finditer(plain):
        if not _HEDGED.search(plain[: match.start()]) and not _ON_CONDITION.match(plain[match.end() :]):
            return match
    return None


def _agreeing(plain: str, agreeing: re.Match[str], after: str) -> Marker | None:
    granted = _BUT.search(plain, agreeing.end())
    if granted and len(plain[agreeing.end() : granted.start()].split()) >= _GRANTS:
        if _GOES_ALONG.match(plain[granted.end() :]):
            return Marker("takes up", *agreeing.span())
        return Marker("partly", *agreeing.span())
    if opens_objection(after):
        return Marker("partly", *agreeing.span())
    if _BUT_OPENS.match(after):
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
_GRANTS = 2  # words at least of what is granted: "I do acknowledge, however, that …" grants nothing yet
_BACK = re.compile(r"\b(?:that|this|these|those|it|you|here|too)\b", re.I)


def objection_at(sentence: str) -> int:
    """Where in a sentence that grants something the objection begins: after its "but"; 0 where there is none."""
    match = _BUT.search(sentence.translate(_APOSTROPHES))
    return match.end() if match else 0


def opens_objection(sentence: str) -> bool:
    """Whether a sentence sets itself against the one before, and is neither a question nor only goes further."""
    match = _BUT_OPENS.match(sentence)
    return bool(match) and not sentence.rstrip().endswith("?") and not _GOES_ALONG.match(sentence)


def takes_up(sentence: str) -> bool:
    """Whether a sentence tells what the other said: "You mentioned …"."""
    return bool(_TAKES_UP.search(sentence.translate(_APOSTROPHES)))


def concedes(sentence: str, marker: Marker) -> bool:
    """Whether what it grants may as well be its own: "Sure, the gates are old, but …"."""
    return bool(_CONCEDES.match(sentence.translate(_APOSTROPHES)[: marker.end]))


def proposal(sentence: str) -> bool:
    """Whether a sentence turns to something that the other proposes: "Regarding your idea of …"."""
    return bool(_PROPOSED.search(sentence.translate(_APOSTROPHES)))


_OVERALL = re.compile(r"\bwe (?:didn't|did not|don't|do not|still don't) (?:converge|agree)\b\W*$", re.I)


def overall(sentence: str) -> bool:
    """Whether a sentence speaks of the whole talk: "We didn't converge."."""
    return bool(_OVERALL.search(sentence.translate(_APOSTROPHES)))
