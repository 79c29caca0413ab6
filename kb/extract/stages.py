"""The order of the rules. A later rule sees what the earlier ones found, and does not find it again."""

from __future__ import annotations

from enum import IntEnum


class Stage(IntEnum):
    """When a rule has its turn. Within a stage one adds to the number what has to come later: `Stage.WITHIN + 1`."""

    MARKS = 100  # what a person marked in a note: nobody guesses at that
    STRUCTURE = 200  # what lists and headings assert
    WORDING = 300  # sentences, where structure says nothing
    WITHIN = 400  # what parts of the text, its title and its footnotes say about other parts, or other texts
    ANSWERS = 500  # what comments, replies and turns say about what they answer
