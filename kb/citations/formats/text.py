"""Text as a style has it: an entry of a list of references."""

from __future__ import annotations

from collections.abc import Sequence

from kb.citations.format import Format
from kb.citations.item import Item


def entries(items: Sequence[Item], style: str) -> list[str]:
    """The entry of each item."""
    from kb.citations import styles

    return styles.formatted(items, style)


def whole(texts: Sequence[str]) -> str:
    """An entry a line."""
    return "".join(f"{text}\n" for text in texts)


FORMAT = Format("text", "formatted as a style has it", (".txt", ".md"), "text/plain", entries, whole)
