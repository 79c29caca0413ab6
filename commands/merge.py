"""`kb merge`: sources that are the same thing made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, progress
from commands.home import home, reading, writing
from commands.options import DryRun, Json, Yes
from commands.panels import KEEP
from commands.refs import agreeing
from commands.views.source import source_line

if TYPE_CHECKING:
    from kb.sources.merging import Moved

PANEL = KEEP


def command(
    refs: Annotated[list[str], typer.Argument(metavar="REF REF…", help="Sources that are the same; the first stays.")],
    into: Annotated[str | None, typer.Option(metavar="REF", help="The source that stays instead.")] = None,
    never: Annotated[bool, typer.Option("--never", help="They are not the same: kb check asks no more.")] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    embed: Annotated[bool, typer.Option(help="Make vectors for what is new.")] = True,
    json: Json = False,
) -> None:
    """Join sources that are the same thing: a text at two addresses, a paper and its PDF, a note and its copy.

    The one that stays keeps its text, gets what it lacks, and has all mentions, decisions, links, answers and notes of
    the others. Their ids, addresses, citekeys and titles lead to it, now and when they are added again. A REF that is
    only words of a title is asked about. kb split gives them back.

    Example: kb merge ekdahl2023volunteer https://example.org/volunteers
    """
    from kb import config
    from kb.model.json_form import json_form, json_object
    from kb.sources import same_text
    from kb.sources.staying import chosen
    from kb.store import sources
    from kb.store.open import open_copy
    from notes.vault import joining

    with reading() as store:
        kept, gone = chosen(store, refs, into, agreeing(yes=yes or dry_run))
    if never:
        with writing() as store:
            same_text.decline(store, [kept, *gone])
        told = {"apart": [kept, *gone]}
        return output.as_json(told) if json else output.say("kb check asks about these no more")
    me = config.load(home()).me
    with open_copy(home()) if dry_run else writing() as store:
        moved = [joining.merge(store, kept, name, me) for name in gone]
        if embed and not dry_run:
            from kb.suggest.update import update

            with progress.bar("embedding, tokens") as tell:
                update(store, tell)
        source = sources.read(store, [kept])[kept]
    if json:
        return output.as_json(json_object(source) | {"merged": gone, "moved": json_form(moved)})
    for one in moved:
        output.text(f"{output.style('would join' if dry_run else 'joined', 'green')} {one.source}  {one.title}")
        output.text(_moved(one))
        output.text(f"  the later verdict counts: {verdict}" for verdict in one.overruled)
    output.text(f"{'to' if moved else ''} {source_line(source)}".strip())
    if not dry_run:
        output.say(f"kb split {kept} gives {'it' if len(gone) == 1 else 'them'} back")
    return None


def _moved(one: Moved) -> str:
    lost = f" ({one.lost} without its quote there)" if one.lost else ""
    counted = (
        (one.one, "statement made one", "statements made one"), (one.carried, f"statement kept{lost}",
        f"statements kept{lost}"), (one.decisions, "decision", "decisions"), (one.credences, "credence", "credences"),
        (one.links, "link", "links"), (one.references, "reference", "references"), (one.answers, "answer", "answers"),
    )  # fmt: skip
    parts = [output.count(number, *names) for number, *names in counted if number]
    if one.facts:
        parts.append("what was not known: " + ", ".join(one.facts))
    return "  " + ("; ".join(parts) or "nothing hung on it")
