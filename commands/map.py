"""`kb map`: a part of the argument graph, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.options import Json, Kind, Since, Source, Tag, Until, filters, home, reading
from kb.maps import formats

if TYPE_CHECKING:
    import sqlite3

    from kb.maps.argument_map import ArgumentMap
    from kb.search.filters import Condition, Filters

_ROOTS = 5


def map_(
    about: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY|REF…]", help="Statements, sources, or words to look for.")
    ] = None,
    depth: Annotated[int, typer.Option(min=0, help="How many links away from where it starts.")] = 2,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=f"{', '.join(formats.names()[:-1])} or {formats.names()[-1]}. "
            "By default what the name of the file says, or a tree.",
            autocompletion=formats.names,
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
    quotes: Annotated[bool, typer.Option("--quotes", help="In a tree, also the words of the sources.")] = False,
    relation: Annotated[
        str | None, typer.Option(help="Links of these relations only, comma between: supports, attacks, …")
    ] = None,
    basis: Annotated[str | None, typer.Option(help="Links of these bases only: authored, structure, cue, …")] = None,
    status: Annotated[
        str | None, typer.Option(help="Links of this status only: accepted, suggested or rejected.")
    ] = None,
    accepted: Annotated[bool, typer.Option("--accepted", help="The same as --status accepted.")] = False,
    related: Annotated[bool, typer.Option(help="Also unsigned links.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Also suggestions of rules that were often wrong.")] = False,
    per_node: Annotated[int, typer.Option(min=1, help="Links followed from a statement; the rest is counted.")] = 6,
    most: Annotated[int, typer.Option("--max-nodes", min=1, help="Statements and sources at most.")] = 60,
    roots: Annotated[
        int, typer.Option("-n", "--limit", min=1, help="Statements to start from, unless you name them.")
    ] = _ROOTS,
    kind: Kind = None,
    author: Annotated[
        str | None,
        typer.Option("--author", "--speaker", help="Author or speaker.", rich_help_panel="Filters"),
    ] = None,
    tag: Tag = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    json: Json = False,
) -> None:
    """Draw an argument map: what supports and what attacks a statement, a source, or what a query finds.

    Filters choose the statements to start from. Around a REF they choose what is drawn besides it.

    Example: kb map "quality control" --format svg -o map.svg
    """
    from kb.maps import select
    from kb.maps.formats import tree as text_tree
    from kb.maps.formats.json import to_dict
    from kb.model.words import BASES, STATUSES
    from kb.review import calibration

    wanted = formats.named(format_ or formats.for_file(out.name if out else ""))
    relations = _relations(relation, related=related)
    statuses = ("accepted",) if accepted and status is None else _words("status", status, STATUSES)
    bases = _words("basis", basis, BASES)
    with reading() as connection:
        chosen = filters(
            connection, kind=kind, author=author, tag=tag, since=since, until=until, source=source, limit=roots
        )
        start, only, named = _start(connection, about or [], chosen)
        hider = calibration.Hider(frozenset() if all_ else calibration.hidden_rules(connection, home(), "link"))
        map_ = select.around(
            connection, start, depth=depth, relations=relations, statuses=statuses or ("accepted", "suggested"),
            bases=bases, per_node=per_node, most=most, only=only, skip=hider,
        )  # fmt: skip
    if hider.met:
        output.say(f"{output.count(len(hider.met), 'link')} of rules that were often wrong left out; --all draws them")
    map_ = replace(map_, title=_title(map_, about or [], author, named=named))
    if json and (out is None or str(out) == "-"):
        return output.as_json(to_dict(map_))
    drawn = text_tree.render(map_, quotes=quotes) if wanted.name == "tree" else wanted.render(map_)
    if out is None or str(out) == "-":
        return output.text(drawn.rstrip("\n"))
    _write(out, drawn)
    output.say(f"{out}: {output.count(len(map_.nodes), 'node')}, {output.count(len(map_.edges), 'link')}")
    return output.as_json(to_dict(map_)) if json else None


def _relations(asked: str | None, *, related: bool) -> tuple[str, ...]:
    from kb.model.words import RELATIONS

    named = _words("relation", asked, RELATIONS) or tuple(name for name in RELATIONS if name != "related")
    return tuple(dict.fromkeys((*named, "related"))) if related else named


def _words(what: str, text: str | None, known: Sequence[str]) -> tuple[str, ...]:
    from kb.errors import UsageError

    given = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    for word in given:
        if word not in known:
            raise UsageError(f"there is no {what} {word!r}", "known: " + ", ".join(known))
    return given


def _start(connection: sqlite3.Connection, about: list[str], chosen: Filters) -> tuple[list[str], Condition, bool]:
    """The ids to start from, the condition on what is drawn besides them, and whether a REF names them."""
    from kb.errors import NotFoundError
    from kb.maps import select
    from kb.search.filters import Filters, on_statements
    from kb.search.search import search

    whole = Filters(limit=chosen.limit)
    everything: Condition = ("1", [])
    condition = everything if chosen == whole else on_statements(connection, chosen)
    if not about:
        if len(chosen.source) == 1 and replace(chosen, source=()) == whole:
            return select.of_source(connection, chosen.source[0], chosen.limit), everything, True
        roots = select.among(connection, chosen.limit, *(() if condition is everything else condition))
        return roots, everything, False
    named = [_named(connection, ref, chosen.limit, condition) for ref in about]
    if not any(named):
        wider = replace(chosen, limit=chosen.limit * select.HITS)
        hits = search(connection, home(), " ".join(about), where="statements", filters=wider).hits
        return select.of_hits(connection, [hit.item.id for hit in hits], chosen.limit), everything, False
    for ref, found in zip(about, named, strict=True):
        if not found:
            raise NotFoundError(f"no statement or source {ref!r}", "put the words of a query between quotation marks")
    return list(dict.fromkeys(name for found in named for name in found)), condition, True


def _named(connection: sqlite3.Connection, ref: str, limit: int, condition: Condition) -> list[str]:
    """What a REF stands for as the start of a map; nothing where it must be words to look for."""
    from kb.errors import NotFoundError
    from kb.maps import select
    from kb.model import identity, ids
    from kb.sources import resolve
    from kb.store import links

    try:
        table, name = resolve.ref(connection, ref, "statement", "source", "link")
    except NotFoundError as error:
        word = ref.strip()
        is_id = ids.ID.fullmatch(word) and len(word) == ids.LENGTHS[word[0]] and any(map(str.isdigit, word))
        if error.candidates or is_id or identity.is_address(word):
            raise
        return []
    if table == "source":
        return select.of_source(connection, name, limit, *condition)
    if table == "link":
        link = links.outlined(connection, [name])[name]
        return [end for end in (link["from_id"], link["to_id"]) if not end.startswith(ids.LINK)]
    return [name]


def _title(map_: ArgumentMap, about: list[str], author: str | None, *, named: bool) -> str:
    """What a drawing is about: the words of a query, or those of what a REF names."""
    from kb.text.strings import clip

    first = next((node for node in map_.nodes if named and node.id in map_.roots), None)
    if first is not None:
        return clip(first.text if len(map_.roots) == 1 else first.source_title or first.text, 100)
    return " ".join(about) if about else f"What {author} says" if author else map_.title


def _write(out: Path, drawn: str) -> None:
    """Write a file at once or not at all; what is no plain file, such as /dev/null, as it comes."""
    import os
    import tempfile

    from kb.errors import KbError

    part = ""
    try:
        target = out.resolve()
        if target.exists() and not target.is_file():
            target.write_text(drawn, encoding="utf-8")
            return
        descriptor, part = tempfile.mkstemp(dir=target.parent, prefix=".kb-", suffix=".part")
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(drawn)
        os.chmod(part, target.stat().st_mode & 0o777 if target.exists() else 0o644)
        os.replace(part, target)
    except OSError as error:
        if part:
            Path(part).unlink(missing_ok=True)
        raise KbError(f"cannot write {out}: {error.strerror}", "choose another file") from error
