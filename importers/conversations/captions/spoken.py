"""From cues to a talk: who speaks, sentences put together over cues, paragraphs by speaker, pause and size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from importers.conversations.captions.cues import Cue
from importers.conversations.talk import Message
from importers.texts.turns import is_label, opener, speakers
from kb.model import moments
from kb.text.strings import squash

_MARKED = re.compile(r"(?P<sign>>{2,3}|-{1,2}|[–—])[ \t]*(?:(?P<who>[^\W\d_a-z][\w.'’ -]{0,38}?):[ \t]+)?(?=\S)")
_SPOKEN = re.compile(r"(?P<who>\[[^\W\d][\w.'’ -]{1,38}\]):[ \t]+(?=\S)")
_SOUND = re.compile(r"(?:[\[(（【][^\])）】]{1,60}[\])）】][\s.,:♪-]*)+|[♪♫🎵#].*[♪♫🎵]|[♪♫🎵]+")
_ENDS = re.compile(r"[.?!…。？！][\"'”’)\]]*$")
_PAUSE_S, _LONG_PAUSE_S = 2.5, 6.0
_FULL, _OVERFULL = 70, 140  # words of a paragraph: a sentence that ends may end it; any cue does
UNKNOWN = "Unknown speaker"


@dataclass(slots=True)
class _Paragraph:
    who: str
    start: float
    end: float
    begins: bool = False  # somebody who is not named begins
    words: list[str] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said, and how many sounds ("[Music]") are left out of it."""

    messages: tuple[Message, ...]
    sounds: int


@dataclass(frozen=True, slots=True)
class _Utterance:
    start: float
    end: float
    who: str  # "" where nobody is named
    words: str
    begins: bool  # somebody else begins, whoever it is


def talk(found: Sequence[Cue], url: str | None = None) -> Spoken:
    """The turns and paragraphs of a recording; `url` is where it is seen or heard."""
    names = speakers(line for cue in found for line in cue.lines)
    said, sounds = [], 0
    for cue in found:
        for one in _utterances(cue, names):
            if _SOUND.fullmatch(one.words.strip()):
                sounds += 1
            else:
                said.append(one)
    named = any(one.who for one in said)
    paragraphs = list(_paragraphs(said, named))
    return Spoken(tuple(_messages(paragraphs, url)), sounds)


def _utterances(cue: Cue, names: frozenset[str]) -> Iterator[_Utterance]:
    """A cue, parted where somebody else begins."""
    who, begins = cue.who, False
    held: list[str] = []
    several = sum(_MARKED.match(line) is not None for line in cue.lines) > 1
    for line in cue.lines:
        named, rest, new = _opened(line, names, dashes=several)
        if new and held:
            yield _Utterance(cue.start, cue.end, who, " ".join(held), begins)
            held = []
        if new:
            who, begins = named or cue.who, True
        held.append(rest)
    if held:
        yield _Utterance(cue.start, cue.end, who, " ".join(held), begins)


def _opened(line: str, names: frozenset[str], *, dashes: bool) -> tuple[str, str, bool]:
    """Who begins with a line ("" for somebody), the words, and whether anybody does."""
    if (found := _MARKED.match(line)) and (found["sign"][0] == ">" or found["who"] or dashes):
        who = squash(found["who"] or "")
        if not who or not is_label(who):
            rest = line[found.end() :]
            inner = opener(rest) if not who else None
            if inner and inner.name in names:
                return inner.name, rest[inner.end :], True
            return _cased(who), rest, True
    if found := _SPOKEN.match(line):
        return squash(found["who"].strip("[]")), line[found.end() :], True
    if (begun := opener(line)) and begun.name in names:
        return _cased(begun.name), line[begun.end :], True
    return "", line, False


def _cased(who: str) -> str:
    """A name in capitals, as captions print them, as names are written."""
    return who.title() if len(who) > 3 and who.isupper() else who


def _paragraphs(said: Sequence[_Utterance], named: bool) -> Iterator[_Paragraph]:
    held: _Paragraph | None = None
    for one in said:
        who = one.who or (UNKNOWN if named and one.begins else "")
        if held is not None and not who and not one.begins:
            who = held.who
        if held is not None and (who != held.who or (one.begins and not one.who) or _full(held, one.start)):
            yield held
            held = None
        if held is None:
            begins = one.begins and not one.who
            held = _Paragraph(who or (UNKNOWN if named else ""), one.start, one.end, begins)
        held.words.append(one.words)
        held.count += len(one.words.split()) if " " in one.words else len(one.words) // 3
        held.end = one.end
    if held is not None:
        yield held


def _full(held: _Paragraph, start: float) -> bool:
    pause = start - held.end
    ended = _ENDS.search(held.words[-1]) is not None
    return (
        held.count >= _OVERFULL
        or pause >= _LONG_PAUSE_S
        or (ended and (held.count >= _FULL or pause >= _PAUSE_S) and held.count > 3)
        or (pause >= _PAUSE_S and held.count >= _FULL // 2)
    )


def _messages(paragraphs: Sequence[_Paragraph], url: str | None) -> Iterator[Message]:
    """A message a turn: its first time stands in the head, those of further paragraphs before them."""
    held: list[str] = []
    who, first = "", 0.0
    for number, one in enumerate(paragraphs):
        words = squash(" ".join(one.words))
        if one.who and number and one.who == who and not one.begins:
            held.append(f"{_time(one.start, url)} {words}")
            continue
        if held:
            yield Message(who, "\n\n".join(held), moments.clock(first), moments.address(url, first))
        who, first = one.who, one.start
        held = [_plain(words)] if who else [f"{_time(one.start, url)} {words}"]
    if held:
        yield Message(who, "\n\n".join(held), moments.clock(first), moments.address(url, first))


def _time(start: float, url: str | None) -> str:
    link = moments.address(url, start)
    return f"[{moments.clock(start)}]" + (f"({link})" if link else "")


def _plain(words: str) -> str:
    """The words of a paragraph whose first sign is none of Markdown."""
    return "\\" + words if words[:1] in "#>-+*=|" else re.sub(r"^(\d{1,9})([.)])(?=\s)", r"\1\\\2", words)
