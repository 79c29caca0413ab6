"""What embeddings may propose: `related` links and, after checks, `restates`; never a sign of their own.

For each statement the few of other sources that are nearest in meaning. Two that are very near say the same only if
nothing tells that they may mean the opposite (`kb.suggest.contrast`); else they are related, like all others.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.model.rules import Rule
from kb.store import decisions, links, meta, open, statements
from kb.suggest import comment_targets, contrast

RULE = "nearest"
SAME = "same-words-and-sense"
RULES = (
    Rule(
        RULE,
        "link",
        "embedding",
        what="after embedding: statements of different sources near in meaning, from a similarity of 0.6 up; the best "
        "three of each once the topic of the two sources is projected out",
        gives="related",
        score="the similarity",
    ),
    Rule(
        SAME,
        "link",
        "embedding",
        what="of those, the ones from 0.85 up that pass every check below",
        gives="restates",
        score="the similarity",
    ),
)

RESTATES = 0.85
"""Least cosine of two statements that may say the same. Figures: benchmarks/restated.py, docs/extraction.md."""


def update(store: open.Store, best: int, threshold: float) -> int:
    """Propose links anew where statements or vectors changed since. Returns how many `related` ones there are.

    What a person judged stays. `best` 0 takes all unjudged ones away.
    """
    from kb.suggest.neighbours import related_pairs

    connection = store.reader()
    state = f"{meta.generation(connection)}/{best}/{threshold}"
    if meta.get(connection, "related") == state:
        counted = links.count_rule(connection, RULE)
        connection.close()
        return counted
    names = statements.ids(connection)
    pairs = related_pairs(connection, store.home, names, best, threshold) if best else []
    near = {rowid for a, b, score in pairs if score >= RESTATES for rowid in (a, b)}
    texts = statements.texts(connection, near)
    aimed = comment_targets.at_statements(connection, store.home) if best else []
    connection.close()
    same = {(a, b) for a, b, score in pairs if score >= RESTATES and says_the_same(texts[a], texts[b])}
    with store.transaction() as session:
        raw = open.raw(session)
        for rule in (RULE, SAME, comment_targets.RULE):
            links.clear_rule(raw, rule)
        new = list(_new(((names[a], names[b], score, (a, b) in same) for a, b, score in pairs), open.now()))
        links.insert(session, raw, [*new, *aimed])
        decisions.apply(raw)
        meta.put(raw, "related", state)
    return len({link.id for link in new if link.rule == RULE})


def says_the_same(one: str, other: str) -> bool:
    """Whether two statements near in meaning may be taken for one: no check tells them apart."""
    return contrast.suspect(one, other) is None


def _new(pairs: Iterable[tuple[str, str, float, bool]], now: str) -> Iterable[links.NewLink]:
    # Neither relation has a direction: one of the two ends, always the same one, comes first.
    for a, b, score, same in pairs:
        yield links.NewLink(
            min(a, b),
            max(a, b),
            "restates" if same else "related",
            "embedding",
            SAME if same else RULE,
            "suggested",
            round(score, 3),
            now,
        )
