"""`kb show`: one source, statement or link, with all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.home import home, reading
from commands.options import Json
from commands.panels import READ
from commands.views import calculation as calculation_view
from commands.views.link import link_lines
from commands.views.source import as_json, source_lines
from commands.views.statement import quote_lines, statement_lines, titles_of

if TYPE_CHECKING:
    from kb.store.open import Store

PANEL = READ
PAGED = True


def command(
    ref: Annotated[str, typer.Argument(help="A source, statement or link: id, citekey, URL, title.")],
    outline: Annotated[bool, typer.Option(help="Headings, speakers and statements only, no text.")] = False,
    json: Json = False,
) -> None:
    """Show a source with its text, references, backlinks and statements; or a statement or link.

    Example: kb show "Volunteer Records Are Not Monitoring" --outline
    """
    from kb import config
    from kb.sources import resolve
    from kb.sources.details import details
    from kb.store import links, passages, sources

    with reading() as store:
        found = resolve.ref(store, ref)
        if found.kind == "statement":
            return _statement(store, found.id, json=json)
        if found.kind == "link":
            link = links.read(store, [found.id])[found.id]
            return output.as_json(link) if json else output.text(link_lines(store, [link]))
        name = found.id if found.kind == "source" else passages.source_and_text(store, found.id)[0]
        source = details(store, name)
        if json:
            return output.as_json(as_json(source))
        parent = sources.read(store, [source.source.parent or ""]).get(source.source.parent or "")
        least = config.load(home()).statement_threshold
        return output.text(source_lines(source, parent, least, text=not outline))


def _statement(store: Store, name: str, *, json: bool) -> None:
    from kb.model.json_form import json_form, json_object
    from kb.review import calculation
    from kb.store import links, statements

    statement = statements.read(store, [name])[name]
    touching = links.touching(store, [name])
    weighed = calculation.of_statement(store, name, touching)
    if json:
        return output.as_json(json_object(statement) | {"links": json_form(touching)} | json_object(weighed))
    output.text(statement_lines(statement, titles_of(store, [statement])))
    output.text(quote_lines(statement))
    output.text(calculation_view.of_statement(weighed))
    return output.text(link_lines(store, touching))
