"""Reading lists: Pocket (CSV and the older HTML), Instapaper and Raindrop (CSV), Omnivore (JSON and its highlights)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from importers.base import Importer, Input
from importers.exports.fields import kind_of, people, tags, work_of
from importers.exports.parsing import Row, header, json_rows, labels, loads, objects, read_csv
from importers.exports.works import Record, to_documents
from importers.file_names import without_extension
from importers.highlights import Highlight
from kb.model.document import Document
from kb.model.reading import ReadingMark, state_of
from kb.model.words import ReadingState
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown import structure

_LOOK = 20_000  # characters that tell
_OMNIVORE_MARK = re.compile(
    r"[ \t]*\[(?:⤴️?\s*|)\]?\(?https://omnivore\.app/me/(?P<slug>[\w.~%-]+)#[^\s)]*\)?[ \t]*(?P<tags>(?:#\S+[ \t]*)*)$"
)


def sniff(source: Input) -> float:
    """How sure it is: the columns of a list, or the names that only Omnivore or Pocket have."""
    text = source.text.lstrip()
    if text.startswith(("[", "{")):
        return 0.95 if '"savedAt"' in text[:_LOOK] and '"readingProgress"' in text[:_LOOK] else 0.0
    if text.startswith("<"):
        return 0.95 if "<title>Pocket Export</title>" in text[:_LOOK] or "time_added=" in text[:_LOOK] else 0.0
    if text.startswith(">") and any(_OMNIVORE_MARK.search(line) for line in text[:_LOOK].split("\n")):
        return 0.9
    return 0.97 if _table(header(text)) else 0.0


def read(source: Input) -> list[Document]:
    """Each text on the list, with a note where something was marked in it.

    Raises:
        KbError: the file is broken, or holds no address.
    """
    text = source.text.lstrip()
    if text.startswith(("[", "{")):
        records = [_omnivore(item) for item in json_rows(source)]
        return to_documents(records, source, IMPORTER.name)
    if text.startswith("<"):
        return to_documents(_pocket_html(source.text), source, IMPORTER.name)
    of_row = _table(header(text))
    if of_row is None:
        return to_documents([_omnivore_highlights(source)], source, IMPORTER.name)
    rows, problems = read_csv(source)
    records = []
    for row in rows:
        record = of_row(row)
        if record.work.url is None:
            problems.append(f"line {row.line}: {row['url'][:60]!r} is no address of the web; left out")
        else:
            records.append(record)
    return to_documents(records, source, IMPORTER.name, problems)


def _table(columns: list[str]) -> Callable[[Row], Record] | None:
    """Which program's list has these columns."""
    named = set(columns)
    if named >= {"title", "url", "time_added", "status"}:
        return _pocket
    if named >= {"url", "title", "selection", "folder", "timestamp"}:
        return _instapaper
    if named >= {"title", "note", "excerpt", "url", "folder", "created"}:
        return _raindrop
    return None


def _pocket(row: Row) -> Record:
    state = state_of(row["status"])
    return _saved(
        row["url"], row["title"], tags(row["tags"], parting="|"), row["time_added"], _raw(row), state=state
    )  # fmt: skip


def _instapaper(row: Row) -> Record:
    folder = row["Folder"]
    state = {"unread": "to-read", "archive": "read"}.get(folder.lower())
    folders = () if state else ("starred",) if folder.lower() == "starred" else (folder,)
    return _saved(
        row["URL"],
        row["Title"],
        (*_json_list(row["Tags"]), *folders),
        row["Timestamp"],
        _raw(row),
        state=state_of(state),
        highlights=(Highlight(row["Selection"]),) if row["Selection"] else (),
    )


def _raindrop(row: Row) -> Record:
    folders = (part.strip() for part in re.split(r"\s/\s", row["folder"]) if part.strip() != "Unsorted")
    starred = ("starred",) if row["favorite"].lower() in ("true", "1") else ()
    return _saved(
        row["url"],
        row["title"],
        (*tags(row["tags"]), *folders, *starred),
        row["created"],
        _raw(row),
        highlights=_raindrop_highlights(row["highlights"]),
        notes=(row["note"],) if row["note"] else (),
        key=row["id"],
    )


def _raindrop_highlights(field: str) -> tuple[Highlight, ...]:
    """The highlights in a cell: a line "Highlight:…" each, with a line "Note:…" below."""
    found: list[Highlight] = []
    for part in re.split(r"(?m)^Highlight:", field)[1:]:
        quote, _, rest = part.partition("\nNote:")
        colour = re.search(r"(?m)^Color:\s*(\w+)\s*$", quote + "\n" + rest)
        quote, comment = (re.sub(r"(?m)^Color:\s*\w+\s*$", "", words).strip() for words in (quote, rest))
        if quote:
            found.append(Highlight(quote, comment, colour[1].lower() if colour else None))
    return tuple(found)


