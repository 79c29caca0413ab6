"""A quote with where it stands, as Markdown to paste into a note or a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def quoted(text: str, source: Mapping[str, Any], locator: Mapping[str, Any]) -> str:
    """A block quote of the text, and below it who says it where: speaker, title with its link, date, place, citekey.

    `source` and `locator` have the shape that hits have in the interface.
    """
    lines = [f"> {line}".rstrip() for line in text.strip().splitlines()]
    authors = list(source["authors"])
    named = ", ".join(authors[:3]) + (" and others" if len(authors) > 3 else "")
    speaker = locator.get("speaker") or ""
    who = f"{speaker}, in {named}" if speaker and named and speaker not in authors else speaker or named
    title = str(source["title"]).replace("[", "(").replace("]", ")")
    shown = f"[{title}]({source['url']})" if source["url"] else f"“{title}”"
    place = [*(locator.get("heading") or [])[-1:]]
    if "page" in locator:
        place.append(f"p. {locator['page']}")
    parts = [who, shown, str(source["published"] or "")[:10], *place, f"@{source['citekey']}"]
    return "\n".join([*lines, ">", "> — " + ", ".join(part for part in parts if part)])
