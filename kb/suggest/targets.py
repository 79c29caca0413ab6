"""Which statement of a text, or of a turn, is meant by what is said of it as a whole: the nearest, if one clearly is.

The link to the whole stays in the store and is shown no more beside the one that is aimed (`kb.store.links`): so it is
there again when vectors change or a person rejects the aim. The sign is the one that a stance marker or the structure
gave the link to the whole, and only towards what the author of that text, or the speaker of that turn, says there;
towards anything else, and where there is no sign, the link is `related`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.model.link import Link, new_link
from kb.model.rules import COMMENTS, NEAREST_IN_TEXT, TURN_ANSWERS, Rule
from kb.store import wholes_meant
from kb.store.open import Store, now
from kb.store.wholes_meant import Answerable, OnWhole
from kb.text.strings import fold
from kb.vectors import index, topic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.vectors.index.vectors import Vectors

LEAST = 0.45
"""Least cosine, with the topic of the text projected out."""
APART = 0.05
"""How much nearer than the next one the statement must be that is meant."""
_ENOUGH = 5  # statements that a text must make for "nearest" to mean something

RULES = (
    Rule(
        NEAREST_IN_TEXT,
        "link",
        "that of the link to the whole; embedding where related",
        what="after embedding: where `commentary`, `comment-on-post`, `quoted-reply` or `turn-answers-turn` ends at a "
        "whole text or turn, the statement of it that is nearest once the topic of the text is projected out, from "
        "0.45 up and 0.05 before the next",
        gives="in the place of the link to the whole: the same relation if the text's author, or whoever has the turn, "
        "says it as a claim or critique; else related, and the link to the whole stays beside it",
        score="the similarity",
    ),
)


def at_statements(store: Store) -> list[Link]:
    """For each link to a whole text or turn: one to the statement of it that is meant, where that is clear."""
    vectors = index.load(store, "statement")
    found = []
    texts: dict[int, list[Answerable]] = {}
    for whole in wholes_meant.links_to(store, (*COMMENTS, TURN_ANSWERS)):
        if whole.source_rowid not in texts:
            texts[whole.source_rowid] = wholes_meant.said(store, whole.source_rowid)
        about = {aim.rowid: aim for aim in texts[whole.source_rowid] if aim.id != whole.link.from_id}
        best = _nearest(vectors, whole, about)
        if best is not None:
            found.append(_link(whole, *best))
    return found


def _nearest(vectors: Vectors, whole: OnWhole, about: Mapping[int, Answerable]) -> tuple[Answerable, float] | None:
    """The statement that is clearly nearest, with its cosine; the text it is chosen in tells what the topic is."""
    import numpy as np

    rowids, matrix = vectors.of(np.array(sorted(about), dtype=np.int64))
    _, own = vectors.of(np.array([whole.from_rowid], dtype=np.int64))
    if len(rowids) < _ENOUGH or not len(own):
        return None
    subject = topic.shared(matrix)
    scores = topic.project_out(matrix, subject) @ topic.project_out(own, subject)[0]
    among = [at for at, rowid in enumerate(rowids.tolist()) if whole.holds(about[rowid])]
    ranked = sorted(among, key=lambda at: -float(scores[at]))
    if not ranked or scores[ranked[0]] < LEAST:
        return None
    if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < APART:
        return None
    return about[int(rowids[ranked[0]])], float(scores[ranked[0]])


def _link(whole: OnWhole, target: Answerable, score: float) -> Link:
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
        rule=NEAREST_IN_TEXT,
        status="suggested",
        score=round(score, 3),
        evidence=whole.link.evidence,
    )
