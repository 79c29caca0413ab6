"""Which statement of a text a comment on it means: the nearest one, where it is near enough.

The link to the text as a whole stays; this adds one to a statement of it. The sign is the one that a stance marker or
the structure gave the link to the whole text, and only towards what that text's author says there; towards anything
else, and where there is no sign, the link is `related`.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kb.model.rules import Rule
from kb.store import links, open
from kb.text.strings import fold
from kb.vectors import index, topic

RULE = "nearest-in-text"
RULES = (
    Rule(
        RULE,
        "link",
        "that of the link to the whole; embedding where related",
        what="after embedding: where `commentary`, `comment-on-post` or `quoted-reply` ends at a whole text, the "
        "statement of that text that is nearest once its topic is projected out, from 0.45 up",
        gives="besides the link to the whole: the same relation if the text's author says it as a claim or critique; "
        "related otherwise",
        score="the similarity",
    ),
)

LEAST = 0.45
"""Least cosine, with the topic of the text projected out."""
_ENOUGH = 5  # statements that the text must make for "nearest" to mean something


def at_statements(connection: sqlite3.Connection, home: Path) -> list[links.NewLink]:
    """For each link from a comment to a whole text: one to the statement of it that is meant, where that is clear."""
    import numpy as np

    whole = links.to_texts(connection)
    vectors = index.load(connection, home, "statement")
    found = []
    texts: dict[int, list[sqlite3.Row]] = {}
    for link in whole:
        source = link["source_rowid"]
        if source not in texts:
            texts[source] = links.aims(connection, source)
        candidates = {row["rowid"]: row for row in texts[source] if row["id"] != link["from_id"]}
        rowids, matrix = vectors.of(np.array(sorted(candidates), dtype=np.int64))
        _, own = vectors.of(np.array([link["from_rowid"]], dtype=np.int64))
        if len(rowids) < _ENOUGH or not len(own):
            continue
        about = topic.shared(matrix)
        scores = topic.project_out(matrix, about) @ topic.project_out(own, about)[0]
        first = int(scores.argmax())
        if scores[first] >= LEAST:
            found.append(_link(link, candidates[int(rowids[first])], float(scores[first])))
    return found


def _link(whole: sqlite3.Row, target: sqlite3.Row, score: float) -> links.NewLink:
    authors = {fold(name) for name in (whole["authors"] or "").split("\x1f") if name}
    speaks = fold(target["speaker"] or "")
    theirs = target["kind"] in {"claim", "critique"} and (not speaks or not authors or speaks in authors)
    signed = whole["relation"] in {"supports", "attacks"} and theirs
    return links.NewLink(
        from_id=whole["from_id"],
        to_id=target["id"],
        relation=whole["relation"] if signed else "related",
        basis=whole["basis"] if signed else "embedding",
        rule=RULE,
        status="suggested",
        score=round(score, 3),
        created=open.now(),
        evidence_rowid=whole["evidence_rowid"],
        evidence_quote=whole["evidence_quote"],
        evidence_start=whole["evidence_start"],
        evidence_end=whole["evidence_end"],
    )
