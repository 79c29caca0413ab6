"""Same-point matching on ArgKP: which key point an argument makes, by cosine and with the topic projected out.

    python -m benchmarks.same_point --part dev

The protocol of the shared task KPA-2021: within each topic and stance every argument gets its best key point; the half
with the best scores counts; average precision over it, then the mean over topics and stances. Pairs on which the
annotators did not agree count as wrong (strict) or as right (relaxed). Nothing is trained. The last column is the ratio
of the strict figure to that of the cosine. Needs ArgKP: without its labels there is nothing to measure.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks.data import ARGKP, found
from benchmarks.measuring import machine, parser
from kb.vectors import topic
from kb.vectors.embed.bulk import embed_texts
from kb.vectors.embed.export import ensure
from kb.vectors.embed.model import resolve

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Scorer = Callable[[Vectors, Vectors, Vectors], Vectors]

Group = tuple[str, str]


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def by_group(file: Path, key: str, column: str) -> dict[Group, list[tuple[str, str]]]:
    """(id, text) of each topic and stance."""
    groups: dict[Group, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(file):
        groups[row["topic"], row["stance"]].append((row[key], row[column]))
    return groups


def plain(arguments: Vectors, points: Vectors, _: Vectors) -> Vectors:
    return arguments @ points.T


def without_topic(arguments: Vectors, points: Vectors, about: Vectors) -> Vectors:
    return topic.project_out(arguments, about) @ topic.project_out(points, about).T


def without_mean(arguments: Vectors, points: Vectors, _: Vectors) -> Vectors:
    import numpy as np

    return without_topic(arguments, points, topic.shared(np.concatenate([arguments, points])))


def without_mean_of_points(arguments: Vectors, points: Vectors, _: Vectors) -> Vectors:
    return without_topic(arguments, points, topic.shared(points))


def without_both(arguments: Vectors, points: Vectors, about: Vectors) -> Vectors:
    """The topic, then what the rest still has in common."""
    import numpy as np

    arguments, points = topic.project_out(arguments, about), topic.project_out(points, about)
    return without_topic(arguments, points, topic.shared(np.concatenate([arguments, points])))


SCORERS: dict[str, Scorer] = {
    "cosine": plain,
    "topic projected out": without_topic,
    "mean of the group projected out": without_mean,
    "mean of the key points projected out": without_mean_of_points,
    "topic, then mean projected out": without_both,
}


def average_precision(ranked: list[bool]) -> float:
    """Mean of the precision at each hit, over a ranking from best to worst."""
    hits, total = 0, 0.0
    for place, right in enumerate(ranked, 1):
        if right:
            hits += 1
            total += hits / place
    return total / hits if hits else 0.0


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--part", choices=("dev", "train"), default="dev")
    options.add_argument("--home", type=Path, help="where the model's fast form is kept if there is no cache")
    chosen = options.parse_args()
    if folder := found(ARGKP, "without its labels there is nothing to measure"):
        with tempfile.TemporaryDirectory() as temporary:
            report(folder, chosen.part, chosen.home or Path(temporary))


def report(folder: Path, part: str, home: Path) -> None:
    """A line for each way to score."""
    arguments = by_group(folder / f"arguments_{part}.csv", "arg_id", "argument")
    points = by_group(folder / f"key_points_{part}.csv", "key_point_id", "key_point")
    labels = {(row["arg_id"], row["key_point_id"]): row["label"] == "1" for row in rows(folder / f"labels_{part}.csv")}
    model = resolve(None)
    ensure(model, home)
    print(machine())

    def embed(texts: list[str]) -> Vectors:
        return embed_texts(texts, model, home)

    groups = sorted(group for group in arguments if group in points)
    topics = dict(zip(sorted({t for t, _ in groups}), embed(sorted({t for t, _ in groups})), strict=True))
    vectors = {
        group: (embed([text for _, text in arguments[group]]), embed([text for _, text in points[group]]))
        for group in groups
    }
    print(f"ArgKP {part}: {len(groups)} topics with a stance, {sum(len(arguments[g]) for g in groups)} arguments")
    print(f"{'score':40} strict relaxed  ratio")
    floor = 0.0
    for name, scorer in SCORERS.items():
        strict, relaxed = [], []
        for group in groups:
            scores = scorer(*vectors[group], topics[group[0]])
            best = scores.argmax(axis=1)
            order = (-scores.max(axis=1)).argsort(kind="stable")[: len(scores) // 2]
            pairs = [(arguments[group][i][0], points[group][best[i]][0]) for i in order]
            strict.append(average_precision([labels.get(pair, False) for pair in pairs]))
            relaxed.append(average_precision([labels.get(pair, True) for pair in pairs]))
        floor = floor or mean(strict)  # the first way is the plain cosine
        print(f"{name:40} {mean(strict):.3f}  {mean(relaxed):.3f}   {mean(strict) / floor:.3f}")


if __name__ == "__main__":
    main()
