"""What the words above a transcript say about it: who took part, when, and what it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.model.document import Author
from kb.text.strings import squash

_CAPITAL = r"[^\W\d_a-z][\w'’.\-]*\w"
_FULL_NAME = rf"{_CAPITAL}(?: (?:[^\W\d_a-z]\.|{_CAPITAL}|de|van|von|der|la|al)){{0,3}}"
_OCCASION = re.compile(
    r"\b(?P<what>(?i:discussion|debate|conversation|dialogue|interview|talk|exchange)) "
    rf"(?P<link>between|with|among) (?P<who>{_FULL_NAME}(?:(?:, and |, | and | & |, with ){_FULL_NAME})*)"
)
_SEVERAL = re.compile(rf"{_CAPITAL}(?: (?:[^\W\d_a-z]\.|{_CAPITAL}|de|van|von|der|la|al)){{1,3}}")
_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = _MONTH_NAMES.split()
_MONTH = r"(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]}|t)?\.?" for name in _MONTHS) + r")"
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b")
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b", re.I)
_MONTH_DAY = re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)", re.I)
_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")
_FAR = 100  # how many characters may stand between a day and its year
_ROLES = {
    "q",
    "a",
    "interviewer",
    "interviewee",
    "host",
    "moderator",
    "audience",
    "narrator",
    "user",
    "guest",
}


def title_in(preamble: str) -> str | None:
    """What the text says it is: "Discussion between A and B"."""
    found = _OCCASION.search(squash(preamble))
    return f"{found['what'].capitalize()} {found['link']} {found['who'].rstrip('.')}" if found else None


def date_in(preamble: str) -> str | None:
    """The first full date in the text, as ISO; the year may stand some words after the day."""
    if found := _ISO.search(preamble):
        return _iso(found["year"], int(found["number"]), found["day"])
    found = _DAY_MONTH.search(preamble) or _MONTH_DAY.search(preamble)
    year = _YEAR.search(preamble, found.end(), found.end() + _FAR) if found else None
    if not found or not year:
        return None
    month = next(number for number, name in enumerate(_MONTHS, 1) if name[:3] == found["month"][:3].lower())
    return _iso(year["year"], month, found["day"])


def authors(names: Sequence[str], preamble: str) -> tuple[Author, ...]:
    """The speakers as people, by their full names where the preamble tells them."""
    known = [match[0].rstrip(".") for match in _SEVERAL.finditer(squash(preamble))]
    people = [_full(name, known) for name in names if not _is_role(name)]
    return tuple(Author(name) for name in dict.fromkeys(people))


def _full(name: str, known: list[str]) -> str:
    wanted = name.casefold()
    for candidate in known:
        parts = re.split(r"[ \-]", candidate.casefold())
        if wanted in parts or wanted == candidate.casefold() or wanted in candidate.casefold().split():
            return candidate
    return name


def _is_role(name: str) -> bool:
    return name.casefold() in _ROLES or bool(re.search(r" \d+$", name))


def _iso(year: str, month: int, day: str) -> str | None:
    return f"{year}-{month:02d}-{int(day):02d}" if 1 <= month <= 12 and 1 <= int(day) <= 31 else None
