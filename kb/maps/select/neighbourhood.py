"""From where a map starts outwards: the best links of each node, link by link, the rest counted.

The links are read frontier by frontier, since a map is small beside the store: `benchmarks/maps.py` compares that with
loading the whole graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from kb.model import ids
from kb.model.argument_map import ArgumentMap, Node
from kb.model.link import Edge
from kb.model.passages import Turn
from kb.model.source import Source
from kb.model.statement import Statement
from kb.model.words import Relation, Status
from kb.store import links, passages, sources, spoken, statements
from kb.store.conditions import EVERYTHING, Condition
from kb.store.open import Store
from kb.text.strings import clip

DRAWN: tuple[Relation, ...] = ("supports", "attacks", "undercuts", "restates")
LIVE: tuple[Status, ...] = ("accepted", "suggested")
PER_NODE = 6
"""Links followed from a node, the best ones; a store sees how many were left out."""
MOST = 60
"""Nodes of a map: about what a person can take in."""


def around(
    store: Store,
    roots: Sequence[str],
    *,
    depth: int = 2,
    relations: Sequence[str] = DRAWN,
    statuses: Sequence[str] = LIVE,
    bases: Sequence[str] = (),
    per_node: int = PER_NODE,
    most: int = MOST,
    only: Condition = EVERYTHING,
    skip: Callable[[Edge], bool] | None = None,
    title: str = "Argument map",
) -> ArgumentMap:
    """The map around some statements or sources, `depth` links far, of at most `most` nodes (the roots always).

    What is said of the turn that a statement stands in, as a whole, is around the statement too.
    `bases`: of any basis where none is named. `only`: a condition on `st` and its values, which every statement but the
    roots must meet. `skip` says of a link whether to pass over it. What the limits leave out is counted; what is
    rejected or no longer said anywhere is not there.
    """
    near = partial(links.edges_at, store, statuses=statuses, relations=relations, bases=bases)
    reach = _Reach(store, partial(_without, near, skip) if skip else near, only)
    chosen = dict.fromkeys(roots)
    reach.allowed.update(chosen)
    frontier = list(chosen)
    for _ in range(depth):
        stood_in = [name for name in reach.turns(frontier) if name not in chosen][: max(0, most - len(chosen))]
        chosen.update(dict.fromkeys(stood_in))
        frontier = [*frontier, *stood_in]
        reach.read(frontier)
        reach.weigh(frontier)
        offers = [offer for place, node in enumerate(frontier) for offer in _offers(reach, node, place, per_node)]
        following: list[str] = []
        # The best link of every node comes before the second of any, so that no root is left bare.
        for *_, others in sorted(offers):
            new = [other for other in others if other not in chosen]
            if len(chosen) + len(new) <= most:
                chosen.update(dict.fromkeys(new))
                following += new
        frontier = following
    reach.read(frontier)
    return _map(reach, chosen, list(roots), title)


def _without(
    near: Callable[[Iterable[str]], dict[str, Edge]], skip: Callable[[Edge], bool], ends: Iterable[str]
) -> dict[str, Edge]:
    return {name: row for name, row in near(ends).items() if not skip(row)}


@dataclass
class _Reach:
    """The links read so far, and what each of them touches."""

    store: Store
    near: Callable[[Iterable[str]], dict[str, Edge]]
    only: Condition
    links: dict[str, Edge] = field(default_factory=dict)
    touches: dict[str, tuple[str, ...]] = field(default_factory=dict)
    at: dict[str, list[str]] = field(default_factory=dict)
    allowed: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    said: dict[str, int] = field(default_factory=dict)

    def read(self, nodes: list[str]) -> None:
        """Take in the links of these nodes, those that undercut one of them, and those that they undercut."""
        found = self.near(nodes)
        fresh = dict(found)
        while fresh:
            further = self.near(fresh) | self._aimed_at(fresh.values())
            fresh = {name: row for name, row in further.items() if name not in found and name not in self.links}
            found |= fresh
        found = {name: row for name, row in found.items() if name not in self.links}
        known = self.links | found
        ends = {name: _touched(name, known) for name in found}
        self._judge({end for touched in ends.values() for end in touched})
        for name, touched in ends.items():
            self.links[name] = found[name]
            if touched and self.allowed.issuperset(touched):
                self.touches[name] = touched
                for end in touched:
                    self.at.setdefault(end, []).append(name)

    def turns(self, nodes: list[str]) -> list[str]:
        """The turns in which these statements stand and of which, as wholes, something is said that is to be drawn."""
        if self.only != EVERYTHING:
            return []
        stood_in = dict.fromkeys(turn for own in spoken.turns_of(self.store, nodes).values() for turn in own)
        ends = {row.to_id for row in self.near(stood_in).values()} if stood_in else set()
        self.allowed.update(turn for turn in stood_in if turn in ends)
        return [turn for turn in stood_in if turn in ends]

    def weigh(self, nodes: list[str]) -> None:
        """Learn how much is said about what the links of these nodes lead to."""
        ends = {end for node in nodes for name in self.at.get(node, ()) for end in self.touches[name]}
        self.said |= links.discussion(self.store, ends - self.said.keys())

    def _aimed_at(self, rows: Iterable[Edge]) -> dict[str, Edge]:
        """The links that some aim at, of whatever relation and basis: without them those could not be drawn."""
        aims = {row.to_id for row in rows if _is_link(row.to_id)} - self.links.keys()
        found = links.edges_by_id(self.store, aims)
        return {name: row for name, row in found.items() if row.status != "rejected"}

    def _judge(self, ends: set[str]) -> None:
        new = list(ends - self.allowed - self.refused)
        there = statements.standing(self.store, new, self.only)
        if self.only == EVERYTHING:
            found = sources.read(self.store, [end for end in new if end.startswith(ids.SOURCE)])
            there |= {name for name, source in found.items() if source.state == "here"}
            there |= passages.turns(self.store, [end for end in new if end.startswith(ids.PASSAGE)]).keys()
        self.allowed |= there
        self.refused.update(end for end in new if end not in there)


def _is_link(name: str) -> bool:
    return name.startswith(ids.LINK)


def _touched(name: str, known: dict[str, Edge]) -> tuple[str, ...]:
    """The nodes that a link joins: its ends, and where it aims at a link, that one's ends. None where it dangles."""
    nodes: dict[str, None] = {}
    seen: set[str] = set()
    while _is_link(name):
        if name in seen or name not in known:
            return ()
        seen.add(name)
        nodes[known[name].from_id] = None
        name = known[name].to_id
    nodes[name] = None
    return tuple(nodes)


