"""What a model may ask: each question as a function of the store, answered with verbatim quotes, offsets and sources.

Each gives the answer and the names of the lists in it that are shortened where it is too long (`server.mcp.budget`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from kb import config
from kb.errors import UsageError
from kb.model.filters import Filters
from kb.model.found import head_of
from kb.model.json_form import JsonObject, JsonValue, json_form, json_object
from kb.sources import resolve
from kb.store.open import Store

Answer = tuple[JsonObject, tuple[str, ...]]
Where = Literal["passages", "statements", "all"]
_NEIGHBOURS = 2
_MOST = 50


def filters(
    kind: str = "", author: str = "", tag: str = "", since: str = "", until: str = "", source: str = "",
    limit: int = 10, store: Store | None = None,
) -> Filters:  # fmt: skip
    """The filters of the command line, each a word or several with commas between.

    Raises:
        KbError: a kind, date or source that does not exist.
    """
    named = (resolve.source(store, source),) if source and store is not None else ()

    def each(text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text.split(",") if part.strip())

    return Filters(
        kind=each(kind), author=each(author), tag=each(tag), since=since or None, until=until or None, source=named,
        limit=max(1, min(limit, _MOST)),
    )  # fmt: skip


def search(store: Store, query: str, where: Where, narrowed: Filters) -> Answer:
    """Passages or statements, the best first."""
    from kb.search import semantic
    from kb.search.search import search as find

    semantic.prepare(store)
    if narrowed.statements_only and where == "passages":
        where = "statements"
    return find(store, query, where, "hybrid", narrowed).as_json(), ("hits",)


def read(store: Store, ref: str, start: int) -> Answer:
    """A source passage by passage from an offset on; or the passage of a statement with its neighbours."""
    from kb.store import passages, sources, statements

    found = resolve.ref(store, ref, "source", "statement", "passage")
    name, about = found.id, None
    if found.kind == "statement":
        statement = statements.read(store, [found.id])[found.id]
        if not statement.mentions:
            raise UsageError(f"{found.id} stands in no text any more", "name its source")
        name, about = statement.mentions[0].source, statement.mentions[0].start
    elif found.kind == "passage":
        name = passages.source_and_text(store, found.id)[0]
    stored = sources.stored(store, name)
    assert stored is not None
    every, names = passages.of_source(store, stored.rowid), passages.ids_of(store, stored.rowid)
    if found.kind == "passage":
        about = next((one.start for one in every if names.get(one.ordinal) == found.id), 0)
    if about is not None:
        at = next((n for n, one in enumerate(every) if one.start <= about < one.end), 0)
        shown = every[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS + 1]
    else:
        shown = [one for one in every if one.end > start]
    rows: list[JsonValue] = [
        {
            "id": names.get(one.ordinal, ""), "start": one.start, "end": one.end, "heading": list(one.heading),
            "speaker": one.speaker, "kind": one.kind, "text": stored.text[one.start : one.end],
        }
        for one in shown
    ]  # fmt: skip
    return {
        "source": json_object(head_of(sources.read(store, [name])[name])),
        "characters": len(stored.text),
        "passages": rows,
    }, ("passages",)


def statements(store: Store, query: str, narrowed: Filters, *, unanswered: bool) -> Answer:
    """Statements of a query or of filters, with their mentions."""
    from kb.review.statement_list import listing
    from kb.store import sources

    found = listing(store, replace(narrowed, limit=_MOST), query or None, unanswered=unanswered).statements
    shown = found[: narrowed.limit]
    places = sources.read(store, {mention.source for one in shown for mention in one.mentions})
    rows: list[JsonValue] = [json_form(one) for one in shown]
    heads: JsonValue = {name: json_object(head_of(one)) for name, one in places.items()}
    return {"statements": rows, "sources": heads, "found": len(found)}, ("statements",)


def critiques(store: Store, about: str, limit: int, *, unanswered: bool) -> Answer:
    """What speaks against something, with replies."""
    from kb.graph.questions import critique_form, items, listings
    from kb.graph.questions import critiques as question

    found = listings.critiques(store, about or None, Filters(), max(1, min(limit, _MOST)), unanswered=unanswered)
    links = items.read_links(store, question.edges(found.shown))
    rows: list[JsonValue] = [critique_form.as_json(one, found.known, links, found.maybe) for one in found.shown]
    return {"about": about or None, "critiques": rows, "found": found.total}, ("critiques",)


def theories(store: Store, about: str, limit: int) -> Answer:
    """Theories of impact with what speaks against each."""
    from kb.graph.questions import critique_form, critiques, items, listings

    found = listings.theories(store, about or None, Filters(), max(1, min(limit, _MOST)), alone=False)
    links, known = items.read_links(store, critiques.edges(found.critiques)), found.known
    rows: list[JsonValue] = [
        known[one.id].as_json()
        | {"critiques": [critique_form.as_json(against, known, links, found.maybe) for against in one.critiques]}
        for one in found.shown
        if one.id in known
    ]
    return {"theories": rows, "found": found.total}, ("theories",)


def compare(store: Store, first: str, second: str) -> Answer:
    """Where two people or texts disagree and agree."""
    from kb.graph import argument_graph
    from kb.graph.questions import compare as question
    from kb.graph.questions import comparison_form, parties

    sides = parties.both(store, first, second)
    graph = argument_graph.load(store, relations=(*argument_graph.SIGNED, "restates", "related"))
    found = question.compare(store, graph, sides, config.load(store.home).statement_threshold)
    return comparison_form.as_json(found, 5), ("disagree", "agree", "both", "questions", "same_subject", "only")


def chain(store: Store, first: str, second: str) -> Answer:
    """The shortest chain of links between two statements or sources."""
    from kb.graph.questions import chain as question
    from kb.graph.questions import items, subject

    ends = subject.named(store, first).ids, subject.named(store, second).ids
    steps = question.between(store, *ends, related=False)
    known = items.read(store, [name for step in steps for name in (step.start, step.end)])
    links = items.read_links(store, [step.edge for step in steps])
    rows: list[JsonValue] = [
        {
            "from": known[one.start].as_json() if one.start in known else {"id": one.start}, "reads": one.words,
            "to": known[one.end].as_json() if one.end in known else {"id": one.end},
            "link": json_object(links[one.edge.id]),
        }
        for one in steps
    ]  # fmt: skip
    return {"steps": rows}, ("steps",)


def issues(store: Store, about: str, limit: int) -> Answer:
    """Points on which several people or texts speak."""
    from kb.review.issue_list import listing

    found = listing(store, Filters(), about or None).issues
    return {"issues": [json_form(one) for one in found[: max(1, min(limit, _MOST))]], "found": len(found)}, ("issues",)


def drawn(store: Store, about: str, form: Literal["mermaid", "argdown"], nodes: int) -> str:
    """A map as text in a language that draws it."""
    from kb.maps import formats, select
    from kb.maps.select.start import start, titled

    begin = start(store, [about] if about else [], Filters(limit=5))
    map_ = select.around(store, begin.ids, most=max(1, min(nodes, 60)), only=begin.only)
    map_ = replace(map_, title=titled(map_, [about] if about else [], None, named=begin.named))
    return formats.named(form).render(map_)


Question = Callable[[Store], Answer]
