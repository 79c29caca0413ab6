"""Zotero's own JSON: Better BibTeX JSON and the items of its API, with annotations and notes.

Items come flat (the API: works, attachments, annotations and notes, each with its parent's key) or nested (Better
BibTeX). Both are made flat here. An annotation whose work is not in the file gives a note that links to its
attachment; the work, when it comes, answers to that name.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from importers.base import Importer, Input
from importers.exports.fields import field_in_note, kind_of, person, work_of
from importers.exports.parsing import json_rows, labels, listed, objects, read_json
from importers.exports.works import Record, to_documents
from importers.exports.zotero_facts import facts
from importers.highlights import Highlight
from kb.model.document import Author, Document
from kb.model.reading import ReadingMark, state_of
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown import structure

Item = dict[str, Any]

_LOOK = 200_000  # characters that tell
_COLOURS = {
    "#ffd400": "yellow", "#ff6666": "red", "#5fb236": "green", "#2ea8e5": "blue", "#a28ae5": "purple",
    "#e56eee": "magenta", "#f19837": "orange", "#aaaaaa": "gray",
}  # fmt: skip
_CHILDREN = {"attachment", "annotation", "note"}
_MARKED = re.compile(
    r'<span class="highlight"(?P<data>[^>]*)>(?P<quote>.*?)</span>'
    r'(?:\s*(?P<cite><span class="citation".*?</span>\s*\)?\s*</span>))?'
    r'(?P<comment>.*?)(?=</p>|<span class="highlight"|\Z)',
    re.S,
)
_PAGE = re.compile(r"\bpp?\.\s*([\w–-]+)")
_TAG = re.compile(r"<[^<>]+>")


def sniff(source: Input) -> float:
    """How sure it is: the label of Better BibTeX JSON, or items with Zotero's types."""
    text = source.text.lstrip()[:_LOOK]
    if not text.startswith(("{", "[")):
        return 0.0
    if re.search(r'"label"\s*:\s*"BetterBibTeX JSON"', text):
        return 0.98
    known = re.search(r'"itemType"\s*:', text) and re.search(r'"(?:key|itemKey|parentItem|dateAdded)"\s*:', text)
    return 0.95 if known else 0.0


def read(source: Input) -> list[Document]:
    """Each work, and a note with what was marked in it.

    Raises:
        KbError: not JSON, or nothing in it that Zotero calls an item.
    """
    items = [item for one in json_rows(source, "items") for item in _flat(one.get("data", one))]
    folders = _collections(read_json(source))
    by_key = {key: item for item in items if (key := _key(item))}
    marked: defaultdict[str, list[Item]] = defaultdict(list)
    remarks: defaultdict[str, list[Item]] = defaultdict(list)
    names: defaultdict[str, list[str]] = defaultdict(list)  # of the attachments of a work
    problems = []
    for item in items:
        kind, above = str(item.get("itemType")), str(item.get("parentItem") or "")
        if kind == "annotation":
            marked[_root(above, by_key)].append(item)
        elif kind == "note":
            remarks[_root(above, by_key) if above else _key(item)].append(item)
        elif kind == "attachment" and above and _key(item):
            names[_root(above, by_key)].append(_key(item))
    records = []
    for item in items:
        key = _key(item)
        kind = str(item.get("itemType"))
        if kind in _CHILDREN and (item.get("parentItem") or kind != "attachment"):
            continue
        record = _record(item, folders.get(str(item.get("itemID")), ()) or folders.get(key, ()), tuple(names[key]))
        records.append(_with(record, marked.pop(key, []), remarks.pop(key, [])))
    for key in dict.fromkeys((*marked, *remarks)):
        lone = Record(f"Zotero {key}", "web", key=key, described=False, name=key, raw=_dump(marked[key] + remarks[key]))
        lone = _with(lone, marked[key], remarks[key])
        if lone.highlights or lone.notes:
            problems.append(f"the work of {key} is not in the file: its highlights are linked when it is added")
            records.append(lone)
    return to_documents(records, source, IMPORTER.name, problems)


def _flat(item: Any, parent: str = "") -> Iterator[Item]:
    """An item, and what is nested in it with its parent's key."""
    if isinstance(item, str):
        item = {"itemType": "note", "note": item}
    if not isinstance(item, dict):
        return
    own = item if not parent or item.get("parentItem") else {**item, "parentItem": parent}
    yield own
    for name, kind in (("attachments", "attachment"), ("notes", "note"), ("annotations", "annotation")):
        for child in listed(item, name):
            child = {"note": child} if isinstance(child, str) else child
            if isinstance(child, dict):
                yield from _flat({"itemType": kind, **child}, _key(item) or parent or "?")


def _key(item: Item) -> str:
    return str(item.get("itemKey") or item.get("key") or "")


def _root(key: str, by_key: dict[str, Item]) -> str:
    """The key of the work that something hangs under; the outermost parent that is named, where it is absent."""
    for _ in range(5):
        above = by_key.get(key, {}).get("parentItem")
        if not above:
            break
        key = str(above)
    return key


