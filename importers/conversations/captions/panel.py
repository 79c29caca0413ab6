"""A transcript copied from a page: times on lines of their own, as on YouTube, or beside names, as of Otter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from importers.base import Importer, Input
from importers.conversations.captions import recording, spoken
from importers.conversations.captions.cues import Cue
from importers.conversations.talk import structure
from importers.texts.turns import is_label
from kb.model import moments
from kb.model.document import Document
from kb.model.moments import CLOCK
from kb.text.strings import squash

_NAME = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}"
_ALONE = re.compile(rf"\s*[\[(]?(?P<time>{CLOCK})[\])]?\s*")
_NAMED = re.compile(rf"\s*(?:\[(?P<in>{_NAME})\]|(?P<who>{_NAME}))[ \t]+(?:·[ \t]*)?[\[(]?(?P<time>{CLOCK})[\])]?\s*")
_BESIDE = re.compile(rf"\s*[\[(]?(?P<time>{CLOCK})[\])]?[ \t]+(?P<words>\S.*)")
_SPELLED = re.compile(
    r"(?:\d{1,2} hours?,? ?)?(?:\d{1,2} minutes?,? ?)?\d{1,2} seconds?(?=\D|$)|\d{1,2} minutes?(?=\s*$)"
)
_LEAST = 4
_LOOK = 400  # lines that tell
_SPOKEN_S = 5  # and a second for ten letters, so long what stands below a time is taken to last
_STEP_S = 45  # between times of running speech; those of a list of chapters lie further apart


def sniff(source: Input) -> float:
    """Sure by many lines that are only a time, or a name with one, in order, with words between them."""
    if source.text.count(":") < _LEAST:
        return 0.0
    lines = [line for line in source.text[:60_000].split("\n") if line.strip()][:_LOOK]
    for form, least in ((_ALONE, 0.3), (_NAMED, 0.15)):
        times = [at for line in lines if (found := form.fullmatch(line)) and (at := _seconds(found)) is not None]
        first = next((n for n, line in enumerate(lines) if form.fullmatch(line)), 0)
        if len(times) >= _LEAST and len(times) >= least * len(lines) and _in_order(times) and first <= 8:
            if form is _ALONE and len(times) > 0.7 * len(lines):
                continue  # times and nothing said
            return 0.93
    times = [at for line in lines if (found := _BESIDE.fullmatch(line)) and (at := _seconds(found)) is not None]
    close = len(times) > _LEAST and (times[-1] - times[0]) / (len(times) - 1) <= _STEP_S
    return 0.91 if close and len(times) >= 0.8 * len(lines) and _in_order(times) else 0.0


def read(source: Input) -> list[Document]:
    """The talk. What stands before the first time is no part of it."""
    of = recording.of_file(source)
    return recording.transcript(source, IMPORTER.name, spoken.talk(list(_cues(source.text)), of.url), of)


def _in_order(times: Sequence[int]) -> bool:
    return sum(after >= before for before, after in pairwise(times)) >= 0.9 * (len(times) - 1)


def _seconds(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    if any(is_label(name) for name in (groups.get("in"), groups.get("who")) if name):
        return None
    return moments.seconds(groups["time"])


def _cues(text: str) -> Iterator[Cue]:
    start: int | None = None
    who = ""
    held: list[str] = []
    beside = sum(_BESIDE.fullmatch(line) is not None for line in text.split("\n"))
    inline = beside >= 0.5 * sum(bool(line.strip()) for line in text.split("\n"))
    for line in [*text.split("\n"), f"{999}:59:59"]:
        found = _ALONE.fullmatch(line) or _NAMED.fullmatch(line) or (_BESIDE.fullmatch(line) if inline else None)
        at = _seconds(found) if found else None
        if found is None or at is None:
            words = squash(_SPELLED.sub("", line, count=1) if _SPELLED.match(line.strip()) else line)
            if words and start is not None:
                held.append(words)
            continue
        if start is not None and held:
            yield Cue(start, max(start, min(at, start + _SPOKEN_S + len(" ".join(held)) / 10)), tuple(held), who)
        groups = found.groupdict()
        start, who = at, squash(groups.get("in") or groups.get("who") or "")
        held = [words] if (words := squash(groups.get("words") or "")) else []


IMPORTER = Importer(
    name="transcriptpanel",
    version="1",
    what="a transcript copied from a page, with times on lines of their own (YouTube's panel, Otter)",
    recognised_by="many lines that are only a time (`12:34`), or a name with one, in order",
    gives="one",
    keeps="what was said with its time",
    loses="sounds in brackets",
    sniff=sniff,
    read=read,
    structure=structure,
    sample="0:00\nthe mill should be mended\n0:04\nfor it grinds\n0:07\nits stone is cracked\n0:11\nit can be turned\n",
    precedence=57,
    prose=True,
)
