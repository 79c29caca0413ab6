"""A quote with where it stands, as Markdown to paste into a note or a paper."""

from __future__ import annotations

from kb.model.context import QUOTED
from kb.model.found import Locator, SourceHead


def block_quote(text: str, source: SourceHead, locator: Locator, *, quoted: bool = False) -> str:
    """A block quote of the text, and below it who says it where: speaker, title with its link, date, place, citekey.

    `quoted`: the words are somebody's, and not the authors'.
    """
    lines = [f"> {line}".rstrip() for line in text.strip().splitlines()]
    authors = source.authors
    named = ", ".join(authors[:3]) + (" and others" if len(authors) > 3 else "")
    speaker = locator.speaker or (QUOTED if quoted else "")
    who = f"{speaker}, in {named}" if speaker and named and speaker not in authors else speaker or named
    title = source.title.replace("[", "(").replace("]", ")")
    named_title = f"[{title}]({source.url})" if source.url else f"“{title}”"
    place = [*locator.heading[-1:]]
    if locator.page is not None:
        place.append(f"p. {locator.page}")
    if locator.time is not None:
        place.append(f"[{locator.time}]({locator.at})" if locator.at else locator.time)
    parts = [who, named_title, (source.published or "")[:10], *place, f"@{source.citekey}"]
    return "\n".join([*lines, ">", "> — " + ", ".join(part for part in parts if part)])