Offer = tuple[int, int, tuple[str, ...]]
"""Rank among the links of a node, place of that node, and the nodes that the link leads to."""


def _offers(reach: _Reach, node: str, place: int, per_node: int) -> Iterable[Offer]:
    mine = sorted(reach.at.get(node, ()), key=lambda name: _weight(reach, name, node))
    for rank, name in enumerate(mine[:per_node]):
        yield rank, place, tuple(other for other in reach.touches[name] if other != node)


def _weight(reach: _Reach, name: str, node: str) -> tuple[bool, bool, int, float, str]:
    """Signed, accepted, much discussed and sure ones first."""
    link = reach.links[name]
    said = max((reach.said.get(other, 0) for other in reach.touches[name] if other != node), default=0)
    score = 1.0 if link.score is None else link.score
    return link.relation == "related", link.status != "accepted", -said, -score, name


def _map(reach: _Reach, chosen: dict[str, None], roots: list[str], title: str) -> ArgumentMap:
    shown: list[str] = []
    beyond: set[str] = set()
    more: dict[str, int] = {}
    hidden: set[str] = set()
    for node in chosen:
        for name in reach.at.get(node, ()):
            outside = [end for end in reach.touches[name] if end not in chosen]
            if outside:
                beyond.add(name)
                hidden.update(outside)
                more[node] = more.get(node, 0) + 1
            else:
                shown.append(name)
    evidence = links.read(reach.store, dict.fromkeys(shown))
    return ArgumentMap(
        nodes=_nodes(reach.store, chosen),
        edges=tuple(evidence[name] for name in dict.fromkeys(shown)),
        roots=tuple(dict.fromkeys(roots)),
        hidden_nodes=len(hidden),
        hidden_edges=len(beyond),
        title=title,
        more=more,
    )


def _nodes(store: Store, chosen: Iterable[str]) -> tuple[Node, ...]:
    names = list(chosen)
    found_statements = statements.read(store, names)
    owners = {m.source for s in found_statements.values() for m in s.mentions}
    turns = passages.turns(store, [name for name in names if name.startswith(ids.PASSAGE)])
    found_sources = sources.read(store, {*names, *owners, *(turn.source for turn in turns.values())})
    nodes = []
    for name in names:
        if statement := found_statements.get(name):
            nodes.append(_statement_node(statement, found_sources))
        elif source := found_sources.get(name):
            nodes.append(
                Node(
                    id=name,
                    kind="source",
                    text=clip(source.title, 200),
                    source_id=name,
                    source_title=source.title,
                    speaker=_named(source.authors),
                    url=source.url or "",
                )
            )
        elif turn := turns.get(name):
            nodes.append(_turn_node(turn, found_sources[turn.source]))
    return tuple(nodes)


def _turn_node(turn: Turn, source: Source) -> Node:
    return Node(
        id=turn.id,
        kind="passage",
        text=clip(turn.quote, 200),
        source_id=source.id,
        source_title=source.title,
        speaker=turn.speaker or _named(source.authors),
        quote=turn.quote,
        url=source.url or "",
    )


def _statement_node(statement: Statement, found_sources: Mapping[str, Source]) -> Node:
    node = Node(id=statement.id, kind=statement.kind, text=statement.text, status=statement.status)
    mention = next(iter(statement.mentions), None)
    source = found_sources.get(mention.source) if mention else None
    if mention is None or source is None:
        return node
    return replace(
        node,
        source_id=source.id,
        source_title=source.title,
        speaker=mention.said_by(_named(source.authors)),
        voice=mention.voice,
        quote=mention.quote,
        url=source.url or "",
        context=statement.context.quote if statement.context and statement.context.source == source.id else "",
    )


def _named(authors: Sequence[str]) -> str:
    """Who wrote it, short."""
    return ", ".join(authors) if len(authors) <= 2 else f"{authors[0]} and {len(authors) - 1} others"
