"""`kb bibliography`: the list of references of a manuscript."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import out_file, output
from commands.home import reading
from commands.options import Json
from commands.panels import READ
from commands.views.citations import Look, show

if TYPE_CHECKING:
    from kb.citations.cited import Cited, Unknown
    from kb.citations.item import Item
    from kb.store.open import Store

PANEL = READ
PAGED = True


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A manuscript: Markdown or LaTeX; `-` for stdin.")],
    *,
    look: Look,
    json: Json = False,
) -> None:
    """Write the references of a manuscript: what it cites by @key, links to, or \\cites in LaTeX.

    Text is sorted as the style has it, the other formats in the order of first mention and with the citekeys of the
    manuscript: a source that it cites by several has an entry for each. Citekeys that nobody has are
    named, and the exit code is 4.

    Example: kb bibliography paper.md -o references.bib
    """
    from kb.citations import styles
    from kb.citations.cited import as_cited
    from kb.citations.item import items
    from kb.errors import EXIT_PARTIAL

    out_file.check(look.file, yes=look.yes, made_from=None if file == "-" else Path(file).expanduser())
    with reading() as store:
        cited = _cited(store, file)
        found = items(store, list(cited.sources))
    if look.wanted == "text":
        found = styles.in_order(found, look.style or styles.DEFAULT)
    else:
        output.say(_other_keys(found, cited))
        found = as_cited(found, cited)
    for unknown in cited.unknown:
        output.say(output.style("unknown ", "red", err=True) + _told(unknown))
    told = [{"key": one.key, "line": one.line, "near": list(one.near)} for one in cited.unknown]
    show(found, look, json=json, more={"unknown": told})  # type: ignore[dict-item]
    if cited.unknown:
        raise typer.Exit(EXIT_PARTIAL)


def _cited(store: Store, file: str) -> Cited:
    from kb.citations.cited import cited
    from kb.sources.wanted import Place
    from kb.store import sources
    from kb.store.conditions import HERE, Condition
    from notes.manuscript import references

    text = _text(file)
    name = "" if file == "-" else Path(file).name
    place = Place(None, None if file == "-" else str(Path(file).expanduser().absolute()))
    found = cited(store, text, references(text, name), place)
    if found.everything:
        every = sources.listed(store, Condition(f"s.kind <> 'stub' AND {HERE.sql}", []))
        for one in every:
            found.sources.setdefault(one.id, [])
    return found


def _other_keys(items: Iterable[Item], cited: Cited) -> list[str]:
    """A line for each source that the manuscript does not cite by its citekey alone."""
    told = []
    for item in items:
        keys = cited.sources[item.id]
        if keys and keys != [item.citekey]:
            named = ", ".join("@" + key for key in keys)
            entries = "an entry for each" if len(keys) > 1 else "its entry has the key that is cited"
            told.append(f"{named} {'mean' if len(keys) > 1 else 'means'} {item.citekey}: {entries}")
    return told


def _text(file: str) -> str:
    import sys

    from kb.errors import KbError
    from kb.text.repair import repair

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).expanduser().read_bytes()
    except OSError as error:
        raise KbError(f"cannot read {file}: {error.strerror}", "name a file that is there, or `-`") from error
    return repair(raw.decode("utf-8-sig", "replace"))


def _told(unknown: Unknown) -> str:
    near = f" (did you mean {', '.join('@' + key for key in unknown.near)}?)" if unknown.near else ""
    return f"@{unknown.key} in line {unknown.line}{near}"
