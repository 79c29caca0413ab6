"""Links, statements and proposals after something was decided about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from commands.views.link import link_lines
from commands.views.proposed import proposed_lines
from commands.views.statement import statement_lines, titles_of

if TYPE_CHECKING:
    from kb.model.link import Link
    from kb.model.proposed import Proposed
    from kb.model.statement import Statement
    from kb.store.open import Store


@dataclass(frozen=True)
class Decided:
    """What was decided about, as it is now; in JSON statements only where there are some."""

    links: list[Link]
    statements: list[Statement] = field(metadata={"optional": True})
    proposals: list[Proposed] = field(metadata={"optional": True})


def read(store: Store, ids: Iterable[str]) -> Decided:
    """Links, statements and proposals by id."""
    from kb.store import links, proposals, statements

    named = list(ids)
    found = (part.read(store, named) for part in (links, statements, proposals))
    return Decided(*(list(part.values()) for part in found))


def lines(store: Store, found: Decided) -> list[str]:
    """All of them as text."""
    titles = titles_of(store, found.statements)
    told = [line for statement in found.statements for line in statement_lines(statement, titles)]
    return link_lines(store, found.links) + told + proposed_lines(store, found.proposals)
