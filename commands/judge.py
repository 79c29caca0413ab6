"""`kb claim`, `kb link`, `kb accept`, `kb reject`, `kb note`: what a person says and decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.options import Json, writing

if TYPE_CHECKING:
    from kb.store.open import Store

_Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Statements or links.")]


def claim(
    text: Annotated[str, typer.Argument(help="The statement, in a sentence.")],
    kind: Annotated[str, typer.Option(help="claim, critique, theory_of_impact, question or evidence.")] = "claim",
    supports: Annotated[list[str] | None, typer.Option(metavar="REF", help="What it supports; repeatable.")] = None,
    attacks: Annotated[list[str] | None, typer.Option(metavar="REF", help="What it attacks; repeatable.")] = None,
    source: Annotated[str | None, typer.Option(metavar="REF", help="The source that says it.")] = None,
    quote: Annotated[str | None, typer.Option(help="Where it says it, word for word.")] = None,
    json: Json = False,
) -> None:
    """Write a statement: your own, or one you read off a source with its quote.

    Example: kb claim "Lists cannot be trusted" --attacks c7x2 --source okafor2022 --quote "a list is not a count"
    """
    from kb.review import write
    from kb.store import sources, statements

    with writing() as store:
        name = write.claim(
            store, text, _me(store), kind=kind, supports=supports or (), attacks=attacks or (),
            source=source, quote=quote,
        )  # fmt: skip
        connection = store.reader()
        statement = statements.read(connection, [name])[name]
        titles = {
            m["source"]: sources.read(connection, [m["source"]])[m["source"]]["title"] for m in statement["mentions"]
        }
        connection.close()
    if json:
        output.as_json(statement)
    else:
        output.text(output.statement_lines(statement, titles))


def note(
    text: Annotated[str, typer.Argument(help="What you have to say.")],
    on: Annotated[str, typer.Option("--on", metavar="REF", help="The source it is about.")],
    json: Json = False,
) -> None:
    """Write a note on a source; it becomes a source of its own that refers to it.

    Example: kb note "I agree about filters." --on "Volunteer Records Are Not Monitoring"
    """
    from kb.review import write
    from kb.store import sources

    with writing() as store:
        name = write.note(store, text, on, _me(store))
        connection = store.reader()
        source = sources.read(connection, [name])[name]
        connection.close()
    if json:
        output.as_json(source)
    else:
        output.text(output.source_line(source))


def link(
    from_: Annotated[str, typer.Argument(metavar="FROM", help="A statement or source.")],
    relation: Annotated[str, typer.Argument(help="supports, attacks, undercuts, restates or related.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="A statement or source; a link for undercuts.")],
    json: Json = False,
) -> None:
    """Link two statements.

    Example: kb link c7x2 attacks c9k4
    """
    from kb.review import write

    with writing() as store:
        name = write.link(store, from_, relation, to)
        _print(store, [("link", name)], json=json)


def accept(ids: _Ids, json: Json = False) -> None:
    """Accept suggested statements or links: they count as known from now on.

    Example: kb accept e5m2k9
    """
    _decide(ids, "accepted", json=json)


def reject(ids: _Ids, json: Json = False) -> None:
    """Reject suggested statements or links: they are not shown or proposed again.

    Example: kb reject e5m2k9 e8r1p3
    """
    _decide(ids, "rejected", json=json)


def _decide(names: list[str], verdict: str, *, json: bool) -> None:
    from kb.review import write

    with writing() as store:
        _print(store, write.decide(store, names, verdict), json=json)


def _print(store: Store, named: list[tuple[str, str]], *, json: bool) -> None:
    from commands.look import link_lines, source_titles
    from kb.store import links, statements

    connection = store.reader()
    found_links = links.read(connection, [name for table, name in named if table == "link"])
    found_statements = statements.read(connection, [name for table, name in named if table == "statement"])
    if json:
        shown: dict[str, object] = {"links": list(found_links.values())}
        if found_statements:
            shown["statements"] = list(found_statements.values())
        output.as_json(shown)
    else:
        output.text(link_lines(connection, list(found_links.values())))
        titles = source_titles(connection, (m["source"] for s in found_statements.values() for m in s["mentions"]))
        for statement in found_statements.values():
            output.text(output.statement_lines(statement, titles))
    connection.close()


def _me(store: Store) -> str:
    from kb import config

    return str(config.load(store.home)["me"])
