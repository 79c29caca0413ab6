"""Statements listed by default: their precision on our labels, and the speed and memory of extraction.

    python -m benchmarks.statements
    python -m benchmarks.statements --speed examples

Reads the labelled texts of the split `test` under the shared folder (scripts/labelled.py says how labels are kept).
Adds them to an empty home with embedding, and compares what is listed from a confidence of 0.5 up with the labels:
"signed" counts what the author would put their name to (also where it is not worth listing), "worth" what is worth
listing, "right" what is worth listing and of the right kind; the ratio is to all that is found, listed or not. With
--speed, or where those texts are not here, a folder is added without embedding and its statements are extracted once
more, for statements a second, their share of the import, and peak memory.
"""

from __future__ import annotations

import contextlib
import io
import resource
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cli
from benchmarks.data import EXAMPLES
from benchmarks.measuring import machine, parser, repeated, say, timed
from kb.extract import extract
from kb.model.source import StoredSource
from kb.sources.extraction import view_of
from kb.store import sources
from kb.store.open import Store, open_reader
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
    labels = {str(path): labelled.read()["test"][name] for name, path in files.items()}
    store = open_reader(home)
    views = {source.rowid: (view_of(store, source), source.target) for source in stored(store)}
    sql = """SELECT st.kind, st.rule, s.kind AS source, m.source_rowid, m.start, m."end",
            m.context_quote IS NOT NULL AS context FROM statement st
        JOIN mention m ON m.statement_rowid = st.rowid JOIN source s ON s.rowid = m.source_rowid
        WHERE st.confidence >= ? GROUP BY st.rowid ORDER BY st.rowid"""
    found = []
    for row in store.execute(sql, (least,)):
        view, target = views[row["source_rowid"]]
        known = labels.get(target or "", {})
        label = labelled.of_span(known, view, row["start"], row["end"], context=bool(row["context"]))
        if label is not None:
            found.append(Judged(row["kind"], row["rule"], row["source"], label))
    store.close()
    return found


def stored(store: Store) -> list[StoredSource]:
    """The sources that have a text."""
    rows = store.execute("SELECT rowid FROM source WHERE text <> ''").fetchall()
    return [sources.stored_at(store, row[0]) for row in rows]


def line(name: str, found: Sequence[Judged]) -> str:
    n = len(found)
    shares = (sum(getattr(j, what) for j in found) / n for what in ("signed", "worth", "right"))
    return f"{name:<22} {n:>5}" + "".join(f" {share:>7.2f}" for share in shares)


def speed(folder: Path, home: Path) -> None:
    """How long the statements of a folder take to find, beside its whole import."""
    added = timed(lambda: quietly("--home", str(home), "add", "--no-embed", str(folder)))
    store = open_reader(home)
    views = [view_of(store, source) for source in stored(store)]
    count = sum(len(extract(view).statements) for view in views)
    took = repeated(lambda: [extract(view) for view in views], 3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(views):,} texts added in {added.wall:.1f} s without embedding; extraction alone {took.wall:.2f} s,")
    print(f"{took.cpu / added.cpu:.2f} of its processor time; {count:,} statements, {count / took.wall:,.0f} a second;")
    print(f"peak memory {peak:,.0f} MiB")
    store.close()


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--speed", type=Path, metavar="VAULT")
    vault = options.parse_args().speed
    files = labelled.files("test")
    if not files and not vault:
        say("the labelled texts (scripts/labelled.py) are not here: measuring the speed on examples/ instead")
        vault = EXAMPLES
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        if vault:
            speed(vault, Path(folder))
            return
        quietly("--home", folder, "add", *map(str, files.values()))
        found, every = judged(Path(folder), LISTED), judged(Path(folder), 0.0)
    print(f"{'':<22} {'n':>5} {'signed':>7} {'worth':>7} {'right':>7}")
    print(line("all", found))
    for what in ("kind", "rule", "source"):
        for name in sorted({getattr(j, what) for j in found}):
            print(line(f"  {name}", [j for j in found if getattr(j, what) == name]))
    print(line("found, listed or not", every))
    worth = [sum(j.worth for j in some) / len(some) for some in (found, every)]
    print(f"what is listed is worth it {worth[0] / worth[1]:.2f} × as often as all that is found")


if __name__ == "__main__":
    main()
