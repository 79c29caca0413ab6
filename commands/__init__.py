"""The verbs of the command line, a module each: it parses, calls and shows, and holds no logic.

A verb is a module with a `PANEL` and a `command`; its name is the module's, with hyphens. `commands/authors.py`, for
who wrote a source, would be:

    from __future__ import annotations

    from typing import Annotated

    import typer

    from commands import output
    from commands.home import reading
    from commands.options import Json
    from commands.panels import READ

    PANEL = READ

    def command(ref: Annotated[str, typer.Argument(help="A source.")], json: Json = False) -> None:
        \"\"\"Show who wrote a source.

        Example: kb authors ekdahl2023volunteer
        \"\"\"
        from kb.sources import resolve
        from kb.store import sources

        with reading() as store:
            name = resolve.source(store, ref)
            authors = sources.read(store, [name])[name].authors
        if json:
            return output.as_json({"source": name, "authors": authors})
        output.text(authors or ["nobody is named"])

With a test in `tests/commands` that is all: `cli` finds it by its file, with help and completion, and docs/cli.md has
it after `python -m scripts.reference`. The fixture `kb` of the tests runs it. What is computed stands in `kb` (to
choose and order what is shown may stand here), and its imports inside the function, so that one verb does not load
what another needs. Statements are listed as `kb.review.statement_list` does, so that the threshold counts everywhere.
A verb whose module says `PAGED = True` may print much, and asks nothing: on a terminal that goes through a pager.
What verbs share: `options` and `groups` (filters and the like), `home` (`reading`, `writing`), `output`, `progress`,
`views` (how a thing looks as lines or as JSON), `interactive`.
"""
