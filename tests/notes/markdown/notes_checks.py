"""What every reading of a note must keep, and texts to read."""

from __future__ import annotations

import re

import pytest

from kb.model.document import Block, Reference
from notes.markdown.structure import parse, structure
from tests.conftest import SHARED

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts are not here")

_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_SYNTAX = re.compile(
    r"[\s>]*(?:(?:[-*+]|\d+[.)])(?:\s+|$))*"  # markers
    r"(?:\[.\]|\[![^\]]+\][+-]?|[-*_=\s]+|[-:|\s]+|(?:`{3,}|~{3,})[^`]*|\[[^\]]+\]:.*|\^[\w-]+|#+|\$\$)?\s*$"
)


def slices(text: str) -> list[tuple[str, str]]:
    """Kind and words of each block."""
    return [(block.kind, text[block.start : block.end]) for block in structure(text)[0]]


def check(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """Reads a text and asserts what holds for every text."""
    blocks, references = structure(text)
    assert structure(text) == (blocks, references)
    end = 0
    for index, block in enumerate(blocks):
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert block.parent is None or 0 <= block.parent < index
        end = block.end
    end = 0
    for reference in references:
        assert end <= reference.start < reference.end
        assert text[reference.start : reference.end] == reference.raw
        assert reference.target or reference.fragment
        end = reference.end
    return blocks, references


def lost_lines(text: str) -> list[str]:
    """The lines of the body that no block touches and that are more than signs."""
    covered = bytearray(len(text) + 1)
    for block in structure(text)[0]:
        covered[block.start : block.end] = b"\1" * (block.end - block.start)
    shown = _COMMENT.sub(lambda comment: re.sub(r"[^\r\n]", " ", comment.group()), text)
    lost, position = [], parse(text).body_start
    for line in re.split(r"(\r\n|\r|\n)", shown[position:]):
        if line.strip() and not any(covered[position : position + len(line)]) and not _SYNTAX.match(line):
            lost.append(line)
        position += len(line)
    return lost
