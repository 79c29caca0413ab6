"""`related` links: for each statement the few of other sources that are nearest in meaning. Never a sign."""

from __future__ import annotations

from kb import db
from kb.store import decisions, links, meta

RULE = "nearest"


def update(store: db.Store, best: int, threshold: float) -> int:
    """Propose `related` links anew where statements or vectors changed since. Returns how many there are.

    What a person judged stays. `best` 0 takes all unjudged ones away.
    """
    from kb.search.related import related_pairs

    connection = store.reader()
    state = f"{meta.generation(connection)}/{best}/{threshold}"
    if meta.get(connection, "related") == state:
        counted = connection.execute("SELECT count(*) FROM link WHERE rule = ?", (RULE,)).fetchone()[0]
        connection.close()
        return int(counted)
    names = dict(connection.execute("SELECT rowid, id FROM statement").fetchall())
    pairs = related_pairs(connection, store.home, names, best, threshold) if best else []
    connection.close()
    with store.transaction() as session:
        raw = db.raw(session)
        links.clear_rule(raw, RULE)
        now = db.now()
        # An unsigned link has no direction: one of the two ends, always the same one, comes first.
        new = [
            links.NewLink(
                min(names[a], names[b]),
                max(names[a], names[b]),
                "related",
                "embedding",
                RULE,
                "suggested",
                round(score, 3),
                now,
            )
            for a, b, score in pairs
        ]
        links.insert(session, raw, new)
        decisions.apply(raw)
        meta.put(raw, "related", state)
    return len({link.id for link in new})
