"""What people call a relation in the properties of a note, and which one they mean by it.

A name may be said the other way round: `supported by` is a link from what is named to the note. The table `[relations]`
of config.toml adds names, and takes some of these away (`opposes = "none"`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.model.words import Relation

MEANINGS: Mapping[str, tuple[Relation, bool]] = {
    "supports": ("supports", False),
    "attacks": ("attacks", False),
    "undercuts": ("undercuts", False),
    "restates": ("restates", False),
    "related": ("related", False),
    "supported by": ("supports", True),
    "attacked by": ("attacks", True),
    "undercut by": ("undercuts", True),
    "restated by": ("restates", True),
}
"""What a name can mean: a relation, and whether it leads to the note instead of from it."""

_BUILT_IN: Mapping[str, str] = {
    **{name: name for name in MEANINGS if name != "related"},
    **dict.fromkeys(("backs", "backs up", "confirms", "corroborates", "agrees with"), "supports"),
    **dict.fromkeys(("backed by", "confirmed by", "corroborated by"), "supported by"),
    **dict.fromkeys(
        ("contradicts", "opposes", "refutes", "rebuts", "disputes", "disagrees with", "objects to"), "attacks"
    ),
    **dict.fromkeys(("contradicted by", "opposed by", "refuted by", "rebutted by", "disputed by"), "attacked by"),
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTING = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The relation that a name stands for; `backward`: from what is named to the note."""

    relation: Relation
    backward: bool


def meaning(name: str, given: Mapping[str, str]) -> Meaning | None:
    """What a name means, by the names that the config gives and by those that are built in; None for other names."""
    plain = _plain(name)
    own = {_plain(key): value for key, value in given.items()}
    found = MEANINGS.get(_plain(own.get(plain, _BUILT_IN.get(plain, ""))))
    return Meaning(*found) if found else None


def names(given: Iterable[str]) -> set[str]:
    """All names that may mean a relation: those built in, and `given` ones."""
    return {*_BUILT_IN, *map(_plain, given)}


def _plain(name: str) -> str:
    return _PARTING.sub(" ", _CAMEL.sub(" ", name.strip())).strip().lower()
