"""`kb tag`: the tags there are, and putting them on, taking them off, giving them another name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, refs
from commands.home import reading, writing
from commands.options import DryRun, Json
from commands.panels import KEEP
from commands.views.source import source_line

if TYPE_CHECKING:
    from kb.store.tags import TagCount

PANEL = KEEP
ROWS = "tags"
_ACTIONS = ("add", "remove", "rename")
_FEW = 20


def command(
    action: Annotated[
        str | None, typer.Argument(metavar="[add|remove|rename]", help="What to do; without it the tags are listed.")
    ] = None,
    tag: Annotated[str | None, typer.Argument(metavar="[TAG]", help="The tag; of nested ones a/b.")] = None,
    ref: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REF…|NEW]", help="The sources, - for those on stdin; the new name of `rename`."),
    ] = None,
    everywhere: Annotated[bool, typer.Option("--all", help="Of `remove`: off all sources that bear it.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """List the tags, or put one on sources (add), take it off (remove), or give it another name (rename).

    A tag that was taken off stays off, and what imports call by the old name has the new one, whatever they bring
    later. What lies within a tag (a/b in a) is renamed with it. kb list --tag TAG lists what bears it.

    Example: kb tag rename ecology field/ecology
    """
    from kb.errors import UsageError

    if action is None:
        return _list(json=json)
    if action not in _ACTIONS:
        raise UsageError(f"no action {action!r}", f"{', '.join(_ACTIONS)}; kb list --tag {action} lists what bears it")
    named = ref or []
    if tag is None or (action == "rename" and len(named) != 1):
        given = "OLD NEW" if action == "rename" else "TAG REF…"
        raise UsageError(f"kb tag {action} takes {given}", f"kb tag {action} {given}")
    if everywhere and (action != "remove" or named):
        raise UsageError("--all is for kb tag remove TAG", "leave the REFs out, or --all")
    if action == "rename":
        return _rename(tag, named[0], dry_run=dry_run, json=json)
    if not named and not everywhere:
        raise UsageError(
            f"kb tag {action} {tag} of what?", "name sources" + (", or --all" if action == "remove" else "")
        )
    return _mark(tag, refs.given(named) if named else [], off=action == "remove", dry_run=dry_run, json=json)


def _list(*, json: bool) -> None:
    from kb.store import tags

    with reading() as store:
        found = tags.counts(store)
    if json:
        return output.as_json({"tags": found})
    output.text(_tree(found))
    return output.say(output.count(len(found), "tag"))


def _tree(found: Sequence[TagCount]) -> list[str]:
    """Tags with how many sources bear them, those within another below it."""
    counts = {one.name: one.sources for one in found}
    above = {name[:at] for name in counts for at, sign in enumerate(name) if sign == "/"}
    names = sorted({*counts, *above}, key=lambda name: [part.casefold() for part in name.split("/")])
    rows = [("  " * name.count("/") + (name.rpartition("/")[2]), str(counts.get(name, ""))) for name in names]
    return output.table(rows)


def _rename(old: str, new: str, *, dry_run: bool, json: bool) -> None:
    from kb.sources import tags

    with reading() if dry_run else writing() as store:
        done = tags.rename(store, old, new, dry_run=dry_run)
    if json:
        return output.as_json({"renamed": done})
    mark = output.style("would rename" if dry_run else "renamed", "yellow")
    for one in done:
        joined = f", of which {one.joined:,} had {one.new} too" if one.joined else ""
        output.text(f"{mark} {one.old} → {one.new} ({output.count(one.sources, 'source')}{joined})")
    return None


def _mark(tag: str, named: Sequence[str], *, off: bool, dry_run: bool, json: bool) -> None:
    from kb.sources import tags
    from kb.store import sources

    with reading() if dry_run else writing() as store:
        if named:
            changed = tags.mark(store, tag, named, off=off, dry_run=dry_run)
        else:
            changed = tags.take_off_all(store, tag, dry_run=dry_run)
    with reading() as store:
        known = sources.read(store, changed)
    found = [known[name] for name in changed]
    if json:
        return output.as_json({"changed": found})
    mark = output.style("would change" if dry_run else "changed", "yellow")
    output.text(f"{mark} {source_line(one)}" for one in found[:_FEW])
    if len(found) > _FEW:
        output.text(f"… and {len(found) - _FEW:,} more")
    if not found:
        output.say(f"nothing was changed: {'none of them bears it' if off else 'it is on them already'}")
    return None
