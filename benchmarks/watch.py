"""`kb watch`: from a save to the hit, many saves at once, and memory after thousands.

    python -m benchmarks.watch ../shared/vaults/rationalia-starter --saves 60 --rounds 20

The folder (else the examples) is copied and added to a home of its own, or to a copy of --home, in which it is
already. Then `kb watch` runs as a process, and this one saves notes and searches, as another process would, until the
new words are found: by words alone, by both (hybrid), and by meaning alone. Every second save is by renaming a
temporary file over the note. Medians, the 95th of a hundred, and the worst. Then many notes are saved at once, and
rounds of a hundred saves follow, for the memory of the watch.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.data import EXAMPLES
from benchmarks.measuring import ROOT, kb, machine, parser, process, say
from kb.search.search import Mode, search
from kb.store import embeddings, fulltext, meta
from kb.store.open import Store, open_reader

MODES: tuple[Mode, ...] = ("lexical", "hybrid", "semantic")
LONGEST_S = 600.0
_POLL_S = 0.01


class Vault:
    """Notes that are edited, and words to edit them with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        notes = sorted(file for file in folder.rglob("*.md") if file.stat().st_size > 20)
        self.notes = notes or sorted(folder.rglob("*.txt"))
        self._random = random.Random(0)
        words = {word for note in self.notes[:400] for word in note.read_text("utf-8", "replace").split()}
        self._words = sorted(word for word in words if word.isascii() and word.isalpha() and len(word) > 4)
        self._count = 0

    def pick(self) -> Path:
        return self._random.choice(self.notes)

    def sentence(self, mark: str) -> str:
        """Twelve words that stand together nowhere else, and a mark that stands nowhere else."""
        return f"I think that {' '.join(self._random.sample(self._words, 12))} {mark}."

    def save(self, note: Path, sentence: str) -> None:
        """Put a sentence at the end of a note, every second time by renaming."""
        text = note.read_text(encoding="utf-8", errors="replace") + f"\n\n{sentence}\n"
        self._count += 1
        if self._count % 2:
            note.write_text(text, encoding="utf-8")
            return
        part = note.with_name(f"{note.name}.tmp")
        part.write_text(text, encoding="utf-8")
        os.replace(part, note)


def until_found(store: Store, sentence: str, mark: str) -> dict[Mode, float]:
    """Seconds from now until a search of each mode finds the sentence."""
    begun, found = time.perf_counter(), dict[Mode, float]()
    while len(found) < len(MODES):
        for mode in MODES:
            if mode not in found and any(mark in hit.unit.text for hit in search(store, sentence, mode=mode).hits):
                found[mode] = time.perf_counter() - begun
        if time.perf_counter() - begun > LONGEST_S:
            raise SystemExit(f"{sentence!r} was not found")
        time.sleep(_POLL_S)
    return found


def many(store: Store, vault: Vault, count: int) -> tuple[float, float]:
    """Seconds from the first of many saves until all are found by words, and until all have their vectors."""
    mark, begun = f"markmany{count}", time.perf_counter()
    chosen = (vault.notes * (count // len(vault.notes) + 1))[:count]
    for note in dict.fromkeys(chosen):
        vault.save(note, vault.sentence(mark))
    wanted = len(set(chosen))
    words = 0.0
    while not words or missing(store):
        if not words and len(fulltext.search(store, "passage", mark, None, 2 * count)) >= wanted:
            words = time.perf_counter() - begun
        if time.perf_counter() - begun > LONGEST_S:
            raise SystemExit("not all of many saves were found")
        time.sleep(0.05)
    return words, time.perf_counter() - begun


def missing(store: Store) -> int:
    """How many texts have no vector."""
    return embeddings.counts(store, meta.get(store, meta.MODEL) or "")["missing"]


def memory(pid: int) -> float:
    """What a process has in memory, MiB; less what it has only mapped, where the system tells it."""
    ran = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        facts = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(facts["RssAnon"].split()[0]) / 1024
    return int(ran.stdout) / 1024


def main() -> None:
    options = parser(__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    options.add_argument("--home", type=Path, help="a home into which a copy of the folder was added")
    options.add_argument("--saves", type=int, default=40)
    options.add_argument("--many", type=int, default=500)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home, folder = Path(temporary) / "home", Path(temporary) / "vault"
        shutil.copytree(chosen.folder, folder)
        if chosen.home:
            shutil.copytree(chosen.home, home)
        say("adding the folder")
        process(kb(home, "add", folder))
        vault = Vault(folder)
        print(f"{machine()}; {len(vault.notes)} notes, {chosen.saves} saves")
        with subprocess.Popen(
            kb(home, "watch", folder, "--json"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as watch:
            assert watch.stdout is not None
            watch.stdout.readline()  # what it took in at first
            threading.Thread(target=watch.stdout.read, daemon=True).start()  # a full pipe would hold it up
            try:
                with open_reader(home) as store:
                    measure(store, vault, watch.pid, chosen.saves, chosen.many, chosen.rounds)
            finally:
                watch.terminate()


def measure(store: Store, vault: Vault, pid: int, saves: int, at_once: int, rounds: int) -> None:
    """Print all figures of a watch that runs."""
    until_found(store, *_saved(vault, "markfirst"))
    at_first = memory(pid)
    found: list[dict[Mode, float]] = []
    for number in range(saves):
        found.append(until_found(store, *_saved(vault, f"marksingle{number}")))
        time.sleep(0.2)
    for mode in MODES:
        times = sorted(one[mode] for one in found)
        worst = times[min(len(times) - 1, int(0.95 * len(times)))]
        print(f"{mode:<9} median {statistics.median(times):5.2f} s   95% {worst:5.2f} s   worst {times[-1]:5.2f} s")
    words, vectors = many(store, vault, at_once)
    print(f"{at_once} saves at once: all by words after {words:.1f} s, all by meaning after {vectors:.1f} s")
    print(f"memory of the watch (not mapped): at first {at_first:.0f} MiB, now {memory(pid):.0f} MiB")
    for number in range(rounds):
        for _ in range(100):
            vault.save(vault.pick(), vault.sentence(f"markround{number}"))
            time.sleep(0.02)
        until_found(store, *_saved(vault, f"markafter{number}"))
    print(f"after {100 * rounds} saves more: {memory(pid):.0f} MiB")


def _saved(vault: Vault, mark: str) -> tuple[str, str]:
    sentence = vault.sentence(mark)
    vault.save(vault.pick(), sentence)
    return sentence, mark


if __name__ == "__main__":
    main()
