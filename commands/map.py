"""`kb map`: a part of the argument graph, drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import out_file, output
from commands.groups import Without
from commands.home import reading
from commands.options import FilterOptions, Json, Replace, filters, listed
from commands.panels import ARGUE
from kb.maps import formats

if TYPE_CHECKING:
    pass

PANEL = ARGUE
PAGED = True


@dataclass(frozen=True)
class Drawing:
    """How the map is drawn, and where to."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=f"{', '.join(formats.names()[:-1])} or {formats.names()[-1]}. "
            "By default what the name of the file says, or a tree.",
            autocompletion=formats.names,
        ),
    ] = None
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None
    yes: Replace = False
    quotes: Annotated[bool, typer.Option("--quotes", help="In a tree, also the words of the sources.")] = False

    @property
    def file(self) -> Path | None:
        """The file to write; None for standard output."""
        return out_file.named(self.out)


@dataclass(frozen=True)
class LinkChoice:
    """Which links are drawn."""

    relation: Annotated[
        str | None, typer.Option(help="Links of these relations only, comma between: supports, attacks, …")
    ] = None
    basis: Annotated[str | None, typer.Option(help="Links of these bases only: authored, structure, cue, …")] = None
    link_status: Annotated[
        str | None, typer.Option("--status", help="Links of this status only: accepted, suggested or rejected.")
    ] = None
    accepted: Annotated[bool, typer.Option("--accepted", help="The same as --status accepted.")] = False
    related: Annotated[bool, typer.Option(help="Also unsigned links.")] = False
    all: Annotated[bool, typer.Option("--all", help="Also suggestions of rules that were often wrong.")] = False

    @property
    def relations(self) -> tuple[str, ...]:
        from kb.model.words import RELATIONS

        named = _words("relation", self.relation, RELATIONS) or tuple(name for name in RELATIONS if name != "related")
        return tuple(dict.fromkeys((*named, "related"))) if self.related else named

    @property
    def bases(self) -> tuple[str, ...]:
        from kb.model.words import BASES

        return _words("basis", self.basis, BASES)

    @property
    def statuses(self) -> tuple[str, ...]:
        from kb.model.words import STATUSES

        named = _words("status", self.link_status, STATUSES)
        return named or (("accepted",) if self.accepted and self.link_status is None else ("accepted", "suggested"))


@dataclass(frozen=True)
class Extent:
    """How much is drawn."""

    depth: Annotated[int, typer.Option(min=0, help="How many links away from where it starts.")] = 2
    per_node: Annotated[int, typer.Option(min=1, help="Links followed from a statement; the rest is counted.")] = 6
    most: Annotated[int, typer.Option("--max-nodes", min=1, help="Statements and sources at most.")] = 60
    roots: Annotated[
        int, typer.Option("-n", "--limit", min=1, help="Statements to start from, unless you name them.")
    ] = 5


def command(
    about: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY|REF…]", help="Statements, sources, or words to look for.")
    ] = None,
    *,
    drawing: Drawing,
    links: LinkChoice,
    extent: Extent,
    chosen: Annotated[FilterOptions, Without("author", "status", "limit")],
    author: Annotated[
        str | None,
        typer.Option("--author", "--speaker", help="Author or speaker.", rich_help_panel="Filters"),
    ] = None,
    json: Json = False,
) -> None:
    """Draw an argument map: what supports and what attacks a statement, a source, or what a query finds.

    Filters choose the statements to start from. Around a REF they choose what is drawn besides it.

    Example: kb map "quality control" --format svg -o map.svg
    """
    from kb.maps import select
    from kb.maps.formats import tree as text_tree
    from kb.maps.formats.json import to_dict
    from kb.maps.select.start import start, titled
    from kb.review import calibration

    out_file.check(drawing.file, yes=drawing.yes)
    wanted = formats.named(drawing.format or formats.for_file(drawing.out.name if drawing.out else ""))
    relations, statuses, bases = links.relations, links.statuses, links.bases
    with reading() as store:
        begin = start(store, about or [], filters(store, replace(chosen, author=author, limit=extent.roots)))
        doubted = frozenset() if links.all else calibration.hidden_rules(store, "link")
        hider = calibration.Hider(doubted)
        map_ = select.around(
            store, begin.ids, depth=extent.depth, relations=relations, statuses=statuses, bases=bases,
            per_node=extent.per_node, most=extent.most, only=begin.only, skip=hider,
        )  # fmt: skip
    if hider.met:
        output.say(f"{output.count(len(hider.met), 'link')} of rules that were often wrong left out; --all draws them")
    map_ = replace(map_, title=titled(map_, about or [], author, named=begin.named))
    if json and drawing.file is None:
        return output.as_json(to_dict(map_))
    drawn = text_tree.render(map_, quotes=drawing.quotes) if wanted.name == "tree" else wanted.render(map_)
    content = wanted.binary(drawn) if wanted.binary else drawn
    if drawing.file is None:
        if isinstance(content, bytes):
            return output.raw(content)
        return output.text(_grey(content.rstrip("\n").split("\n")))
    out_file.write(drawing.file, content)
    output.say(f"{drawing.file}: {output.count(len(map_.nodes), 'node')}, {output.count(len(map_.edges), 'link')}")
    return output.as_json(to_dict(map_)) if json else None


def _grey(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a drawing, in grey where they are a context: from `on “` to the end of the quotation."""
    within = False
    for line in lines:
        within = within or line.lstrip().startswith("on “")
        yield output.style(line, "dim") if within else line
        within = within and not line.endswith(("”", "…"))


def _words(what: str, text: str | None, known: Sequence[str]) -> tuple[str, ...]:
    from kb.errors import UsageError
    from kb.text.spelling import one_of

    given = listed(text)
    for word in given:
        if word not in known:
            raise UsageError(f"there is no {what} {word!r}", one_of(word, known))
    return given
