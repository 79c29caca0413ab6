"""What is embedded for a passage: its text under its title and headings.

On fifty questions between five long texts that raised the mean reciprocal rank of hybrid search from .48 to .52; 155
others, over vaults too, show no difference (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Sequence

VERSION = 1
"""Part of every fingerprint: another form of the text means other vectors."""

_SEPARATOR = " › "  # between the parts of `passage.context`
_LONGEST = 300  # characters of context; the model reads some 1,200 in all


def embedded_text(title: str, heading: Sequence[str], text: str) -> str:
    """The text embedded for a passage. Its digest (`kb.text.strings.digest`) is `passage.content_hash`."""
    return in_context(_SEPARATOR.join((title, *heading)), text)


def in_context(context: str, text: str) -> str:
    """The same from the columns `passage.context` and `passage.text`."""
    above = context.replace(_SEPARATOR, ". ").strip()
    if len(above) > _LONGEST:
        above = above[: _LONGEST // 2] + " " + above[-_LONGEST // 2 :]
    return f"{above}\n{text}" if above else text