def _collections(value: Any) -> dict[str, tuple[str, ...]]:
    """Names of the folders that an item is in, by its number or key."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    folders = value.get("collections") if isinstance(value, dict) else None
    for folder in folders.values() if isinstance(folders, dict) else ():
        if isinstance(folder, dict) and folder.get("name"):
            for item in listed(folder, "items"):
                found[str(item)].append(str(folder["name"]))
    return {item: tuple(names) for item, names in found.items()}


def _record(item: Item, folders: tuple[str, ...], attachments: tuple[str, ...]) -> Record:
    def words(*names: str) -> str:
        return next((squash(str(item[name])) for name in names if item.get(name)), "")

    extra = str(item.get("extra") or "")
    lines = dict(filter(None, map(field_in_note, extra.split("\n"))))
    texts = [extra, words("archiveID"), words("archiveLocation"), words("reportNumber"), words("publicationTitle")]
    work = work_of([words("url")], doi=words("DOI") or lines.get("doi", ""), texts=texts)
    state = state_of(lines.get("read_status"))
    creators = objects(item, "creators")
    authors = [one for one in creators if one.get("creatorType") in ("author", None)] or creators
    return Record(
        title=squash(_TAG.sub("", words("title", "subject", "caseName", "nameOfAct"))) or words("url"),
        kind=kind_of(work, words("itemType")),
        work=work,
        authors=tuple(author for one in authors if (author := _person(one))),
        published=read_loosely(words("date")),
        added=read_loosely(words("dateAdded")),
        tags=unique((*labels(item, "tags"), *folders)),
        citekey=words("citationKey", "citekey") or lines.get("citation-key"),
        aliases=attachments,
        abstract=str(item.get("abstractNote") or "") if re.search(r"\w", str(item.get("abstractNote") or "")) else "",
        bibliography=facts(item, creators, lines),
        key=_key(item),
        raw=_dump(item),
        # How the plugin Zotero Reading List writes it.
        reading=ReadingMark(state, read_loosely(lines.get("read_status_date"))) if state else None,
    )


def _person(one: Item) -> Author | None:
    if one.get("name"):
        return person(str(one["name"]))
    return person(str(one.get("lastName") or ""), str(one.get("firstName") or ""))


def _with(record: Record, marked: list[Item], remarks: list[Item]) -> Record:
    """The record with annotations in the order of the pages and with notes."""
    from dataclasses import replace

    ordered = sorted(marked, key=lambda one: str(one.get("annotationSortIndex") or "~"))
    highlights = [found for one in ordered if (found := _annotation(one))]
    known = {str(_key(one)) for one in marked}
    notes: list[str] = []
    for remark in remarks:
        inside, rest = _of_note(str(remark.get("note") or ""), known)
        highlights += inside
        notes += [rest] if rest else []
    silent = len(marked) - len([one for one in ordered if _annotation(one)])
    odd = (f"{record.key}: {silent} pictures or drawings without words are left out",) if silent else ()
    return replace(
        record, highlights=tuple(highlights), notes=(*record.notes, *notes), problems=(*record.problems, *odd)
    )


def _annotation(one: Item) -> Highlight | None:
    quote, comment = str(one.get("annotationText") or ""), str(one.get("annotationComment") or "")
    if not (quote.strip() or comment.strip()):
        return None
    page = squash(str(one.get("annotationPageLabel") or ""))
    return Highlight(
        quote=quote,
        comment=_TAG.sub("", comment),
        colour=_COLOURS.get(str(one.get("annotationColor") or "").lower()),
        when=read_loosely(one.get("dateAdded")),
        place=f"p. {page}" if page else None,
        tags=unique(labels(one, "tags")),
    )


def _of_note(text: str, known: set[str]) -> tuple[list[Highlight], str]:
    """The highlights that a note quotes, without those that came as annotations, and the rest as Markdown."""
    found: list[Highlight] = []

    def take(match: re.Match[str]) -> str:
        key = re.search(r'"(?:annotationKey|key)"\s*:\s*"(\w+)"', unquote(html.unescape(match["data"])))
        if not (key and key[1] in known):
            page = _PAGE.search(_plain(match["cite"] or ""))
            quote = re.sub(r"^[“\"](.*)[”\"]$", r"\1", _plain(match["quote"]), flags=re.S)
            found.append(Highlight(quote, _plain(match["comment"]), place=f"p. {page[1]}" if page else None))
        return ""

    from importers.documents.html.convert import to_markdown

    rest = _MARKED.sub(take, text)
    if found or rest != text:
        # Zotero's own heading over extracted annotations, with the time of the extraction.
        rest = re.sub(r"<h1>\s*Annotations\b.*?</h1>", "", rest, flags=re.S)
    return found, to_markdown(rest).strip() if _plain(rest) else ""


def _plain(markup: str) -> str:
    return squash(html.unescape(_TAG.sub("", markup)))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


IMPORTER = Importer(
    name="zotero",
    version="2",
    what="Zotero's JSON with annotations and notes (Better BibTeX JSON, items of the API)",
    recognised_by="the label of Better BibTeX JSON, or items with Zotero's `itemType`",
    gives="a work each item",
    keeps="what styles cite, collections and tags, notes, highlights with page, colour and your comments",
    loses="attached files, pictures and drawings without words",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("zotero.json",),
    precedence=23,
)
