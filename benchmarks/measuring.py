"""What every benchmark does alike: its help, turns of what is compared, medians, and the machine in one line."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from kb.errors import EXIT_PARTIAL

ROOT = Path(__file__).resolve().parents[1]


class Took(NamedTuple):
    """Seconds on the clock, and of processor time, which others on the machine disturb less."""

    wall: float
    cpu: float


def parser(doc: str | None) -> argparse.ArgumentParser:
    """A parser whose help is the docstring of the program, which shows how it is called."""
    return argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)


def say(line: str) -> None:
    """A line for the person, apart from the figures."""
    print(line, file=sys.stderr, flush=True)


def machine() -> str:
    """Processor, cores, memory, Python and how busy the machine is."""
    parts = [platform.machine(), f"{os.cpu_count()} cores"]
    if hasattr(os, "sysconf"):
        parts.append(f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB")
    parts.append(f"Python {platform.python_version()}")
    if hasattr(os, "getloadavg"):
        parts.append(f"load {os.getloadavg()[0]:.1f}")
    return ", ".join(parts)


def has_torch(without: str) -> bool:
    """Whether sentence-transformers is installed; else a line says what is done `without` it."""
    if find_spec("sentence_transformers") and find_spec("torch"):
        return True
    say(f"sentence-transformers is not installed (pip install 'kb[models]'), so {without}")
    return False


def kb(home: Path, *arguments: str | Path) -> list[str]:
    """The command that runs kb from this checkout."""
    return [sys.executable, "-m", "cli", "--home", str(home), *map(str, arguments)]


def timed(action: Callable[[], Any]) -> Took:
    """What an action takes in this process."""
    begun, cpu = time.perf_counter(), time.process_time()
    action()
    return Took(time.perf_counter() - begun, time.process_time() - cpu)


def process(command: Sequence[str | Path], folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> Took:
    """What a command takes as a process of its own. That a few files of an import cannot be read is no failure.

    Raises:
        SystemExit: it failed; with the last line that it said.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    # As people have it: compiled modules are kept, whatever the environment of the one who measures says.
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ran = subprocess.run(
        command, cwd=folder, env={**told, **(environment or {})}, capture_output=True, text=True, check=False
    )
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode not in {0, EXIT_PARTIAL}:
        said = (ran.stderr or ran.stdout).strip().splitlines()[-1:]
        raise SystemExit(f"{' '.join(map(str, command[:5]))} … ended with {ran.returncode}: {' '.join(said)}")
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def in_turns(
    ways: Mapping[str, Callable[[], Took]], rounds: int, every: Mapping[str, int] | None = None
) -> dict[str, Took]:
    """Medians of several ways to do a thing that take turns, in one order and in the other.

    The first turn warms the disk and is not counted. `every`: a slow way takes part in every so many-th turn only.
    """
    spent: dict[str, list[Took]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        names = [name for name in ways if turn % (every or {}).get(name, 1) == 0]
        for name in names if turn % 2 else reversed(names):
            took = ways[name]()
            if turn:
                spent[name].append(took)
    return {name: median(times) for name, times in spent.items() if times}


def median(times: Sequence[Took]) -> Took:
    """The median of each."""
    return Took(*(statistics.median(column) for column in zip(*times, strict=True)))


def repeated(action: Callable[[], Any], times: int = 5) -> Took:
    """The median of so many runs in this process, after one that is not counted."""
    action()
    return median([timed(action) for _ in range(times)])
