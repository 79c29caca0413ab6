"""This checkout against another one, in turns: a cold search, a warm one, and imports.

    python -m benchmarks.compare ../kb-before --other-python ../kb-before/.venv/bin/python --folder ../shared/vaults

Both are driven by their command lines alone, since what is inside may differ: `python -m cli` in a process of its own
for a cold search and for an import, `cli.run` in a process that stays for a warm search. Each has a home and a cache of
its own; the turns alternate, and so does who begins. A ratio below 1 means that this checkout is faster.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import ROOT, Took, in_turns, machine, parser, process

QUESTIONS = (
    "does quality control fix the bias?",
    "volunteer records",
    "what speaks against reserves",
    "how sure can one be of a trend",
    "counting birds on farms",
)
WARM = """
import json, os, sys, time
told = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
import cli
for line in sys.stdin:
    begun, cpu = time.perf_counter(), time.process_time()
    code = cli.run(json.loads(line))
    print(json.dumps([time.perf_counter() - begun, time.process_time() - cpu, code]), file=told, flush=True)
"""


@dataclass(frozen=True)
class Side:
    """A checkout with the Python that has what it requires, and a folder for its homes."""

    name: str
    checkout: Path
    python: Path
    scratch: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"PYTHONPATH": str(self.checkout), "KB_CACHE": str(self.scratch / "cache")}

    def kb(self, *arguments: str, home: str = "home") -> Took:
        """One command line in a process of its own."""
        command: list[str | Path] = [self.python, "-m", "cli", "--home", self.scratch / home, *arguments]
        return process(command, self.checkout, self.environment)

    def imports(self, folder: Path, *options: str) -> Took:
        """An import into an empty home."""
        shutil.rmtree(self.scratch / "new", ignore_errors=True)
        return self.kb("add", str(folder), *options, home="new")


class Warm:
    """A process of a side that answers one command line after another."""

    def __init__(self, side: Side, stack: ExitStack) -> None:
        self._side, self._asked = side, 0
        self._running = stack.enter_context(
            subprocess.Popen(
                [side.python, "-c", WARM],
                cwd=side.checkout,
                env={**side.environment, "PATH": "/usr/bin:/bin", "HOME": str(side.scratch)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(self._running.kill)

    def search(self) -> Took:
        """The next question; None of the two sides is asked another."""
        question = QUESTIONS[self._asked % len(QUESTIONS)]
        self._asked += 1
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(json.dumps(["--home", str(self._side.scratch / "home"), "search", question]) + "\n")
        self._running.stdin.flush()
        wall, cpu, code = json.loads(self._running.stdout.readline())
        if code:
            raise SystemExit(f"{self._side.name}: a warm search ended with {code}")
        return Took(wall, cpu)


def show(name: str, sides: tuple[Side, Side], ways: tuple[Callable[[], Took], Callable[[], Took]], rounds: int) -> None:
    """A line: both medians in ms, on the clock and of the processor, and the ratios."""
    found = in_turns({side.name: way for side, way in zip(sides, ways, strict=True)}, rounds)
    ours, theirs = found["this"], found["other"]
    print(
        f"{name:<34} {1000 * ours.wall:8.0f} {1000 * theirs.wall:8.0f} {ours.wall / theirs.wall:6.2f}"
        f"   {1000 * ours.cpu:8.0f} {1000 * theirs.cpu:8.0f} {ours.cpu / theirs.cpu:6.2f}",
        flush=True,
    )


def main() -> None:
    options = parser(__doc__)
    options.add_argument("other", type=Path, help="the other checkout")
    options.add_argument("--python", type=Path, default=Path(sys.executable))
    options.add_argument("--other-python", type=Path, help="else .venv/bin/python of the other checkout, else --python")
    options.add_argument("--folder", type=Path, help="a large folder to import too, without embedding")
    options.add_argument("--rounds", type=int, default=11)
    options.add_argument("--folder-rounds", type=int, default=3, help="of what takes long: embedding, --folder")
    chosen = options.parse_args()
    other = chosen.other.resolve()
    if not (other / "cli.py").is_file():
        raise SystemExit(f"{other} is no checkout of kb: it has no cli.py")
    own = other / ".venv" / "bin" / "python"
    python = chosen.other_python or (own if own.exists() else chosen.python)
    examples, rounds = ROOT / "examples", chosen.rounds
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        ours = Side("this", ROOT, chosen.python.absolute(), Path(scratch) / "this")
        theirs = Side("other", other, python.absolute(), Path(scratch) / "other")
        sides = (ours, theirs)
        print(f"{machine()}; medians of {rounds}, of what takes long {chosen.folder_rounds}")
        print(f"{'ms':<34} {'this':>8} {'other':>8} {'ratio':>6}   {'CPU this':>8} {'other':>8} {'ratio':>6}")
        for side in sides:
            side.kb("add", str(examples))

        def both(*arguments: str) -> tuple[Callable[[], Took], Callable[[], Took]]:
            return lambda: ours.kb(*arguments), lambda: theirs.kb(*arguments)

        def imported(folder: Path, *given: str) -> tuple[Callable[[], Took], Callable[[], Took]]:
            return lambda: ours.imports(folder, *given), lambda: theirs.imports(folder, *given)

        show("kb --help", sides, both("--help"), rounds)
        show("cold search", sides, both("search", QUESTIONS[0]), rounds)
        show("cold search by word", sides, both("search", QUESTIONS[0], "--mode", "lexical"), rounds)
        ready = (Warm(ours, stack), Warm(theirs, stack))
        for warm in ready:
            warm.search()
        show("warm search", sides, (ready[0].search, ready[1].search), max(rounds, 20 * len(QUESTIONS)))
        show("import of examples, not embedded", sides, imported(examples, "--no-embed"), rounds)
        show("import of examples", sides, imported(examples), chosen.folder_rounds)
        if chosen.folder:
            folder = chosen.folder.resolve()
            show(f"import of {folder.name}, not embedded", sides, imported(folder, "--no-embed"), chosen.folder_rounds)
        print(machine())


if __name__ == "__main__":
    main()
