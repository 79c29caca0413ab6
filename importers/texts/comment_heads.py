"""The line above a comment that tells who wrote it and when: "**Ada** · 2021-05-04 09:12", "### Bo, 3 hours ago"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importers.texts.turns import is_label
from kb.text.dates import MONTH_WORD
from kb.text.strings import squash

_CLOCK = r"(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\.\d+)?Z?(?: ?[ap]\.?m\.?)?(?: (?:UTC|GMT|[CEPM][ES]?[SD]?T))?)"
_DAY = (
    rf"(?:(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)?\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{MONTH_WORD}(?:,? (?:19|20)\d\d|,? ?['’]\d\d)?"
    rf"|{MONTH_WORD} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? (?:19|20)\d\d)?)"
)
_AGO = (
    r"(?:(?:about |over |almost )?(?:an?|\d+) ?(?:s|m|h|d|w|y|mo|yr|min|hr|sec|second|minute|hour|day|week|month"
    r"|year)s? ago|\d+ ?(?:mo|yr|[mhdwy])\b|just now|yesterday|today)"
)
_WHEN = rf"(?:(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?{_DAY}(?:(?:,? (?:at )?|T){_CLOCK})?|{_AGO}|{_CLOCK})"
_BESIDE = (
    r"(?:[-+−]?\d+ (?:points?|votes?|likes?|karma|upvotes?|replies|reply|comments?)|(?:last )?edited(?: [^·|()]{0,30})?"
    r"|permalink|link|parent|reply|top fan|#\d+|(?:in )?repl(?:y|ying) to @?[\w .'’-]{2,40}|[▲▼△▽+\-−\d]+)"
)
_PARTED = r"(?: ?[·•|,;—–] ?| - | ?\(|\) ?| )"
_LINE = re.compile(
    r"(?P<how>(?:re: )?(?:repl(?:y|ied)|comment(?:ed)?|answer(?:ed)?|response|post(?:ed)?|message|question"
    r"|review)(?: #?\d+)? (?:by|from) )?"
    r"(?P<at>@|/?u/)?(?P<name>[^\W\d_](?:[\w.'’-]| (?=[^\W\d]))*?)"
    r"(?P<role> ?[(\[](?:OP|op|author|mod|moderator|admin|poster|original poster)[)\]]| OP)?"
    rf"(?P<verb> (?:wrote|said|says|writes|commented|replied|posted|answered|asked|responded))?"
    rf"(?P<sep>:? (?:on|at) |{_PARTED})"
    rf"(?:{_BESIDE}{_PARTED})*(?P<when>{_WHEN})(?:{_PARTED}?{_BESIDE}|{_PARTED}{_WHEN})*\)?(?P<colon> ?:)?",
    re.I,
)
_UNDATED = re.compile(
    r"(?:re: )?(?:repl(?:y|ied)|comment(?:ed)?|answer(?:ed)?|response)(?: #?\d+)? (?:by|from) "
    r"(?P<name>[^\W\d_](?:[\w.'’-]| (?=[^\W\d])){1,40})(?: \(OP\))?:?",
    re.I,
)
_FIELDS = re.compile(
    r"(?:\*\*)?(?:posted by|comment by|written by|from|author|by|name|user):(?:\*\*)?[ \t]*(?P<name>[^\n:]{2,60})\n"
    rf"(?:\*\*)?(?:date|posted|posted on|on|sent|time|when):(?:\*\*)?[ \t]*(?P<when>{_WHEN})[^\n]{{0,30}}(?:\n|$)"
    r"(?:(?:\*\*)?(?:in )?(?:reply|response) to:(?:\*\*)?[ \t]*(?P<to>[^\n:]{2,60})(?:\n|$))?",
    re.I,
)
"""Who and when in lines of their own: "Posted by: Ada Nwosu", "Date: 4 May", "In reply to: Bo Lind"."""
_DATED = re.compile(rf"[>\s*_(]*{_WHEN}(?:{_PARTED}?{_BESIDE}|{_PARTED}{_WHEN})*[)*_\s]*", re.I)
_LEADS = " ↳└→↪>|"
_QUOTED = "> \t*_()"
_MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.)])_{1,3}(?!\w)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")
_SET_OFF = re.compile(r"\W{0,3}(?:\*\*|__|\*(?=\w)|\[)")
_STRONG = re.compile(rf"{_AGO}|\d[:h]\d\d", re.I)
_LONGEST, _WORDS, _SHORT = 160, 4, 60
_NO_NAMES = """
    version release part week day chapter lecture session meeting sprint draft entry log diary episode volume issue
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday last first next published written created started finished read rated since
    until from due deadline done the a an at on in by for of and
