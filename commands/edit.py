"""`kb edit`: put a source or statement right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, progress, refs
from commands.home import reading, writing
from commands.options import DryRun, Json, listed
from commands.panels import KEEP
from commands.views.edited import change_lines
from commands.views.source import source_line
from commands.views.statement import statement_lines, titles_of

if TYPE_CHECKING:
    from kb.model.json_form import JsonObject
    from kb.model.source import Source
    from kb.model.statement import Statement
    from kb.sources.editing import Edited, Wish
    from kb.store.open import Store

PANEL = KEEP


def _fields(incomplete: str) -> list[str]:
    from kb.sources.given_back import SOURCE_FIELDS, STATEMENT_FIELDS

    before, comma, last = incomplete.rpartition(",")
    names = dict.fromkeys((*SOURCE_FIELDS, *STATEMENT_FIELDS, "all"))
    return [before + comma + name for name in names if name.startswith(last)]


@dataclass(frozen=True)
class Fields:
    """What is to be changed, as it is given."""

    title: Annotated[str | None, typer.Option(help="Its title.")] = None
    author: Annotated[
        list[str] | None, typer.Option(help="Who wrote it, all of them; repeatable, or with ; between. '' for nobody.")
    ] = None
    date: Annotated[str | None, typer.Option(help="When it was published; '' takes the date away.")] = None
    kind: Annotated[str | None, typer.Option(help="Kind of the source or statement.")] = None
    url: Annotated[str | None, typer.Option(help="Where it can be read; '' takes the address away.")] = None
    citekey: Annotated[str | None, typer.Option(help="By what it is cited; the old one goes on meaning it.")] = None
    speaker: Annotated[str | None, typer.Option(help="Who makes the statement; '' for nobody known.")] = None
    tag: Annotated[list[str] | None, typer.Option(help="A tag to add; repeatable.")] = None
    untag: Annotated[list[str] | None, typer.Option(help="A tag to take off, for good; repeatable.")] = None
    alias: Annotated[list[str] | None, typer.Option(help="Another name that wikilinks may use; repeatable.")] = None
    unalias: Annotated[list[str] | None, typer.Option(help="Such a name to take away; repeatable.")] = None
    text: Annotated[str | None, typer.Option(help="The wording of a statement, or of a note of your own.")] = None
    relation: Annotated[str | None, typer.Option(help="Of a link: supports, attacks, undercuts, …")] = None
    to: Annotated[str | None, typer.Option(metavar="REF", help="Of a link: what it is to, a statement or text.")] = None
    as_imported: Annotated[
        list[str] | None,
        typer.Option(
            "--as-imported",
            metavar="FIELD",
            help="Take back what you said of a field; 'all' for all.",
            autocompletion=_fields,
        ),
    ] = None

    def wish(self) -> Wish:
        """The same as the core has it."""
        from kb.sources.editing import Wish

        return Wish(
            title=self.title,
            authors=None if self.author is None else tuple(self.author),
            date=self.date,
            kind=self.kind,
            url=self.url,
            citekey=self.citekey,
            speaker=self.speaker,
            tagged=tuple(self.tag or ()),
            untagged=tuple(self.untag or ()),
            aliases=tuple(self.alias or ()),
            unaliased=tuple(self.unalias or ()),
            text=self.text,
            as_imported=tuple(name for given in self.as_imported or () for name in listed(given)),
        )


def command(
    ref: Annotated[list[str], typer.Argument(metavar="REF…", help="Sources or statements; - reads them from stdin.")],
    *,
    fields: Fields,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="Take the fields from a file, as the editor has them.")
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Put a source, statement or link right; without options in your editor ($VISUAL, $EDITOR), as front matter.

    What you say holds: an import that comes later changes nothing of it. --as-imported takes it back. The text of a
    source is its author's; that of your own notes you change with --text, or below the front matter. A suggestion that
    you put right is accepted, and what was wrong with it counts against the rule that made it.

    Example: kb edit ekdahl2023volunteer --date 2023-04-02 --tag to-cite
    """
    from importers.cutting import cut
    from kb.errors import UsageError
    from kb.sources import editing

    wish = fields.wish()
    named = refs.given(ref)
    if fields.relation is not None or fields.to is not None:
        if wish != editing.NOTHING or from_ is not None:
            raise UsageError("--relation and --to are of links, which have nothing else", "leave the others out")
        return _links(named, fields, dry_run=dry_run, json=json)
    if wish != editing.NOTHING and from_ is not None:
        raise UsageError("--from has all fields", "leave the others out")
    if wish != editing.NOTHING:
        with reading() if dry_run else writing() as store:
            edited = editing.edit(store, named, wish, cut, dry_run=dry_run)
    else:
        edited = _as_text(named, from_, dry_run=dry_run)
    if not dry_run:
        _embed([one.id for one in edited if one.changes])
    with reading() as store:
        return _show(store, edited, dry_run=dry_run, json=json)


