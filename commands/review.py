"""`kb review`: go through suggestions, with their quotes in context."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from commands import output
from commands.home import reading, writing
from commands.interactive.keys import Keyboard
from commands.interactive.sitting import Session
from commands.options import Json, Source, check_word
from commands.panels import ARGUE
from commands.views import suggestion

PANEL = ARGUE


def command(
    what: Annotated[
        Literal["links", "statements", "proposals"],
        typer.Argument(help="What to go through; proposals: speakers and glosses of kb propose."),
    ] = "links",
    source: Source = None,
    basis: Annotated[str | None, typer.Option(help="structure, cue, embedding, nli or llm.")] = None,
    relation: Annotated[str | None, typer.Option(help="Links of this relation: supports, attacks, …")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also what is hidden as too unsure.")] = False,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="At most so many.")] = 50,
    json: Json = False,
) -> None:
    """Go through suggestions one by one, those first that teach or matter most; a key accepts, rejects, turns round.

    Press ? for the keys. What you decided is kept and never asked again; without a terminal it says what waits.

    Example: kb review links --source okafor2023comment
    """
    from kb.errors import UsageError
    from kb.model.words import BASES, RELATIONS
    from kb.review import order
    from kb.suggest.confidence import update

    check_word("basis", basis, BASES)
    check_word("relation", relation, RELATIONS)
    if relation and what != "links":
        raise UsageError(f"{what} have no relation", "kb review links --relation …")
    with reading() as store:
        choice = order.chosen(
            store, what, about=source, basis=basis, relation=relation, everything=all_
        )  # fmt: skip
        names = order.waiting(store, what, choice)
        if json:
            return output.as_json(
                {what: suggestion.as_json(store, what, names[:limit]), "waiting": len(names)}
            )  # fmt: skip
    if not sys.stdin.isatty():
        wait = output.count(len(names), "suggestion waits", "suggestions wait")
        return output.say(f"{wait}; run `kb review` on a terminal, or use kb accept and kb reject")
    with writing() as store, Keyboard() as keyboard:
        session = Session(store, names[:limit], keyboard.key, keyboard.line)
        session.run()
        output.say(session.summary(len(names)))
        if any(done.target.startswith("c") for _, done in session.done) and (count := update.by_decisions(store)):
            output.say(f"{output.count(count, 'suggestion')} scored anew by your decisions")
        return None
