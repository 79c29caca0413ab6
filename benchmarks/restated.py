"""`restates` on Perspectrum: how many paraphrases it finds, and how many sentences of the other side it takes for one.

    python benchmarks/restated.py [--home DIR]

Paraphrases are perspectives that annotators put into one cluster; opposed are perspectives for and against one claim.
Nothing is trained. Also the pairs of `tests/restated_pairs.py`. Reads `datasets/perspectrum` under the folder that
KB_SHARED names, else under `shared` beside the repository.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path

from kb.suggest.contrast import suspect
from kb.suggest.relate import RESTATES
from kb.vectors.embed.bulk import embed_texts
from kb.vectors.embed.export import ensure
from kb.vectors.embed.model import resolve
from tests.kb.suggest.restated_pairs import OPPOSED, PARAPHRASES

Pairs = list[tuple[str, str]]
LEAST = (0.75, 0.8, 0.85, 0.9, 0.95)


def dataset() -> Path:
    shared = os.environ.get("KB_SHARED")
    return (Path(shared) if shared else Path(__file__).parents[2] / "shared") / "datasets" / "perspectrum"


def perspectrum() -> tuple[Pairs, Pairs]:
    """Pairs of one cluster, and pairs for and against one claim."""
    pool = json.loads((dataset() / "perspective_pool_v1.0.json").read_text(encoding="utf-8"))
    texts = {entry["pId"]: " ".join(entry["text"].split()) for entry in pool}
    same: Pairs = []
    opposed: Pairs = []
    for claim in json.loads((dataset() / "perspectrum_with_answers_v1.0.json").read_text(encoding="utf-8")):
        clusters = claim["perspectives"]
        for cluster in clusters:
            same += combinations((texts[i] for i in cluster["pids"] if i in texts), 2)
        for one, other in combinations(clusters, 2):
            if {one["stance_label_3"], other["stance_label_3"]} == {"SUPPORT", "UNDERMINE"}:
                opposed += [(texts[a], texts[b]) for a in one["pids"] for b in other["pids"] if {a, b} <= texts.keys()]
    return [p for p in same if p[0] != p[1]], [p for p in opposed if p[0] != p[1]]


def report(name: str, pairs: Pairs, home: Path) -> None:
    import numpy as np

    texts = sorted({text for pair in pairs for text in pair})
    place = {text: number for number, text in enumerate(texts)}
    vectors = embed_texts(texts, resolve(None), home)
    ends = np.array([[place[a], place[b]] for a, b in pairs])
    cosines = np.einsum("nd,nd->n", vectors[ends[:, 0]], vectors[ends[:, 1]])
    near = [(suspect(*pair), float(c)) for pair, c in zip(pairs, cosines, strict=True) if c >= min(LEAST)]
    print(f"{name}: {len(pairs)} pairs")
    for least in LEAST:
        above = [check for check, cosine in near if cosine >= least]
        passed = sum(check is None for check in above)
        mark = " (as used)" if least == RESTATES else ""
        print(f"  cosine {least}: {len(above)} pairs, {passed} pass the checks, {passed / len(pairs):.4f} of all{mark}")
    print("  stopped by:", dict(Counter(check for check, _ in near if check).most_common()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="where the model's fast form is kept")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = args.home or Path(temporary)
        ensure(home, resolve(None))
        same, opposed = perspectrum()
        report("paraphrases, Perspectrum", same, home)
        report("opposed, Perspectrum", opposed, home)
        report("paraphrases, our own", PARAPHRASES, home)
        report("opposed, our own", [pair for pairs in OPPOSED.values() for pair in pairs], home)


if __name__ == "__main__":
    main()
