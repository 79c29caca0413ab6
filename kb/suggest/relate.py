"""What embeddings may propose: `related` links and, after checks, `restates`; never a sign of their own.

For each statement the few of other sources that are nearest in meaning. Two that are very near say the same only if
nothing tells that they may mean the opposite (`kb.suggest.contrast`); else they are related, like all others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kb.model.link import Link, new_link
from kb.model.rules import NEAREST_IN_TEXT, Rule
from kb.store import decisions, link_writing, links, meta, statements
from kb.store.open import Store, now
from kb.suggest import contrast, targets

RULE = "nearest"
SAME = "same-words-and-sense"
_STATE = "related"
RESTATES = 0.85
"""Least cosine of two statements that may say the same. Figures: benchmarks/restated.py, docs/extraction.md."""

RULES = (
    Rule(
        RULE,
        "link",
        "embedding",
        what="after embedding: listed statements of different sources near in meaning, from a similarity of 0.6 up, "
        "each among the ten nearest of the other once the topics of the two sources are projected out, and nearer to "
        "it than to what is near to everything (CSLS), shared rare words counting; the best three of each",
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


def update(store: Store, best: int, threshold: float, listed: float) -> int:
    """Propose links anew where statements or vectors changed since. Returns how many `related` ones there are.

    What a person judged stays. `best` 0 takes all unjudged ones away. `listed` is the confidence from which on a
    suggested statement is listed: what is not has no part in this.
    """
    from kb.suggest.neighbours import related_pairs

    state = _state(store, best, threshold, listed)
    if meta.get(store, _STATE) == state:
        return links.count_rule(store, RULE)
    names = statements.ids(store)
    new = _links(store, related_pairs(store, names, best, threshold, listed) if best else [])
    aimed = targets.at_statements(store) if best else []
    with store.transaction():
        link_writing.replace_proposed(store, (RULE, SAME, NEAREST_IN_TEXT), [*new, *aimed])
        decisions.apply(store)
        meta.put(store, _STATE, state)
    return len({link.id for link in new if link.rule == RULE})


def extend(store: Store, statement_rowids: Collection[int], best: int, threshold: float, listed: float) -> int:
    """Propose the links of these statements alone. Returns how many there are now of what was proposed.

    Which links of others that a nearer one would have kept out stand until `update` proposes all anew.
    """
    from kb.suggest.neighbours import related_pairs

    if not best or not statement_rowids:
        return 0
    new = _links(store, related_pairs(store, statement_rowids, best, threshold, listed))
    with store.transaction():
        link_writing.insert(store, new)
        decisions.apply(store)
    return len(new)


def follows_texts(store: Store, best: int, threshold: float, listed: float) -> bool:
    """Whether no text has come since links were proposed with these settings; decisions may have been made."""
    generation, _, settings = (meta.get(store, _STATE) or "").partition("/")
    return settings == f"{best}/{threshold}/{listed}" and int(generation) >= meta.texts_generation(store)


def _state(store: Store, best: int, threshold: float, listed: float) -> str:
    return f"{meta.generation(store)}/{best}/{threshold}/{listed}"


def says_the_same(one: str, other: str) -> bool:
    """Whether two statements near in meaning may be taken for one: no check tells them apart."""
    return contrast.suspect(one, other) is None


def _links(store: Store, pairs: Sequence[tuple[int, int, float]]) -> list[Link]:
    """The links that pairs of rowids, with their cosines, may be."""
    names = statements.ids(store, {rowid for a, b, _ in pairs for rowid in (a, b)})
    texts = statements.texts(store, {rowid for a, b, score in pairs if score >= RESTATES for rowid in (a, b)})
    created = now()
    new = []
    for a, b, score in pairs:
        same = score >= RESTATES and says_the_same(texts[a], texts[b])
        # Neither relation has a direction: one of the two ends, always the same one, comes first.
        first, last = sorted((names[a], names[b]))
        link = new_link(
            first,
            "restates" if same else "related",
            last,
            created,
            basis="embedding",
            rule=SAME if same else RULE,
            status="suggested",
            score=round(score, 3),
        )
        new.append(link)
    return new
