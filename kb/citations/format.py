"""What every format of citations is, and how to write one: a module of `kb.citations.formats` with a `FORMAT`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.citations.item import Item


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write items.

    `entries` gives the text of each item, in their order and as many; it is given the name of the style, which only
    formatted text has. `whole` joins them to a file.
    """

    name: str  # that of its module, with "-" for "_"
    what: str  # one line for help and docs
    endings: tuple[str, ...]  # of files that are to have this format unless --format says otherwise
    media_type: str
    entries: Callable[[Sequence[Item], str], list[str]]
    whole: Callable[[Sequence[str]], str]
