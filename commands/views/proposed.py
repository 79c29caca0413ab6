"""What a judge says of statements, as text: the field and its value, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands import output
from commands.views.statement import MARKS

if TYPE_CHECKING:
    from kb.model.proposed import Proposed
    from kb.store.open import Store


def proposed_lines(store: Store, found: Sequence[Proposed]) -> list[str]:
    """Two entries each: who or what is proposed, and the statement."""
    from kb.store import statements

    texts = {name: one.text for name, one in statements.read(store, [one.target for one in found]).items()}
    lines: list[str] = []
    for one in found:
        mark = MARKS.get(one.status, "?")
        score = "" if one.score is None else f" {one.score:.2f}"
        lines.append(f"{one.id}  {mark} {output.style(one.field, 'bold')}  [{one.rule}{score}]")
        value = one.value or "nobody whom the text names"
        lines += output.wrapped(value, " " * 14, "         is   ")
        if one.target in texts:
            lines += output.wrapped(f"{one.target} {texts[one.target]}", " " * 14, "         of   ")
    return lines
