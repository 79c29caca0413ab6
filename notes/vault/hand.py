"""What a person's hand in the lines that kb wrote means: a link taken, refused or written, a speaker put right.

The lines of a note as it was written are compared with those that stand there now. Removing "(suggested …)" accepts,
deleting a line rejects, `relation:: [[Note]]` is a new link; any other line is words of the person's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import cast

from kb.model import ids
from kb.model.words import RELATIONS, STATEMENT_KINDS, Relation
from notes.vault.link_lines import PASSIVE

Known = Callable[[str], str | None]
"""The id of the source or statement that the name in a wikilink means."""

_WIKI = r"\[\[(?P<{0}>[^\[\]|]+)(?:\\?\|[^\[\]]*)?\]\]"
_RELATIONS = "|".join(RELATIONS)
_ITEM = r"[ \t]*(?:[-*+][ \t]+)?"
_DOUBT = r"(?P<doubt>[ \t]*\(suggested\b[^()]*\))?[ \t]*"
_OUT = re.compile(
    rf"{_ITEM}(?P<relation>{_RELATIONS})::[ \t]*{_WIKI.format('to')}"
    rf"(?:[ \t]+(?P<step>{_RELATIONS})[ \t]+{_WIKI.format('end')})?{_DOUBT}"
)
_IN = re.compile(rf"{_ITEM}←[ \t]*(?P<passive>{'|'.join(PASSIVE.values())})[ \t]+{_WIKI.format('from')}{_DOUBT}")
_STATED = re.compile(
    rf"{_ITEM}(?:{'|'.join(kind.replace('_', ' ') for kind in STATEMENT_KINDS)}):[ \t]*{_WIKI.format('to')}[ \t]*"
)
_SAID_BY = re.compile(rf">[ \t]*—[ \t]*(?:(?P<speaker>[^\[\]]*?),[ \t]*)?{_WIKI.format('source')}[ \t]*")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_LISTED = re.compile(rf"{_ITEM}{_WIKI.format('to')}[ \t]*")  # an answer, a backlink
_ACTIVE = {words: relation for relation, words in PASSIVE.items()}


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that a person wrote as a line."""

    from_id: str
    relation: Relation
    to_id: str


@dataclass(frozen=True, slots=True)
class LineEdits:
    """What was done to the lines: links accepted, links and statements rejected (by id), links written, words left."""

    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    written: tuple[NewLink, ...] = ()
    speaker: str | None = None  # "" where the name was taken out
    stray: str = ""


NOTHING = LineEdits()


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a line says: a link or a statement by its id, and whether it is only suggested."""

    name: str
    suggested: bool = False
    link: NewLink | None = None


def line_edits(before: Sequence[str], after: Sequence[str], subject: str, was: Known, known: Known) -> LineEdits:
    """What happened between `before` and `after` in the note about `subject`.

    `was` knows the names by which notes went when `before` was written, `known` those by which they go now.
    """
    if list(before) == list(after):
        return NOTHING
    removed, added = _difference(before, after)
    old = {meant.name: meant for line in before if (meant := _meaning(line, subject, was))}
    new = {meant.name: meant for line in after if (meant := _meaning(line, subject, known))}
    grown = _grown(removed, added)
    let_be = _sections_gone(before, after) | set(grown.values())
    rejected = [
        meant.name
        for line in removed
        if line not in let_be and (meant := _meaning(line, subject, was)) and meant.name not in new
    ]
    accepted = [name for name, meant in new.items() if name in old and old[name].suggested and not meant.suggested]
    written = [meant.link for name, meant in new.items() if name not in old and meant.link and not meant.suggested]
    return LineEdits(
        tuple(accepted),
        tuple(dict.fromkeys(rejected)),
        tuple(written),
        _speaker(removed, added),
        _words(before, after, subject, known, grown),
    )


def _difference(before: Iterable[str], after: Iterable[str]) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came; one that was only moved did neither."""
    gone, new = Counter(before), Counter(after)
    return list((gone - new).elements()), list((new - gone).elements())


def _grown(removed: Iterable[str], added: Iterable[str]) -> dict[str, str]:
    """Lines to which words were added, with what they were: the words are the person's, and the line stands."""
    return {
        line: was for line in added for was in removed if was.strip() and line.startswith(was.rstrip()) and line != was
    }


def _meaning(line: str, subject: str, known: Known) -> _Meant | None:
    if found := _OUT.fullmatch(line):
        to = known(found["to"])
        if found["step"]:
            end = known(found["end"])
            to = _link_id(to, found["step"], end) if to and end else None
        return _link(subject, found["relation"], to, found["doubt"])
    if found := _IN.fullmatch(line):
        start = known(found["from"])
        return _link(start, _ACTIVE[found["passive"]], subject, found["doubt"])
    if (found := _STATED.fullmatch(line)) and (to := known(found["to"])) and to.startswith(ids.STATEMENT):
        return _Meant(to)
    return None


def _link(start: str | None, relation: str, end: str | None, doubt: str | None) -> _Meant | None:
    if start is None or end is None or start == end:
        return None
    return _Meant(_link_id(start, relation, end), bool(doubt), NewLink(start, cast(Relation, relation), end))


def _link_id(start: str, relation: str, end: str) -> str:
    return ids.make(ids.LINK, start, relation, end)


def _sections_gone(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Lines of sections that went with their heading, more than one at once: that is tidying, and judges nothing."""
    there = set(after)
    found: set[str] = set()
    section: list[str] = []
    for line in [*before, "# end"]:
        if _HEADING.match(line):
            lines = [one for one in section[1:] if one.strip()]
            if section and section[0] not in there and len(lines) > 1 and not there.intersection(lines):
                found.update(lines)
            section = [line]
        elif section:
            section.append(line)
    return found


def _speaker(removed: Iterable[str], added: Iterable[str]) -> str | None:
    """The one name that was put in the place of another below a quote."""
    before = [found for line in removed if (found := _SAID_BY.fullmatch(line))]
    after = [found for line in added if (found := _SAID_BY.fullmatch(line))]
    names = {found["speaker"] or "" for found in after}
    same = sorted(found["source"] for found in before) == sorted(found["source"] for found in after)
    return names.pop() if same and len(names) == 1 else None


def _words(before: Sequence[str], after: Sequence[str], subject: str, known: Known, grown: Mapping[str, str]) -> str:
    """Lines of the person's own, with the blank lines between them."""
    _, added = _difference(before, after)
    left = Counter(line for line in added if line.strip())
    there = Counter(line.strip() for line in before)
    kept: list[str] = []
    for what, _, _, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal" or what == "delete":
            continue
        for line in after[start:end]:
            if not line.strip():
                if kept and kept[-1]:
                    kept.append("")
            elif left[line] and not there[line.strip()] and not _is_ours(line, subject, known):
                left[line] -= 1
                kept.append(line[len(grown[line].rstrip()) :].strip() if line in grown else line)
        kept.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _is_ours(line: str, subject: str, known: Known) -> bool:
    """Whether a line says what is taken up as an edit, or what kb writes anew by itself."""
    if _meaning(line, subject, known) or _SAID_BY.fullmatch(line):
        return True
    return bool((listed := _LISTED.fullmatch(line)) and known(listed["to"]))
