"""The blocks of a forum text: Markdown, with what the HTML converter writes for speakers, spoilers and collapsibles."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.model.document import Block, Reference
from notes.markdown import structure as markdown

# The converter writes bold with asterisks; bold with underscores is the name of a dialogue's speaker.
_SPEAKER = re.compile(r"__((?:\\.|[^\\\n])+?):__(?:[ \t]+|$)", re.M)
_ESCAPED = re.compile(r"\\(.)")
_SPOILER = re.compile(r"!\s*")
_OWN = {"details"}
"""Callouts that hold the author's own words; other quotes are somebody else's."""


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """Cuts a forum text into blocks and references; never raises."""
    blocks, references = markdown.structure(text)
    if ">" in text:
        blocks = tuple(_unquoted(text, block) for block in blocks)
        blocks = _model_words(text, blocks)
    if "__" in text and any(_speaker(text, block) for block in blocks):
        blocks = _turns(text, blocks)
    return blocks, references


def _unquoted(text: str, block: Block) -> Block:
    """A block that is the author's own, though Markdown writes it as a quote."""
    if block.kind != "quote":
        return block
    if block.label in _OWN:
        return replace(block, kind="paragraph")
    found = _SPOILER.match(text, block.start, block.end)
    if found and found.end() < block.end and text[block.start - 1 : block.start] == ">":
        return replace(block, kind="paragraph", start=found.end(), label="spoiler")
    return block


def _model_words(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What a language model wrote has its name as the speaker."""
    name: str | None = None
    found = []
    for block in blocks:
        if block.label != "llm":
            name = None
        elif block.parent is None or blocks[block.parent].label != "llm":
            name = text[block.start : block.end]
        else:
            block = replace(block, speaker=name)
        found.append(block)
    return tuple(found)


def _speaker(text: str, block: Block) -> re.Match[str] | None:
    return _SPEAKER.match(text, block.start, block.end) if block.kind == "paragraph" else None


def _turns(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with their speakers; the name before the first words is no part of them."""
    found: list[Block] = []
    places: dict[int, int] = {}  # where each block went: one that is only a name goes
    speaker, turn = None, -1
    for number, block in enumerate(blocks):
        if named := _speaker(text, block):
            name = _ESCAPED.sub(r"\1", named[1])
            turn += name != speaker or turn < 0
            speaker = name
            block = replace(block, start=named.end())
        if block.start >= block.end:
            continue
        if speaker is not None and block.kind not in {"heading", "footnote"}:
            block = replace(block, speaker=block.speaker or speaker, turn=turn)
        places[number] = len(found)
        found.append(replace(block, parent=places.get(block.parent) if block.parent is not None else None))
    return tuple(found)
