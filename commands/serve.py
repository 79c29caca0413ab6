"""`kb serve`: the knowledge base in a browser, on this machine."""

from __future__ import annotations

import sys
import threading
from typing import Annotated

import typer

from commands import output
from commands.home import home
from commands.panels import READ

PANEL = READ


def command(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Where to listen; 8641 or the next that is free. 0: any.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nothing can be written, by no page.")] = False,
) -> None:
    """Show the knowledge base in the browser: search, texts with their statements, people, issues, maps, review.

    Only this machine and this browser reach it: its address has a key, which is another each time. It prints the
    address, then a line for each request on standard error, until Ctrl-C.

    Example: kb serve --read-only
    """
    from server.run import prepare, warm

    def log(line: str) -> None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    serving = prepare(home(), port, log, read_only=read_only)
    output.text(serving.address)
    sys.stdout.flush()

    def began() -> None:
        threading.Thread(target=warm, args=(serving.place,), daemon=True).start()
        if open_:
            typer.launch(serving.address)

    serving.run(began)
