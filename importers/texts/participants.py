"""What the words above a transcript say about it: who took part, and what it was."""

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
    return name.casefold() in _ROLES or bool(re.search(r" (?:\d+|member|speaker|voice|question|questioner)$", name))
