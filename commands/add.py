"""`kb add`, `kb index`: texts in, vectors and index after them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import output
from commands.options import DryRun, Json, home, writing

if TYPE_CHECKING:
    from importers.report import Report
    from kb.store.open import Store


def _importers() -> list[str]:
    from importers import importers

    return list(importers())


def add(
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="TARGET…", help="Files, folders, URLs, arXiv ids, arxiv:search:QUERY, or - for standard input."
        ),
    ],
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="IMPORTER", help="Read it as this, whatever it is.", autocompletion=_importers),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the one source.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="Author; may be given again.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the one source is on the web.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was published, YYYY-MM-DD.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Tag; may be given again.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of the files, where it is not UTF-8.")] = None,
    limit: Annotated[int | None, typer.Option("-n", "--limit", min=1, help="Of a list or search, so many.")] = None,
    comments: Annotated[bool, typer.Option(help="A post's discussion too.")] = True,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again what was fetched before.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses that are not public, too.")
    ] = False,
    embed: Annotated[bool, typer.Option(help="Make vectors for search by meaning.")] = True,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add texts: files and folders, forum posts with their discussion, arXiv papers, web pages.

    What a file is, is seen from its content. Adding again is safe: what has not changed stays as it is, a
    changed text is taken up, and nothing you wrote or decided is lost.

    Example: kb add ~/reading arXiv:1706.03762 https://www.lesswrong.com/posts/uMQ3cqWDPHhjtiesc
    """
    from importers import intake
    from importers.report import Given
    from importers.web.base import Options
    from kb import config
    from kb.errors import EXIT_PARTIAL

    given = Given(as_, title, tuple(author or ()), url, _date(date), tuple(tag or ()), encoding)
    if dry_run:
        report = intake.preview(targets, given, _stdin, config.load(home())["max_file_mb"])
    else:
        with writing() as store:
            with ticker("reading") as tick:
                options = Options(limit=limit, comments=comments, refresh=refresh)
                report = intake.run(store, targets, given, _stdin, tick, options, allow_private=allow_private)
            if embed and report.counts["added"] + report.counts["updated"]:
                embed_new(store)
    show_report(report, json=json, dry_run=dry_run)
    if report.counts["failed"]:
        raise typer.Exit(EXIT_PARTIAL)


def index(
    rebuild: Annotated[bool, typer.Option(help="Make the index files anew from the stored vectors.")] = False,
    json: Json = False,
) -> None:
    """Embed what has no vector yet and bring the index files up to date.

    Example: kb index --rebuild
    """
    import shutil

    from kb.store.open import INDEX_NAME

    with writing() as store:
        if rebuild:
            shutil.rmtree(store.home / INDEX_NAME, ignore_errors=True)
        counts = embed_new(store)
    if json:
        output.as_json(counts)
    else:
        output.text(", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in counts.items()))


def embed_new(store: Store) -> dict[str, int]:
    """Vectors, index and `related` links. Without a model, a line that says what is missing."""
    from kb import config
    from kb.errors import KbError
    from kb.suggest import relate
    from kb.suggest.confidence import adapt
    from kb.suggest.confidence import update as roles
    from kb.vectors.embed.update import update

    settings = config.load(store.home)
    try:
        with _bar("embedding") as progress:
            counts = dict(update(store, progress, model=settings["model"] or None))
    except KbError as error:
        output.say(f"no vectors: {error.message}; search works by words ({error.hint})")
        return {"embedded": 0, "related": 0}
    roles.update(store, adapt.adapted(store))
    counts["related"] = relate.update(store, int(settings["related"]), float(settings["related_threshold"]))
    return counts


def _date(text: str | None) -> str | None:
    if text is None:
        return None
    from kb.errors import UsageError
    from notes.markdown.properties import iso_date

    found = iso_date(text)
    if found is None:
        raise UsageError(f"{text!r} is no date", "write YYYY-MM-DD")
    return found


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


@contextmanager
def ticker(what: str) -> Iterator[Callable[[dict[str, Any]], None]]:
    """A line on a terminal that counts what is done."""
    shown = sys.stderr.isatty()
    done = 0

    def tick(item: dict[str, Any]) -> None:
        nonlocal done
        done += 1
        if shown:
            name = str(item["target"]).rsplit("/", 1)[-1][:50]
            sys.stderr.write(f"\r\033[K{what} {done:,}  {name}")
            sys.stderr.flush()

    try:
        yield tick
    finally:
        if shown:
            sys.stderr.write("\r\033[K")


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar with rate and time left, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def show_report(report: Report, *, json: bool, dry_run: bool = False) -> None:
    """Print what an import did: JSON, or a line a source and the counts."""
    for line in report.skipped:
        output.say(line)
    if json:
        output.as_json({"items": report.items, "counts": report.counts})
        return
    shown = [item for item in report.items if item["status"] not in {"unchanged", "failed"}]
    for item in shown[:40]:
        source = item["source"]
        mark = output.style("would add" if dry_run else item["status"], "green")
        line = output.source_line(source) if "id" in source else f"{source['kind']:<10}  {source['title']}"
        output.text(f"{mark:<9} {line}")
    if len(shown) > 40:
        output.text(f"… and {len(shown) - 40:,} more (kb list)")
    for item in report.items:
        if item["error"]:
            hint = f" ({item['error']['hint']})" if item["error"]["hint"] else ""
            message = item["error"]["message"]
            said = message if item["target"] in message else f"{item['target']}: {message}"
            output.say(output.style("failed ", "red", err=True) + said + hint)
    for problem in report.problems[:10]:
        output.say(output.style("odd ", "yellow", err=True) + problem)
    if len(report.problems) > 10:
        output.say(f"… and {len(report.problems) - 10:,} more oddities (kb check)")
    counts = report.counts
    output.say(", ".join(f"{counts[name]:,} {name}" for name in counts if counts[name]) or "nothing to add")
