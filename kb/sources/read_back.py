"""What an exported vault says of statements, links and verdicts, put into the store once its sources are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from kb.model import ids
from kb.model.context import Context
from kb.model.credence import Credence
from kb.model.document import CredenceRecord, LinkRecord, Records, SourceRecord, SpanRecord, StatementRecord
from kb.model.link import Evidence, Link, new_link
from kb.model.source import StoredSource
from kb.model.statement import NewMention, NewStatement
from kb.model.words import StatementKind
from kb.sources import wording
from kb.sources.wording import StatementEdit
from kb.store import (
    credences,
    decisions,
    edits,
    link_writing,
    links,
    meta,
    passages,
    people,
    same_as,
    sources,
    statement_writing,
    statements,
)
from kb.store.open import Store, now
from kb.text.strings import digest


def apply(store: Store, records: Mapping[str, Records]) -> list[tuple[str, str]]:
    """Put the records of each target in, all or none. Returns (target, problem) for what could not be.

    The order of the targets does not matter. What a person decided in this home stays decided.
    """
    if not any(records.values()):
        return []
    with store.transaction():
        return _Records(store, records).run()


@dataclass(frozen=True, slots=True)
class _Place:
    """A span of a source as it stands in this home."""

    source: str
    rowid: int
    start: int
    end: int


class _Records:
    def __init__(self, store: Store, records: Mapping[str, Records]) -> None:
        self.store = store
        self.records = [(target, record) for target, those in records.items() for record in those]
        self.now = now()
        self.problems: list[tuple[str, str]] = []
        self.names: dict[str, str] = {}  # ids in the vault → ids here, where they differ
        self.sources: dict[str, StoredSource | None] = {}
        named = [record.id for _, record in self.records]
        named += [name for _, record in self.records if isinstance(record, SourceRecord) for name in record.rejected]
        self.verdicts = decisions.verdicts(self.store, named)
        self.changed = False

    def run(self) -> list[tuple[str, str]]:
        for target, record in self.records:
            if isinstance(record, StatementRecord):
                self._statement(target, record)
            else:
                self._rejected(record.rejected)
                if (row := self._source(record.id)) is not None:
                    self.names[record.id] = row.id
        found = [(target, self._name(record.id), link) for target, record in self.records for link in record.links]
        self._links([item for item in found if not item[2].to.startswith(ids.LINK)])
        self._links([item for item in found if item[2].to.startswith(ids.LINK)])  # a link to a link needs that first
        if self.changed:
            meta.bump_generation(self.store)
        return self.problems

    # Statements

    def _statement(self, target: str, record: StatementRecord) -> None:
        places = []
        for mention in record.mentions:
            place = self._place(mention)
            if place is None and self._is_away(mention.source):
                continue
            if place is None:
                self.problems.append((target, f"the quote of {record.id} is not in its source: {mention.quote[:60]!r}"))
            else:
                places.append((place, mention))
        name = self._same(record, [place for place, _ in places])
        self._credences(name, record.credences)
        if not places:
            return
        if name != record.id:
            self.names[record.id] = name
        there = statements.read(self.store, [name]).get(name)
        authored = record.basis == "authored"
        new = NewStatement(
            name, cast(StatementKind, record.kind), record.text, record.basis, record.rule,
            record.status if authored else "suggested", record.confidence, self.now, digest(record.text),
            tuple(
                NewMention(
                    place.rowid, mention.quote, place.start, place.end, mention.speaker,
                    voice=mention.voice, context=self._around(record, mention, place),
                )
                for place, mention in places
            ),
        )  # fmt: skip
        if there is None or len(there.mentions) < len(places):
            statement_writing.insert(self.store, [new])
            self.changed = True
        self._edited(target, name, record)
        if not authored and record.status != "suggested" and (there is None or there.status != record.status):
            if name in self.verdicts:
                self.problems.append((target, f"{name} is {self.verdicts[name]} here; the vault says {record.status}"))
                return
            decisions.add(self.store, name, record.status, self.now, record.basis, record.rule)
            statement_writing.set_status(self.store, name, record.status)
            differs = there is not None and (there.text, there.kind) != (record.text, record.kind)
            if differs and not edits.of(self.store, name):  # a person's words and kind
                statement_writing.set_words(self.store, name, record.text, record.kind, digest(record.text))
            self.changed = True

    def _edited(self, target: str, name: str, record: StatementRecord) -> None:
        """The words, kind and speaker that a person gave a statement; what they said of it in this home stays."""
        speaker = record.mentions[0].speaker or "" if record.mentions else ""
        given = {"text": record.text, "kind": record.kind, "speaker": speaker}
        said = edits.of(self.store, name)
        change = {}
        for field in given.keys() & set(record.edited):
            here = said.get(wording.STORED[field])
            if here is None:
                change[field] = given[field]
            elif here != given[field]:
                there = given[field]
                self.problems.append((target, f"the {field} of {name} is {here!r} here; the vault says {there!r}"))
        if change and wording.hold(self.store, statements.read(self.store, [name])[name], StatementEdit(**change)):
            self.changed = True

    def _credences(self, name: str, given: Iterable[CredenceRecord]) -> None:
        """Those that are new here. One that a person wrote without a time is new where they held something else."""
        for record in given:
            who = people.known_as(self.store)(record.who)
            held = [c for c in credences.read(self.store, [name]).get(name, ()) if c.who == who]
            if record.at is None and held and (held[-1].low, held[-1].high) == (record.low, record.high):
                continue
            new = Credence(name, record.who, record.low, record.high, record.at or self.now, record.note)
            if replace(new, who=who) not in held:
                credences.add(self.store, new)

    def _same(self, record: StatementRecord, places: Iterable[_Place]) -> str:
        """Id under which this home has the statement: where a source has another id here, so have its statements."""
        if (joined := same_as.name(self.store, record.id)) != record.id:
            return joined
        if statements.text_of(self.store, record.id) is not None:
            return record.id
        for place in places:
            for name in statements.at(self.store, place.rowid, place.start, place.end):
                if statements.text_of(self.store, name) == record.text:
                    return name
        return record.id

    def _place(self, span: SpanRecord) -> _Place | None:
        """Where the quote stands here: at its place, else wherever it is found."""
        row = self._source(span.source)
        if row is None or row.state != "here" or not span.quote:
            return None
        text = row.text
        start = span.start if text.startswith(span.quote, span.start) else text.find(span.quote)
        return _Place(row.id, row.rowid, start, start + len(span.quote)) if start >= 0 else None

    def _around(self, record: StatementRecord, mention: SpanRecord, place: _Place) -> Context | None:
        """The statement's context, where this is the first mention in its source and the source still has it."""
        around = record.context
        first = next((one for one in record.mentions if around and one.source == around.source), None)
        found = self._place(around) if around and first is mention else None
        return Context(place.source, around.quote, found.start, found.end) if around and found else None

    def _is_away(self, source_id: str) -> bool:
        """Whether a source is gone or removed: then what it says is, too."""
        row = self._source(source_id)
        return row is not None and row.state != "here"

    def _source(self, source_id: str) -> StoredSource | None:
        if source_id not in self.sources:
            row = sources.stored(self.store, source_id)
            if row is None:
                row = next(iter(sources.by_keys(self.store, ["id:" + source_id])), None)
            self.sources[source_id] = row
        return self.sources[source_id]

    # Links and verdicts

    def _links(self, found: list[tuple[str, str, LinkRecord]]) -> None:
        new: dict[str, Link] = {}
        targets: dict[str, str] = {}
        for target, from_id, record in found:
            link = self._link(from_id, record)
            if not self._exists(link.from_id) or not self._exists(link.to_id):
                missing = link.from_id if self._exists(link.to_id) else link.to_id
                self.problems.append((target, f"{link.relation} {record.to} is left out: there is no {missing}"))
                continue
            new[link.id], targets[link.id] = link, target
        there = links.read(self.store, new)
        verdicts = decisions.verdicts(self.store, new)
        link_writing.insert(self.store, list(new.values()))
        for name, link in new.items():
            if name in there and there[name].status == "accepted":
                continue
            if verdicts.get(name) == "rejected":
                self.problems.append((targets[name], f"{name} is rejected here; the vault says accepted"))
                if name not in there:
                    link_writing.set_status(self.store, name, "rejected")
                continue
            self.changed = True
            if name in there:
                link_writing.set_status(self.store, name, "accepted")
            if name in there or link.basis != "authored":
                decisions.add(self.store, name, "accepted", self.now, link.basis, link.rule)

    def _link(self, from_id: str, record: LinkRecord) -> Link:
        place = self._place(record.evidence) if record.evidence else None
        evidence = None
        if place and record.evidence:
            evidence = Evidence(place.source, record.evidence.quote, place.start, place.end)
        return new_link(
            from_id,
            record.relation,
            self._name(record.to),
            self.now,
            basis=record.basis,
            rule=record.rule,
            score=record.score,
            evidence=evidence,
        )

    def _name(self, name: str) -> str:
        """The id here of what the vault calls so."""
        if name in self.names:
            return self.names[name]
        row = self._source(name) if name.startswith(ids.SOURCE) else None
        return row.id if row is not None else same_as.name(self.store, name)

    def _exists(self, name: str) -> bool:
        if name.startswith(ids.SOURCE):
            return self._source(name) is not None
        if name.startswith(ids.LINK):
            return bool(links.read(self.store, [name]))
        if name.startswith(ids.PASSAGE):
            return bool(passages.turns(self.store, [name]))
        return statements.text_of(self.store, name) is not None

    def _rejected(self, names: Iterable[str]) -> None:
        """A verdict counts although what it is about may be found only later."""
        for name in map(self._name, names):
            if name in self.verdicts:
                continue
            is_link = name.startswith(ids.LINK)
            there = (links if is_link else statements).read(self.store, [name]).get(name)
            basis, rule = (there.basis, there.rule) if there else ("", "")
            decisions.add(self.store, name, "rejected", self.now, basis, rule)
            if there and basis != "authored":
                (link_writing if is_link else statement_writing).set_status(self.store, name, "rejected")
            self.changed = True
