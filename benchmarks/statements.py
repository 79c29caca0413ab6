"""Statements listed by default: their precision on our labels, and the speed and memory of extraction.

    python -m benchmarks.statements [--speed VAULT]

Reads the labelled texts of the split `test` under the shared folder (scripts/labelled.py says how labels are kept).
Adds them to an empty home with embedding, and compares what is listed from a confidence of 0.5 up with the labels:
"signed" counts what the author would put their name to (also where it is not worth listing), "worth" what is worth
listing, "right" what is worth listing and of the right kind. With --speed a folder is added without embedding and
its statements are extracted once more, for statements a second and peak memory.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cli
from kb.extract import extract
from kb.sources.extraction import view_of
from kb.store.open import open_reader
from scripts import labelled

LISTED = 0.5


@dataclass(frozen=True)
class Judged:
    kind: str
    rule: str
    source: str
    label: str

    @property
    def signed(self) -> bool:
        return self.label != "-"

    @property
    def worth(self) -> bool:
        return self.label in labelled.KINDS

    @property
    def right(self) -> bool:
        return self.worth and self.kind in labelled.KINDS[self.label]


def quietly(*arguments: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        cli.run(list(arguments))


def judged(home: Path, least: float) -> list[Judged]:
    """The statements of that confidence and more whose words were labelled, each once."""
    files = labelled.files("test")
    quietly("--home", str(home), "add", *map(str, files.values()))
    labels = {str(path): labelled.read()["test"][name] for name, path in files.items()}
    connection = open_reader(home)
    views = {
        row["rowid"]: (view_of(connection, row), row["target"]) for row in connection.execute("SELECT * FROM source")
    }
    sql = """SELECT st.kind, st.rule, s.kind AS source, m.source_rowid, m.start, m."end" FROM statement st
        JOIN mention m ON m.statement_rowid = st.rowid JOIN source s ON s.rowid = m.source_rowid
        WHERE st.confidence >= ? GROUP BY st.rowid ORDER BY st.rowid"""
    found = []
    for row in connection.execute(sql, (least,)):
        view, target = views[row["source_rowid"]]
        label = labelled.of_span(labels.get(target, {}), view, row["start"], row["end"])
        if label is not None:
            found.append(Judged(row["kind"], row["rule"], row["source"], label))
    connection.close()
    return found


def line(name: str, found: Sequence[Judged]) -> str:
    n = len(found)
    shares = (sum(getattr(j, what) for j in found) / n for what in ("signed", "worth", "right"))
    return f"{name:<22} {n:>5}" + "".join(f" {share:>7.2f}" for share in shares)


def speed(folder: Path, home: Path) -> None:
    begun = time.perf_counter()
    quietly("--home", str(home), "add", "--no-embed", str(folder))
    added = time.perf_counter() - begun
    connection = open_reader(home)
    views = [view_of(connection, row) for row in connection.execute("SELECT * FROM source WHERE text <> ''").fetchall()]
    begun = time.perf_counter()
    count = sum(len(extract(view).statements) for view in views)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(views):,} texts added in {added:.1f} s without embedding; extraction alone {took:.1f} s,")
    print(f"{count:,} statements, {count / took:,.0f} a second; peak memory {peak:,.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--speed", type=Path, metavar="VAULT")
    vault = parser.parse_args().speed
    with tempfile.TemporaryDirectory() as folder:
        if vault:
            speed(vault, Path(folder))
            return
        found = judged(Path(folder), LISTED)
    print(f"{'':<22} {'n':>5} {'signed':>7} {'worth':>7} {'right':>7}")
    print(line("all", found))
    for what in ("kind", "rule", "source"):
        for name in sorted({getattr(j, what) for j in found}):
            print(line(f"  {name}", [j for j in found if getattr(j, what) == name]))


if __name__ == "__main__":
    main()
