"""Links between statements as lines of a note, outgoing ones as fields that other programs read too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.model.document import LinkRecord, SpanRecord
from kb.model.link import Link
from kb.model.passages import Turn
from kb.text.strings import clip, squash
from notes.vault.body import Section

PASSIVE = {
    "supports": "supported by",
    "attacks": "attacked by",
    "undercuts": "undercut by",
    "restates": "restated by",
    "related": "related to",
}
_ORDER = list(PASSIVE)
_OF_A_TURN = 60  # characters of its first words that are shown


class LinkLines:
    """The lines that show links, given the file name of each note; a link to what has no note is left out."""

    def __init__(
        self, stems: Mapping[str, str], links: Sequence[Link], ends: Mapping[str, Link], turns: Mapping[str, Turn]
    ) -> None:
        self.stems = stems
        self.ends = ends  # links that others undercut, by id
        self.turns = turns  # that are meant as wholes, by the ids of their first passages
        self.outgoing: dict[str, list[Link]] = {}
        self.incoming: dict[str, list[Link]] = {}
        for link in sorted(links, key=self._order):
            if link.status != "rejected":
                self.outgoing.setdefault(link.from_id, []).append(link)
                self.incoming.setdefault(link.to_id, []).append(link)

    def records(self, node: str) -> tuple[LinkRecord, ...]:
        """The accepted links that go out from a statement or source."""
        return tuple(_record(link) for link in self.outgoing.get(node, ()) if link.status == "accepted")

    def sections(self, node: str) -> list[Section]:
        """Accepted links, suggested ones, and what others say: in words, so that nobody reads those as its own."""
        accepted: list[str] = []
        suggested: list[str] = []
        for link in self.outgoing.get(node, ()):
            if shown := self._end(link.to_id):
                line = f"{link.relation}:: {shown}"
                (accepted if link.status == "accepted" else suggested).append(line + _doubt(link))
        incoming = [
            f"← {PASSIVE[link.relation]} [[{self.stems[link.from_id]}]]{_doubt(link)}"
            for link in self.incoming.get(node, ())
            if link.from_id in self.stems
        ]
        return [("Links", accepted), ("Suggested links", suggested), ("What others say", incoming)]

    def _end(self, node: str) -> str | None:
        if node in self.stems:
            return f"[[{self.stems[node]}]]"
        if (turn := self.turns.get(node)) and turn.source in self.stems:
            said = clip(squash(turn.quote), _OF_A_TURN).replace("[[", "[ [")
            return f"[[{self.stems[turn.source]}]]: {turn.speaker or 'somebody'}, “{said}”"
        link = self.ends.get(node)
        if link is None or link.from_id not in self.stems or link.to_id not in self.stems:
            return None
        return f"[[{self.stems[link.from_id]}]] {link.relation} [[{self.stems[link.to_id]}]]"

    @staticmethod
    def _order(link: Link) -> tuple[bool, int, float, str]:
        return link.status != "accepted", _ORDER.index(link.relation), -(link.score or 0), link.id


def _doubt(link: Link) -> str:
    if link.status == "accepted":
        return ""
    score = "" if link.score is None else f" {link.score:.2f}"
    return f" (suggested, {link.basis}{score})"


def _record(link: Link) -> LinkRecord:
    span = link.evidence
    evidence = SpanRecord(span.source, span.quote, span.start, span.end) if span else None
    return LinkRecord(link.relation, link.to_id, link.basis, link.rule, link.score, evidence)
