"""What reviewers left in a text: comments on words of it, and tracked changes, which are told by who made them.

The text is read as it stands when all changes are accepted. A comment is its writer's: a note on the text, as the
annotations of a PDF are; so are the words that somebody else than its author had struck out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from importers.documents.made import plural
from importers.documents.pdf.reader_notes import note_by
from importers.highlights import Highlight
from kb.model.document import Document
from kb.text.strings import fold, squash

NOBODY = "somebody"
_LEAST = 12  # characters of a change that is worth a line in a note: below are commas and endings


@dataclass(slots=True)
class Remark:
    """A comment, with the words that it is on ("" where it is on none), and what was answered."""

    author: str
    words: str
    when: str | None = None  # ISO day
    quote: str = ""
    replies: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Changes:
    """Tracked changes: how many of which kind by whom, and the words that were struck out."""

    count: Counter[tuple[str, str]] = field(default_factory=Counter)
    struck: list[tuple[str, str, str | None]] = field(default_factory=list)  # who, words, when

    def met(self, author: str, kind: str) -> None:
        """Notes a change of a kind: insertion, deletion, move, change of form."""
        self.count[squash(author) or NOBODY, kind] += 1

    def line(self) -> tuple[str, ...]:
        """One line that says who changed what; none where nobody did."""
        by: defaultdict[str, list[str]] = defaultdict(list)
        for (author, kind), count in self.count.items():
            by[author].append(f"{count:,} {plural(kind, count)}")
        said = "; ".join(f"{', '.join(many)} by {author}" for author, many in by.items())
        return (f"tracked changes are read as accepted: {said}",) if said else ()


def notes_on(document: Document, remarks: Sequence[Remark], changes: Changes) -> list[Document]:
    """A note on the document for each reviewer, and for its author where they commented on it."""
    own = {fold(author.name) for author in document.authors}
    marked: defaultdict[str, list[Highlight]] = defaultdict(list)
    for one in remarks:
        if one.words.strip() or one.replies:
            replies = tuple(one.replies)
            marked[squash(one.author)].append(
                Highlight(quote=one.quote, comment=one.words, when=one.when, replies=replies)
            )
    for author, words, when in changes.struck:
        if fold(author) not in own and len(squash(words)) >= _LEAST:
            marked[squash(author)].append(Highlight(quote=words, when=when, struck=True))
    return [note_by(document, reader, highlights) for reader, highlights in marked.items()]


def threads(found: Iterable[tuple[str, Remark]], answers: dict[str, str]) -> list[Remark]:
    """The comments that begin a thread, each with its answers; `answers` says what answers what, by their names."""
    remarks = dict(found)
    first: list[Remark] = []
    for name, one in remarks.items():
        at, seen = name, {name}
        while (above := answers.get(at, "")) in remarks and above not in seen:
            seen.add(above)
            at = above
        if at == name:
            first.append(one)
        elif one.words.strip():
            remarks[at].replies.append((squash(one.author) or NOBODY, one.words))
    return first
