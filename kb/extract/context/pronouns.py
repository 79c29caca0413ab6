"""Pronouns whose antecedent is not in their sentence: it, they, he, she."""

from __future__ import annotations

import re

from kb.extract import standing
from kb.extract.context.antecedents import PEOPLE, PERSON, WORD, Kind, Open, antecedents, candidates, plural

_IT = re.compile(r"\b(?P<it>it|its)(?:['’](?:s|d|ll))?\b", re.I)
_THEY = re.compile(r"\b(?:they|them|their|theirs)(?:['’](?:re|d|ll|ve))?\b", re.I)
_HE = re.compile(r"\b(?:he|him|his|she|her|hers)(?:['’](?:s|d|ll))?\b", re.I)
_PRONOUNS = frozenset(["it", "its", "they", "them", "their", "theirs", "he", "him", "his", "she", "her", "hers"])
_SAID = r"said|argued|suspected|believed|expected|proposed|observed|assumed|claimed|thought|hoped|feared|suggested|estimated|reported|agreed|noted|shown|found"
_EMPTY_IT = re.compile(
    rf"\b(?:{standing.EMPTY_IT}"
    r"|it (?:(?:does|did|would|may|might|can|could|will|must|should|has|had)(?: not|n['’]t)? )?(?:\w+ly |often |also |still |sometimes |usually )?"
    r"(?:is|was|be|been|seems?|feels?|makes?|takes?|took|appears?|becomes?|looks?|remains?) (?:not |too |so |very |sometimes |often |usually |\w+ly )?"
    rf"(?:(?:{_SAID}) (?:\w+ ){{0,3}}?(?:that|to be)|(?:hard|easy|difficult|necessary|possible|impossible|painful|likely|unlikely|wrong|right"
    r"|important|sense|time|years|better|best|worse|natural|clear|reasonable|tempting|common|rare|fair|enough|useful|safe|risky|costly"
    r"|regarded as \w+|a (?:\w+ )?(?:question|matter|mystery|pity|mistake|fact)) (?:for (?:[\w’'-]+ ){1,5})?(?:as )?(?:to|that|if|whether|how|why|when|which)\b)"
    r"|it (?:\w+ ){0,2}?(?:rains?|depends on (?:the|a|an|how|what|who|whether|which)|matters (?:that|if|whether|how)|follows)\b)",
    re.I,
)
_FORWARD = re.compile(
    r"^(?:if|when|while|although|though|because|since|as|after|before|unless|until|given|despite|in|on|by|for)\b[^,]*,",
    re.I,
)
_GIVES = re.compile(
    r"\b(?:make|makes|made|making|find|finds|found|consider|considers|think|take|takes|believe) it \w+", re.I
)


def find(words: str, told: frozenset[str]) -> list[Open]:
    """Those of a sentence. "It is hard to say", where "it" stands for what follows, is none."""
    found: list[Open] = []
    if not told & _PRONOUNS:
        return found
    for m in _IT.finditer(words):
        if m["it"].lower() == "it" and (
            _EMPTY_IT.match(words, m.start()) or _GIVES.search(words, max(0, m.start() - 9), m.end() + 12)
        ):
            continue
        if not candidates(words, m.start()) and not forward(words, m.start()):
            found.append(Open(Kind.THING, m.start(), True))
    for m in _THEY.finditer(words):
        if forward(words, m.start()):
            continue
        before = candidates(words, m.start())
        spoken = {w[0].lower() for w in WORD.finditer(words, 0, m.start())}
        if not (
            any(plural(w) for w in before)
            or (spoken & PEOPLE and before)
            or (len(before) >= 2 and any(w[0].isupper() for w in before[1:]))
        ):
            found.append(Open(Kind.THINGS, m.start(), not before))
    for m in _HE.finditer(words):
        before = candidates(words, m.start())
        if not forward(words, m.start()) and not any(w[0].isupper() or w.lower() in PERSON for w in before):
            found.append(Open(Kind.PERSON, m.start(), not before))
    return found


def forward(words: str, at: int) -> bool:
    """Whether it stands in a clause before the one that names it: "When they are asked, people …"."""
    match = _FORWARD.match(words)
    return match is not None and at < match.end() and bool(antecedents(words[match.end() :], 40))
