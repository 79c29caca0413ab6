"""Readwise: the CSV of highlights and the JSON of the export API."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from importers.base import Importer, Input
from importers.exports.fields import Work, kind_of, people, work_of
from importers.exports.fields import tags as split_tags
from importers.exports.parsing import Row, header, json_rows, labels, objects, read_csv
from importers.exports.works import Record, to_documents
from importers.highlights import Highlight
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown import structure

_COLUMNS = {"highlight", "book title", "book author", "note", "location"}
_COMMAND = re.compile(r"^\.(?P<name>h[1-6]|c\d{1,2})(?:\s+|$)")
_KINDS = {"books": "book", "articles": "webpage", "tweets": "webpage", "podcasts": "webpage", "supplementals": "book"}
_FOLLOWS = {"epub": "book", "pdf": "article", "article": "webpage", "rss": "webpage", "email": "webpage"}


def sniff(source: Input) -> float:
    """How sure it is: the columns of the CSV, or the names that only Readwise has."""
    text = source.text.lstrip()
    if text.startswith(("{", "[")):
        known = '"highlights"' in text and ('"user_book_id"' in text or '"readwise_url"' in text)
        return 0.95 if known else 0.0
    return 0.97 if set(header(text)) >= _COLUMNS else 0.0


def read(source: Input) -> list[Document]:
    """Each text that was highlighted, and a note with its highlights.

    Raises:
        KbError: the CSV or JSON is broken, or holds no highlight.
    """
    if source.text.lstrip().startswith(("{", "[")):
        rows = json_rows(source, "results")
        records = [_of_json(row) for row in rows if not row.get("is_deleted")]
        return to_documents(records, source, IMPORTER.name)
    table, problems = read_csv(source)
    books: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in table:
        if not row["Highlight"] and not row["Note"]:
            problems.append(f"line {row.line}: neither a highlight nor a note")
        elif not row["Book Title"]:
            problems.append(f"line {row.line}: the highlight names no title, it is left out")
        else:
            books[row["Book Title"], row["Book Author"], row["Amazon Book ID"]].append(row)
    return to_documents([_of_rows(*key, rows) for key, rows in books.items()], source, IMPORTER.name, problems)


def _of_rows(title: str, author: str, amazon: str, rows: list[Row]) -> Record:
    # The CSV names no address; what Amazon calls the book is the only id.
    work = Work(external_ids={"asin": amazon}) if amazon else Work()
    marked = [
        _marked(row["Highlight"], row["Note"], row["Color"], row["Highlighted at"], row["Location Type"],
                row["Location"], split_tags(row["Tags"]))
        for row in sorted(rows, key=lambda row: _number(row["Location"]))
    ]  # fmt: skip
    return Record(
        title=title,
        kind=kind_of(work, "book"),
        work=work,
        authors=people(author),
        tags=unique(tag for row in rows for tag in split_tags(row["Document tags"])),
        highlights=tuple(_joined(marked)),
        key=amazon or squash(title),
        raw="\n".join(json.dumps(row.fields, ensure_ascii=False) for row in rows),
    )


def _of_json(row: dict[str, Any]) -> Record:
    def words(name: str) -> str:
        return squash(str(row.get(name) or ""))

    # `unique_url` is the copy that Readwise keeps, no address of the work.
    address = words("source_url") or ("" if "readwise.io" in words("unique_url") else words("unique_url"))
    work = work_of([address])
    if not work.keys and words("asin"):
        work = Work(work.url, {"asin": words("asin")})
    category = words("category").lower()
    kept = [one for one in objects(row, "highlights") if not (one.get("is_deleted") or one.get("is_discard"))]
    kept.sort(key=lambda one: _number(one.get("location")))
    marked = [
        _marked(str(one.get("text") or ""), str(one.get("note") or ""), str(one.get("color") or ""),
                one.get("highlighted_at") or one.get("created_at"), str(one.get("location_type") or ""),
                str(one.get("location") or ""), labels(one, "tags"))
        for one in kept
    ]  # fmt: skip
    remark = str(row.get("document_note") or "")
    return Record(
        title=words("readable_title") or words("title"),
        kind=kind_of(work, _KINDS.get(category) or _FOLLOWS.get(category, "")),
        work=work,
        authors=people(words("author")),
        tags=unique(labels(row, "book_tags")),
        highlights=tuple(_joined([one for one in marked if one.quote.strip() or one.comment.strip()])),
        notes=(remark,) if remark.strip() else (),
        key=words("user_book_id"),
        raw=json.dumps(row, ensure_ascii=False),
    )


def _marked(
    quote: str, note: str, colour: str, when: object, type_: str, place: str, names: Iterable[str]
) -> Highlight:
    kind = {"page": "p.", "location": "location"}.get(type_.lower())
    return Highlight(
        quote=quote,
        comment=note,
        colour=colour.lower() or None,
        when=read_loosely(when),
        # "order" only numbers the highlights; a time offset is no place in a text.
        place=f"{kind} {place}" if kind and place else None,
        tags=unique(names),
    )


def _joined(marked: list[Highlight]) -> list[Highlight]:
    """Highlights with Readwise's commands in their notes obeyed: `.c1 .c2` are one, `.h1` is left out."""
    out: list[Highlight] = []
    parts = 0  # how many are in the one that is being joined
    for one in marked:
        command = _COMMAND.match(one.comment)
        name = command["name"] if command else ""
        one = replace(one, comment=one.comment[command.end() :].strip()) if command else one
        if name.startswith("c") and int(name[1:]) > 1 and out and parts == int(name[1:]) - 1:
            before = out[-1]
            comment = "\n\n".join(filter(None, (before.comment, one.comment)))
            out[-1] = replace(before, quote=f"{before.quote}\n\n{one.quote}", comment=comment)
            parts += 1
            continue
        parts = 1 if name == "c1" else 0
        out.append(one)
    return out


def _number(place: object) -> float:
    found = re.match(r"\d+", str(place or ""))
    return float(found[0]) if found else float("inf")


IMPORTER = Importer(
    name="readwise",
    version="1",
    what="Readwise highlights (its CSV, or the JSON of its export API)",
    recognised_by="the columns of its CSV, or its JSON",
    gives="a work each text that was highlighted",
    keeps="highlights with place, colour, day and tags, your notes, joined pieces (`.c1`)",
    loses="highlights you discarded, commands in notes",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("highlights.csv", "highlights.json"),
    precedence=24,
)
