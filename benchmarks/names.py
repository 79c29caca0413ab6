"""What a REF by words takes, and a key of completion, at very many sources: against reading every title, and Python.

    python -m benchmarks.names 100000 300000

In a warm process: the beginning of a title, two words of it, an author and a word, words with a slip, a citekey with
one, words that nothing has; each against reading all titles and looking into each, which is the least that works
without an index. Then whole processes in turns: a key of completion and `kb show` against the start of Python, and of
Python with Typer. Sources are made up (`made_titles`); with --home they are kept for the next run.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.made_titles import fill_sources
from benchmarks.measuring import Took, in_turns, kb, machine, parser, process, timed
from kb.errors import NotFoundError
from kb.sources import completing, resolve
from kb.store.open import Store, open_reader

ASKED = 20
"""Sources that are asked for, each in every way."""


def slip(word: str) -> str:
    """The word with two letters in its middle swapped, or one left out where they are the same."""
    at = len(word) // 2
    swapped = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    return swapped if swapped != word else word[:at] + word[at + 1 :]


def ways(store: Store, count: int) -> dict[str, list[str]]:
    """What is typed, by the way in which it means a source."""
    dice = random.Random(1)
    found: dict[str, list[str]] = {}
    for rowid in dice.sample(range(1, count + 1), ASKED):
        sql = """SELECT s.title, s.citekey, p.name FROM source s JOIN authorship a ON a.source_rowid = s.rowid
            JOIN person p ON p.rowid = a.person_rowid WHERE s.rowid = ? AND a.position = 0"""
        title, citekey, author = store.execute(sql, (rowid,)).fetchone()
        words = title.lower().split()
        one, other = sorted(words, key=len)[-1], sorted(words, key=len)[-2]
        for way, typed in {
            "a citekey": citekey,
            "the beginning of a title": " ".join(words[:3]),
            "two words of it": f"{other} {one}",
            "an author and a word": f"{author.split()[-1]} {one}",
            "two words, one with a slip": f"{slip(one)} {other}",
            "a citekey with a slip": slip(citekey),
            "words that nothing has": "quokka xylem zyzzyva",
        }.items():
            found.setdefault(way, []).append(typed)
    return found


def resolved(store: Store, typed: str) -> None:
    """Ask what is meant; that nothing is, or several are, is an answer too."""
    with suppress(NotFoundError):
        resolve.ref(store, typed)


def every_title(store: Store, typed: str) -> int:
    """How many titles have a word, by reading all of them."""
    return sum(typed in row[0] for row in store.execute("SELECT title_key, id, citekey FROM source"))


def took(store: Store, action: Callable[[Store, str], object], asked: list[str]) -> float:
    """Seconds of one, the median."""
    return median(timed(partial(action, store, typed)).wall for typed in asked)


def in_process(home: Path, count: int) -> None:
    """A line for each way, with its ratio to reading every title."""
    with open_reader(home) as store:
        asked = ways(store, count)
        floor = took(store, every_title, asked["a citekey"][:5])
        print(f"{'reading every title':<32} {floor * 1000:8.1f} ms")
        for way, typed in asked.items():
            one = took(store, resolved, typed)
            print(f"{way:<32} {one * 1000:8.1f} ms  {one / floor:6.3f} × reading every title")
        one = took(store, completing.refs, [typed[:5] for typed in asked["two words of it"]])
        print(f"{'what five letters may become':<32} {one * 1000:8.1f} ms  {one / floor:6.3f} × reading every title")


def as_processes(home: Path, count: int, rounds: int) -> None:
    """A line for each command, with its ratio to the start of Python and of Typer."""
    with open_reader(home) as store:
        asked = ways(store, count)

    def key(line: str) -> Callable[[], Took]:
        word = line.split(" ")[-1]
        told = {"_KB_COMPLETE": "bash", "_KB_LINE": line, "_KB_WORD": word, "_KB_TYPE": "9", "KB_HOME": str(home)}
        return partial(process, [sys.executable, "-m", "cli"], environment=told)

    started = in_turns(
        {
            "python": partial(process, [sys.executable, "-c", "pass"]),
            "python with typer": partial(process, [sys.executable, "-c", "import typer.main"]),
            "TAB after kb": key("kb "),
            "TAB after kb show and a citekey": key(f"kb show {asked['a citekey'][0][:6]}"),
            "TAB after kb show and a word": key(f"kb show {asked['two words of it'][0].split()[0]}"),
            "TAB after kb list --author": key("kb list --author ka"),
            "kb show a citekey": partial(process, kb(home, "show", asked["a citekey"][0])),
            "kb show a title's beginning": partial(process, kb(home, "show", asked["the beginning of a title"][0])),
        },
        rounds,
        {},
    )
    for name, one in started.items():
        ratios = [f"{one.wall / started[base].wall:5.2f} × {base}" for base in ("python", "python with typer")]
        print(f"{name:<32} {one.wall * 1000:8.1f} ms, processor {one.cpu * 1000:6.1f} ms  {', '.join(ratios)}")


def main() -> None:
    options = parser(__doc__)
    options.add_argument("sources", type=int, nargs="*", default=[100_000])
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--home", type=Path, help="keep the stores in this folder")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for count in chosen.sources:
            home = (chosen.home or Path(temporary)) / f"names-{count}"
            fill_sources(home, count)
            print(f"{machine()}; {count:,} sources, medians")
            in_process(home, count)
            as_processes(home, count, chosen.rounds)


if __name__ == "__main__":
    main()
