"""Which pairs of statements are worth a judge's time: near in meaning, of different sources, and not settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb.model.link import Edge
from kb.model.statement import Point
from kb.model.words import RELATIONS, STATUSES
from kb.store import links, sources, statements
from kb.store.open import Store
from kb.suggest.judges import Side
from kb.suggest.judges.pair import Pair
from kb.suggest.neighbours import related_pairs

_TARGETS = 3  # statements tried as the target of a critique that has none
_NEAR = 0.4  # least cosine of such a target: a critique shares few words with what it attacks


def candidates(store: Store, about: str | None = None, least: float = 0.0) -> list[Pair]:
    """Pairs to judge, nearest first: `related` links, and critiques without a target with the statements near them.

    A pair with a signed link, suggested or accepted, is left out, and so is one that a person rejected a link of.

    Args:
        about: only pairs with this statement, or with a statement of this source.
        least: only statements that are accepted, or of this confidence.
    """
    said = {
        name: point
        for name, point in statements.points(store).items()
        if point.status == "accepted" or point.confidence is None or point.confidence >= least
    }
    known = links.edges(store, STATUSES, RELATIONS)
    settled = {
        frozenset((edge.from_id, edge.to_id))
        for edge in known
        if edge.status == "rejected" or edge.relation != "related"
    }
    scored: dict[frozenset[str], float] = {}
    for edge in known:
        if edge.relation == "related":
            scored[frozenset((edge.from_id, edge.to_id))] = edge.score or 0.0
    for a, b, score in _of_critiques(store, said, known):
        scored.setdefault(frozenset((a, b)), score)
    chosen = [
        (score, tuple(sorted(pair)))
        for pair, score in scored.items()
        if pair not in settled and len(pair) == 2 and pair <= said.keys() and _about(pair, said, about)
    ]
    chosen.sort(key=lambda item: (-item[0], item[1]))
    seen = _sides(store, {name for _, pair in chosen for name in pair})
    return [Pair(seen[a], seen[b], score) for score, (a, b) in chosen if a in seen and b in seen]


def _of_critiques(store: Store, said: Mapping[str, Point], known: Sequence[Edge]) -> list[tuple[str, str, float]]:
    """Critiques that attack nothing, with the statements near them."""
    aimed = {e.from_id for e in known if e.relation in ("attacks", "undercuts") and e.status != "rejected"}
    names = [name for name, point in said.items() if point.kind == "critique" and name not in aimed]
    wanted = statements.rowids(store, names).values()
    if not wanted:
        return []
    found = related_pairs(store, wanted, k=_TARGETS, threshold=_NEAR, mutual=False)
    by_rowid = {rowid: name for name, rowid in statements.rowids(store, said).items()}
    return [(by_rowid[a], by_rowid[b], score) for a, b, score in found if a in by_rowid and b in by_rowid]


def _about(pair: Iterable[str], said: Mapping[str, Point], about: str | None) -> bool:
    return about is None or any(name == about or about in said[name].sources for name in pair)


def _sides(store: Store, names: set[str]) -> dict[str, Side]:
    found = statements.read(store, names)
    texts = sources.read(store, {m.source for s in found.values() for m in s.mentions[:1]})
    sides: dict[str, Side] = {}
    for name, statement in found.items():
        for mention in statement.mentions[:1]:
            source = texts[mention.source]
            sides[name] = Side(
                name, statement.kind, statement.text, mention.quote, mention.source, mention.start,
                source.title, mention.said_by(", ".join(source.authors)), source.published or "",
            )  # fmt: skip
    return sides
