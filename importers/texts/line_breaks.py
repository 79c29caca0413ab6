"""Where the lost line breaks of a flattened text were.

Copying a page as one line joins titles, list items and paragraphs without a mark. What is left to go by: the
author's own list of titles near the start, whose entries recur as headings; phrases written twice in a row (a
title and the link that repeats it); and a capital in the middle of a sentence where no name stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kb.text import sentences
from kb.text.strings import fold

_WORD = re.compile(r"\S+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_OPENERS = _words(
    """
    the this these those here there in if it it's we you they he she not same mostly critique critiqued
    however but and so for from to as when while what why how is are do does can let let's now then
    also another some most many more yes no maybe even of on by after before with without overall
    finally first second third a an i i'm i've i'd one our my its their your such all any both each
    only just once since although though unless because during at seems see note thanks thus therefore
    moreover furthermore indeed instead rather perhaps
    """
)
# After one of these a capital belongs to a name or title that the sentence goes on to mention.
_GOES_ON = _words(
    """
    a an the of in on at by for from to with and or but as is are was were be see via like called named
    article paper post book section about into than that this these those his her its their our my your
    titled not between against toward towards over under who which what when where if how why because
    he she it they we i and/or e.g. i.e. eg ie vs
    """
)
_STANDARD = re.compile(
    r"(?:Appendix|Introduction|Background|Conclusions?|Discussion|Limitations|Related [Ww]orks?|References"
    r"|Summary"
    r"|Acknowledge?ments|Abstract|Methods?|Results|Future [Ww]ork|Footnotes|Motivation|Overview|TL;DR)"
)
_SECTION_OPENING = re.compile(r"(?:This|In this) section\b|Here (?:is|are)\b")
_OUTLINE_CUE = re.compile(
    r"(?:list of (?:the )?(?:claims|sections|topics|points|arguments)|table of contents|contents|outline|"
    r"this post (?:covers|is structured)|in this post,? i (?:will|argue))"
    r"[^:.?!]{0,60}:(?:\s*\([^)]{0,120}\))?\s+",
    re.I,
)


_CUES = 20  # places that may begin a list of titles; each costs a look through the text for every title
_PLACES = 200  # at which a title is looked for


@dataclass(frozen=True, slots=True)
class Outline:
    """The author's list of section titles: where it stands, and its entries."""

    start: int
    end: int
    entries: tuple[tuple[int, int], ...]
    headings: tuple[tuple[int, int], ...]  # where each entry recurs as a heading, in order
    again: tuple[tuple[int, int], ...] = ()  # where a title heads a second section, an appendix


