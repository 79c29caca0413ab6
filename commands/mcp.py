"""`kb mcp`: the knowledge base for models, over the Model Context Protocol."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands import output
from commands.home import home
from commands.panels import READ

PANEL = READ


def command(
    http: Annotated[bool, typer.Option("--http", help="Over HTTP on this machine, with a token.")] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="With --http: 8641 or the next that is free; 0 for any.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Also tools that add, claim, link, note and believe.")] = False,
) -> None:
    """Let a model search, read and quote the knowledge base: a server for clients of the Model Context Protocol.

    Clients start it themselves and talk on standard input and output; docs/mcp.md has the lines for the usual ones.

    Example: kb mcp --http --port 0
    """
    from kb.errors import UsageError
    from server.mcp import run

    if port is not None and not http:
        raise UsageError("--port goes with --http", "kb mcp --http --port 8650")
    if not http:
        return run.over_stdio(home(), write=write)

    def began(address: str, token: str) -> None:
        output.text([address, f"Authorization: Bearer {token}"])
        sys.stdout.flush()

    return run.over_http(home(), port, began, write=write)
