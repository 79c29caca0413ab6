"""Critique-or-request sentences of peer reviews (DISAPERE dev), told by cues, by the shipped head, by one of its own.

    python -m benchmarks.peer_reviews

Needs DISAPERE, which is for non-commercial use: it measures here and trains nothing that ships. A sentence counts where
its polarity is negative or its action is a request. The head trained on DISAPERE's own training part shows what labels
of the same kind of text would buy; it is thrown away. The ratio is of AUROC to that of the cues as extraction uses
them.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import DISAPERE, found
from benchmarks.measuring import machine, parser
from kb.extract import polarity
from kb.extract.wording import classify
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.adapt import auroc
from kb.suggest.confidence.features import matrix
from kb.vectors.embed.bulk import embed_texts
from kb.vectors.embed.export import ensure
from kb.vectors.embed.model import resolve
from scripts.labelled_items import alone

Matrix = NDArray[np.float64]
CRITIQUE = 1.0  # `polarity.against` from which extraction calls a sentence a critique

# Criticism in the form of a request, as reviews word it; extraction has no use for it.
_ASKS = re.compile(
    r"\b(?:please|could you|can you|(?:the )?authors? (?:should|could|need|must|may want)"
    r"|should (?:be |also |have |at least |clarify|discuss|include|compare|explain|add|mention|report|provide)"
    r"|(?:would|might|could) be (?:\w+ )?(?:good|nice|useful|helpful|interesting|better|great|beneficial|valuable"
    r"|worth\w*|important|necessary|clearer|stronger)"
    r"|(?:would|['’]d) (?:like|love|appreciate|suggest|recommend|benefit|want|help)|suggest(?:ion)?|recommend"
    r"|(?:is|are) (?:missing|needed|required)|needs? (?:to|more|further)|clarif\w+|elaborate|typos?|curious|wonder\w*"
    r"|minor (?:comments?|issues?|points?)|concern(?:s|ed)?|why (?:not|did|do|is|are)|instead of"
    r"|it is (?:not )?clear)\b",
    re.I,
)


def sentences(folder: Path) -> tuple[list[str], NDArray[np.bool_]]:
    """The sentences of a part, and which of them criticise or ask for something."""
    texts, wanted = [], []
    for path in sorted(folder.glob("*.json")):
        for sentence in json.loads(path.read_text(encoding="utf-8"))["review_sentences"]:
            if text := sentence["text"].strip():
                texts.append(text)
                wanted.append(sentence["polarity"] == "pol_negative" or sentence["review_action"] == "arg_request")
    return texts, np.array(wanted)


def line(name: str, scores: Matrix, yes: NDArray[np.bool_], least: float) -> str:
    told = scores >= least
    precision, recall = yes[told].mean(), told[yes].mean()
    return f"{name:<46} {auroc(scores, yes.astype(float)):>6.3f} {precision:>10.3f} {recall:>7.2f}"


def main() -> None:
    parser(__doc__).parse_args()
    folder = found(DISAPERE, "without its labels there is nothing to measure")
    if folder is None:
        return
    print(machine())
    texts, yes = sentences(folder / "dev")
    print(f"{len(texts)} sentences, {yes.mean():.2f} critique or request\n")
    print(f"{'':<46} {'AUROC':>6} {'precision':>10} {'recall':>7}")
    against = np.array([polarity.against(text) for text in texts])
    print(line("cues: against, as extraction uses it", against, yes, CRITIQUE))
    wanted = yes.astype(float)
    kinds = [classify(text) for text in texts]
    asks = np.array([bool(_ASKS.search(text)) for text in texts], dtype=float)
    question = np.array([kind == "question" for kind, *_ in kinds])
    print(line("cues: against, requests and questions", against + asks + question, yes, CRITIQUE))
    with tempfile.TemporaryDirectory() as temporary:
        model, home = resolve(None), Path(temporary)
        ensure(model, home)
        train, train_yes = sentences(folder / "train")
        other, own = (
            matrix([alone(t, classify(t)[1], v) for t, v in zip(some, embed_texts(some, model, home), strict=True)])
            for some in (texts, train)
        )
    shipped = heads.load()
    odds = heads.logits(shipped.weights, other)
    print(line("shipped head (worth listing)", odds, yes, shipped.threshold))
    print(f"{'  × the cues':<46} {auroc(odds, wanted) / auroc(against, wanted):>6.3f}")
    weights = heads.fit(own, train_yes.astype(float))
    print(line("head trained on DISAPERE train (not shipped)", heads.logits(weights, other), yes, 0.0))
    for n in (50, 200, 500):
        scores = []
        for seed in range(8):
            chosen = np.random.default_rng(seed).choice(len(own), n, replace=False)
            scores.append(auroc(heads.logits(heads.fit(own[chosen], train_yes[chosen].astype(float)), other), wanted))
        print(f"{f'  with {n} of its labels, mean of 8 draws':<46} {np.mean(scores):>6.3f}")


if __name__ == "__main__":
    main()