def outline(text: str) -> Outline | None:
    """The list of titles near the start whose entries come again, in the same order, further on."""
    for cue in islice(_OUTLINE_CUE.finditer(text, 0, len(text) // 3), _CUES):
        found = _tile(text, cue.end())
        if found and len(found.entries) >= 3:
            return found
    return None


def _tile(text: str, start: int) -> Outline | None:
    acronyms = {m[1] for m in re.finditer(r"\(([A-Z][A-Za-z]{1,4}[A-Z])\)", text)}
    tokens = [(m.start(), m.end()) for m in _WORD.finditer(text, start, min(len(text), start + 6000))]
    later = _Later(text, acronyms)
    entries: list[tuple[int, int]] = []
    headings: list[tuple[int, int]] = []
    at, after = 0, 0
    while at < len(tokens):
        entry = heading = None
        for length in range(min(24, len(tokens) - at), 0, -1):
            span = (tokens[at][0], tokens[at + length - 1][1])
            spot = later.find(text[slice(*span)], max(after, span[1] + 1))
            if spot:
                entry, heading, step = span, spot, length
                break
        if entry is None or heading is None:
            break
        entries.append(entry)
        headings.append(heading)
        after = heading[1]
        at += step
    if not entries:
        return None
    # A heading inside the list itself is the list: everything must recur behind its end.
    end = entries[-1][1]
    kept = [(e, h) for e, h in zip(entries, headings, strict=True) if h[0] >= end]
    again = []
    for (a, b), heading in kept:
        if b - a > 25 and (spot := later.find(text[a:b], heading[1] + 200)):
            again.append(spot)
    return Outline(start, end, tuple(e for e, _ in kept), tuple(h for _, h in kept), tuple(again))


class _Later:
    """Finds where a title recurs as a heading: after a sentence's end, not in quotation marks."""

    def __init__(self, text: str, acronyms: set[str]) -> None:
        self.text = text
        self.acronyms = acronyms

    def find(self, phrase: str, after: int) -> tuple[int, int] | None:
        words = phrase.split()
        if not phrase[0].isupper() or (len(words) == 1 and not _STANDARD.fullmatch(phrase.rstrip("?:"))):
            return None
        for match in islice(re.finditer(self._pattern(words), self.text[after:], re.I), _PLACES):
            start, end = after + match.start(), after + match.end()
            while end < len(self.text) and self.text[end] in "?!":
                end += 1
            if self.text[start].isupper() and self._stands_alone(start, end):
                return start, end
        return None

    def _pattern(self, words: list[str]) -> str:
        parts, i = [], 0
        while i < len(words):
            short = next((a for a in self.acronyms if "".join(w[0] for w in words[i : i + len(a)]) == a), None)
            if short:
                spelled = r"\s+".join(re.escape(w) for w in words[i : i + len(short)])
                parts.append(f"(?:{spelled}|{re.escape(short)}s?)")
                i += len(short)
            else:
                parts.append(re.escape(words[i]))
                i += 1
        return r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"

    def _stands_alone(self, start: int, end: int) -> bool:
        before = self.text[max(0, start - 40) : start].rstrip()
        following = self.text[end : end + 40].lstrip()
        if not following or not (following[0].isupper() or following[0] in '"“([0123456789$') or following[:2] == "” ":
            return False
        if before[-1:] in '"“‘(,;' or following[:1] in ")]":
            return False
        if before[-1:] in '.?!:)]”’"…':
            return True
        last = before.split()[-1:] or [""]
        return last[0].lower() not in _GOES_ON and not re.search(r"section\s*$", before)


def breaks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a flattened span, also where only a capital shows that one ended."""
    found: list[tuple[int, int]] = []
    for a, b in sentences.split(text, start, end):
        at = a
        for cut in _lost(text, a, b):
            found.append((at, _trim(text, at, cut)))
            at = cut
        found.append((at, b))
    return [(a, b) for a, b in found if a < b]


def _lost(text: str, start: int, end: int) -> Iterator[int]:
    tokens = list(_WORD.finditer(text, start, end))
    opened, seen = 0, start
    for before, token, following in zip(tokens, tokens[1:], tokens[2:], strict=False):
        word, last = token[0], before[0]
        opened += text.count("[", seen, token.start()) - text.count("]", seen, token.start())
        seen = token.start()
        if opened > 0:
            continue
        if not word[0].isupper() or not re.search(r"[a-z0-9)\]”’%]$", last) or last.lower() in _GOES_ON:
            continue
        if fold(word.rstrip(",:")) in _OPENERS and word not in {"I", "A"}:
            if following[0][0].islower() or following[0] in {"I", "AI"} or word[-1] == ",":
                yield token.start()
        elif word == "I" and len(tokens) > 3 and _title_case(text[start : before.end()]):
            yield token.start()


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _title_case(phrase: str) -> bool:
    words = [w for w in phrase.split() if w.lower() not in _GOES_ON]
    return 2 <= len(words) <= 9 and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


_DOUBLED = re.compile(r"(?<!\w)(?P<t>[A-Z][\w’'-]+(?: et al\. \(\d{4}\)| [^:.?!]{4,60}?)) (?P=t) ?:")
_QUOTED_AGAIN = re.compile(r"(?<!\w)(?P<t>[A-Z][\w’']+ [^.?!:“”\"]{8,60}?) [A-Z][^.?!“”\"]{0,80}[“\"] ?(?P=t) ?[”\"]")
_SUBJECT = re.compile(r"(?:I|This|Here|There|In|The|It|We|My)\b")


def loose_headings(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Headings that no outline names: standard, doubled, or titles that run into a section's opening."""
    for pattern in (_DOUBLED, _QUOTED_AGAIN):
        for match in pattern.finditer(text):
            if _title_case(match["t"]) or " et al." in match["t"]:
                yield match.span("t")
    for (start, end), (a, b) in zip(spans, [*spans[1:], (0, 0)], strict=True):
        at = start
        while (standard := _STANDARD.match(text, at, end)) and _opens_new(text[standard.end() : end]):
            yield standard.span()
            at = standard.end() + 1
        phrase = text[at:end]
        if re.match(r"How to [^.?!]{3,60}\?$", phrase):
            yield at, end
        elif phrase and phrase[-1] not in ".?!…:;" and len(phrase.split()) <= 12 and phrase[0].isupper():
            names = _title_case(phrase) and phrase.split()[0].lower() not in _GOES_ON and _SUBJECT.match(text, a, b)
            if names or _SECTION_OPENING.match(text, a, b):
                yield at, end


def _opens_new(rest: str) -> bool:
    return not rest or bool(re.match(r"\s+[A-Z“\"]", rest))
