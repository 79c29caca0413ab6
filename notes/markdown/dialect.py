"""What links mean by what else stands in their note: the definitions of link targets, and who wrote it.

Markdown has `[text][label]` with a line `[label]: path` elsewhere. Foam writes such lines for its wikilinks too, and
they say which of several notes is meant. Dendron and some wikis put the title first: `[[title|note]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_DEFINITION = re.compile(r"^[ \t>]*\[([^\[\]^][^\]]*)\]:[ \t]*(?:<([^<>\n]*)>|(\S+))", re.M)
_DENDRON = {"id", "desc"}
_DENDRON_TIMES = {"created", "updated"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """`definitions` has destinations by `label_key`."""

    title_first: bool = False
    definitions: Mapping[str, str] = field(default_factory=dict)

    def destination(self, label: str) -> str | None:
        """Where a label leads; None where nothing defines it."""
        return self.definitions.get(label_key(label)) if self.definitions else None


PLAIN = Dialect()


def dialect_of(text: str, keys: Iterable[str], definitions: Iterable[tuple[int, int]]) -> Dialect:
    """The dialect of a note with these keys in its front matter, and definitions in these spans.

    Of two definitions of a label the first counts.
    """
    found: dict[str, str] = {}
    for start, end in definitions:
        for line in _DEFINITION.finditer(text[start:end]):
            found.setdefault(label_key(line[1]), line[2] if line[2] is not None else line[3])
    written = set(keys)
    title_first = written >= _DENDRON and not written.isdisjoint(_DENDRON_TIMES)
    return Dialect(title_first, found) if title_first or found else PLAIN


def label_key(label: str) -> str:
    """A label as labels are compared: case and blanks do not count."""
    return " ".join(label.split()).casefold()
