"""Time and peak memory of importing a folder: first, again unchanged, and after one file changed.

    python benchmarks/imports.py FOLDER

Embedding apart. Each import is a process of its own; the folder is copied first, so that one note can be changed.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main(folder: Path) -> None:
    """Print a row for each of the three imports."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "texts"
        shutil.copytree(folder, copy)
        copy.chmod(0o755)
        files = sorted(copy.rglob("*.md"))
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {len(files)} notes")
        _import("first", copy, scratch)
        _import("again, unchanged", copy, scratch)
        changed = max(files, key=lambda file: file.stat().st_size)
        changed.chmod(0o644)
        changed.write_text(changed.read_text() + "\n\nI think that one more sentence should be enough.\n")
        _import("one note changed", copy, scratch)


def _import(name: str, folder: Path, scratch: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "cli", "--home", f"{scratch}/home", "add", str(folder), "--no-embed", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    counts = {k: v for k, v in json.loads(ran.stdout)["counts"].items() if v}
    print(f"{name:<18} {wall:6.2f} s wall {cpu:6.2f} s cpu, peak so far {after.ru_maxrss / 1024:.0f} MiB, {counts}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
