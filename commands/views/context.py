"""The context of a statement, in grey below its words: `on “Diaries cost twice as much as surveys do.”`"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import output
from kb.text.strings import clip

if TYPE_CHECKING:
    from kb.model.context import Context

LINES = 2  # at most
LEAST = 30  # characters of a line that are shown however narrow the terminal


def context_lines(context: Context | None, indent: str) -> list[str]:
    """A line or two, cut to the terminal; none where the statement stands alone."""
    if context is None:
        return []
    from kb.text.plain import plain

    room = max(output.width() - len(indent), LEAST)
    words = clip(plain(context.quote), LINES * room - 12)  # lines break before they are full
    return [output.style(line, "dim") for line in output.wrapped(f"on “{words}”", indent)]
