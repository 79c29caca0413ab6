"""`kb next`: what to read next, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import Json
from commands.panels import READ
from commands.views.source import source_line

if TYPE_CHECKING:
    from kb.review.queue import Queue

PANEL = READ
PAGED = True
ROWS = "queue"


def command(
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="At most so many.")] = 10,
    json: Json = False,
) -> None:
    """Show what to read next, and why: what attacks your claims and you have not answered, then your list.

    The list is what kb status, or an imported reading list, marked as reading or to-read; what the texts that you have
    read refer to most comes first. Where nothing is marked, it is what they refer to.

    Example: kb next -n 5
    """
    from datetime import date

    from kb.review import queue
    from kb.store.open import now

    with reading() as store:
        found = queue.queue(store, limit, date.fromisoformat(now()[:10]))
    if json:
        return output.as_json(
            {"queue": [one.as_json() for one in found.entries], "listed": found.listed, "read": found.read}
        )  # fmt: skip
    for place, one in enumerate(found.entries, 1):
        output.text(f"{place:>2}. {source_line(one.source)}")
        for because in one.because:
            output.text(output.wrapped(because.text, " " * 6, "    - "))
    return output.say(_about(found))


def _about(found: Queue) -> str:
    listed = f"{output.count(found.listed, 'text')} on your list, {found.read:,} read"
    if found.listed:
        return listed
    if not found.entries:
        return "nothing to read: add texts, and mark those to read: kb status REF to-read"
    basis = "what you have read refers to" if found.read else "the texts that are here refer to; none is marked read"
    against = "what speaks against you, and " if any(one.group == 0 for one in found.entries) else ""
    return f"nothing is marked to-read: this is {against}what {basis} (kb status REF to-read)"
