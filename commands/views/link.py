"""Links as text, with the texts of their ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands import output
from commands.views.statement import MARKS, source_titles

if TYPE_CHECKING:
    from kb.model.link import Link
    from kb.store.open import Store

_OF_A_TURN = 80  # characters of its first words


def link_lines(store: Store, found: Sequence[Link]) -> list[str]:
    """Links with the texts of their ends."""
    from kb.store import passages, statements
    from kb.text.strings import clip, squash

    ends = {end for link in found for end in (link.from_id, link.to_id)}
    names = {name: one.text for name, one in statements.read(store, ends).items()} | source_titles(store, ends)
    names |= {
        name: f"(the whole turn of {turn.speaker or 'somebody'}) {clip(squash(turn.quote), _OF_A_TURN)}"
        for name, turn in passages.turns(store, ends).items()
    }
    lines: list[str] = []
    for link in found:
        mark = MARKS.get(link.status, "?")
        score = "" if link.score is None else f" {link.score:.2f}"
        lines.append(f"{link.id}  {mark} {output.style(link.relation, 'bold')}  [{link.basis}{score}]")
        for end, sign in ((link.from_id, "      from "), (link.to_id, "        to ")):
            lines += output.wrapped(f"{end} {names.get(end, '')}", " " * 11, sign)
    return lines
