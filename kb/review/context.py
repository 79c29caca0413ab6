"""A statement as it stands in its text: its quote with the sentence before and after, who says it, and where."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.context import QUOTED
from kb.model.statement import Mention, Statement
from kb.store import links, passages, sources, statements
from kb.store.open import Store
from kb.text import sentences
from kb.text.strings import squash

_LONGEST = 260  # characters of a sentence beside the quote


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An end of a link, or a statement: `quote` is verbatim, `before` and `after` are the sentences around it.

    A whole source has no quote; a link, which an undercut ends at, has its ends' texts as `text`.
    """

    id: str
    kind: str
    text: str
    status: str = ""
    before: str = ""
    quote: str = ""
    after: str = ""
    source: str = ""
    title: str = ""
    heading: tuple[str, ...] = ()
    speaker: str = ""
    url: str = ""


def excerpt(store: Store, name: str, prefer: str | None = None) -> Excerpt:
    """What an id stands for, as a store needs to see it to judge it.

    Args:
        prefer: id of the source whose mention is shown, where the statement is made in several.
    """
    if statement := statements.read(store, [name]).get(name):
        here = [m for m in statement.mentions if m.source == prefer] or statement.mentions
        if not here:
            return Excerpt(name, statement.kind, statement.text, statement.status)
        # Of an outline and the heading that repeats it, the heading has the text that explains it.
        seen = [span(store, m.source, m.start, m.end) for m in here]
        at, said = min(zip(here, seen, strict=True), key=lambda pair: bool(pair[1].before))
        before = _before(statement, at, said.before)
        return Excerpt(
            name, statement.kind, statement.text, statement.status, before, at.quote, said.after,
            said.source, said.title, said.heading, at.said_by(said.speaker, QUOTED), said.url,
        )  # fmt: skip
    if link := links.read(store, [name]).get(name):
        texts = [excerpt(store, end).text for end in (link.from_id, link.to_id)]
        return Excerpt(name, "link", f"“{texts[0]}” {link.relation} “{texts[1]}”", link.status)
    if source := sources.read(store, [name]).get(name):
        return Excerpt(
            name, source.kind, source.title, source=name, title=source.title,
            speaker=", ".join(source.authors), url=source.url or "",
        )  # fmt: skip
    return Excerpt(name, "", name)


def _before(statement: Statement, at: Mention, before: str) -> str:
    """The sentence before, after what makes the statement readable alone where that stands further up."""
    around = statement.context
    if around is None or around.source != at.source or around.start >= at.start:
        return before
    words = squash(around.quote)
    return before if words in before else f"{words} … {before}".rstrip(" …") if before else f"{words} …"


def span(store: Store, source_id: str, start: int, end: int) -> Excerpt:
    """A span of a source with the sentence before and after it."""
    stored, source = sources.stored(store, source_id), sources.read(store, [source_id])[source_id]
    assert stored is not None
    text = stored.text
    previous, touched, following = passages.around(store, stored.rowid, start, end)
    own_before = sentences.split(text, touched[0].start, start) if touched else []
    own_after = sentences.split(text, end, touched[-1].end) if touched else []
    if not own_before and previous and touched:  # what stands above a heading says nothing about it
        own_before = sentences.split(text, previous.start, previous.end)
    if not own_after and following:
        own_after = sentences.split(text, following.start, following.end)
    return Excerpt(
        id=source_id,
        kind=source.kind,
        text=text[start:end],
        before=_end_of(squash(text[slice(*own_before[-1])])) if own_before else "",
        quote=text[start:end],
        after=_beginning_of(squash(text[slice(*own_after[0])])) if own_after else "",
        source=source_id,
        title=source.title,
        heading=touched[0].heading if touched else (),
        speaker=(touched[0].speaker if touched else None) or ", ".join(source.authors),
        url=source.url or "",
    )


def _beginning_of(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _end_of(text: str) -> str:
    return text if len(text) <= _LONGEST else "… " + text[-_LONGEST:].split(" ", 1)[-1]
