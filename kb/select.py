"""Choosing a part of the argument graph: from roots outwards, the best few links of each node, the rest counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from kb.graph import Edge, Graph, Node
from kb.store import links, sources, statements
from kb.text import clip

SIGNED = ("supports", "attacks", "undercuts", "restates")
PER_NODE = 6
"""Links followed from a node, the best ones; a reader sees how many were left out."""


def around(
    connection: sqlite3.Connection,
    roots: Sequence[str],
    *,
    depth: int = 2,
    statuses: Sequence[str] = ("accepted", "suggested"),
    related: bool = True,
    per_node: int = PER_NODE,
    title: str = "Argument map",
) -> Graph:
    """The map around some statements or sources, `depth` links far.

    A source as a root stands for its own statements too. What the limits leave out is counted in the graph.
    """
    chosen: dict[str, None] = dict.fromkeys(roots)
    edges: dict[str, dict[str, Any]] = {}
    left_out: set[str] = set()
    frontier = list(roots)
    for _ in range(depth):
        found = _touching(connection, frontier, statuses, related=related)
        following: list[str] = []
        for node in frontier:
            mine = [link for link in found if node in (link["from"], link["to"])]
            for rank, link in enumerate(sorted(mine, key=_weight)):
                other = link["to"] if link["from"] == node else link["from"]
                if rank >= per_node and other not in chosen:
                    left_out.add(link["id"])
                    continue
                edges[link["id"]] = link
                if other not in chosen:
                    chosen[other] = None
                    following.append(other)
        frontier = following
    # Links among what is shown belong to it, whichever way it was reached.
    among = _touching(connection, list(chosen), statuses, related=related)
    beyond = {link["id"]: link for link in among if link["from"] not in chosen or link["to"] not in chosen}
    edges |= {link["id"]: link for link in among if link["from"] in chosen and link["to"] in chosen}
    hidden = {end for link in beyond.values() for end in (link["from"], link["to"])} - set(chosen)
    return Graph(
        nodes=_nodes(connection, chosen),
        edges=tuple(_edge(link) for link in edges.values()),
        roots=tuple(root for root in roots if root in chosen),
        hidden_nodes=len(hidden),
        hidden_edges=len((set(beyond) | left_out) - set(edges)),
        title=title,
    )


def roots_of_source(connection: sqlite3.Connection, source_id: str, limit: int) -> list[str]:
    """The statements of a source that most is said for or against; the source itself where it has none."""
    sql = """SELECT st.id, (SELECT count(*) FROM link l WHERE l.to_id = st.id AND l.relation <> 'related'
            AND l.status <> 'rejected') AS said
        FROM statement st JOIN mention m ON m.statement_rowid = st.rowid JOIN source s ON s.rowid = m.source_rowid
        WHERE s.id = ? AND NOT m.lost AND st.status <> 'rejected' GROUP BY st.rowid HAVING said > 0
        ORDER BY said DESC, min(m.start) LIMIT ?"""
    found = [row["id"] for row in connection.execute(sql, (source_id, limit))]
    to_source = connection.execute(
        "SELECT 1 FROM link WHERE to_id = ? AND status <> 'rejected'", (source_id,)
    ).fetchone()
    return ([source_id] if to_source or not found else []) + found


def most_discussed(connection: sqlite3.Connection, limit: int) -> list[str]:
    """The statements and sources of the whole store that most is said for or against."""
    sql = """SELECT to_id FROM link WHERE relation IN ('supports', 'attacks', 'undercuts') AND status <> 'rejected'
        GROUP BY to_id ORDER BY count(*) DESC, to_id LIMIT ?"""
    return [row[0] for row in connection.execute(sql, (limit,))]


def _touching(
    connection: sqlite3.Connection, nodes: Iterable[str], statuses: Sequence[str], *, related: bool
) -> list[dict[str, Any]]:
    return [
        link
        for link in links.touching(connection, nodes)
        if link["status"] in statuses and (related or link["relation"] != "related")
    ]


def _weight(link: dict[str, Any]) -> tuple[bool, bool, float, str]:
    return link["relation"] == "related", link["status"] != "accepted", -(link["score"] or 1.0), link["id"]


def _nodes(connection: sqlite3.Connection, chosen: Iterable[str]) -> tuple[Node, ...]:
    names = list(chosen)
    found_statements = statements.read(connection, names)
    owners = {m["source"] for s in found_statements.values() for m in s["mentions"]}
    found_sources = sources.read(connection, {*names, *owners})
    nodes = []
    for name in names:
        if statement := found_statements.get(name):
            mention = statement["mentions"][0] if statement["mentions"] else {}
            source = found_sources.get(mention.get("source", ""), {})
            nodes.append(
                Node(
                    id=name,
                    kind=statement["kind"],
                    text=statement["text"],
                    source_id=source.get("id", ""),
                    source_title=source.get("title", ""),
                    speaker=mention.get("speaker") or "",
                    quote=mention.get("quote", ""),
                    url=source.get("url") or "",
                )
            )
        elif name in found_sources:
            source = found_sources[name]
            nodes.append(
                Node(
                    id=name,
                    kind="source",
                    text=clip(source["title"], 200),
                    source_id=name,
                    source_title=source["title"],
                    speaker=", ".join(source["authors"]),
                    url=source["url"] or "",
                )
            )
    return tuple(nodes)


def _edge(link: dict[str, Any]) -> Edge:
    return Edge(
        id=link["id"],
        source=link["from"],
        target=link["to"],
        relation=link["relation"],
        basis=link["basis"],
        status=link["status"],
        score=link["score"],
    )
