"""From the targets of a command to what there is to read: inputs from files and pipes, and addresses to fetch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from importers.base import Failure, Input
from importers.fetching import Address
from importers.files import Known, Skipped, from_stdin, never, read_files
from importers.walk import listing
from importers.web.registry import fetcher
from kb.model import identity
from kb.model.document import PIPE


def inputs(
    targets: Sequence[str],
    stdin: Callable[[], bytes],
    encoding: str | None,
    max_file_mb: float,
    only: Collection[str] | None = None,
    known: Known = never,
) -> Iterator[Input | Failure | Skipped | Address]:
    """What stands behind the targets, lazily, in their order; addresses that are asked for together come last.

    `stdin` gives what came through a pipe, for the target "-". Of folders `only` these files are read, and of what is
    `known` only the names.
    """
    together: dict[str, Address] = {}
    for target in targets:
        if target.startswith("www.") and not Path(target).exists():
            target = "https://" + target
        if target == PIPE:
            yield from_stdin(stdin(), encoding, max_file_mb)
        elif not Path(target).exists() and identity.is_address(target) and (by := fetcher(target)):
            if by.together is None or by.alone(target):
                yield Address((target,), by)
            else:
                before = together[by.name].targets if by.name in together else ()
                together[by.name] = Address((*before, target), by)
        else:
            yield from read_files(target, encoding, max_file_mb, only, known)
    yield from together.values()


def count(targets: Sequence[str]) -> int:
    """How many files there are about to look at: of a folder those that may be texts, by their names."""
    return sum(len(listing(target).files) if Path(target).is_dir() else 1 for target in targets)
