"""Headings that run into their paragraph: "Safety washing. Labs …", "**Cost.** Trams …", "Lack of feedback: nobody …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.extract.model import Span

_MARKED = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3})(?P<lead>[^*_\n]{2,160}?)(?P<inner>[.:!—–-]?)(?P=mark)(?P<outer>\s?[.:—–]|\s-)?(?=\s)"
)
_LABEL = re.compile(r"(?P<lead>[A-Z][^.:!?;,\n“”\"()\[\]*]{3,60}?)(?P<outer>:| [—–]| -)\s+(?=[\"“(\[*_]*[A-Z0-9])")
_SHORT = re.compile(r"(?P<lead>[A-Z][^.:!?;,\n“”\"()\[\]*\d]{3,45})\.\s+(?=[\"“(\[*_]*[A-Z])")
_MOST = 6  # words of a lead without marks of emphasis
_NO_LEAD = re.compile(
    r"(?:notes?|edit(?:ed)?|update|example|examples?|e\.?g|tl;?dr|q|a|question|answer|source|sources|via|caveat|warning|tip"
    r"|definition|def|step|figure|fig|table|chapter|section|part|date|author|authors|title|tags?|status|epistemic status|image"
    r"|objections?|repl(?:y|ies)|responses?|rebuttals?|counter-?(?:arguments?|claims?)|criticisms?|claims?|pros?|cons?|for|against"
    r"|theorem|lemma|proof|corollary|proposition|remark|exercise|solution|hint|input|output|result|results|summary|conclusion"
    r"|see also|related|references?|further reading|credits?|thanks|disclaimer|spoiler|important|background|context|premise"
    r"|yes|no|okay|ok|sure|right|well|cool|thanks|good point|fair enough|not really|not at all|not quite|of course|why not"
    r"|let me explain|so what|hum+|me too|same here|not the most direct way|to sum up|in short|in sum|in conclusion"
    r"|for example|for instance|in particular|in other words|that is|i\.?e)\b(?:\W|\d)*$",
    re.I,
)
_TALKS = re.compile(
    r"^(?:from|in|for|by|with|via|as|to|on|at|of|and|or|but|if|when|because|after|before|image|photo|see|than|like)\b|\b(?:I|you|we|me|us|my|your|this|that|these|those|it|here|there|now|then|not|too|so|very|really)\b",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|am|can|cannot|could|may|might|must|should|shall|will|would|do|does|did|has|have|had|\w+n['’]t"
    r"|seems?|makes|means|needs|helps|works|shows|fails|gives|takes|leads|causes|beats|matters|depends|says|told|said|went|got"
    r"|\w{3,}ed (?:a|an|the|to|by|in|on|that|us|him|her|them))\b|\w['’](?:m|re|ve|ll)\b",
    re.I,
)
_NUMBERED = re.compile(
    r"(?:step|figure|fig|table|chapter|section|part|theorem|lemma|example|theory|day|week|question|objection)\b[^.:]*\d",
    re.I,
)

_NOUN = re.compile(
    r"(?:\w{3,}(?:tions?|sions?|ity|ities|ness|ments?|ings?|ances?|ences?|hood|ship|isms?)|costs?|risks?|time|speed|prices?|trust|noise)$",
    re.I,
)
"""Endings of nouns for what is argued about; names of persons hardly have them."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A run-in heading: where its words stand, and where what it heads begins. `marked`: by bold or italic type."""

    start: int
    end: int
    rest: int
    marked: bool

    @property
    def span(self) -> Span:
        return self.start, self.end


def at(text: str, start: int, end: int) -> Lead | None:
    """The run-in heading with which `text[start:end]` begins, if it begins with one."""
    if match := _MARKED.match(text, start, end):
        if not (match["inner"] or match["outer"]) or not match["lead"][:1].isupper() or _no_lead(match["lead"]):
            return None
        return Lead(match.start("lead"), match.end("lead"), match.end(), True)
    for pattern in (_LABEL, _SHORT):
        if (match := pattern.match(text, start, end)) and plain(match["lead"]):
            return Lead(match.start("lead"), match.end("lead"), match.end(), False)
    return None


def plain(words: str) -> bool:
    """Whether a few words without emphasis may head a paragraph: a noun phrase, in the case of a sentence."""
    every = words.split()
    if len(every) > _MOST or _no_lead(words) or _TALKS.search(words) or _FINITE.search(words):
        return False
    if len(every) == 1:
        return bool(_NOUN.search(words))
    return not (len(every) <= 3 and all(word[0].isupper() for word in every) and words.isascii() and _named(every))


def _named(every: list[str]) -> bool:
    """Whether capitals may make it a name: "Dual Use" is told from "Jane Doe" by an ending, at best."""
    return not _NOUN.search(every[-1])


def _no_lead(words: str) -> bool:
    return bool(_NO_LEAD.match(words) or _NUMBERED.match(words))
