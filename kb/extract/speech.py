"""Whose words they are: long quotations within a paragraph, and reported speech."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.extract import cues
from kb.extract.persons import may_be_person

# From 50 characters on a quotation says something of its own; shorter ones name or mention.
_CURLY = re.compile(r"“[^“”]{50,}(?:”|$)")
_STRAIGHT = re.compile(r'"[^"\n]{50,}"')
_NAME = r"(?P<who>[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]*|de|van|von)){0,2})"
_AFTER = re.compile(rf"^[\s”\"\].,)]*[\[(]?\s*(?:Source:? |—|–|-|from|by|says|said|writes|argues|, )\s*{_NAME}")
_BEFORE = re.compile(
    rf"{_NAME}(?:['’]s)?[^.!?]{{0,60}}\b(?:says?|said|writes?|wrote|argues?|explain(?:s|ed)|notes?|states?|stat(?:ing|ed)|puts it|here|point(?:s|ed)? out|defin(?:es|ed)|suggests?)\b[^.!?]{{0,40}}[:,]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A long quotation in a paragraph and who is said to have said it, where the paragraph names them."""

    start: int
    end: int
    speaker: str | None


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The long quotations of `text[start:end]`, in order."""
    part = text[start:end]
    found: list[re.Match[str]] = []
    if "“" in part:
        found += _CURLY.finditer(part)
    if part.count('"') >= 2 and part.count('"') % 2 == 0:
        found += _STRAIGHT.finditer(part)
    return [Quotation(start + m.start(), start + m.end(), _speaker(part, m.start(), m.end())) for m in found]


def within(quoted: list[Quotation], start: int, end: int) -> Quotation | None:
    """The quotation that holds most of the span, if one does."""
    for quotation in quoted:
        shared = min(end, quotation.end) - max(start, quotation.start)
        if shared > 0.8 * (end - start):
            return quotation
    return None


def reported(text: str, sentence: str) -> str | None:
    """Who is said to say it: "Neel argues that …" is Neel's."""
    match = cues.REPORTED.match(sentence)
    if not match or not may_be_person(match["who"]):
        return None
    who = match["who"]
    if len(who.split()) == 1 and re.search(rf"\b{re.escape(who.lower())}\b", text):
        return None  # a common word that only begins the sentence
    return who


def _speaker(part: str, start: int, end: int) -> str | None:
    after = _AFTER.match(part[end : end + 80])
    before = _BEFORE.search(part[max(0, start - 140) : start])
    for match in (after, before):
        if match and may_be_person(match["who"]):
            return match["who"]
    return None
