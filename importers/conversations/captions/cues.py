"""SubRip and WebVTT: the cues of a file with their times, each word once where lines roll up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise

from kb.text.strings import squash

_TIME = r"(?:(?P<h{0}>\d{{1,3}}):)?(?P<m{0}>\d{{1,2}}):(?P<s{0}>\d{{1,2}})(?:[.,](?P<f{0}>\d{{1,3}}))?"
TIMING = re.compile(rf"\s*{_TIME.format(1)}\s*--+>\s*{_TIME.format(2)}(?P<settings>[ \t].*)?\s*$")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,200})?[ \t]+(?P<who>[^<>\n]{0,200})>")
_TAG = re.compile(r"</?(?:[a-z]\w{0,10}(?:[.\s][^<>]{0,200})?|\d[\d:.]*)>|\{\\[^{}\n]{1,60}\}", re.I)
_ROLLED = 0.3  # of the cues that follow at once: so many begin with how the one before ends
_AT_ONCE_S = 0.6


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from `start` to `end`, in seconds. `who` is the voice that the file names."""

    start: float
    end: float
    lines: tuple[str, ...]
    who: str = ""


def cues(text: str) -> list[Cue]:
    """The cues of a file in its order, each word once; notes, styles, regions and settings are no words."""
    found = list(_cues(text))
    return _unrolled(found) if _rolls(found) else found


def _cues(text: str) -> Iterator[Cue]:
    lines = text.split("\n")
    at, count = 0, len(lines)
    webvtt = lines[0].lstrip("\ufeff").startswith("WEBVTT")
    while at < count:
        timing = TIMING.match(lines[at])
        if timing is None:
            if webvtt and _BLOCK.match(lines[at]):
                while at < count and lines[at].strip():
                    at += 1
            at += 1
            continue
        at += 1
        held: list[str] = []
        while at < count and not TIMING.match(lines[at]) and not _ends(lines, at, webvtt):
            held.append(lines[at])
            at += 1
        start, end = _seconds(timing, 1), _seconds(timing, 2)
        for who, words in _voices("\n".join(held)):
            said = tuple(filter(None, (squash(unescape(_TAG.sub("", line))) for line in words.split("\n"))))
            if said:
                yield Cue(start, max(start, end), said, who)


def _ends(lines: Sequence[str], at: int, webvtt: bool) -> bool:
    """Whether a cue ends before this line: at a blank one, or at the number or name of the next."""
    line, after = lines[at].strip(), lines[at + 1] if at + 1 < len(lines) else ""
    if line.isdigit() and TIMING.match(after):
        return True
    if line or (webvtt and lines[at]):  # a blank in a line keeps a cue of WebVTT open
        return False
    if webvtt or not after.strip() or TIMING.match(after):
        return True
    return TIMING.match(lines[at + 2] if at + 2 < len(lines) else "") is not None or at + 2 >= len(lines)


def _seconds(found: re.Match[str], which: int) -> float:
    hours, minutes, whole, part = (found[f"{name}{which}"] for name in "hmsf")
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + (int(part.ljust(3, "0")) / 1000 if part else 0.0)


def _voices(words: str) -> Iterator[tuple[str, str]]:
    """Who says which part of a cue."""
    at, who = 0, ""
    for found in _VOICE.finditer(words):
        if words[at : found.start()].strip():
            yield who, words[at : found.start()]
        at, who = found.end(), squash(unescape(found["who"]))
    yield who, words[at:]


def _rolls(found: Sequence[Cue]) -> bool:
    """Whether lines stand there again while the next is added below them, as captions made by a machine have them."""
    near = [(one, other) for one, other in pairwise(found) if other.start <= one.end + _AT_ONCE_S]
    again = sum(bool(_overlap(one.lines, other.lines)) for one, other in near)
    return again >= 3 and again >= _ROLLED * len(near)


def _overlap(before: Sequence[str], lines: Sequence[str]) -> int:
    """How many of the first lines are the last ones of the cue before."""
    most = min(len(before), len(lines))
    return next((count for count in range(most, 0, -1) if tuple(before[-count:]) == tuple(lines[:count])), 0)


def _unrolled(found: Sequence[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    before: tuple[str, ...] = ()
    ended = -1.0
    for cue in found:
        lines = cue.lines
        if cue.start <= ended + _AT_ONCE_S:
            lines = lines[_overlap(before, lines) :]
            if lines and before and lines[0].startswith(before[-1] + " "):  # a line that grows
                lines = (lines[0][len(before[-1]) + 1 :], *lines[1:])
        if lines:
            kept.append(replace(cue, lines=lines))
        before, ended = cue.lines, cue.end
    return kept
