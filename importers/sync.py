"""A folder of notes and the store brought to agree, in both directions.

First what changed in the folder is taken up: a person's own notes as `kb add` reads them, notes of kb's by what was
done to them. Then what changed in the store is written to kb's notes. Nothing is written over that was not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from importers import deletions, intake, vaults
from importers.given import Given
from importers.report import Item, Report
from kb import config
from kb.model import ids
from kb.sources import removal
from kb.store import sources
from kb.store.open import Store
from notes.vault import export
from notes.vault.exchange import Exchange
from notes.vault.outcome import Conflict

if TYPE_CHECKING:
    from kb.store.exported import Written

FEW = 20
"""Notes whose files may be missing at once and still were deleted one by one."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A note whose file was deleted: its path, and the title of the source or the id of the statement it showed."""

    path: str
    subject: str
    title: str


@dataclass(slots=True)
class Synced:
    """What a sync did; paths are relative to the folder.

    `taken` are the files from which something went into the store, `written` those that the store changed or took
    away, `gone` those that were deleted and whose source is still here, `decisions` what was decided by hand in notes.
    """

    taken: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    decisions: int = 0
    removed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    run: Report = field(default_factory=Report, metadata={"json": None})


def sync(
    store: Store,
    directory: Path,
    *,
    follow: Callable[[Sequence[Gone]], bool] = lambda _: False,
    tell: Callable[[Item], None] = lambda _: None,
    between: Callable[[bool], None] = lambda _: None,
    dry_run: bool = False,
) -> Synced:
    """Bring a folder and the store to agree.

    `follow` is asked whether notes that were deleted take what they showed with them; a statement's note that was
    deleted rejects it, unless so many are missing at once that nobody can have meant it. `between` is called when all
    is read, and told whether anything was taken: what it finds is written too. With `dry_run` nothing is written to
    the folder; the store is one that may be changed (`kb.store.open.open_copy`).

    Raises:
        KbError: the folder is a file, or cannot be written.
    """
    done = Synced()
    root = vaults.root_of(store, directory.resolve())
    leave: list[str] = []
    if root.is_dir():
        done.run = intake.run(store, [str(root)], Given(), lambda: b"", tell)
        leave = _deletions(store, root, follow, done)
        _report(root, done)
    between(bool(done.taken))
    _write(store, root, leave, done, dry_run=dry_run)
    return done


def write_back(store: Store, root: Path) -> Synced:
    """The second half of a sync, for a vault whose changes are taken up already: nobody is asked about deletions.

    Raises:
        KbError: the folder cannot be written.
    """
    done = Synced()
    leave = _deletions(store, root, lambda _: False, done)
    _write(store, root, leave, done, dry_run=False)
    return done


def _write(store: Store, root: Path, leave: Sequence[str], done: Synced, *, dry_run: bool) -> None:
    threshold = config.load(store.home).statement_threshold
    written = export.export(store, root, threshold, dry_run=dry_run, leave=leave)
    done.written, done.removed, done.unchanged = written.written, written.removed, written.unchanged
    told = {one.path for one in done.conflicts}
    done.conflicts += [one for one in written.conflicts if one.path not in told]


def _deletions(store: Store, root: Path, follow: Callable[[Sequence[Gone]], bool], done: Synced) -> list[str]:
    """Do what deleted notes mean. Returns what is to have no note although it is here."""
    vault = Exchange(store).vault(str(root))
    missing, of = deletions.missing(store, vault), len(vault.agreed)
    if not missing:
        return []
    stated = [one for one in missing if one.subject.startswith(ids.STATEMENT)]
    rest = [one for one in missing if not one.subject.startswith(ids.STATEMENT)]
    judged = deletions.by_hand(vault, stated)
    others = [one.subject for one in stated if one not in judged]  # another home took those away
    stated = judged
    many = len(missing) > max(FEW, of // 4) or deletions.lost_all(vault, stated)
    if not many:
        done.decisions += deletions.reject(store, [one.subject for one in stated])
        done.taken += [one.path for one in stated]
    kept = {one.subject: deletions.keeps(store, vault, one, done.run.vaults.subjects) for one in rest}
    for one in rest:
        if why := kept[one.subject]:
            done.conflicts.append(
                Conflict(one.path, f"was deleted, but {why}: it is written again; kb rm takes all out")
            )
    rest = [one for one in rest if not kept[one.subject]]
    asked = _gone(store, [*stated, *rest] if many else rest)
    if asked and follow(asked):
        done.decisions += deletions.reject(store, [one.subject for one in stated])
        removal.remove(store, removal.plan(store, [one.subject for one in rest]))
        done.taken += [one.path for one in asked]
        return others
    done.gone += [one.path for one in asked]
    if many:
        reason = (
            f"{len(missing):,} of {of:,} notes are missing; --deletions if that is meant, kb export writes them anew"
        )
        done.conflicts.append(Conflict(".", reason))
    return [*others, *(one.subject for one in asked)]


def _gone(store: Store, missing: Sequence[Written]) -> list[Gone]:
    titles = sources.titles(store, [one.subject for one in missing])
    return [Gone(one.path, one.subject, titles.get(one.subject, one.subject)) for one in missing]


def _report(root: Path, done: Synced) -> None:
    run = done.run
    changed = [item.target for item in run.items if item.status in {"added", "updated"}]
    inside = [Path(target) for target in changed if Path(target).is_relative_to(root)]
    paths = [path.relative_to(root).as_posix() for path in inside]
    done.taken = list(dict.fromkeys([*paths, *run.vaults.taken, *done.taken]))
    done.failed = [item.target for item in run.items if item.error]
    done.conflicts += run.vaults.conflicts
    done.decisions += run.vaults.decisions
