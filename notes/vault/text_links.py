"""Wikilinks in an exported text: made to lead to the notes of the vault, and back to what was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.model import ids
from kb.model.document import Reference
from kb.model.source import StoredReference
from kb.sources.names import link_key
from notes.vault.names import key

Leads = Callable[[str], str | None]
"""The id of what the note of a vault shows that a name in a wikilink means; None where it means none."""

_UNFIT = re.compile(r"[\[\]|\s]+")


@dataclass(frozen=True, slots=True)
class TextLink:
    """What a reference of a text points to. `written` is how the note has it, where that is not `raw`."""

    raw: str
    to: str
    written: str | None = None


def rewrite(
    text: str, references: Sequence[StoredReference], note_of: Callable[[str], str | None]
) -> tuple[str, tuple[TextLink, ...]]:
    """The text with links that lead to notes of the vault, and what `restore` needs to undo it.

    `references` are in text order; `note_of` gives the path of a source's note, without extension: with "/" in front
    where another note has the same name, so that only the whole path leads there.
    """
    known: dict[str, TextLink] = {}
    used: set[str] = set()
    parts: list[str] = []
    at = 0
    for reference in references:
        raw, target = reference.raw, reference.target
        if not target or reference.start < at or not reference.name:
            continue
        link = known.get(raw)
        if link is None:
            note = note_of(target)
            leads = note is None or _is_elsewhere(reference) or _resolves(raw, note)
            written = None if leads or note is None else _unused(text, reference, note, used)
            known[raw] = link = TextLink(raw, target, written)
        if link.written is not None:
            parts += [text[at : reference.start], link.written]
            at = reference.end
    changed, links = "".join(parts) + text[at:], tuple(known.values())
    if restore(changed, links) != text:
        return text, tuple(TextLink(link.raw, link.to) for link in links)
    return changed, links


def restore(text: str, links: Sequence[TextLink]) -> str:
    """The text as it was before `rewrite`."""
    raws = {link.written: link.raw for link in links if link.written}
    if not raws:
        return text
    pattern = "|".join(re.escape(written) for written in sorted(raws, key=len, reverse=True))
    return re.sub(pattern, lambda found: raws[found[0]], text)


def source_of(reference: Reference, leads: Leads) -> str | None:
    """The source whose note in the vault a wikilink leads to."""
    found = leads(reference.target) if reference.raw.startswith(("[[", "![[")) else None
    return found if found and found.startswith(ids.SOURCE) else None


def _is_elsewhere(reference: StoredReference) -> bool:
    """Whether it is an address of the web, which leads where it always did."""
    return reference.kind in {"url", "citation"} and not reference.raw.startswith(("[[", "![["))


def _resolves(raw: str, note: str) -> bool:
    """Whether the link, as it is written, leads to that note, and shows what it is meant to."""
    if not raw.startswith(("[[", "![[")) or "||" in raw:
        return False
    name = raw[raw.index("[[") + 2 : -2].split("|")[0].removesuffix("\\").split("#")[0].strip()
    name = name[:-3] if name.lower().endswith(".md") else name
    if note.startswith("/"):
        return key(name.removeprefix("/")) == key(note[1:])
    return key(name) in (key(note), key(note.rsplit("/", 1)[-1]))


def _parts(reference: StoredReference) -> tuple[str, str | None]:
    """What a reference shows, and the part of the note that it means; where the title stands before the note too."""
    note, _, part = (reference.alias or "").partition("#")
    if note and reference.key == link_key(note.strip()) != link_key(reference.name):
        return reference.name, part.strip() or None
    return reference.alias or reference.name, reference.fragment


def _unused(text: str, reference: StoredReference, note: str, used: set[str]) -> str:
    """A wikilink to the note that stands nowhere in the text yet: only then is it known which ones to undo."""
    raw, (title, fragment) = reference.raw, _parts(reference)
    anchor = f"#{fragment}" if fragment and not _UNFIT.search(fragment.replace(" ", "")) else ""
    shown = _UNFIT.sub(" ", title).strip() or note.removeprefix("/")
    line = text[text.rfind("\n", 0, reference.start) + 1 : reference.start]
    pipe = "\\|" if "\\|" in raw or line.lstrip().startswith("|") else "|"
    mark = "!" if raw.startswith("!") else ""
    stem = note.rsplit("/", 1)[-1]
    names = (note[1:],) if note.startswith("/") else (stem, note)
    tries = [f"{mark}[[{name}{anchor}{pipe}{shown}]]" for name in names]
    if not reference.alias and reference.name == stem and not note.startswith("/"):
        tries.insert(0, f"{mark}[[{stem}{anchor}]]")
    while tries[0] in text or tries[0] in used:
        if len(tries) == 1:
            tries.append(tries[0][:-2] + " ]]")
        tries.pop(0)
    used.add(tries[0])
    return tries[0]
