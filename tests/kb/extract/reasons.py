"""The signed links that rules find in a text, told by the words of their ends."""

from __future__ import annotations

from typing import Any

from kb.extract import extract
from tests.kb.extract.views import view

Told = tuple[str, str, str]


def links(text: str, *rules: str, **more: Any) -> list[Told]:
    """(words of the source, relation, words of the target) of the links of these rules, in order."""
    seen = view(text, **more)
    found = extract(seen)

    def words(end: Any) -> str:
        if not isinstance(end, int):
            return str(end)
        there = found.statements[end]
        return seen.text[there.start : there.end]

    return [(words(x.source), str(x.relation), words(x.target)) for x in found.links if x.rule in rules]
