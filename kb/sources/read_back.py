"""What an exported vault says of statements, links and verdicts, put into the store once its sources are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.model.document import CredenceRecord, LinkRecord, Records, SourceRecord, SpanRecord, StatementRecord
from kb.store import credences, decisions, links, meta, open, sources, statements
from kb.store.credences import Credence
from kb.text.strings import digest

if TYPE_CHECKING:
    from sqlmodel import Session


def apply(store: open.Store, records: Mapping[str, Records]) -> list[tuple[str, str]]:
    """Put the records of each target in, all or none. Returns (target, problem) for what could not be.

    The order of the targets does not matter. What a person decided in this home stays decided.
    """
    if not any(records.values()):
        return []
    with store.transaction() as session:
        return _Records(session, records).run()


@dataclass(frozen=True, slots=True)
class _Place:
    """A span of a source as it stands in this home."""

    rowid: int
    start: int
    end: int


class _Records:
    def __init__(self, session: Session, records: Mapping[str, Records]) -> None:
        self.session = session
        self.connection = open.raw(session)
        self.records = [(target, record) for target, those in records.items() for record in those]
        self.now = open.now()
        self.problems: list[tuple[str, str]] = []
        self.names: dict[str, str] = {}  # ids in the vault → ids here, where they differ
        self.sources: dict[str, sqlite3.Row | None] = {}
        ids = [record.id for _, record in self.records]
        ids += [name for _, record in self.records if isinstance(record, SourceRecord) for name in record.rejected]
        self.verdicts = decisions.verdicts(self.connection, ids)
        self.changed = False

    def run(self) -> list[tuple[str, str]]:
        for target, record in self.records:
            if isinstance(record, StatementRecord):
                self._statement(target, record)
            else:
                self._rejected(record.rejected)
                if (row := self._source(record.id)) is not None:
                    self.names[record.id] = row["id"]
        found = [
            (target, self.names.get(record.id, record.id), link)
            for target, record in self.records
            for link in record.links
        ]
        self._links([item for item in found if not item[2].to.startswith("e")])
        self._links([item for item in found if item[2].to.startswith("e")])  # a link to a link needs that first
        if self.changed:
            meta.bump_generation(self.connection)
        return self.problems

    # Statements

    def _statement(self, target: str, record: StatementRecord) -> None:
        places = []
        for mention in record.mentions:
            place = self._place(mention)
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
        there = statements.read(self.connection, [name]).get(name)
        authored = record.basis == "authored"
        new = statements.NewStatement(
            name, record.kind, record.text, record.basis, record.rule,
            record.status if authored else "suggested", record.confidence, self.now, digest(record.text),
            tuple(
                statements.NewMention(place.rowid, mention.quote, place.start, place.end, mention.speaker)
                for place, mention in places
            ),
        )  # fmt: skip
        if there is None or len(there["mentions"]) < len(places):
            statements.insert(self.session, self.connection, [new])
            self.changed = True
        if not authored and record.status != "suggested" and (there or {}).get("status") != record.status:
            if name in self.verdicts:
                self.problems.append((target, f"{name} is {self.verdicts[name]} here; the vault says {record.status}"))
                return
            decisions.add(self.connection, name, record.status, self.now, record.basis, record.rule)
            statements.set_status(self.connection, name, record.status)
            if there and (there["text"], there["kind"]) != (record.text, record.kind):  # a person's words and kind
                statements.set_words(self.connection, name, record.text, record.kind, digest(record.text))
            self.changed = True

    def _credences(self, name: str, given: Iterable[CredenceRecord]) -> None:
        """Those that are new here. One that a person wrote without a time is new where they held something else."""
        for record in given:
            held = [c for c in credences.read(self.connection, [name]).get(name, ()) if c.who == record.who]
            if record.at is None and held and (held[-1].low, held[-1].high) == (record.low, record.high):
                continue
            at = record.at or self.now
            credences.add(self.connection, Credence(name, record.who, record.low, record.high, at, record.note))

    def _same(self, record: StatementRecord, places: Iterable[_Place]) -> str:
        """Id under which this home has the statement: where a source has another id here, so have its statements."""
        if statements.taken(self.connection, record.id):
            return record.id
        for place in places:
            for name in statements.at(self.connection, place.rowid, place.start, place.end):
                if statements.read(self.connection, [name])[name]["text"] == record.text:
                    return name
        return record.id

    def _place(self, span: SpanRecord) -> _Place | None:
        """Where the quote stands here: at its place, else wherever it is found."""
        row = self._source(span.source)
        if row is None or not span.quote:
            return None
        text = row["text"]
        start = span.start if text.startswith(span.quote, span.start) else text.find(span.quote)
        return _Place(row["rowid"], start, start + len(span.quote)) if start >= 0 else None

    def _source(self, source_id: str) -> sqlite3.Row | None:
        if source_id not in self.sources:
            row = sources.row(self.connection, source_id)
            if row is None:
                row = next(iter(sources.by_keys(self.connection, ["id:" + source_id])), None)
            self.sources[source_id] = row
        return self.sources[source_id]

    # Links and verdicts

    def _links(self, found: list[tuple[str, str, LinkRecord]]) -> None:
        new: dict[str, links.NewLink] = {}
        targets: dict[str, str] = {}
        for target, from_id, record in found:
            link = self._link(from_id, record)
            if not self._exists(link.from_id) or not self._exists(link.to_id):
                missing = link.from_id if self._exists(link.to_id) else link.to_id
                self.problems.append((target, f"{link.relation} {record.to} is left out: there is no {missing}"))
                continue
            new[link.id], targets[link.id] = link, target
        there = links.read(self.connection, new)
        verdicts = decisions.verdicts(self.connection, new)
        links.insert(self.session, self.connection, list(new.values()))
        for name, link in new.items():
            if name in there and there[name]["status"] == "accepted":
                continue
            if verdicts.get(name) == "rejected":
                self.problems.append((targets[name], f"{name} is rejected here; the vault says accepted"))
                if name not in there:
                    links.set_status(self.connection, name, "rejected")
                continue
            self.changed = True
            if name in there:
                links.set_status(self.connection, name, "accepted")
            if name in there or link.basis != "authored":
                decisions.add(self.connection, name, "accepted", self.now, link.basis, link.rule)

    def _link(self, from_id: str, record: LinkRecord) -> links.NewLink:
        place = self._place(record.evidence) if record.evidence else None
        return links.NewLink(
            from_id,
            self._name(record.to),
            record.relation,
            record.basis,
            record.rule,
            "accepted",
            record.score,
            self.now,
            None,
            *((place.rowid, record.evidence.quote, place.start, place.end) if place and record.evidence else ()),
        )

    def _name(self, name: str) -> str:
        """The id here of what the vault calls so."""
        if name in self.names:
            return self.names[name]
        row = self._source(name) if name.startswith("s") else None
        return row["id"] if row is not None else name

    def _exists(self, name: str) -> bool:
        if name.startswith("s"):
            return self._source(name) is not None
        if name.startswith("e"):
            return bool(links.read(self.connection, [name]))
        return statements.taken(self.connection, name)

    def _rejected(self, names: Iterable[str]) -> None:
        """A verdict counts although what it is about may be found only later."""
        for name in names:
            if name in self.verdicts:
                continue
            table = links if name.startswith("e") else statements
            there = table.read(self.connection, [name]).get(name)
            basis, rule = (there["basis"], there["rule"]) if there else ("", "")
            decisions.add(self.connection, name, "rejected", self.now, basis, rule)
            if there and basis != "authored":
                table.set_status(self.connection, name, "rejected")
            self.changed = True
