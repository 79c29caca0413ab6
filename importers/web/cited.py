"""What a work cites, as a catalogue has it, in Markdown: a list of references whose links lead to the works, and the
sentences in which it speaks of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kb.text.strings import squash

MOST = 1_000
"""References of a work."""
_CONTEXTS = 3  # of each
_LONGEST = 600  # characters of one


@dataclass(frozen=True, slots=True)
class Cited:
    """A work that is cited. Any of title, ids and address may be missing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    contexts: tuple[str, ...] = ()  # sentences that cite it
    intents: tuple[str, ...] = ()  # background, methodology, result
    unstructured: str = ""  # the entry as it was printed

    @property
    def address(self) -> str:
        """Where it is found; "" where nobody says."""
        if self.arxiv:
            return f"https://arxiv.org/abs/{quote(self.arxiv, safe='/.')}"
        return f"https://doi.org/{quote(self.doi, safe='/:;.-_')}" if self.doi else self.url


def sections(references: Sequence[Cited]) -> str:
    """The references, and what is said of them, as sections of a text; "" where there are none."""
    shown = [one for one in references if one.title or one.unstructured or one.address][:MOST]
    if not shown:
        return ""
    lines = [f"- {_entry(one)}" for one in shown]
    said = [
        f"- “{words}” (on {_link(one)}{', ' + ', '.join(one.intents) if one.intents else ''})"
        for one in shown
        for words in map(_quoted, one.contexts[:_CONTEXTS])
        if words
    ]
    parts = ["## Citations in context\n\n" + "\n".join(said)] if said else []
    return "\n\n".join([*parts, "## References\n\n" + "\n".join(lines)])


def _entry(one: Cited) -> str:
    if not one.title:
        words = _plain(one.unstructured)
        return f"{words} {_link(one)}".strip() if one.address else words
    people = ", ".join(map(_plain, one.authors[:5])) + (" et al." if len(one.authors) > 5 else "")
    facts = " ".join(filter(None, (people, f"({one.year})" if one.year else "")))
    return f"{facts}. {_link(one)}" if facts else _link(one)


def _link(one: Cited) -> str:
    shown = _plain(one.title) or one.address.removeprefix("https://")
    return f"[{shown}]({_safe(one.address)})" if one.address else shown


def _plain(words: str) -> str:
    """Words without what Markdown, HTML or a wikilink would take for a sign."""
    words = re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", words)
    return squash(re.sub(r"[\[\]`|*#<>\\]", _softer, words))


def _softer(sign: re.Match[str]) -> str:
    return {"[": "(", "]": ")", "`": "'", "|": " "}.get(sign[0], "")


def _quoted(words: str) -> str:
    words = _plain(words).strip('“”" ')
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _safe(url: str) -> str:
    return re.sub(r"[\s()<>\\]", lambda sign: quote(sign[0]), url)
