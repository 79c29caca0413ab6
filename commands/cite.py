"""`kb cite`: sources as citations, formatted or for a reference manager."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Annotated

import typer

from commands import out_file
from commands.groups import Without
from commands.home import reading
from commands.options import FilterOptions, Json, filters
from commands.panels import READ
from commands.views.citations import Look, show

if TYPE_CHECKING:
    from kb.store.open import Store

PANEL = READ
PAGED = True


def command(
    refs: Annotated[
        list[str] | None, typer.Argument(metavar="[REF…]", help="Sources; else those of the filters.")
    ] = None,
    *,
    look: Look,
    chosen: Annotated[FilterOptions, Without("source", "status")],
    json: Json = False,
) -> None:
    """Cite sources: as text in a style, or as BibTeX, CSL-JSON or RIS.

    A statement stands for the source it is from. Without a REF the filters say which sources. A citekey that was
    printed stays, whatever becomes of title and date.

    Example: kb cite ekdahl2023volunteer --style nature
    """
    from kb.citations.item import items
    from kb.errors import UsageError
    from kb.store import sources
    from kb.store.conditions import on_sources

    out_file.check(look.file, yes=look.yes)
    filtered = any(getattr(chosen, field.name) is not None for field in fields(chosen))
    if bool(refs) == filtered:
        raise UsageError(
            "name sources, or choose them by filters, not both" if refs else "nothing to cite",
            "for example: kb cite REF, or kb cite --tag thesis --format bibtex",
        )
    with reading() as store:
        if refs:
            wanted = list(dict.fromkeys(_source(store, ref) for ref in refs))
        else:
            wanted_filters = filters(store, chosen)
            listed = sources.listed(store, on_sources(store, wanted_filters), chosen.limit)
            wanted = [row.id for row in listed if row.kind != "stub" or "stub" in wanted_filters.kind]
        found = items(store, wanted)
    show(found, look, json=json)


def _source(store: Store, ref: str) -> str:
    """The id of the source that is meant, or in which what is meant stands."""
    from kb.errors import NotFoundError
    from kb.sources import resolve
    from kb.store import passages, statements

    found = resolve.ref(store, ref, "source", "statement", "passage")
    if found.kind == "source":
        return found.id
    if found.kind == "passage":
        return passages.source_and_text(store, found.id)[0]
    mentions = statements.read(store, [found.id])[found.id].mentions
    if not mentions:
        raise NotFoundError(f"{found.id} stands in no source any more", "name the source")
    return mentions[0].source
