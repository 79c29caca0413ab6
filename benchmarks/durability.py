"""What a crash and a crowd do to the store: imports killed at random moments, and searches while an import runs.

    python -m benchmarks.durability examples --kills 50 --searchers 8

Each round imports the folder (else the examples) into an empty home with embedding, is killed (SIGKILL) at a random
moment, is looked over by `kb check --fix`, and is finished by the same import. The result must equal an uninterrupted
import: the same sources, passages, references, statements, mentions, links and vectors. Then so many processes search
without pause while one imports: no search may fail, and afterwards no hit may be of a text that is not there. The ratio
is of an import in that crowd to one alone. The model's export lies in the user's cache and is made before the first.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.data import EXAMPLES
from benchmarks.measuring import ROOT, Took, in_turns, machine, parser, process
from benchmarks.measuring import kb as command

TABLES = {
    "source": "SELECT id, citekey, kind, title, url, published, parent, text, external_ids FROM source",
    "passage": "SELECT id, ordinal, start, end, text, context, speaker, content_hash FROM passage",
    "reference": "SELECT s.id, r.ordinal, r.raw, r.start, r.end, r.target FROM reference r"
    " JOIN source s ON s.rowid = r.source_rowid",
    "statement": "SELECT id, kind, text, basis, rule, status, round(confidence, 3) FROM statement",
    "mention": "SELECT st.id, s.id, m.quote, m.start, m.end, m.lost, m.speaker FROM mention m"
    " JOIN statement st ON st.rowid = m.statement_rowid JOIN source s ON s.rowid = m.source_rowid",
    "link": "SELECT id, from_id, to_id, relation, basis, rule, status, round(score, 3) FROM link",
    "embedding": "SELECT content_hash, model, length(vector) FROM embedding",
    "decision": "SELECT target, verdict FROM decision",
}


def digest(home: Path) -> dict[str, str]:
    """A digest of each table, whatever the order of its rows and the time of day."""
    store = sqlite3.connect(home / "kb.sqlite")
    found = {}
    for name, sql in TABLES.items():
        rows = sorted(json.dumps(row, default=str) for row in store.execute(sql))
        found[name] = f"{len(rows)} {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()[:12]}"
    store.close()
    return found


def kb(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(home, *arguments), cwd=ROOT, capture_output=True, text=True, check=False)


def fresh(scratch: Path, name: str) -> Path:
    """An empty home."""
    home = scratch / name
    shutil.rmtree(home, ignore_errors=True)
    return home


def kills(scratch: Path, folder: Path, expected: dict[str, str], whole: float, count: int) -> None:
    """Kill so many imports and finish each."""
    dirty = differing = 0
    rows_found = []
    for number in range(count):
        home = fresh(scratch, "killed")
        running = subprocess.Popen(
            command(home, "add", folder), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        moment = random.uniform(0.15, whole)
        time.sleep(moment)
        running.send_signal(signal.SIGKILL)
        running.wait()
        checked = kb(home, "check", "--fix")
        dirty += checked.returncode != 0
        before = sqlite3.connect(home / "kb.sqlite").execute("SELECT count(*) FROM passage").fetchone()[0]
        rows_found.append(before)
        finished = [kb(home, "add", str(folder)), kb(home, "index"), kb(home, "check")]
        found = digest(home)
        wrong = [name for name in TABLES if found[name] != expected[name]]
        bad_end = [ran.args[4] for ran in finished if ran.returncode not in {0, 4}]
        differing += bool(wrong or bad_end)
        if checked.returncode or wrong or bad_end:
            said = checked.stdout + checked.stderr
            print(f"  kill {number} at {moment:.2f} s, {before} passages there: {wrong} {bad_end} {said}")
    print(
        f"{count} kills between 0.15 and {whole:.1f} s, with {min(rows_found)} to {max(rows_found)} passages stored: "
        f"{dirty} not repaired by `kb check --fix`, {differing} different from an uninterrupted import when finished"
    )


def crowd(scratch: Path, folder: Path, searchers: int, alone: float) -> None:
    """Search from several processes while one imports."""
    home = fresh(scratch, "crowd")
    kb(home, "config", "me", "x")
    importing = subprocess.Popen(
        command(home, "add", folder), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not (home / "kb.sqlite").exists():
        time.sleep(0.01)
    begun, ended = time.perf_counter(), 0.0
    words = ["what speaks against it", "evidence", '"the" bias', "why", "model OR list", "kind:critique claim"]
    running: list[subprocess.Popen[str]] = []
    done = failed = 0
    while importing.poll() is None or running:
        for search in [s for s in running if s.poll() is not None]:
            running.remove(search)
            said = search.communicate()
            done += 1
            if search.returncode != 0:
                failed += 1
                print("  ", search.returncode, said[1][-300:])
            else:
                json.loads(said[0])
        while importing.poll() is None and len(running) < searchers:
            asked = command(home, "search", random.choice(words), "--in", "all", "--json")
            running.append(subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        if importing.poll() is not None and not ended:
            ended = time.perf_counter() - begun
        time.sleep(0.01)
    store = sqlite3.connect(home / "kb.sqlite")
    stored = {row[0] for table in ("passage", "statement") for row in store.execute(f"SELECT id FROM {table}")}
    store.close()
    ghosts = total = 0
    for question in words:
        hits = json.loads(kb(home, "search", question, "--in", "all", "-n", "50", "--json").stdout)["hits"]
        total += len(hits)
        ghosts += sum(hit["id"] not in stored for hit in hits)
    print(
        f"{searchers} searchers at a time while an import ran: {done} searches, {failed} failed; the import took "
        f"{ended / alone:.1f} × as long as alone; afterwards {ghosts} ghosts in {total} hits, "
        f"`kb check` says {kb(home, 'check').returncode}"
    )


def main() -> None:
    options = parser(__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--searchers", type=int, default=8)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    folder = chosen.folder.resolve()
    random.seed(chosen.seed)
    os.environ.pop("KB_HOME", None)
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        home = scratch / "whole"

        def alone() -> Took:
            return process(command(fresh(scratch, "whole"), "add", folder))

        whole = in_turns({"alone": alone}, 3)["alone"].wall  # the first makes the model's export
        expected = digest(home)
        print(
            f"an uninterrupted import takes {whole:.1f} s (median of 3): "
            + ", ".join(f"{n} {d.split()[0]}" for n, d in expected.items())
        )
        kills(scratch, folder, expected, whole, chosen.kills)
        crowd(scratch, folder, chosen.searchers, whole)


if __name__ == "__main__":
    main()
