"""Time and peak memory of importing a folder: first, again unchanged, and after one file changed.

    python -m benchmarks.imports ../shared/vaults --rounds 3
    python -m benchmarks.imports --made 5000 10000 20000 --rounds 1

Embedding apart. Each import is a process of its own; the folder (else the examples) is copied first, so that one file
can be changed. The floor is a bare script that reads the same files and puts their paragraphs into a full-text table;
medians, and the ratio to it. `--made` makes folders of so many small notes and says what one of them takes in each.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import made_notes
from benchmarks.data import EXAMPLES
from benchmarks.measuring import Took, in_turns, kb, machine, parser, process

FLOOR = """
import sqlite3, sys
from pathlib import Path
db = sqlite3.connect(sys.argv[2])
db.execute("CREATE VIRTUAL TABLE f USING fts5(file, text, tokenize='porter unicode61')")
for file in sorted(Path(sys.argv[1]).rglob("*")):
    if file.suffix in {".md", ".txt"}:
        text = file.read_text(encoding="utf-8", errors="replace")
        db.executemany("INSERT INTO f VALUES (?, ?)", [(str(file), part) for part in text.split("\\n\\n")])
db.commit()
"""


def main() -> None:
    options = parser(__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--made", nargs="+", type=int, default=[], metavar="COUNT")
    chosen = options.parse_args()
    if chosen.made:
        growing(chosen.made, chosen.rounds)
        return
    with tempfile.TemporaryDirectory() as temporary:
        scratch, copy = Path(temporary), Path(temporary) / "texts"
        shutil.copytree(chosen.folder, copy)
        files = [file for file in copy.rglob("*") if file.suffix in {".md", ".txt"}]
        if not files:
            raise SystemExit(f"{chosen.folder} holds no .md or .txt")
        largest = max(files, key=lambda file: file.stat().st_size)
        for path in (copy, largest, *largest.parents[: len(largest.relative_to(copy).parts)]):
            path.chmod(path.stat().st_mode | 0o700)

        def fresh() -> Took:
            shutil.rmtree(scratch / "home", ignore_errors=True)
            return process(kb(scratch / "home", "add", copy, "--no-embed"))

        def changed() -> Took:
            with largest.open("a", encoding="utf-8") as file:
                file.write("\n\nI think that one more sentence should be enough.\n")
            return process(kb(scratch / "home", "add", copy, "--no-embed"))

        def floor() -> Took:
            (scratch / "plain.sqlite").unlink(missing_ok=True)
            return process([sys.executable, "-c", FLOOR, copy, scratch / "plain.sqlite"])

        ways = {"floor": floor, "first": fresh}
        print(f"{machine()}; {len(files)} files, medians of {chosen.rounds}")
        found = in_turns(ways, chosen.rounds)
        again = partial(process, kb(scratch / "home", "add", copy, "--no-embed"))
        found |= in_turns({"again, unchanged": again}, chosen.rounds)
        found |= in_turns({"one file changed": changed}, chosen.rounds)
        for name, took in found.items():
            ratio = took.wall / found["floor"].wall
            print(f"{name:<18} {took.wall:7.2f} s wall {took.cpu:7.2f} s cpu  {ratio:6.1f} × the floor")
        print(f"peak memory of any {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


def growing(counts: list[int], rounds: int) -> None:
    """Print what a small note takes in folders of these sizes."""
    print(f"{machine()}; medians of {rounds}")
    for count in counts:
        with tempfile.TemporaryDirectory() as temporary:
            scratch, notes = Path(temporary), Path(temporary) / "notes"
            made_notes.make(notes, count)

            def fresh(scratch: Path = scratch, notes: Path = notes) -> Took:
                shutil.rmtree(scratch / "home", ignore_errors=True)
                return process(kb(scratch / "home", "add", notes, "--no-embed"))

            (took,) = in_turns({"first": fresh}, rounds).values()
            print(
                f"{count:>7,} notes {took.wall:7.1f} s wall {took.cpu:7.1f} s cpu"
                f"{took.cpu / count * 1000:7.1f} ms of it each"
            )


if __name__ == "__main__":
    main()
