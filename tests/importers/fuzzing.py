"""Files that went wrong in every way: each is read by the importer that knows it, or refused with one clear error.

    python -m tests.importers.fuzzing --inputs 100000

The seeds are the samples and examples of all importers. An input is one of them with some of it changed: bytes, lines,
values of JSON, parts of an archive, or a good deal of what parsers trip over put in. What is told: inputs that ended
in another way than with documents that hold what documents must, or a `KbError`; the slowest; and the memory.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import importers
from importers.files import Failure, Input, read_files
from kb.errors import KbError
from tests.importers.importer_checks import check

ROOT = Path(__file__).resolve().parents[2]
SLOW_S = 5.0
STUCK_S = 60
_BIGGEST = 1_000_000  # bytes; larger files take time by their size
_SMALL = 20_000  # bytes of what is multiplied
_TRIPS = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x1b[31m", b"\r", b"\x0c", b"\xc2\x85", b"\\", b"|",
    b"null", b"-1", b"1e999", b"9" * 400, b"NaN", b"true", b"[]", b"{}", b'""', b"\\ud800", b"\\u0000", b"&#0;",
    b"&lt;", b"<!--", b"]]>", b"<![CDATA[", b"%s%n", b"../../etc", b"{{", b"}}", b"[[", b"]]", b"```", b"---\n", b"$$",
    b"> ", b"#" * 9, b"@{", b"0000-00-00", b"9999-99-99T99:99:99Z", b"javascript:x", b"http://[::1",
    b"https://a.example/" + b"a/" * 99,
)  # fmt: skip
_DEEP = (
    b"[",
    b"(",
    b"{",
    b"> ",
    b"  - ",
    b"<div>",
    b"<b>",
    b"*",
    b"_",
    b"\\begin{a}",
    b"{\\a",
    b'{"a":',
    b"[[",
    b"**_",
    b"$",
)


@dataclass
class Outcome:
    """What became of some inputs. `faults` are told with the bytes that made them, `slow` with seconds, `large` with
    the MiB by which they raised the peak of the process, which is `peak`.
    """

    ends: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str, bytes]] = field(default_factory=list)
    slow: list[tuple[float, str, bytes]] = field(default_factory=list)
    large: list[tuple[float, str, bytes]] = field(default_factory=list)
    peak: float = 0.0


def seeds() -> list[tuple[str, bytes]]:
    """Names and bytes of what is changed."""
    files = [path for folder in ("docs/samples", "examples") for path in sorted((ROOT / folder).rglob("*"))]
    found = [(path.name, path.read_bytes()) for path in files if path.is_file()]
    for one in importers.importers().values():
        if one.sample:
            ending = {"{": "json", "[": "json", "<": "html"}.get(one.sample[:1], "md")
            found.append((f"{one.name}.{ending}", one.sample.encode()))
    return found


def changed(chance: random.Random, known: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """An input: a seed after one to four changes."""
    name, data = chance.choice(known)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = _change(chance, data, known)[:_BIGGEST]
    return name, data


def _change(chance: random.Random, data: bytes, known: list[tuple[str, bytes]]) -> bytes:
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        return _in_archive(chance, data, known)
    if data.lstrip()[:1] in (b"{", b"[") and chance.random() < 0.5:
        return _in_json(chance, data)
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: _bytes(chance, data),
        lambda: _lines(chance, data),
        lambda: _put_in(chance, data, chance.choice(_TRIPS)),
        lambda: _put_in(chance, data, chance.choice(_DEEP) * chance.choice((50, 1000, 20_000))),
        lambda: data[: chance.randrange(len(data) + 1)],
        lambda: _again(chance, data),
        lambda: _put_in(chance, data, _piece(chance, chance.choice(known)[1])),
    )
    return chance.choice(ways)()


def _put_in(chance: random.Random, data: bytes, more: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + more + data[at + chance.choice((0, 0, len(more))) :]


def _piece(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[at : at + chance.choice((10, 100, 2000))]


def _again(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    piece = data[at : at + chance.choice((5, 60, 400))]
    return data[:at] + piece * chance.choice((2, 20, 500)) + data[at:]


def _bytes(chance: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 5, 50))):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    chosen = chance.randrange(4)
    if chosen == 0:
        del lines[at]
    elif chosen == 1:
        lines[at:at] = [lines[at]] * chance.choice((1, 30, 1000))
    elif chosen == 2:
        chance.shuffle(lines)
    else:
        lines[at] = chance.choice(_TRIPS).join(lines[at].split(b" "))
    return b"\n".join(lines)


def _in_json(chance: random.Random, data: bytes) -> bytes:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return _bytes(chance, data)
    places: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        inside = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, below in inside:
            places.append((one, key))
            waiting.append(below)
    if not places:
        return _bytes(chance, data)
    above, key = chance.choice(places)
    odd = (None, True, -1, 1e300, "", "\ud800", "\x00", [], {}, [[]], [None], {"a": 1}, "9" * 300, "<b>" * 200, 10**30)
    chosen = chance.randrange(4)
    if chosen == 0 and isinstance(above, dict):
        del above[key]
    elif chosen == 1 and isinstance(above, list):
        above[key:key] = [above[key]] * (chance.choice((1, 50, 500)) if len(data) < _SMALL else 1)
    elif chosen == 2:
        other, name = chance.choice(places)
        above[key] = json.loads(json.dumps(other[name])) if (name in other if isinstance(other, dict) else True) else 0
    else:
        above[key] = chance.choice(odd)
    return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _in_archive(chance: random.Random, data: bytes, known: list[tuple[str, bytes]]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return _bytes(chance, data)
    if not files:
        return data
    name = chance.choice(list(files))
    if chance.random() < 0.1:
        del files[name]
    else:
        files[name] = _change(chance, files[name], known)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, inside in files.items():
            archive.writestr(each, inside)
    return made.getvalue()


def run(number: int, seed: int, folder: Path) -> Outcome:
    """What becomes of so many inputs."""
    known, chance, outcome = seeds(), random.Random(seed), Outcome()
    signal.signal(signal.SIGALRM, _stuck)
    for _ in range(number):
        name, data = changed(chance, known)
        path = folder / name
        path.write_bytes(data)
        start, before = time.process_time(), _peak()
        signal.alarm(STUCK_S)
        try:
            outcome.ends[_end(path)] += 1
        except Exception:
            outcome.ends["fault"] += 1
            outcome.faults.append((name, traceback.format_exc(limit=-6), data))
        signal.alarm(0)
        took = time.process_time() - start
        outcome.slow = _most(outcome.slow, (took, name, data))
        outcome.large = _most(outcome.large, (_peak() - before, name, data))
    outcome.peak = _peak()
    return outcome


def _most(kept: list[tuple[float, str, bytes]], *more: tuple[float, str, bytes]) -> list[tuple[float, str, bytes]]:
    return sorted([*kept, *more], key=lambda one: -one[0])[:5]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _end(path: Path) -> str:
    """Read as `kb add` does: the name of the importer, "refused" or "skipped"."""
    name = "skipped"
    for item in read_files(path):
        if isinstance(item, Failure):
            return "refused"
        if isinstance(item, Input):
            try:
                documents = importers.read(item)
            except KbError:
                return "refused"
            for document in documents:
                check(importers.importer(document.importer), document)
            name = documents[0].importer
    return name


def _stuck(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"nothing after {STUCK_S} s")


def _worker(task: tuple[int, int]) -> Outcome:
    with TemporaryDirectory(prefix="kb-fuzz-") as folder:
        return run(*task, Path(folder))


def main() -> int:
    """Run a campaign and tell of it; inputs that were faulty or slow are kept where `--keep` says."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--inputs", type=int, default=2000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--keep", type=Path, help="a folder for the inputs that were faulty or slow")
    given = options.parse_args()
    part = min(500, given.inputs)
    tasks = [(part, given.seed * 1_000_003 + number) for number in range(max(1, given.inputs // part))]
    with Pool(given.workers, maxtasksperchild=20) as pool:
        outcomes = pool.map(_worker, tasks, chunksize=1)
    ends = sum((one.ends for one in outcomes), Counter[str]())
    faults = [fault for one in outcomes for fault in one.faults]
    slow = _most([], *(each for one in outcomes for each in one.slow))
    large = _most([], *(each for one in outcomes for each in one.large))
    print(
        f"{sum(ends.values()):,} inputs: {len(faults)} faults, {sum(each[0] > SLOW_S for each in slow)} over {SLOW_S} s"
    )
    print(f"slowest: {', '.join(f'{took:.2f} s {name}' for took, name, _ in slow)}")
    most = ", ".join(f"{grown:,.0f} MiB {name}" for grown, name, _ in large)
    print(f"memory: {max(one.peak for one in outcomes):,.0f} MiB the whole process at most; raised by {most}")
    print(", ".join(f"{name} {count:,}" for name, count in ends.most_common()))
    for number, (name, told, _) in enumerate(faults[:20]):
        print(f"--- {number} {name}\n{told}", file=sys.stderr)
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
        kept = [(name, data) for name, _, data in faults[:50]] + [(name, data) for _, name, data in slow + large]
        for number, (name, data) in enumerate(kept):
            (given.keep / f"{number:02}-{name}").write_bytes(data)
    return 1 if faults or slow[0][0] > SLOW_S else 0


if __name__ == "__main__":
    sys.exit(main())
