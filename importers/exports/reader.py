"""Readwise Reader: the CSV of one's library and the JSON of its API, with where in the library each text lies."""

from __future__ import annotations

import json
import re
from typing import Any

from importers.base import Importer, Input
from importers.exports.fields import kind_of, people, work_of
from importers.exports.fields import tags as split_tags
from importers.exports.parsing import Row, header, json_rows, read_csv
from importers.exports.works import Record, to_documents
from kb.model.document import Document
from kb.model.reading import ReadingMark
from kb.model.words import ReadingState
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown import structure

_COLUMNS = {"title", "url", "document tags", "saved date", "reading progress", "location"}
_LOOK = 20_000  # characters that tell
_QUEUED = {"new", "later", "shortlist", "inbox"}
_MARKS = {"highlight", "note"}  # what hangs under a text
_OF_FEEDS = "texts that only came by a feed"
_KINDS = {"epub": "book", "pdf": "article"}


def sniff(source: Input) -> float:
    """How sure it is: the columns of the CSV, or names that only the API of Reader has."""
    text = source.text.lstrip()
    if text.startswith(("{", "[")):
        return 0.95 if '"reading_progress"' in text[:_LOOK] and '"location"' in text[:_LOOK] else 0.0
    return 0.97 if set(header(text)) >= _COLUMNS else 0.0


def read(source: Input) -> list[Document]:
    """Each text of the library, without what only came by a feed and was never put there.

    Raises:
        KbError: the CSV or JSON is broken, or holds no text.
    """
    if source.text.lstrip().startswith(("{", "[")):
        rows = json_rows(source, "results")
        texts = [row for row in rows if row.get("category") not in _MARKS and not row.get("parent_id")]
        kept = [row for row in texts if row.get("location") != "feed"]
        odd = [*_left("highlights and notes", len(rows) - len(texts)), *_left(_OF_FEEDS, len(texts) - len(kept))]
        return to_documents([_of_json(row) for row in kept], source, IMPORTER.name, odd)
    table, problems = read_csv(source)
    own = [row for row in table if row["Location"].lower() != "feed"]
    odd = [*problems, *_left(_OF_FEEDS, len(table) - len(own))]
    return to_documents([_of_row(row) for row in own], source, IMPORTER.name, odd)


def _left(what: str, count: int) -> list[str]:
    return [f"{what} are left out: {count:,}"] if count else []


def _of_row(row: Row) -> Record:
    work, saved = work_of([row["URL"]]), read_loosely(row["Saved date"])
    return Record(
        title=row["Title"],
        kind=kind_of(work, "webpage"),
        work=work,
        added=saved,
        tags=_tags(row["Document tags"]),
        reading=_mark(row["Location"], row["Reading progress"], saved),
        key=row["ID"] or row["URL"],
        raw=json.dumps(row.fields, ensure_ascii=False),
    )


def _of_json(row: dict[str, Any]) -> Record:
    def words(*names: str) -> str:
        return next((squash(str(row[name])) for name in names if row.get(name)), "")

    address = words("source_url") or ("" if "readwise.io" in words("url") else words("url"))
    work, saved = work_of([address]), read_loosely(words("saved_at", "created_at"))
    named = row.get("tags")
    tags = tuple(str(name) for name in named) if isinstance(named, dict | list) else ()
    location, moved = words("location"), read_loosely(words("last_moved_at"))
    opened = bool(words("last_opened_at", "first_opened_at"))
    return Record(
        title=words("title"),
        kind=kind_of(work, _KINDS.get(words("category"), "webpage")),
        work=work,
        authors=people(words("author")),
        published=read_loosely(row.get("published_date")),
        added=saved,
        tags=unique(tags),
        notes=(words("notes"),) if words("notes") else (),
        reading=_mark(location, str(row.get("reading_progress") or 0) if opened else "0", saved, moved),
        key=words("id") or address,
        raw=json.dumps(row, ensure_ascii=False),
    )


def _mark(location: str, progress: str, saved: str | None, moved: str | None = None) -> ReadingMark | None:
    """What lies in the archive is read, what was begun elsewhere is being read, the rest waits."""
    where = location.lower()
    try:
        begun = float(progress.rstrip("%") or 0) > 0
    except ValueError:
        begun = False
    if where == "archive":
        return ReadingMark("read", moved, moved)
    state: ReadingState | None = ("reading" if begun else "to-read") if where in _QUEUED else None
    return ReadingMark(state, saved) if state else None


def _tags(cell: str) -> tuple[str, ...]:
    """Tags of a cell: a list as Python writes it (`['a', 'b']`), or words parted by commas."""
    listed = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", cell) if cell.startswith("[") else []
    return unique(one or other for one, other in listed) if listed else split_tags(cell.strip("[]"))


IMPORTER = Importer(
    name="reader",
    version="1",
    what="a library of Readwise Reader (CSV, or the JSON of its API)",
    recognised_by="the columns of its CSV, or `reading_progress` and `location` in JSON",
    gives="a work each text",
    keeps="title, author, tags, how far you read, notes on the document",
    loses="the text itself, highlights (Readwise's export has them)",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    sample=(
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        "Counting frogs,https://ponds.example/frogs,01a,\"['ponds']\",2023-05-04 10:00:00+00:00,0.2,later,True\n"
    ),
    precedence=26,
)
