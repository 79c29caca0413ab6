"""Names of files: where the extension begins, which is not always the last dot."""

from __future__ import annotations

import re

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
