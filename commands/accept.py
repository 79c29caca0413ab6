"""`kb accept`: say that suggestions are right."""

from __future__ import annotations

from commands import output, refs
from commands.home import reading, writing
from commands.options import Ids, Json
from commands.panels import ARGUE
from commands.views import decided

PANEL = ARGUE


def command(ids: Ids, json: Json = False) -> None:
    """Accept suggested statements or links: they count as known from now on.

    Example: kb accept e5m2k9
    """
    from kb.review import write

    with writing() as store:
        named = write.decide(store, refs.given(ids), "accepted")
    with reading() as store:
        found = decided.read(store, [one.id for one in named])
        if json:
            return output.as_json(found)
        return output.text(decided.lines(store, found))
