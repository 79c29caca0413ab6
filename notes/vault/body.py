"""The body of an exported note in its regions: the text between marks, what kb says about it, the person's own words.

<!-- kb:text ID -->        the text of a source, word for word
<!-- kb:end ID -->
## Links …                 what kb says; a person's hand in it is read as edits (`notes.vault.hand`)
<!-- kb:note ID -->
…                          the person's own
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Section = tuple[str, list[str]]
"""A heading and the lines below it."""


@dataclass(frozen=True, slots=True)
class Own:
    """What a person put into a note of kb's: lines of its front matter (whole lines), and the words at its end."""

    properties: str = ""
    words: str = ""


NOTHING = Own()


@dataclass(frozen=True, slots=True)
class Regions:
    """The body of a note. `text` is None where it has no marks of a text, with the line ends beside the marks."""

    above: str
    text: str | None
    said: str
    own: str
    damage: str = ""


def mark(what: str, name: str) -> str:
    """The comment that begins a region; nobody sees it."""
    return f"<!-- kb:{what} {name} -->"


def section_lines(sections: Sequence[Section]) -> Iterator[str]:
    """The sections that have lines."""
    for heading, lines in sections:
        if lines:
            yield f"\n## {heading}\n\n" + "".join(f"- {line}\n" for line in lines)


def own_part(subject: str, own: Own) -> str:
    """The end of a note: the mark, and what the person wrote below it."""
    return f"\n{mark('note', subject)}\n" + own.words


def regions(body: str, subject: str) -> Regions:
    """The regions of the body of the note about `subject`, as far as its marks stand."""
    above, text, rest = "", None, body
    opening = f"<!-- kb:text {subject}"
    start = body.find(opening)
    if start >= 0:
        closed = body.find("-->", start)
        name = body[start + len("<!-- kb:text ") : closed].strip()
        end = body.find(mark("end", name), closed + 3)
        if closed < 0 or end < 0:
            return Regions(body, None, "", "", f"the mark {mark('end', name)} is gone")
        above, text, rest = body[:start], body[closed + 3 : end], body[end + len(mark("end", name)) :]
    note = mark("note", subject)
    last = rest.rfind(note)
    if last < 0:
        return Regions(above, text, rest, "")
    own = rest[last + len(note) :]
    return Regions(above, text, rest[:last], own.removeprefix("\r").removeprefix("\n"))
