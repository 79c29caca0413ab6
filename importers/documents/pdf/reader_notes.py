"""The annotations of a PDF as notes on the paper, one for each reader: quotes as the paper's text has them, and words.

They are texts of `importers.highlights`, as the highlights of other programs are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from importers import highlights
from importers.documents.pdf.annotations import Mark
from importers.documents.pdf.markdown import PAGE_MARK
from importers.documents.pdf.marked_words import letters
from importers.highlights import Highlight
from kb.model import ids
from kb.model.document import PIPE, Author, Document

_ENOUGH = 12  # letters: fewer may stand elsewhere by chance, as a part of other words
_BREAKS = re.compile(r"\n[ \t]*\n(?:#{1,6} )?")


def notes_on(paper: Document, marks: Sequence[Mark]) -> list[Document]:
    """A note on `paper` for each reader who marked something in it; of one without a name it names no author."""
    by_reader: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_reader[mark.author].append(mark)
    text = _PaperText.of(paper.text) if marks else None
    return [note_by(paper, who, [_highlight(mark, text) for mark in own]) for who, own in by_reader.items() if text]


def note_by(paper: Document, reader: str, marked: Sequence[Highlight]) -> Document:
    """A note on `paper` with what one reader marked in it, in this order; `reader` is "" where nobody says who."""
    text = highlights.compose(paper.title, paper.url, marked)
    blocks, references = highlights.structure(text)
    quoted = any(one.quote for one in marked)
    author = paper.authors[0].name if paper.authors else None
    citekey = paper.citekey or ids.citekey(author, paper.published, paper.title)
    # It is known again by its place, or by its text where the file has another name: the same paper may lie in two
    # files, each with other things marked in it. What came through a pipe has no place.
    place = f"{paper.target}#annotations{f' by {reader}' if reader else ''}" if paper.target not in {"", PIPE} else ""
    return Document(
        kind="note",
        title=f"{'Highlights from' if quoted else 'Notes on'} {paper.title}",
        text=text,
        blocks=blocks,
        references=references,
        authors=(Author(reader),) if reader else (),
        published=max((one.when for one in marked if one.when), default=None),
        original=text.encode(),
        importer=highlights.NAME,
        target=place,
        citekey=f"{citekey}-notes",
        attached=True,
    )


def _highlight(mark: Mark, text: _PaperText) -> Highlight:
    return Highlight(
        quote=text.words(mark.quote, mark.page),
        comment=mark.comment,
        struck=mark.struck,
        colour=mark.colour,
        when=mark.when,
        place=f"p. {mark.page}",
        replies=mark.replies,
    )


@dataclass(frozen=True, slots=True)
class _PaperText:
    """The text of a paper, its letters alone, where each stands in it, and which letter a page begins with."""

    text: str
    letters: str
    places: Sequence[int]
    pages: dict[int, int]

    @classmethod
    def of(cls, text: str) -> _PaperText:
        found: list[str] = []
        places: list[int] = []
        pages: dict[int, int] = {1: 0}
        at = 0
        for mark in (*PAGE_MARK.finditer(text), None):
            for place in range(at, mark.start() if mark else len(text)):
                for sign in letters(text[place]):
                    found.append(sign)
                    places.append(place)
            if mark:
                at = mark.end()
                pages.setdefault(int(mark[1]), len(found))
        return cls(text, "".join(found), places, pages)

    def words(self, quote: str, page: int) -> str:
        """The quote as the text has it, which joined what the page breaks; as it was marked where it has it not."""
        sought = letters(quote)
        if len(sought) < _ENOUGH:
            return quote
        first = self.letters.find(sought, self.pages.get(page, 0))
        if first < 0:
            first = self.letters.find(sought)  # begun on the page before, or moved there
        if first < 0:
            return quote
        begin, end = self.places[first], self.places[first + len(sought) - 1] + 1
        behind = re.search(r"[^\w\s]*$", quote)
        for sign in behind[0] if behind else "":
            if self.text[end : end + 1] != sign:
                break
            end += 1
        before = re.match(r"[^\w\s]*", quote)
        for sign in reversed(before[0] if before else ""):
            if begin == 0 or self.text[begin - 1] != sign:
                break
            begin -= 1
        # A bold lead may be marked in part.
        return _BREAKS.sub("\n\n", PAGE_MARK.sub("", self.text[begin:end]).replace("**", ""))
