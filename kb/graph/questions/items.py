"""A statement or source as an answer shows it: its words, who says them, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kb.model import ids as model_ids
from kb.model.context import QUOTED, Context
from kb.model.json_form import JsonObject, json_form
from kb.model.link import Edge, Link
from kb.model.passages import Turn
from kb.model.source import Source
from kb.model.statement import Mention, Statement
from kb.model.words import Voice
from kb.store import links, passages, sources, statements
from kb.store.open import Store
from kb.text.strings import squash


@dataclass(frozen=True, slots=True)
class Item:
    """A statement with the quote of one place where it is made; of a whole source the title stands for a quote.

    `start` and `end` are the quote's place in the source's text, code points, half open; 0 and 0 for a source.
    """

    id: str
    kind: str
    text: str
    status: str
    quote: str
    speaker: str
    source_id: str
    citekey: str
    title: str
    url: str
    start: int
    end: int
    voice: Voice = "author"
    context: Context | None = None  # what makes it readable alone

    @property
    def is_source(self) -> bool:
        return self.kind == "source"

    @property
    def who(self) -> str:
        """Who is shown to say it."""
        return self.speaker or (QUOTED if self.voice == "quoted" else "")

    def as_json(self) -> JsonObject:
        """As JSON shows it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "status": self.status,
            "quote": None if self.is_source else self.quote,
            "speaker": self.speaker or None,
            "voice": self.voice,
            "source": {"id": self.source_id, "citekey": self.citekey, "title": self.title, "url": self.url or None},
            "start": self.start,
            "end": self.end,
            "context": json_form(self.context),
        }


def read(store: Store, ids: Iterable[str]) -> dict[str, Item]:
    """Items by id, of statements, sources and turns; a statement nobody makes any more is left out."""
    wanted = list(dict.fromkeys(ids))
    found = statements.read(store, wanted)
    turns = passages.turns(store, [name for name in wanted if name.startswith(model_ids.PASSAGE)])
    places = {m.source for s in found.values() for m in s.mentions} | {turn.source for turn in turns.values()}
    origins = sources.read(store, {*wanted, *places})
    items = {name: of_source(origins[name]) for name in wanted if name in origins}
    for name, statement in found.items():
        if statement.mentions:
            items[name] = of_statement(statement, statement.mentions[0], origins)
    items |= {name: of_turn(turn, origins[turn.source]) for name, turn in turns.items()}
    return items


def of_turn(turn: Turn, origin: Source) -> Item:
    """A turn as a whole, by the words with which it begins."""
    return replace(
        of_source(origin),
        id=turn.id,
        kind="passage",
        text=squash(turn.quote),
        status="accepted",
        quote=turn.quote,
        speaker=turn.speaker or ", ".join(origin.authors),
        start=turn.start,
        end=turn.end,
    )


def of_statement(statement: Statement, mention: Mention, origins: Mapping[str, Source]) -> Item:
    """A statement at one of its places; where nobody is named, the source's authors say it unless it is quoted."""
    origin = origins[mention.source]
    return replace(
        of_source(origin),
        id=statement.id,
        kind=statement.kind,
        text=squash(statement.text),
        status=statement.status,
        quote=mention.quote,
        speaker=mention.said_by(", ".join(origin.authors)),
        voice=mention.voice,
        start=mention.start,
        end=mention.end,
        context=statement.context if statement.context and statement.context.source == mention.source else None,
    )


def of_source(origin: Source) -> Item:
    """A whole text."""
    title = squash(origin.title)
    return Item(
        id=origin.id,
        kind="source",
        text=title,
        status="accepted",
        quote=title,
        speaker=", ".join(origin.authors),
        source_id=origin.id,
        citekey=origin.citekey,
        title=title,
        url=origin.url or "",
        start=0,
        end=0,
    )


def read_links(store: Store, edges: Iterable[Edge]) -> dict[str, Link]:
    """The links of these edges with their evidence, by id."""
    return links.read(store, list(dict.fromkeys(edge.id for edge in edges)))
