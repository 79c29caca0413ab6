"""What a person writes into a note that kb made: a note of their own about what that note shows.

In the store it is a source like any other, read and searched, with its claims and links. It has no file and no
exported note of its own: it stands in the note of what it is about, and its id follows from that one's. Properties
that the person added are the front matter of its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.model import ids, rules
from kb.model.document import Author, Document, Pointer
from kb.sources import add
from kb.sources.own_words import REMARKS as REMARKS
from kb.store import edits, meta, source_writing, sources, statement_writing
from kb.store.open import Store, now
from kb.text.merge import Clash
from kb.text.repair import repair
from notes.markdown.meta import read_note
from notes.markdown.structure import structure
from notes.vault.body import Own
from notes.vault.properties import FENCE
from notes.vault.text_links import Leads, source_of

TITLE = "Notes on "
"""Begins the title of such a note."""

_PROPERTY = re.compile(r"[ \t]+\S|-[ \t]|[^\s#-][^:]*:(?:[ \t]|$)")


@dataclass(frozen=True, slots=True)
class Subject:
    """What remarks are about: a source, or a statement in a source; `title` is what it is called."""

    id: str
    source: str | None
    title: str


def id_of(subject: str) -> str:
    """The id of the remarks on a source or statement, whether there are any or not."""
    return ids.make(ids.SOURCE, REMARKS, subject)


def of(store: Store, subject: str) -> str:
    """The text of the remarks on a source or statement; "" where there are none."""
    there = sources.stored(store, id_of(subject))
    return there.text if there and there.state == "here" else ""


def text(own: Own) -> str:
    """What a person put into a note as the text of remarks."""
    words = repair(own.words).strip("\n")
    return f"{FENCE}{repair(own.properties)}{FENCE}{words}" if own.properties else words


def own(text: str) -> Own:
    """The same back."""
    if text.startswith(FENCE) and (end := text.find("\n" + FENCE, len(FENCE) - 1)) >= 0:
        lines = text[len(FENCE) : end + 1]
        # Else it is a rule, and what stands below it.
        if lines and all(map(_PROPERTY.match, lines.splitlines())):
            return Own(lines, _set_off(text[end + 1 + len(FENCE) :]))
    return Own("", _set_off(text))


def _set_off(words: str) -> str:
    words = words.strip("\n")
    return f"\n{words}\n" if words else ""


def with_words(remarks: str, words: str) -> str:
    """The remarks with words put at their end, unless they stand there already."""
    words = words.strip("\n")
    there = own(remarks)
    if not words or words in there.words:
        return text(there)
    return text(Own(there.properties, f"{there.words}\n{words}"))


def with_own(remarks: str, more: str) -> str:
    """The remarks with others put at their end. Where both have properties, those of the others become words."""
    there, other = own(remarks), own(more)
    if there.properties and there.properties != other.properties:
        return with_words(remarks, f"{other.properties}{other.words}")
    return with_words(text(Own(there.properties or other.properties, there.words)), other.words)


def told(clash: Clash, what: str) -> str:
    """A clash as it is shown to the person: the words that do not stand, in a callout."""
    lines = [f"> [!warning] Two versions of {what}", "> Both were changed; this one does not stand in its place:", ">"]
    return "\n".join([*lines, *(f"> {line}".rstrip() for line in clash.other.splitlines())])


def put(store: Store, subject: Subject, text: str, me: str, leads: Leads = lambda _: None) -> None:
    """Let these be the remarks on a subject; none where there is no text. `leads` knows the notes of their vault."""
    name = id_of(subject.id)
    there = sources.stored(store, name)
    if not text.strip():
        if there is not None:
            with store.transaction():
                statement_writing.clear(store, there.rowid, "", rules.NOTATION)
                source_writing.delete(store, there)
                edits.drop(store, subject.id, edits.REMARKS)
                meta.bump_generation(store)
        return
    if there is not None and there.state != "here":  # written anew
        with store.transaction():
            source_writing.set_state(store, there.rowid, "here", now())
    blocks, references = structure(text)
    note = read_note(text, "")
    document = Document(
        kind="note",
        title=f"{TITLE}{subject.title}",
        text=text,
        blocks=blocks,
        references=tuple(replace(one, source=source_of(one, leads)) for one in references),
        authors=(Author(me),) if me else (),
        tags=note.tags,
        parent=Pointer(subject.title, id=subject.source) if subject.source else None,
        external_ids={"kb": name},
        original=text.encode(),
        importer=REMARKS,
        id=name,
        problems=note.problems,
    )
    add.add(store, document, "1", sole=False)
    if subject.id.startswith(ids.STATEMENT):
        with store.transaction():
            edits.put(store, subject.id, edits.REMARKS, name, now())
