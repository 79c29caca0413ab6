"""People: who writes and speaks, what they say, and two of them side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from kb import config
from kb.errors import UsageError
from kb.graph import argument_graph
from kb.graph.questions import parties, person
from kb.sources import people as people_names
from kb.sources import twins, voices
from server.asked import Asked
from server.routes import get, post
from server.view import after, page

if TYPE_CHECKING:
    from kb.graph.questions.compare import Comparison
    from kb.graph.questions.grouping import Group, Sense

_SHOWN = 100
_STATED = 60
_SECTIONS: tuple[tuple[str, Sense, int], ...] = (
    ("Where they disagree", "disagree", 8),
    ("Where they agree", "agree", 6),
    ("On the same subject, for or against not recorded", "unsigned", 6),
)


def people(asked: Asked) -> Response:
    """Everybody, who states most first."""
    query = asked.text("q")
    found = voices.listed(asked.store, asked.filters(_SHOWN), query)
    pairs = twins.offered(asked.store) if not query else []
    shown = found[: asked.number("n", _SHOWN, 10_000)]
    return page(asked, "people.html", title="People", query=query, people=shown, total=len(found), twins=pairs[:10])


def one(asked: Asked) -> Response:
    """A person: texts, statements, whom they answer, who answers them."""
    found = person.of(asked.store, asked.text("name"))
    said = [one for one in found.said if one.status != "rejected"]
    titles = {source.id: source.title for source in found.texts}
    return page(
        asked, "person.html", title=found.person.name, found=found, said=said[: asked.number("n", _STATED, 10_000)],
        total=len(said), titles=titles,
    )  # fmt: skip


def compare(asked: Asked) -> Response:
    """Two people, or two texts: where they disagree and agree, in their own words."""
    from kb.graph.questions import compare as question

    first, second = asked.text("a"), asked.text("b")
    if not (first and second):
        names = [one.name for one in voices.listed(asked.store, asked.filters(_SHOWN), "")][:_SHOWN]
        return page(asked, "compare.html", title="Compare two", first=first, second=second, found=None, names=names)
    sides = parties.both(asked.store, first, second)
    graph = argument_graph.load(asked.store, relations=(*argument_graph.SIGNED, "restates", "related"))
    found = question.compare(asked.store, graph, sides, config.load(asked.place.home).statement_threshold)
    whole = bool(asked.text("all"))
    return page(
        asked, "compare.html", title=f"{sides[0].label} and {sides[1].label}", first=first, second=second, found=found,
        sections=[_section(found, words, sense, None if whole else few) for words, sense, few in _SECTIONS], names=[],
        whole=whole,
    )  # fmt: skip


def _section(found: Comparison, words: str, sense: Sense, few: int | None) -> tuple[str, list[Group], int]:
    """A section with its weightiest groups, in the order of the talk, and how many are left out."""
    groups = found.of_sense(sense)
    kept = sorted(groups, key=lambda group: -group.weight)[:few]
    return words, sorted(kept, key=lambda group: found.said[group.said[0]].order), len(groups) - len(kept)


def settle(asked: Asked) -> Response:
    """Two names are one person, or are two."""
    names, how = asked.each("name"), asked.one_of("how", ("join", "apart"))
    if len(names) != 2:
        raise UsageError("two names, please", "they stand on the page of people")
    with asked.writing(f"kb people {how} {names[0]!r} {names[1]!r}") as store, store.transaction():
        if how == "join":
            people_names.join(store, names)
        else:
            people_names.keep_apart(store, *names)
    return after(asked, "/people")


ROUTES = (get("/people", people), get("/person", one), get("/compare", compare), post("/people/settle", settle))
