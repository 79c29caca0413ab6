"""`kb sync` under random edits of both sides: whatever is done, nothing may be lost and both sides must agree.

    python -m benchmarks.sync_campaign --scripts 2000

Each script copies a small home with its vault, does some random steps on either side (edit, rename, move, delete, add,
front matter, decisions, imports of new versions, conflicts), and syncs until quiet, once or several times over. After
that every word that nobody took out must stand on both sides, the person's own files must be as they wrote them, both
sides must say the same, and a third sync must do nothing. What does not hold is printed with the seed that shows it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.measuring import machine, parser, say


def main() -> None:
    """Play the scripts on all cores and say what did not hold."""
    options = parser(__doc__)
    options.add_argument("--scripts", type=int, default=200)
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--processes", type=int, default=2)
    given = options.parse_args()
    from tests.vault_campaign import begin

    say(machine())
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kb-campaign-") as place:
        begin(Path(place) / "template")
        with ProcessPoolExecutor(given.processes) as pool:
            seeds = range(given.first, given.first + given.scripts)
            broken = list(_broken(pool.map(partial(_play, Path(place)), seeds, chunksize=10)))
    took = time.monotonic() - started
    say(f"{given.scripts:,} scripts, {len(broken)} in which something did not hold; {took / given.scripts:.2f} s each")
    raise SystemExit(bool(broken))


def _broken(told: Iterator[list[str]]) -> Iterator[list[str]]:
    for lines in told:
        if lines:
            say("\n".join(lines))
            yield lines


def _play(place: Path, seed: int) -> list[str]:
    """One script; its seed gives how long it is, too."""
    from tests.vault_campaign import play

    random = Random(seed)
    root = place / str(seed)
    try:
        return play(place / "template", root, seed, random.randint(1, 3), random.randint(1, 5))
    except Exception as error:  # it is a finding like any other
        return [f"seed {seed}: {type(error).__name__}: {error}"]
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