def _omnivore(item: dict[str, Any]) -> Record:
    state = str(item.get("state") or "").lower()
    progress = item.get("readingProgress")
    begun = isinstance(progress, int | float) and progress > 0
    reading: ReadingState | None = "to-read" if state in ("active", "succeeded") else None
    reading = "read" if state == "archived" else "reading" if begun else reading
    slug = str(item.get("slug") or "")
    return _saved(
        str(item.get("url") or item.get("originalArticleUrl") or ""),
        str(item.get("title") or ""),
        tuple(labels(item, "labels")),
        str(item.get("savedAt") or ""),
        json.dumps(item, ensure_ascii=False),
        state=reading,
        since=str(item.get("readAt") or ""),
        changed=str(item.get("updatedAt") or ""),
        author=str(item.get("author") or ""),
        published=str(item.get("publishedAt") or ""),
        highlights=tuple(
            Highlight(
                str(one.get("quote") or ""),
                str(one.get("annotation") or ""),
                str(one.get("color") or "").lower() or None,
                read_loosely(one.get("createdAt") or one.get("updatedAt")),
            )
            for one in objects(item, "highlights")
            if one.get("quote") or one.get("annotation")
        ),
        key=slug,
        # Its highlights lie in a file of their own that knows the text by this name only.
        aliases=(slug,) if slug else (),
    )


def _omnivore_highlights(source: Input) -> Record:
    """A file of highlights: block quotes that end with a link and tags, the comment below each."""
    slug = without_extension(source.name)
    found: list[Highlight] = []
    quote: list[str] = []
    comment: list[str] = []
    names: tuple[str, ...] = ()

    def close() -> None:
        if quote:
            found.append(Highlight("\n".join(quote), "\n".join(comment).strip(), tags=names))
        quote.clear()
        comment.clear()

    for line in source.text.strip().split("\n"):
        if not line.startswith(">"):
            comment.append(line)
            continue
        if any(one.strip() for one in comment) or not quote:
            close()
        words = line[1:].strip()
        if mark := _OMNIVORE_MARK.search(words):
            slug, names = mark["slug"], tags(mark["tags"], parting="# ")
            words = words[: mark.start()]
        quote.append(words)
    close()
    title = re.sub(r"-[0-9a-f]{8,}$", "", slug).replace("-", " ")
    return Record(
        title.capitalize() or slug, "web", highlights=tuple(found), key=slug, name=slug, described=False,
        raw=source.text,
    )  # fmt: skip


class _PocketList(HTMLParser):
    """Links under the headings "Unread" and "Read Archive"."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.records: list[Record] = []
        self.heading = ""
        self.inside = ""
        self.link: dict[str, str] = {}
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h1", "a"):
            self.inside, self.words = tag, []
            self.link = {name: value or "" for name, value in attrs}

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != self.inside:
            return
        words = squash("".join(self.words))
        if tag == "h1":
            self.heading = words.lower()
        else:
            state: ReadingState | None = "read" if "read" in self.heading else None
            state = "to-read" if "unread" in self.heading else state
            added, raw = self.link.get("time_added", ""), json.dumps(self.link, ensure_ascii=False)
            listed = tags(self.link.get("tags", ""))
            self.records.append(_saved(self.link.get("href", ""), words, listed, added, raw, state=state))
        self.inside = ""


def _pocket_html(text: str) -> list[Record]:
    parser = _PocketList()
    parser.feed(text)
    parser.close()
    return [record for record in parser.records if record.work.url]


def _saved(
    url: str,
    title: str,
    names: tuple[str, ...],
    added: str,
    raw: str,
    *,
    state: ReadingState | None = None,
    since: str = "",
    changed: str = "",
    author: str = "",
    published: str = "",
    highlights: tuple[Highlight, ...] = (),
    notes: tuple[str, ...] = (),
    key: str = "",
    aliases: tuple[str, ...] = (),
) -> Record:
    work, saved = work_of([url]), read_loosely(added)
    since = read_loosely(since) or "" if state == "read" else saved or ""
    return Record(
        title="" if title.startswith(("http://", "https://")) else title,
        kind=kind_of(work, "webpage"),
        work=work,
        authors=people(author),
        published=read_loosely(published),
        added=saved,
        tags=unique(names),
        reading=ReadingMark(state, since or None, read_loosely(changed)) if state else None,
        highlights=highlights,
        notes=notes,
        key=key or url,
        raw=raw,
        aliases=aliases,
    )


def _json_list(cell: str) -> tuple[str, ...]:
    """A cell that holds a JSON list; else words parted by commas."""
    try:
        value = loads(cell) if cell.startswith("[") else None
    except (ValueError, RecursionError):
        value = None
    return tuple(str(one) for one in value) if isinstance(value, list) else tags(cell)


def _raw(row: Row) -> str:
    return json.dumps(row.fields, ensure_ascii=False)


IMPORTER = Importer(
    name="readlater",
    version="2",
    what="a reading list: Pocket, Instapaper, Raindrop, Omnivore",
    recognised_by="the columns or names of Pocket, Instapaper, Raindrop or Omnivore",
    gives="a work each entry",
    keeps="title, tags and folders, how far you read, highlights and notes",
    loses="the text itself, addresses that are none of the web",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("pocket.csv", "instapaper.csv", "raindrop.csv"),
    precedence=27,
)
