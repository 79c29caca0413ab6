"""The statements of a source that is joined to another, and what hangs on them: decisions, credences, links.

A statement of the same quote as one in the text that stays becomes one with it; one that somebody wrote, judged or
linked is made in that text from now on, where its quote stands, and counts as lost where it does not. The rest goes
with its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kb.model import ids
from kb.model.link import Evidence, Link, new_link
from kb.model.rules import PERSON
from kb.model.source import StoredSource
from kb.store import carrying, edits, link_writing, links, same_as, statement_writing, statements
from kb.store.carrying import Said
from kb.store.open import Store
from kb.text.strings import digest, fold, squash


@dataclass(slots=True)
class Counts:
    """How much was given."""

    one: int = 0
    carried: int = 0
    lost: int = 0
    decisions: int = 0
    credences: int = 0
    links: int = 0
    overruled: list[str] = field(default_factory=list)  # what was decided otherwise of the one that stays


@dataclass
class Carried:
    """What is to be given, collected while both sources are still as they were."""

    store: Store
    kept: StoredSource
    gone: StoredSource
    said: dict[str, Said]  # by id
    pairs: dict[str, Said]  # of statements that become one: the other, by id
    links: list[Link]
    counts: Counts = field(default_factory=Counts)

    @classmethod
    def of(cls, store: Store, kept: StoredSource, gone: StoredSource) -> Carried:
        """What `gone` has for `kept`."""
        there: dict[str, Said] = {}
        for one in carrying.said(store, kept.rowid):
            if not _is_by_hand(one):
                there.setdefault(_key(one), one)
        said = {one.id: one for one in reversed(carrying.said(store, gone.rowid))}
        pairs = {
            one.id: there[_key(one)]
            for one in said.values()
            if not _is_by_hand(one) and not one.elsewhere and _key(one) in there and there[_key(one)].id != one.id
        }
        touching = carrying.links_at(store, [gone.id, *said])
        known = {link.id for link in touching}
        while more := [x for x in carrying.links_at(store, [link.id for link in touching]) if x.id not in known]:
            touching += more  # what undercuts a link
            known |= {link.id for link in more}
        before = same_as.names(store, known)  # what was given to another already
        return cls(store, kept, gone, said, pairs, [link for link in touching if link.id not in before])

    def give(self, at: str) -> Counts:
        """Give it to the source that stays, inside a transaction; the other one is out of sight already."""
        store = self.store
        left = statements.rowids(store, self.said)
        self._pair(at)
        for name, one in self.said.items():
            if name in left and name not in self.pairs:
                self._carry(one, at)
        self._evidence()
        self._links(at)
        return self.counts

    # Statements

    def _pair(self, at: str) -> None:
        store, gone = self.store, self.gone.id
        same_as.join(store, [(before, one.id) for before, one in self.pairs.items()], at)
        same_as.note(store, gone, "pair", [(before,) for before in self.pairs])
        for before, one in self.pairs.items():
            same_as.note(store, gone, "joined", [(x, before) for x in same_as.lead_on(store, before, one.id)])
            self.counts.one += 1
            had, old = carrying.last_decision(store, one.id), self.said[before]
            counts = self._decided(before, one.id, one.status) or not edits.of(store, before).keys().isdisjoint(_WORDS)
            held = had or not edits.of(store, one.id).keys().isdisjoint(_WORDS)
            if counts and not held and (old.text, old.kind) != (one.text, one.kind):
                statement_writing.set_words(store, one.id, old.text, old.kind, digest(old.text))
                same_as.note(store, gone, "words", [(one.id, one.text, one.kind, old.text, old.kind)])
            believed = carrying.credences(store, before, one.id)
            self.counts.credences += len(believed)
            same_as.note(store, gone, "credence", [(str(rowid),) for rowid in believed])
            if carrying.revisit(store, before, one.id):
                same_as.note(store, gone, "revisit", [(one.id, before)])
            self._edits(before, one, at)

    def _decided(self, before: str, now: str, status: str) -> bool:
        """Let what was decided hold; whether it does."""
        last = carrying.last_decision(self.store, now)
        made, verdict = carrying.decisions(self.store, before, now)
        self.counts.decisions += len(made)
        same_as.note(self.store, self.gone.id, "decision", [(now, str(rowid)) for rowid in made])
        if made and last and verdict != status:
            self.counts.overruled.append(f"{now}: {status} → {verdict}")
        if made:
            same_as.note(self.store, self.gone.id, "status", [(now, status, str(last), str(made[-1]))])
            (link_writing if now.startswith(ids.LINK) else statement_writing).set_status(self.store, now, verdict)
        return bool(made)

    def _edits(self, before: str, one: Said, at: str) -> None:
        """Let what a person said of a statement hold, where they did not say it of the other."""
        said, held = edits.of(self.store, before), edits.of(self.store, one.id)
        for name in sorted(said.keys() - held.keys() - {edits.REMARKS}):
            if name == edits.SPEAKER:
                edits.put_speaker(self.store, one.id, said[name], at)
                edits.apply_speakers(self.store, [one.id])
            else:
                found = {edits.WORDING: one.text, edits.KIND: one.kind}.get(name)
                edits.put(self.store, one.id, name, said[name], at, found)
            same_as.note(self.store, self.gone.id, "edit", [(one.id, name, said[name])])

    def _carry(self, one: Said, at: str) -> None:
        """Have a statement made in the text that stays, too."""
        self.counts.carried += 1
        if any(name == one.id for name in (x.id for x in carrying.said(self.store, self.kept.rowid))):
            return
        place = find(self.kept.text, one.quote)
        self.counts.lost += place is None
        quote = self.kept.text[slice(*place)] if place else one.quote
        carrying.add_mention(self.store, one, self.kept.rowid, quote, place[0] if place else None)
        same_as.note(self.store, self.gone.id, "mention", [(one.id,)])
        if not _is_by_hand(one):  # what the rules find there later is this statement
            found = ids.make(ids.STATEMENT, self.kept.id, fold(squash(one.quote)))
            if found != one.id and statements.text_of(self.store, found) is None:
                same_as.join(self.store, [(found, one.id)], at)
                same_as.note(self.store, self.gone.id, "pair", [(found,)])

    # Links

    def _evidence(self) -> None:
        for link, quote, start, end in carrying.evidence_in(self.store, self.gone.rowid):
            if place := find(self.kept.text, quote):
                if self.kept.text[slice(*place)] != quote:
                    continue
                carrying.set_evidence(self.store, link, self.kept.rowid, *place)
                same_as.note(self.store, self.gone.id, "evidence", [(link, str(start), str(end))])

    def _links(self, at: str) -> None:
        """The same links, with what stays for an end; of those that only the other text gave, those still there."""
        left = links.read(self.store, [link.id for link in self.links])
        ends = {before: one.id for before, one in self.pairs.items()} | {self.gone.id: self.kept.id}
        waiting = [left.get(x.id, x) for x in self.links if x.id in left or x.owner not in (None, self.gone.id)]
        rest: list[Link] = []
        while waiting:
            for link in waiting:
                if link.to_id.startswith(ids.LINK) and link.to_id not in ends and link.to_id in {x.id for x in waiting}:
                    rest.append(link)  # after the link that it undercuts
                elif link.from_id in ends or link.to_id in ends:
                    self._link(link, ends, at)
            if len(rest) == len(waiting):
                break
            waiting, rest = rest, []

    def _link(self, link: Link, ends: dict[str, str], at: str) -> None:
        from_id, to_id = ends.get(link.from_id, link.from_id), ends.get(link.to_id, link.to_id)
        if from_id == to_id or not (link.basis == "authored" or link.owner or link.status != "suggested"):
            return
        owner = self.kept.id if link.owner == self.gone.id else link.owner
        new = new_link(from_id, link.relation, to_id, link.created)
        new = replace(link, id=new.id, from_id=from_id, to_id=to_id, owner=owner, evidence=self._place(link.evidence))
        there = links.read(self.store, [new.id]).get(new.id)
        if there is None:
            link_writing.insert(self.store, [new])
            same_as.note(self.store, self.gone.id, "link", [(new.id,)])
            self.counts.links += 1
        ends[link.id] = new.id
        same_as.join(self.store, [(link.id, new.id)], at)
        same_as.note(self.store, self.gone.id, "pair", [(link.id,)])
        self._decided(link.id, new.id, (there or new).status)

    def _place(self, evidence: Evidence | None) -> Evidence | None:
        if evidence is None or evidence.source != self.gone.id:
            return evidence
        start = self.kept.text.find(evidence.quote)
        return Evidence(self.kept.id, evidence.quote, start, start + len(evidence.quote)) if start >= 0 else None


_WORDS = {edits.WORDING, edits.KIND}


def _is_by_hand(one: Said) -> bool:
    """Whether a person wrote the statement: it is named by its words, and is one wherever it is made."""
    return one.basis == "authored" and one.rule == PERSON


def _key(one: Said) -> str:
    return fold(squash(one.quote))


def find(text: str, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, whatever blanks are between its words; None where it does not."""
    if (at := text.find(quote)) >= 0:
        return at, at + len(quote)
    words = quote.split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None
