"""What the demands of a query mean for a store: its fields as filters, everything else as a selection of rows.

`author:okafor tag:ecology kind:critique before:2020 heading:methods karma:>50`, each the same as the filter of
that name. Only a known field with a value that makes sense is one; anything else is searched as words, so that no text
is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from operator import and_, or_

from kb.errors import KbError
from kb.model import facts
from kb.model.filters import Filters
from kb.model.words import Table
from kb.search.grammar import Every, Field, Node, Not, Some, expression
from kb.search.query import Query, parse
from kb.store import selected
from kb.store.open import Store
from kb.store.selected import Selected

Name = Callable[[str], str]
"""The id of the source that a name means; raises KbError."""

_ANY_OF = {"author": "author", "speaker": "author", "kind": "kind", "status": "status", "source": "source",
           "reading": "reading"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the filters with its fields among them, and what it demands besides."""

    query: Query
    filters: Filters
    demand: tuple[Node, ...] = ()
    source: Name = str

    @property
    def statements_only(self) -> bool:
        """Whether it asks for something that only a statement has."""
        return self.filters.statements_only or any(_statements_only(node, self.source) for node in self.demand)


def read(typed: str, filters: Filters, source: Name) -> Asked:
    """The query in any text. Fields that must hold become filters. Never raises."""

    def known(name: str, value: str) -> bool:
        try:
            narrowed(Filters(), [Field(name, value)], source)
        except (KbError, OverflowError):  # before:0001
            return False
        return True

    query = parse(typed, known)
    demand: list[Node] = []
    for node in query.demand:
        if (group := _as_filter(node)) and (isinstance(node, Field) or not getattr(filters, _ANY_OF[group[0].name])):
            filters = narrowed(filters, group, source)
        else:
            demand.append(node)
    return Asked(query, filters, tuple(demand), source)


def narrowed(filters: Filters, fields: Iterable[Field], source: Name) -> Filters:
    """The filters with those that the fields mean.

    Raises:
        KbError: a value makes no sense, or names no source.
    """
    for field in fields:
        name, value = field.name, field.value
        if name in {"author", "speaker"}:
            filters = replace(filters, author=(*filters.author, value))
        elif name == "tag":
            filters = replace(filters, tag=(*filters.tag, value))
        elif name == "kind":
            filters = replace(filters, kind=(*filters.kind, value.lower().replace("-", "_")))
        elif name == "status":
            filters = replace(filters, status=(*filters.status, value.lower()))
        elif name == "reading":
            filters = replace(filters, reading=(*filters.reading, value.lower()))
        elif name == "source":
            filters = replace(filters, source=(*filters.source, source(value)))
        elif name == "heading":
            filters = replace(filters, heading=(*filters.heading, value))
        elif name in facts.NAMES:
            filters = replace(filters, fact=(*filters.fact, f"{name}:{value}"))
        else:
            filters = _dated(filters, value, before=name == "before")
    return filters


def _dated(filters: Filters, value: str, *, before: bool) -> Filters:
    """The filters, narrowed to what was published before or after the days that a value means."""
    from kb.text.dates import span  # most searches name no date

    first, after = span(value)
    if before:
        last, given = (first - timedelta(days=1)).isoformat(), filters.until
        if given is None or last < (span(given)[1] - timedelta(days=1)).isoformat():
            filters = replace(filters, until=last)
    else:
        given = filters.since
        if given is None or after.isoformat() > span(given)[0].isoformat():
            filters = replace(filters, since=after.isoformat())
    return filters


def selection(
    store: Store, table: Table, demand: Sequence[Node], source: Name, left: Selected | None
) -> Selected | None:
    """The rows, among those that are `left`, of which all demands hold; None if nothing is left out."""

    def having(node: Node) -> Selected:
        """The rows of which it holds, whether they are left or not."""
        if match := expression(node):
            return selected.finding(store, table, match, shown=left is None)
        if isinstance(node, Field):
            found = selected.left(store, narrowed(Filters(), [node], source), table)
            return selected.every(store, table) if found is None else found
        if isinstance(node, Not):
            return (selected.every(store, table) if left is None else left) - having(node.part)
        assert isinstance(node, Every | Some)
        return reduce(and_ if isinstance(node, Every) else or_, map(having, node.parts))

    met = [having(node) for node in demand]
    return reduce(and_, met if left is None else [left, *met]) if met else left


def _as_filter(node: Node) -> Sequence[Field]:
    """The fields of a demand that one filter can express: a field, or one of several authors, kinds and the like."""
    if isinstance(node, Field):
        return [node]
    fields = [part for part in node.parts if isinstance(part, Field)] if isinstance(node, Some) else []
    alike = {_ANY_OF.get(field.name) for field in fields}
    whole = isinstance(node, Some) and len(fields) == len(node.parts)
    return fields if whole and len(alike) == 1 and None not in alike else []


def _statements_only(node: Node, source: Name) -> bool:
    if isinstance(node, Field):
        return narrowed(Filters(), [node], source).statements_only
    if isinstance(node, Every | Some):
        over = any if isinstance(node, Every) else all
        return over(_statements_only(part, source) for part in node.parts)
    return False
