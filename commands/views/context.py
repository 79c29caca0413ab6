"""The context of a statement, in grey below its words: `on “Diaries cost twice as much as surveys do.”`"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import output
from kb.text.strings import clip

if TYPE_CHECKING:
    from kb.model.statement import Context

LEAST = 30  # characters that are shown however narrow the terminal


def context_lines(context: Context | None, indent: str) -> list[str]:
    """One line, cut to the terminal; none where the statement stands alone."""
    if context is None:
        return []
    from kb.extract.plain import plain

    room = max(output.width() - len(indent) - len("on “”"), LEAST)
    return [output.style(f"{indent}on “{clip(plain(context.quote), room)}”", "dim")]
