"""Names of files: where the extension begins, which is not always the last dot, and the days they are called after."""

from __future__ import annotations

import re

from kb.text.dates import day_of

_DAY = re.compile(r"([12]\d{3})[-_](\d\d)[-_](\d\d)(?:-[^\W\d].*)?")
_EXTENSION = re.compile(r"(?<=.)\.([A-Za-z0-9]{1,8})$")


def extension(name: str) -> str:
    """The extension of a file name in lower case without the dot; "" where the dot belongs to the name itself
    ("Mr. Smith", "v1.2 draft", ".profile")."""
    found = _EXTENSION.search(name)
    return found[1].lower() if found and not found[1].isdigit() else ""


def without_extension(name: str) -> str:
    """The file name without what `extension` found."""
    ending = extension(name)
    return name[: -len(ending) - 1] if ending else name


def day_named(name: str) -> str | None:
    """The day that a file is called after, as daily notes, journals and posts of a blog are; else None.

    `2024-06-08`, `2024_06_08`, `2024-06-08-some-title`.
    """
    found = _DAY.fullmatch(without_extension(name))
    return day_of(int(found[1]), int(found[2]), int(found[3])) if found else None
