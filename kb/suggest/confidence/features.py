"""What the head reads of a statement, as numbers: the cues of its wording, its place, its text, and its vector."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.extract import cues, polarity, standing, wording
from kb.model.rules import CRITIQUE_WORDING, EVIDENCE_WORDING, FLAT_CLAIM, HEADING, QUESTION_MARK
from kb.suggest.confidence.place import NAMES as PLACE
from kb.suggest.confidence.place import place_features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.model.statement import WordedStatement

_HEDGE = re.compile(
    r"\b(?:probably|likely|maybe|perhaps|might|may|could|seems?|appears?|arguably|plausibl\w+|possibl\w+|tend to"
    r"|usually|often|typically|generally|mostly|roughly)\b",
    re.I,
)
_DEFINES = re.compile(
    r"^\W*(?:[\w'’-]+ ){1,6}(?:is|are|refers? to|means?|consists? (?:of|in)|describes?)"
    r" (?:an?|the|any|one|when|where)\b"
    r"|\b(?:is (?:called|known as|defined)|denoted|the term)\b",
    re.I,
)
_EXAMPLE = re.compile(r"^\W*(?:for (?:example|instance)|e\.?g\.?|as an? (?:\w+ )?example|suppose|imagine|say)\b", re.I)
_SECOND = re.compile(r"\byou(?:r|rs|rself)?\b", re.I)
_SOFTWARE = re.compile(
    r"\b(?:plugins?|files?|folders?|settings?|buttons?|clicks?|vaults?|notes?|pages?|syntax|commands?|graph|blocks?"
    r"|links?|template|markdown|github|repository|config\w*|app|browser|install\w*|panel|menu)\b",
    re.I,
)
_FORMULA = re.compile(r"[=\\${}∆≥≤∑^]")
_TWO = re.compile(r"[.!?][”\")]? [A-Z“(]")

CUES = (
    "cue_confidence", "question", "evidence", "critique", "flat", "heading", "leans", "addresses", "narrates", "unsure",
    "hedge", "defines", "second_person", "software", "formula", "example", "short", "long", "against", "two_sentences",
    "colon", "stance", "evaluation", "normative",
)  # fmt: skip
NAMES = (*CUES, *PLACE)


def cue_features(text: str, rule: str) -> list[float]:
    """The cues of a statement in the order of `CUES`, each about 0 to 1. `text` is the statement's, without marks."""
    _, found, confidence = wording.classify(text)
    words = len(text.split())
    values = (
        2 * (confidence - wording.talk(text)),
        found == QUESTION_MARK,
        found == EVIDENCE_WORDING,
        found == CRITIQUE_WORDING,
        found == FLAT_CLAIM,
        rule == HEADING,
        standing.leans(text) / 2,
        bool(cues.ADDRESSES.search(text)) / 2,
        bool(cues.NARRATES.search(text)) / 2,
        bool(cues.UNSURE.search(text)) / 2,
        bool(_HEDGE.search(text)) / 2,
        bool(_DEFINES.match(text)) / 2,
        bool(_SECOND.search(text)) / 2,
        min(len(_SOFTWARE.findall(text)), 3) / 6,
        bool(_FORMULA.search(text)) / 2,
        bool(_EXAMPLE.match(text)) / 2,
        (words < 9) / 2,
        (words > 35) / 2,
        min(max(polarity.against(text), -1.0), 3.0) / 6,
        bool(_TWO.search(text)) / 2,
        (":" in text) / 2,
        bool(cues.STANCE.search(text)) / 2,
        bool(cues.EVALUATION.search(text)) / 2,
        bool(cues.NORMATIVE.search(text)) / 2,
    )
    return [float(value) for value in values]


def matrix(statements: Sequence[WordedStatement]) -> NDArray[np.float64]:
    """One row a statement: the cues of its wording, its place, its vector. Shape (n, len(NAMES) + d).

    A row depends on nothing but what is stored of the statement, so that it can be scored again at any time.
    """
    import numpy as np

    if not statements:
        return np.zeros((0, len(NAMES)))
    known = np.array([cue_features(one.text, one.rule) + place_features(one.text, one.place) for one in statements])
    vectors = np.stack([np.frombuffer(one.vector, dtype="<f4") for one in statements])
    return np.hstack([known, VECTOR_SCALE * vectors.astype(np.float64)])


VECTOR_SCALE = 1.5
"""A unit vector's components are about 0.05: at 1 the penalty on large weights would silence them, at 3 they learn the
subjects of the labelled texts."""
