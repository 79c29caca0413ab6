"""`restates` on Perspectrum: how many paraphrases it finds, and how many sentences of the other side it takes for one.

    python -m benchmarks.restated

Paraphrases are perspectives that annotators put into one cluster; opposed are perspectives for and against one claim.
Nothing is trained. The ratio is how much of the opposed the checks leave, to how much of the paraphrases. Also the
pairs of `tests/kb/suggest/restated_pairs.py`, which are all that there is without Perspectrum.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path

from benchmarks.data import PERSPECTRUM, found
from benchmarks.measuring import machine, parser
from kb.suggest.contrast import suspect
from kb.suggest.relate import RESTATES
from kb.vectors.embed.bulk import embed_texts
from kb.vectors.embed.export import ensure
from kb.vectors.embed.model import resolve
from tests.kb.suggest.restated_pairs import OPPOSED, PARAPHRASES

Pairs = list[tuple[str, str]]
LEAST = (0.75, 0.8, 0.85, 0.9, 0.95)


def perspectrum(folder: Path) -> tuple[Pairs, Pairs]:
    """Pairs of one cluster, and pairs for and against one claim."""
    pool = json.loads((folder / "perspective_pool_v1.0.json").read_text(encoding="utf-8"))
    texts = {entry["pId"]: " ".join(entry["text"].split()) for entry in pool}
    same: Pairs = []
    opposed: Pairs = []
    for claim in json.loads((folder / "perspectrum_with_answers_v1.0.json").read_text(encoding="utf-8")):
        clusters = claim["perspectives"]
        for cluster in clusters:
            same += combinations((texts[i] for i in cluster["pids"] if i in texts), 2)
        for one, other in combinations(clusters, 2):
            if {one["stance_label_3"], other["stance_label_3"]} == {"SUPPORT", "UNDERMINE"}:
                opposed += [(texts[a], texts[b]) for a in one["pids"] for b in other["pids"] if {a, b} <= texts.keys()]
    return [p for p in same if p[0] != p[1]], [p for p in opposed if p[0] != p[1]]


def report(name: str, pairs: Pairs, home: Path) -> float:
    """A line for each cosine; returns the share that passes the checks at the one that is used."""
    import numpy as np

    texts = sorted({text for pair in pairs for text in pair})
    place = {text: number for number, text in enumerate(texts)}
    vectors = embed_texts(texts, resolve(None), home)
    ends = np.array([[place[a], place[b]] for a, b in pairs])
    cosines = np.einsum("nd,nd->n", vectors[ends[:, 0]], vectors[ends[:, 1]])
    near = [(suspect(*pair), float(c)) for pair, c in zip(pairs, cosines, strict=True) if c >= min(LEAST)]
    print(f"{name}: {len(pairs)} pairs")
    share = 0.0
    for least in LEAST:
        above = [check for check, cosine in near if cosine >= least]
        passed = sum(check is None for check in above)
        mark = " (as used)" if least == RESTATES else ""
        share = passed / len(pairs) if mark else share
        print(f"  cosine {least}: {len(above)} pairs, {passed} pass the checks, {passed / len(pairs):.4f} of all{mark}")
    print("  stopped by:", dict(Counter(check for check, _ in near if check).most_common()))
    return share


def compared(name: str, same: Pairs, opposed: Pairs, home: Path) -> None:
    """Both kinds of pairs, and the ratio of the shares taken for the same."""
    taken, mistaken = report(f"paraphrases, {name}", same, home), report(f"opposed, {name}", opposed, home)
    if taken:
        print(
            f"{name}: an opposed pair is taken for a paraphrase {mistaken / taken:.3f} × as often as a paraphrase is\n"
        )


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--home", type=Path, help="where the model's fast form is kept if there is no cache")
    home = options.parse_args().home
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        ensure(resolve(None), home or Path(temporary))
        if folder := found(PERSPECTRUM, "measuring our own pairs alone"):
            compared("Perspectrum", *perspectrum(folder), home or Path(temporary))
        compared(
            "our own", PARAPHRASES, [pair for pairs in OPPOSED.values() for pair in pairs], home or Path(temporary)
        )


if __name__ == "__main__":
    main()
