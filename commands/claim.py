"""`kb claim`: a person's own statement, or one read off a source."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import home, reading, writing
from commands.options import Json
from commands.panels import ARGUE
from commands.views.statement import statement_lines, titles_of

PANEL = ARGUE


def command(
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
    from kb import config
    from kb.review import write
    from kb.store import statements
    from kb.vectors.embed.update import at_once

    with writing() as store:
        name = write.claim(
            store, text, config.load(home()).me, kind=kind, supports=supports or (), attacks=attacks or (),
            source=source, quote=quote,
        )  # fmt: skip
        statement = statements.read(store, [name])[name]
        at_once(store, [name, *(mention.source for mention in statement.mentions if source is None)])
    with reading() as store:
        if json:
            return output.as_json(statement)
        return output.text(statement_lines(statement, titles_of(store, [statement])))
