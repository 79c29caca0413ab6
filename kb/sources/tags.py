"""Tags over all sources: put on, taken off for good, and given another name that later imports use too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import NotFoundError, UsageError
from kb.sources import edit, editing, resolve
from kb.sources.edit import SourceEdit
from kb.store import edits, meta, tags
from kb.store.open import Store, now


@dataclass(frozen=True, slots=True)
class Renamed:
    """A tag under its new name: `sources` had it, gone and removed ones too, `joined` of these had the new one too."""

    old: str
    new: str
    sources: int
    joined: int


def mark(store: Store, name: str, refs: Sequence[str], *, off: bool, dry_run: bool = False) -> list[str]:
    """Put a tag on sources, or take it `off`, all or none. Returns the ids of those that this changes.

    Raises:
        NotFoundError: a REF names nothing, or several things. UsageError: no tag.
    """
    tag = _tag(name)
    wanted = list(dict.fromkeys(resolve.source(store, ref) for ref in refs))
    return _mark(store, tag, wanted, off=off, dry_run=dry_run)


def take_off_all(store: Store, name: str, *, dry_run: bool = False) -> list[str]:
    """Take a tag off all sources. Returns their ids.

    Raises:
        NotFoundError: nothing bears it.
    """
    tag = _tag(name)
    wanted = tags.bearers(store, tag)
    if not wanted:
        raise _unknown(store, tag)
    return _mark(store, tag, wanted, off=True, dry_run=dry_run)


def _mark(store: Store, tag: str, wanted: Sequence[str], *, off: bool, dry_run: bool) -> list[str]:
    change = SourceEdit(untagged=(tag,)) if off else SourceEdit(tagged=(tag,))
    if dry_run:
        return [one for one in wanted if edit.differences(store, one, change)]
    with store.transaction():
        return [one for one in wanted if edit.edit(store, one, change)]


def rename(store: Store, old: str, new: str, *, dry_run: bool = False) -> list[Renamed]:
    """Give a tag another name, and the tags within it (`a/b` of `a`): what imports call so is called so from now on.

    Raises:
        NotFoundError: nothing bears it. UsageError: no tag, or the same.
    """
    before, after = _tag(old), _tag(new)
    if before == after:
        raise UsageError(f"{before!r} is its name already", "give it another")
    if after.startswith(before + "/"):
        raise UsageError(f"{after!r} lies within {before!r}", f"kb tag add {after} REF… marks what belongs there")
    there = [name for name in tags.names(store) if name == before or name.startswith(before + "/")]
    if not there:
        raise _unknown(store, before)
    done: list[Renamed] = []
    for name in there:
        target = after + name[len(before) :]
        had, have = set(tags.bearers(store, name)), set(tags.bearers(store, target))
        done.append(Renamed(name, target, len(had), len(had & have)))
    if not dry_run:
        with store.transaction():
            for one in done:
                tags.rename(store, one.old, one.new)
            edits.rename_tag(store, before, after, now())
            meta.bump_generation(store)
    return done


def _tag(name: str) -> str:
    tag = editing.tag(name)
    if not tag:
        raise UsageError(f"{name!r} is no tag", "a word, or words with / between them")
    return tag


def _unknown(store: Store, tag: str) -> NotFoundError:
    import difflib

    near = difflib.get_close_matches(tag, tags.names(store), 3)
    return NotFoundError(f"no tag {tag!r}", f"did you mean {', '.join(near)}?" if near else "kb tag lists them")
