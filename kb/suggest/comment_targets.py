"""Which statement of a text a comment on it means: the nearest one, where it is near enough.

The link to the text as a whole stays; this adds one to a statement of it. The sign is the one that a stance marker or
the structure gave the link to the whole text, and only towards what that text's author says there; towards anything
else, and where there is no sign, the link is `related`.
"""

from __future__ import annotations

from kb.model.link import Link, new_link
from kb.model.rules import COMMENTS, Rule
from kb.store import links
from kb.store.links import Answerable, CommentLink
from kb.store.open import Store, now
from kb.text.strings import fold
from kb.vectors import index, topic

RULE = "nearest-in-text"
LEAST = 0.45
"""Least cosine, with the topic of the text projected out."""
_ENOUGH = 5  # statements that the text must make for "nearest" to mean something

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


def at_statements(store: Store) -> list[Link]:
    """For each link from a comment to a whole text: one to the statement of it that is meant, where that is clear."""
    import numpy as np

    vectors = index.load(store, "statement")
    found = []
    texts: dict[int, list[Answerable]] = {}
    for whole in links.to_texts(store, COMMENTS):
        source = whole.source_rowid
        if source not in texts:
            texts[source] = links.aims(store, source)
        candidates = {aim.rowid: aim for aim in texts[source] if aim.id != whole.link.from_id}
        rowids, matrix = vectors.of(np.array(sorted(candidates), dtype=np.int64))
        _, own = vectors.of(np.array([whole.from_rowid], dtype=np.int64))
        if len(rowids) < _ENOUGH or not len(own):
            continue
        about = topic.shared(matrix)
        scores = topic.project_out(matrix, about) @ topic.project_out(own, about)[0]
        first = int(scores.argmax())
        if scores[first] >= LEAST:
            found.append(_link(whole, candidates[int(rowids[first])], float(scores[first])))
    return found


def _link(whole: CommentLink, target: Answerable, score: float) -> Link:
    authors = {fold(name) for name in whole.authors}
    speaks = fold(target.speaker or "")
    theirs = target.kind in {"claim", "critique"} and target.voice != "quoted"
    theirs = theirs and (not speaks or not authors or speaks in authors)
    signed = whole.link.relation in {"supports", "attacks"} and theirs
    return new_link(
        whole.link.from_id,
        whole.link.relation if signed else "related",
        target.id,
        now(),
        basis=whole.link.basis if signed else "embedding",
        rule=RULE,
        status="suggested",
        score=round(score, 3),
        evidence=whole.link.evidence,
    )