"""
_NONE = frozenset(_NO_NAMES.split())
_SMALL = frozenset({"de", "van", "von", "der", "la", "al"})


@dataclass(frozen=True, slots=True)
class Head:
    """Who wrote what follows and when; the comment begins `size` characters behind the beginning of the line."""

    name: str
    when: str
    size: int
    opens: bool  # it says that its writer began the thread
    says: bool  # more than a name and a day: a time, "3 hours ago", "Reply by", "wrote"
    to: str = ""  # whom it says that it answers


def head(text: str, heading: bool = False) -> Head | None:
    """The head at the beginning of a block, or None. A `heading` needs no further mark; its end is the line's."""
    if not heading and (fields := _FIELDS.match(text)) is not None:
        return _of_fields(fields)
    line, _, rest = text.partition("\n")
    if heading and (found := _UNDATED.fullmatch(_bare(line)[0].strip())):
        return Head(squash(found["name"]), "", len(line), False, True)
    after = rest.partition("\n")[0]
    if not heading and len(line) <= _SHORT and _SET_OFF.match(line) and _DATED.fullmatch(after):
        line = f"{line.rstrip(': ')} · {after.strip(_QUOTED)}"
        found_below = head(line)
        size = len(text) - len(rest) + len(after)
        return (
            Head(found_below.name, found_below.when, size, found_below.opens, found_below.says) if found_below else None
        )
    if not any(character.isdigit() for character in line[:_LONGEST]) and " ago" not in line and "day" not in line:
        return None
    shown, places = _bare(line[: _LONGEST + 1])
    found = _LINE.match(shown)
    if found is None:
        return None
    whole = found.end() == len(shown.rstrip())
    if not whole and (heading or not found["colon"]):
        return None
    name = squash(found["name"]).rstrip(".")
    told = bool(found["how"] or found["verb"] or found["at"] or found["role"])
    marked = heading or told or _SET_OFF.match(line) is not None or any(mark in found["sep"] for mark in "·•|")
    if not marked or not _may_be_name(name):
        return None
    end = len(line) if whole else places[found.end()]
    return Head(name, found["when"], end, found["role"] is not None, told or bool(_STRONG.search(found["when"])))


def _of_fields(fields: re.Match[str]) -> Head | None:
    """Head lines as of a letter: who, when, and perhaps whom it answers."""
    name = squash(fields["name"])
    if not _may_be_name(name):
        return None
    to = squash(fields["to"] or "").lstrip("@")
    return Head(name, squash(fields["when"]), len(fields[0].rstrip()), False, True, to if _may_be_name(to) else "")


def _bare(line: str) -> tuple[str, list[int]]:
    """The line without emphasis and addresses, and where each of its characters stood, its end included."""
    shown: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(line):
        if link := _LINK.match(line, at):
            inner = 1 if link[1] is not None else 2
            words, _ = _bare(link[inner])
            shown += words
            places += [link.start(inner)] * len(words)
            at = link.end()
        elif marks := _MARKS.match(line, at):
            at = marks.end()
        else:
            shown.append(" " if line[at].isspace() else line[at])
            places.append(at)
            at += 1
    skipped = next((n for n, character in enumerate(shown) if character not in _LEADS), 0)
    places.append(len(line))
    return "".join(shown[skipped:]), places[skipped:]


def _may_be_name(name: str) -> bool:
    words = name.split()
    if not words or len(words) > _WORDS or len(name) < 2 or ("_" not in name and is_label(words[0])):
        return False
    if len(words) > 1 and not all(word[:1].isupper() or word in _SMALL for word in words):
        return False
    return not any(word.casefold().strip(".,") in _NONE for word in words)
