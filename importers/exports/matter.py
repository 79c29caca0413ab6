"""Matter: highlights with notes as CSV or JSON, a row each, gathered by the text that they are of."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from importers.base import Importer, Input
from importers.exports.fields import kind_of, people, tags, work_of
from importers.exports.parsing import header, json_rows, labels, objects, read_csv
from importers.exports.works import Record, to_documents
from importers.highlights import Highlight
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.strings import fold, squash, unique
from notes.markdown import structure

_LOOK = 20_000  # characters that tell
_KEYS = {  # by the names that exports and the interface use
    "title": ("title",),
    "author": ("author", "authors"),
    "publisher": ("publisher", "publication", "source"),
    "url": ("url", "link"),
    "text": ("highlight text", "highlighted text", "highlight", "text", "quote"),
    "note": ("note", "highlight note", "annotation", "comment"),
    "created": ("created", "created at", "created date", "created_date", "highlighted at", "date", "updated_date"),
    "tags": ("tags", "tag"),
}
_Row = dict[str, str]


def sniff(source: Input) -> float:
    """How sure it is: the columns of Matter's list, or the names of its objects."""
    text = source.text.lstrip()
    if text.startswith(("[", "{")):
        head = text[:_LOOK]
        listed = '"annotations"' in head and '"note"' in head and '"publisher"' in head
        rows = '"publisher"' in head and re.search(r'"highlight(?:[ _]text)?"\s*:', head)
        return 0.93 if listed or rows else 0.0
    columns = set(header(source.text))
    shaped = columns >= {"title", "publisher", "note"} and columns & {"highlight", "highlight text", "highlighted text"}
    return 0.97 if shaped and columns & {"url", "link"} else 0.0


def read(source: Input) -> list[Document]:
    """Each text in which something is marked, and a note with it.

    Raises:
        KbError: the file is broken, or holds nothing that is marked.
    """
    problems: list[str] = []
    if source.text.lstrip().startswith(("[", "{")):
        rows = [row for item in json_rows(source, "highlights", "items", "results", "data") for row in _of_item(item)]
    else:
        found, problems = read_csv(source)
        rows = [_row(dict(row.fields)) for row in found]
    gathered: defaultdict[str, list[_Row]] = defaultdict(list)
    empty = 0
    for row in rows:
        name = row["url"] or fold(row["title"])
        if name and (row["text"].strip() or row["note"].strip()):
            gathered[name].append(row)
        else:
            empty += 1
    if empty:
        problems.append(f"rows without a highlight, a note or a text that they are of are left out: {empty:,}")
    records = [_record(name, listed) for name, listed in gathered.items()]
    return to_documents(records, source, IMPORTER.name, problems)


def _of_item(item: dict[str, Any]) -> list[_Row]:
    """The rows of an object: one highlight, or a text with all of its own."""
    content = item.get("content") if isinstance(item.get("content"), dict) else item
    facts = _row({str(name).casefold(): _plain(value) for name, value in (content or {}).items()})
    if tagged := labels(item, "tags"):
        facts["tags"] = ",".join(tagged)
    inside = [*objects(item, "annotations"), *objects(item, "highlights"), *objects(item, "my_annotations")]
    if not inside:
        return [facts]
    own = [_row({str(name).casefold(): _plain(value) for name, value in one.items()}) for one in inside]
    return [{**facts, "text": one["text"], "note": one["note"], "created": one["created"]} for one in own]


def _plain(value: object) -> str:
    if isinstance(value, dict):  # {"any_name": "Ada Moss"}, {"name": …}, {"note": …}
        value = next((value[name] for name in ("name", "any_name", "note", "text") if value.get(name)), "")
    if isinstance(value, list):
        return "; ".join(filter(None, map(_plain, value)))
    return value if isinstance(value, str) else ""


def _row(fields: dict[str, str]) -> _Row:
    named = {name.replace("_", " "): value for name, value in fields.items()} | fields
    return {
        name: next((value.strip() for key in keys if (value := named.get(key, ""))), "") for name, keys in _KEYS.items()
    }


def _record(name: str, rows: list[_Row]) -> Record:
    first = rows[0]
    work = work_of([first["url"]])
    marked = tuple(Highlight(row["text"], row["note"], when=read_loosely(row["created"])) for row in rows)
    return Record(
        title=squash(first["title"]),
        kind=kind_of(work, "blogPost"),
        work=work,
        authors=people(first["author"]),
        tags=unique(tag for row in rows for tag in tags(row["tags"])),
        highlights=marked,
        key=name,
        raw=json.dumps(rows, ensure_ascii=False),
    )


IMPORTER = Importer(
    name="matter",
    version="1",
    what="highlights and notes of Matter (CSV or JSON)",
    recognised_by="the columns or names of Matter's export of highlights",
    gives="a work each text, and a note with its highlights",
    keeps="highlights, notes, tags, days",
    loses="rows without words",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("matter.csv",),
    precedence=24,
)
