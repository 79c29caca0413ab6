"""`kb reject`: say that suggestions are wrong."""

from __future__ import annotations

from commands import output, refs
from commands.home import reading, writing
from commands.options import Ids, Json
from commands.panels import ARGUE
from commands.views import decided

PANEL = ARGUE


def command(ids: Ids, json: Json = False) -> None:
    """Reject suggested statements or links: they are not shown or proposed again.

    Example: kb reject e5m2k9 e8r1p3
    """
    from kb.review import write

    with writing() as store:
        named = write.decide(store, refs.given(ids), "rejected")
    with reading() as store:
        found = decided.read(store, [one.id for one in named])
        if json:
            return output.as_json(found)
        return output.text(decided.lines(store, found))
