"""The structure of a Markdown note: blocks and references with exact offsets into its text.

`structure` is the `kb.model.document.Structure` of notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kb.model.document import Block, Reference
from notes.markdown import front_matter, inline
from notes.markdown.blocks import read_blocks
from notes.markdown.dialect import dialect_of


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything read from one note at once. `blocks` and `references` are what `structure` gives."""

    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]
    tags: tuple[inline.Mark, ...]  # in the body; those of the front matter are in `metadata`
    fields: tuple[inline.Field, ...]
    metadata: front_matter.Metadata
    body_start: int
    problems: tuple[str, ...]


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """Cuts a note into blocks, in text order, and the references in them and in its front matter.

    Never raises: whatever is not Markdown is paragraphs.
    """
    parsed = parse(text)
    return parsed.blocks, parsed.references


@lru_cache(maxsize=2)  # an importer asks for the structure and the properties of the same text
def parse(text: str) -> Parsed:
    """Reads front matter, blocks and inline marks of a note; never raises."""
    metadata, body_start, problems = front_matter.split(text)
    found = read_blocks(text, body_start)
    references = front_matter.references(text, body_start)
    tags: list[inline.Mark] = []
    fields: list[inline.Field] = []
    dialect = dialect_of(text, metadata, found.definitions)
    for block in found.blocks:
        if block.kind == "html":  # no Markdown inside, but the addresses of its links
            references += inline.urls(text, block.start, block.end)
        elif block.kind not in {"code", "math"}:
            marks = inline.scan(text, block.start, block.end, dialect)
            references += marks.references
            tags += marks.tags
            fields += marks.fields
    linked = {reference.target for reference in references}
    for start, end in found.definitions:  # of those that a link uses, the link is the reference
        references += (one for one in inline.urls(text, start, end) if one.target not in linked)
    return Parsed(
        blocks=found.blocks,
        references=tuple(sorted(references, key=lambda reference: reference.start)),
        tags=tuple(tags),
        fields=tuple(fields),
        metadata=metadata,
        body_start=body_start,
        problems=tuple(problems),
    )
