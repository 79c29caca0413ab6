"""What an export says of itself beside its files, and the texts on which it has to prove itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.vectors.embed.encoder import FACTS, FORMAT, GRAPH, TOKENIZER, WEIGHTS
from kb.vectors.embed.model import Model
from kb.vectors.embed.precision import Precision

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TOLERANCE = 1e-5
"""By which a component of a vector may differ from what the model gives, in single precision."""
LEAST_COSINE = 0.95
"""Of a vector in int8 and what the model gives."""
SAMPLES = (
    "What speaks for it?",
    "x",
    "Überraschend — naïve café, 20.04 % of “C++” 数学 🙂",
    "A passage of some length, with commas, numbers such as 3.14 and a quote: 'it is not that simple'. " * 3,
    "word " * 700,
)


def described(model: Model, wanted: Precision, query: str, document: str) -> dict[str, Any]:
    """The model and its prompts, and in which precision it runs."""
    return {
        "format": FORMAT,
        "model": model.name,
        "fingerprint": model.fingerprint,
        "weights": model.weights,
        "precision": wanted,
        "query_prompt": query,
        "document_prompt": document,
    }


def sizes(part: Path) -> dict[str, int]:
    """Of the files, in bytes: by them a torn export is known."""
    return {name: (part / name).stat().st_size for name in (GRAPH, WEIGHTS, TOKENIZER)}


def write_facts(part: Path, known: dict[str, Any]) -> None:
    """Write them; no `files` say that there is no export, and `reason` why."""
    (part / FACTS).write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")


def differs(found: NDArray[np.float32], expected: NDArray[np.float32], wanted: Precision) -> str:
    """Why vectors, (n, d), of length 1, are not near enough to those that the model gives, or nothing."""
    import numpy as np

    if wanted == "int8":
        alike = float((found * expected).sum(axis=1).min())
        return "" if alike >= LEAST_COSINE else f"its vectors would be {alike:.2f} alike"
    difference = float(np.abs(found - expected).max())
    return "" if difference <= TOLERANCE else f"its vectors would differ by {difference:.1g}"  # NaN is no pass
