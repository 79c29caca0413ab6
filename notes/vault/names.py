"""File names that every file system, and every wikilink, can bear.

A note is found by its file name alone, so names are unique in the whole vault, whatever their case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

EXTENSION = ".md"
MAX_CHARACTERS, MAX_BYTES = 120, 240  # extension included; file systems allow 255 bytes

_INSTEAD = str.maketrans(
    {"/": "-", "\\": "-", ":": "—", "|": "-", "*": "", "?": "", '"': "'", "<": "‹", ">": "›"}
    | {"#": "♯", "^": "ˆ", "[": "(", "]": ")"}
)
# Besides control characters and halves of pairs: marks nobody sees, which could make two names look alike.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
_COLON = re.compile(r":(?=\s)")
_DEVICE = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(?:\.|$))", re.I)


def safe_name(title: str, suffix: str = "") -> str:
    """A file name without extension for a title, with `suffix` behind it; never empty.

    Idempotent. What a name may not hold is replaced by what looks or means alike: "C#" is not "C".
    """
    name = _SPACE.sub(" ", title[:1000])
    name = _UNSEEN.sub("", _COLON.sub(" —", name).translate(_INSTEAD))
    name = _SPACE.sub(" ", re.sub("%{2,}", "%", name))
    name = _trim(unicodedata.normalize("NFC", name))
    name = _cut(name, suffix)
    if _DEVICE.match(name):
        name = _cut(_DEVICE.sub(lambda device: device[0] + "_", name, count=1), suffix)
    return (name or "Untitled") + suffix


def key(name: str) -> str:
    """What two file names have in common that cannot lie in one folder everywhere."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def fits(name: str, title: str, subject: str) -> bool:
    """Whether a file of that name may show what has this title and id."""
    return name == safe_name(title) or (subject in name and name.startswith(safe_name(title, f" ({subject}")))


def assign(
    subjects: Iterable[tuple[str, str]],
    before: Mapping[str, str],
    fixed: Mapping[str, str] | None = None,
    others: Collection[str] = (),
) -> dict[str, str]:
    """A file name for each (id, title); of several with one name the later ones get their id behind it.

    `before` has the names from the last time: one that still fits its title stays. `fixed` ones stay anyhow. `others`
    are names, as keys, that files of other hands bear.
    """
    listed = list(subjects)
    given: dict[str, str] = {}
    taken: set[str] = set(others)

    def give(subject: str, name: str) -> bool:
        if key(name) in taken:
            return False
        taken.add(key(name))
        given[subject] = name
        return True

    for subject, _ in listed:
        if fixed and subject in fixed:  # where a person gave two files one name, that is so
            taken.add(key(fixed[subject]))
            given[subject] = fixed[subject]
    for subject, title in listed:
        if subject not in given and subject in before and fits(before[subject], title, subject):
            give(subject, before[subject])
    for subject, title in listed:
        if subject in given or give(subject, safe_name(title)):
            continue
        suffix, number = f" ({subject})", 1
        while not give(subject, safe_name(title, suffix)):
            number += 1
            suffix = f" ({subject} {number})"
    return {subject: given[subject] for subject, _ in listed}


def _trim(name: str) -> str:
    return name.strip().lstrip(". ").rstrip(". ")


def _cut(name: str, suffix: str) -> str:
    """As much of the name as fits in front of the suffix and the extension."""
    characters = MAX_CHARACTERS - len(EXTENSION) - len(suffix)
    size = MAX_BYTES - len(EXTENSION) - len(suffix.encode())
    name = name[:characters].encode()[:size].decode("utf-8", "ignore")
    return _trim(unicodedata.normalize("NFC", name))
