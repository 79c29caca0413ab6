"""Kindle: `My Clippings.txt` in the languages of its devices, and KOReader's file of the same form.

An entry is the book's title with its author, a line of facts, and the words. What was highlighted are the book's words,
a note is the reader's and hangs under the highlight that it was written on.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.base import Importer, Input
from importers.exports.clipping_lines import Facts, certain, facts
from importers.exports.clippings import Clipping, to_highlights
from importers.exports.fields import people
from importers.exports.works import Record, to_documents
from kb.model.document import Author, Document
from kb.text.person_names import as_said
from kb.text.strings import fold, squash, unique
from notes.markdown import structure

_LOOK = 40_000  # characters that tell
_LONGEST = 1000  # characters of a title
_SEPARATOR = re.compile(r"\s*={8,}\s*")
_LIMIT = re.compile(r"\s*<[^<>\n]{8,200}>\s*")  # "<You have reached the clipping limit for this item>", in any language
_NOBODY = re.compile(
    r"unknown(?: author)?|unbekannt\w*|inconnu\(?e?\)?\w*|desconocid\w*|sconosciut\w*|desconhecid\w*|onbekend\w*"
    r"|n/?a|calibre|anonymous|未知|不明|[\d\W_]*|\S+@\S+",
    re.I,
)
_BRACKETS = {")": "(", "）": "（"}


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    facts: Facts
    words: str
    raw: str


def sniff(source: Input) -> float:
    """How sure it is: entries with a line of facts under their title, parted by lines of equals signs."""
    lines = source.text[:_LOOK].split("\n")
    filled = [line for line in lines[:50] if line.strip() and not _SEPARATOR.fullmatch(line)]
    if len(filled) > 1 and certain(filled[1]):
        return 0.95
    parted = sum(1 for line in lines if _SEPARATOR.fullmatch(line))
    if not parted:
        return 0.0
    known = sum(1 for line in lines if certain(line))
    if known and 2 * known >= parted:
        return 0.93
    # A language that is not known: the form alone tells.
    return 0.92 if len(filled) > 1 and (found := facts(filled[1])) and (found.when or found.location) else 0.0


def read(source: Input) -> list[Document]:
    """Each book, and a note with what was highlighted in it and what its reader says there.

    Raises:
        KbError: no entry has words and a title.
    """
    left: Counter[str] = Counter()
    books: defaultdict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in _entries(source.text.replace("\r\n", "\n"), left):
        title, author = _title_and_author(entry.title)
        if entry.facts.kind == "bookmark":
            left["bookmarks are left out"] += 1
        elif not title:
            left["entries without the title of a book are left out"] += 1
        elif not entry.words:
            left["entries without words are left out"] += 1
        elif _LIMIT.fullmatch(entry.words):
            left["highlights beyond what the publisher lets be copied are left out"] += 1
        else:
            if entry.facts.kind is None:
                left["entries in a language that kb does not know are taken for highlights"] += 1
            books[fold(title), fold(author)].append(entry)
    records = [_record(listed, left) for listed in books.values()]
    return to_documents(records, source, IMPORTER.name, [f"{what}: {count:,}" for what, count in left.items()])


def _entries(text: str, left: Counter[str]) -> Iterator[_Entry]:
    """The entries, whole: where a separator is lost, the next line of facts ends the one before."""
    chunk: list[str] = []
    for line in text.split("\n"):
        if _SEPARATOR.fullmatch(line):
            yield from _chunk(chunk, left)
            chunk = []
        else:
            chunk.append(line)
    if chunk and re.fullmatch(r"\s*=+\s*", chunk[-1]):
        chunk.pop()  # the separator, cut off
    if any(line.strip() for line in chunk):
        found = list(_chunk(chunk, left))
        yield from found
        if found:
            left["the last entry is not closed, its end may be missing"] += 1


def _chunk(lines: list[str], left: Counter[str]) -> Iterator[_Entry]:
    while lines and not lines[0].strip():
        lines = lines[1:]
    if not lines:
        return
    # Below the second line only what is surely a line of facts is one: a highlight may begin with a dash.
    found = [(number, (facts if number < 2 else certain)(line)) for number, line in enumerate(lines)]
    places = [(number, known) for number, known in found if known]
    if [number for number, _ in places[:2]] == [0, 1]:  # a title that looks like one
        places = places[1:]
    first = places[0][0] if places else len(lines)
    if any(line.strip() for line in lines[: max(first - 1, 0)]):
        left["pieces that are no entry are left out"] += 1
    for number, (place, known) in enumerate(places):
        after = places[number + 1][0] if number + 1 < len(places) else len(lines) + 1
        title = lines[place - 1].strip() if place else ""
        words = "\n".join(line.rstrip() for line in lines[place + 1 : after - 1]).strip()
        yield _Entry(title, known, words, "\n".join(lines[max(place - 1, 0) : after - 1]))


def _record(entries: Sequence[_Entry], left: Counter[str]) -> Record:
    title, author = _title_and_author(entries[0].title)
    clippings = [Clipping(entry.words, entry.facts) for entry in entries]
    marked, dropped = to_highlights(clippings)
    if dropped:
        left["earlier forms of highlights and notes that were changed, and doubles, are left out"] += dropped
    return Record(
        title=title,
        kind="paper",
        authors=_authors(author),
        highlights=tuple(marked),
        key=f"{title} ({author})" if author else title,
        raw="\n==========\n".join(entry.raw for entry in entries),
    )


def _title_and_author(line: str) -> tuple[str, str]:
    """`Title (Series, 2) (Family, Given; Family, Given)`: the last brackets name the author, brackets inside too."""
    line = squash(line[:_LONGEST].strip("\ufeff \t"))
    if not line or line[-1] not in _BRACKETS:
        return line, ""
    depth = 0
    for place in range(len(line) - 1, 0, -1):
        depth += (line[place] in _BRACKETS) - (line[place] in _BRACKETS.values())
        if depth == 0:
            author = squash(line[place + 1 : -1].strip("()（） ") if line[place + 1] in "(（" else line[place + 1 : -1])
            if re.fullmatch(r"[\d\W_]+", author):
                return line, ""  # a year
            return line[:place].strip() or line, "" if _NOBODY.fullmatch(author) else author
    return line, ""


def _authors(words: str) -> tuple[Author, ...]:
    """People as the devices write them: parted by semicolons, `Family, Given`."""
    parts = [part for part in re.split(r"[;；、]", words) if part.strip()]
    names: list[str] = []
    for part in parts:
        one = part.count(",") == 1
        names += [as_said(squash(part))] if one else [author.name for author in people(part)]
    return tuple(Author(name) for name in unique(squash(name) for name in names))


IMPORTER = Importer(
    name="kindle",
    version="1",
    what="highlights and notes of a Kindle (`My Clippings.txt`, also as KOReader writes it)",
    recognised_by="under each title a line such as `- Your Highlight on page 4`, in the language of the device",
    gives="a work each book, and a note with its highlights",
    keeps="highlights with page, location and day, your notes under them",
    loses="bookmarks, earlier forms of what you changed",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("My Clippings.txt",),
    precedence=24,
    prose=True,
)