def _links(named: Sequence[str], fields: Fields, *, dry_run: bool, json: bool) -> None:
    """Links with another relation or target."""
    from commands.views.link import link_lines
    from kb.model.json_form import json_form, json_object
    from kb.review import corrected
    from kb.store import links

    with reading() if dry_run else writing() as store:
        done = corrected.correct(store, named, fields.relation, fields.to, dry_run=dry_run)
        there = links.read(store, [one.id for one in done])
        if json:
            objects = [json_object(there[one.id]) | {"changes": json_form(one.changes)} for one in done]
            return output.as_json(objects[0] if len(objects) == 1 else {"edited": objects})
        for one in done:
            if one.changes:
                output.text(output.style("would change" if dry_run else "changed", "yellow"))
                output.text([*link_lines(store, [there[one.id]]), *change_lines(one.changes)])
        if not any(one.changes for one in done):
            output.say("nothing was changed: it is so already")
        return None


def _as_text(named: Sequence[str], file: str | None, *, dry_run: bool) -> list[Edited]:
    """What is edited one by one, in the editor or from a file; all of it, or nothing."""
    from commands.interactive.editing import by_hand, from_file
    from importers.cutting import cut
    from kb.errors import UsageError
    from kb.sources import editing

    with reading() as store:
        targets = editing.targets(store, named)
    if file is not None and len(targets) > 1:
        raise UsageError("--from is of one source or statement only", "name one")
    if file is None:
        found = by_hand(targets, cut, dry_run=dry_run)
    else:
        found = [one for name, kind in targets for one in from_file(name, kind, file, cut, dry_run=dry_run)]
    changed = {one.id: one for one in found}
    return [changed.get(name) or editing.Edited(name, kind, ()) for name, kind in targets]


def _embed(names: Sequence[str]) -> None:
    """Vectors of what was changed: at once where they are few."""
    from kb.store import embeddings, meta
    from kb.suggest.update import update
    from kb.vectors.embed.update import at_once

    if not names:
        return
    with writing() as store:
        at_once(store, names)
        model = meta.get(store, meta.MODEL)
        if model and embeddings.lacking(store, model, names):
            with progress.bar("embedding, tokens") as tell:
                update(store, tell)


def _show(store: Store, edited: Sequence[Edited], *, dry_run: bool, json: bool) -> None:
    from kb.store import sources, statements

    found_sources = sources.read(store, [one.id for one in edited if one.kind == "source"])
    found_statements = statements.read(store, [one.id for one in edited if one.kind == "statement"])
    there: dict[str, Source | Statement] = {**found_sources, **found_statements}
    if json:
        objects = [_object(there[one.id], one) for one in edited]
        return output.as_json(objects[0] if len(objects) == 1 else {"edited": objects})
    titles = titles_of(store, found_statements.values())
    for one in edited:
        if one.changes:
            mark = output.style("would change" if dry_run else "changed", "yellow")
            output.text(f"{mark} {_head(one, found_sources, found_statements, titles)}")
            output.text(change_lines(one.changes))
    if not any(one.changes for one in edited):
        output.say("nothing was changed: it is so already")
    return None


def _head(one: Edited, found: dict[str, Source], said: dict[str, Statement], titles: dict[str, str]) -> str:
    if one.kind == "source":
        return source_line(found[one.id])
    return "\n".join(statement_lines(said[one.id], titles))


def _object(one: Source | Statement, edited: Edited) -> JsonObject:
    from kb.model.json_form import json_form, json_object

    changes: Iterable[object] = edited.changes
    return json_object(one) | {"changes": json_form(changes)}
