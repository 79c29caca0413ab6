"""`kb add`: texts in, and vectors after them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from commands import embedding, output, progress
from commands.home import home, writing
from commands.options import AllowPrivate, DryRun, Json
from commands.panels import READ
from commands.views import report as view

if TYPE_CHECKING:
    from importers.given import Given

PANEL = READ


def _importers() -> list[str]:
    from importers import importers

    return list(importers())


def _known(name: str | None) -> str | None:
    """The importer's name, or None; "list" prints all of them and ends the command.

    Raises:
        UsageError: there is no importer of that name.
    """
    if name is None:
        return None
    from importers import importer, importers

    if name == "list":
        output.text(output.table([(one.name, one.what) for one in importers().values()]))
        raise typer.Exit
    return importer(name).name


@dataclass(frozen=True)
class GivenOptions:
    """What the person says of the targets."""

    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="IMPORTER",
            help="Read it as this, whatever it is; `--as list` names all there are.",
            autocompletion=_importers,
            callback=_known,
            is_eager=True,
        ),
    ] = None
    title: Annotated[str | None, typer.Option(help="Title of the one source.")] = None
    author: Annotated[list[str] | None, typer.Option(help="Author; may be given again.")] = None
    url: Annotated[str | None, typer.Option(help="Where the one source is on the web.")] = None
    date: Annotated[str | None, typer.Option(help="When it was published, YYYY-MM-DD.")] = None
    tag: Annotated[list[str] | None, typer.Option(help="Tag; may be given again.")] = None
    encoding: Annotated[str | None, typer.Option(help="Encoding of the files, where it is not UTF-8.")] = None

    def parsed(self) -> Given:
        """As importers take it.

        Raises:
            UsageError: the date is none.
        """
        from importers.given import Given

        return Given(
            self.as_, self.title, tuple(self.author or ()), self.url, _date(self.date), tuple(self.tag or ()),
            self.encoding,
        )  # fmt: skip


@dataclass(frozen=True)
class FetchOptions:
    """How sites are asked."""

    limit: Annotated[int | None, typer.Option("-n", "--limit", min=1, help="Of a list or search, so many.")] = None
    comments: Annotated[bool, typer.Option(help="A post's discussion too.")] = True
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again what was fetched before.")] = False
    allow_private: AllowPrivate = False


def command(
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="TARGET…",
            help="Files, folders, URLs, DOIs, ISBNs, arXiv, OpenAlex or S2 ids, arxiv:search:QUERY, or - for stdin.",
        ),
    ],
    given: GivenOptions,
    fetch: FetchOptions,
    embed: Annotated[bool, typer.Option(help="Make vectors for search by meaning.")] = True,
    dry_run: DryRun = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Yes, a note that reads like one that is gone is it.")
    ] = False,
    json: Json = False,
) -> None:
    """Add texts: files and folders, forum posts with their discussion, arXiv papers, works by DOI or ISBN, web pages.

    What a file is, is seen from its content. Adding again is safe: what has not changed stays as it is, a
    changed text is taken up, and nothing you wrote or decided is lost. In a folder that was added before, a note
    that has another name now stays the same source, and one that is not there any more is gone: out of search,
    kept with all you decided (kb list --state gone).

    Example: kb add ~/reading arXiv:1706.03762 https://www.lesswrong.com/posts/uMQ3cqWDPHhjtiesc
    """
    from importers import intake
    from importers.report import as_json
    from importers.targets import count
    from importers.web.base import Options
    from kb.errors import EXIT_PARTIAL

    words = given.parsed()
    stopped = ""
    if dry_run:
        with progress.ticker("reading", partial(count, targets)) as tick:
            report = intake.preview(home(), targets, words, _stdin, tick)
    else:
        with writing() as store:
            with progress.ticker("reading", partial(count, targets)) as tick:
                options = Options(limit=fetch.limit, comments=fetch.comments, refresh=fetch.refresh)
                report = intake.run(
                    store, targets, words, _stdin, tick, options, allow_private=fetch.allow_private,
                    ask=_asking(yes=yes),
                )  # fmt: skip
            if embed:
                stopped = embedding.catch_up(store)
    output.say(report.skipped)
    if json:
        output.as_json(as_json(report))
    else:
        output.text(view.lines(report, dry_run=dry_run))
        output.say(view.remarks(report, dry_run=dry_run))
    embedding.end(stopped)
    if report.counts["failed"]:
        raise typer.Exit(EXIT_PARTIAL)


def _date(text: str | None) -> str | None:
    if text is None:
        return None
    from kb.errors import UsageError
    from kb.text import dates

    found = dates.read(text)
    if found is None:
        raise UsageError(f"{text!r} is no date", "write YYYY-MM-DD")
    return found


def _asking(*, yes: bool) -> Callable[[str], bool] | None:
    """How to settle what is not sure; None where nobody can."""
    if yes:
        return lambda _: True
    return progress.yes_or_no if progress.can_ask() else None


def _stdin() -> bytes:
    return sys.stdin.buffer.read()
