"""Hypothes.is: the JSON of its search, annotations with replies, gathered by page and person."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from importers.base import Importer, Input
from importers.exports.fields import kind_of, web_identity, work_of
from importers.exports.parsing import json_rows, listed, objects
from importers.exports.works import Record, to_documents
from importers.highlights import Highlight
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown import structure

Row = dict[str, Any]

_LOOK = 200_000  # characters that tell


def sniff(source: Input) -> float:
    """How sure it is: rows with a URI, and selectors or accounts as only Hypothes.is has them."""
    text = source.text.lstrip()[:_LOOK]
    if not text.startswith(("{", "[")) or '"uri"' not in text:
        return 0.0
    return 0.95 if '"TextQuoteSelector"' in text or '"acct:' in text else 0.0


def read(source: Input) -> list[Document]:
    """A note for each page and person with what was marked there; the page, where the export knows its title.

    Raises:
        KbError: not JSON, or no annotation of a page of the web.
    """
    rows = [row for row in json_rows(source, "rows", "annotations") if not row.get("hidden")]
    by_id = {str(row.get("id")): row for row in rows}
    replies: defaultdict[str, list[Row]] = defaultdict(list)
    pages: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    problems: list[str] = []
    for row in sorted(rows, key=lambda row: str(row.get("created") or "")):
        above = [str(one) for one in listed(row, "references")]
        root = next((one for one in above if one in by_id), None)
        if root is not None:
            replies[root].append(row)
            continue
        known = web_identity(str(row.get("uri") or ""))
        if known is None:
            problems.append(f"{row.get('id')}: annotates {str(row.get('uri'))[:60]!r}, no page of the web; left out")
            continue
        if above:
            problems.append(f"{row.get('id')}: replies to an annotation that is not in the file")
        pages[(known.keys or (str(known.url),))[0], _who(row)].append(row)
    records = [_record(who, listed, replies) for (_, who), listed in pages.items()]
    return to_documents(records, source, IMPORTER.name, problems)


def _record(who: str, rows: list[Row], replies: dict[str, list[Row]]) -> Record:
    work = work_of([str(rows[0].get("uri") or "")])
    title = next((found for row in rows if (found := _title(row))), "")
    marked = [one for row in sorted(rows, key=_position) if (one := _marked(row, replies))]
    return Record(
        title=title,
        kind=kind_of(work, "webpage"),
        work=work,
        highlights=tuple(marked),
        reader=who or None,
        key=str(rows[0].get("id") or ""),
        raw=json.dumps(rows, ensure_ascii=False),
        described=bool(title),
    )


def _title(row: Row) -> str:
    """The page's title; a file name or an address is none."""
    document = row.get("document")
    listed = document.get("title") if isinstance(document, dict) else None
    words = squash(str(listed[0])) if isinstance(listed, list) and listed else squash(str(listed or ""))
    return "" if " " not in words and ("." in words or "/" in words) else words


def _marked(row: Row, replies: dict[str, list[Row]]) -> Highlight | None:
    quote, comment = _selector(row, "TextQuoteSelector").get("exact", ""), str(row.get("text") or "")
    said = tuple((_who(one), str(one.get("text") or "")) for one in replies.get(str(row.get("id")), ()))
    if not (str(quote).strip() or comment.strip()):
        return None
    return Highlight(
        quote=str(quote),
        comment=comment,
        when=read_loosely(row.get("created")),
        tags=unique(str(tag) for tag in listed(row, "tags")),
        replies=said,
    )


def _position(row: Row) -> tuple[float, str]:
    start = _selector(row, "TextPositionSelector").get("start")
    return (float(start) if isinstance(start, int | float) else float("inf"), str(row.get("created") or ""))


def _selector(row: Row, kind: str) -> Row:
    for target in objects(row, "target"):
        for selector in objects(target, "selector"):
            if selector.get("type") == kind:
                return selector
    return {}


def _who(row: Row) -> str:
    info = row.get("user_info")
    shown = squash(str(info.get("display_name") or "")) if isinstance(info, dict) else ""
    return shown or str(row.get("user") or "").removeprefix("acct:").partition("@")[0]


IMPORTER = Importer(
    name="hypothesis",
    version="1",
    what="Hypothes.is annotations (the JSON of its search)",
    recognised_by="JSON rows with a `uri`, and selectors or accounts of Hypothes.is",
    gives="a note each page and person",
    keeps="quotes with page, tags and day, comments and replies of each person",
    loses="annotations of files on a disk",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("annotations.json",),
    precedence=25,
)
