"""What a text, or a section of it, is there to say: the target of what speaks against it as a whole."""

from __future__ import annotations

from kb.extract.model import Extraction, View
from kb.text.strings import fold


def of_section(view: View, found: Extraction, path: tuple[str, ...]) -> int | str:
    """The statement that the nearest of these headings makes, innermost first; else what the text speaks about."""
    made = headings(view, found)
    for title in reversed(path):
        if title in made:
            return made[title]
    return spoken_about(view, found)


def spoken_about(view: View, found: Extraction) -> int | str:
    """What the points of a text are for or against: of a comment what it answers (of a review the paper), else the
    thesis of the text."""
    own = of_text(view, found)
    return view.parent_id if own == view.source_id and view.kind == "comment" and view.parent_id else own


def of_text(view: View, found: Extraction) -> int | str:
    """The statement that the text's title makes, else the source itself."""
    title = fold(view.title).rstrip(".?! ")
    for heading, index in headings(view, found).items():
        if fold(heading).rstrip(".?! ") == title:
            return index
    return view.source_id


def headings(view: View, found: Extraction) -> dict[str, int]:
    """The statements that stand as headings, by the heading."""
    titles = {(b.start, b.end): view.quote(b) for b in view.blocks.values() if b.kind == "heading"}
    return {
        titles[span]: index
        for index, statement in enumerate(found.statements)
        for span in ((statement.start, statement.end), *statement.also)
        if span in titles
    }
