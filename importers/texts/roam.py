"""An export of Roam (JSON): a note a page, its blocks as an outline, what refers to a block or page led there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from importers.assemble import of_note
from importers.base import Importer, Input
from importers.documents.made import left_out
from importers.exports.parsing import json_rows
from importers.file_names import without_extension
from importers.texts.front_matter import front_matter
from importers.texts.roam_text import BLOCK, Graph, children_of, outline, plain_title
from kb.errors import KbError
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.strings import fold, squash
from notes.markdown.meta import read_note
from notes.markdown.structure import structure

_FORM = re.compile(r'\s*\[\s*\{[^{}\[\]]{0,2000}"(?:title|children|uid|create-time|edit-time)"\s*:')
_ATTRIBUTE = re.compile(r"(?P<key>[^\W\d][\w ./-]{0,40})::\s*(?P<value>\S.*)", re.S)
_DAY = re.compile(r"[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th), \d{4}")
_LISTS = {"tags", "tag", "alias", "aliases"}


def sniff(source: Input) -> float:
    """By pages with a title, and blocks with their words and ids below them."""
    if not _FORM.match(source.text[:4000]) or '"title"' not in source.text:
        return 0.0
    if '"string"' not in source.text or '"uid"' not in source.text:
        return 0.0
    try:
        return 0.95 if _pages(source) else 0.0
    except KbError:
        return 0.9


def read(source: Input) -> list[Document]:
    """A note a page that has blocks.

    Raises:
        KbError: it is no JSON, or has no page.
    """
    pages = _pages(source)
    if not pages:
        raise KbError(f"{source.called} has no page of Roam in it", "export the graph again: Export All, format JSON")
    graph = Graph()
    for page in pages:
        _place(children_of(page), plain_title(str(page.get("title") or "")), graph)
    documents: list[Document] = []
    empty = 0
    for page in pages:
        if children_of(page):
            documents.append(_note(source, page, graph))
        else:
            empty += 1
    if documents and empty:
        told = f"left out: {empty:,} page{'s' if empty > 1 else ''} without blocks"
        documents[0] = replace(documents[0], problems=(*documents[0].problems, told))
    if not documents:
        raise KbError(f"{source.called} has only empty pages", "nothing to add")
    return documents


def _pages(source: Input) -> list[Mapping[str, object]]:
    return [one for one in json_rows(source) if isinstance(one.get("title"), str) and one["title"].strip()]


def _place(blocks: Sequence[Mapping[str, object]], title: str, graph: Graph) -> None:
    """Says of each block which page it stands on, and which blocks its words refer to."""
    open_ = list(blocks)
    while open_:
        block = open_.pop()
        if isinstance(uid := block.get("uid"), str):
            graph.pages[uid] = title
        graph.referred.update(BLOCK.findall(str(block.get("string") or "")))
        open_ += children_of(block)


def _note(source: Input, page: Mapping[str, object], graph: Graph) -> Document:
    left: Counter[str] = Counter()
    title = plain_title(str(page["title"]))
    blocks = children_of(page)
    head = [block for block in blocks if _attribute(block)]
    rest = [block for block in blocks if not _attribute(block) or block.get("uid") in graph.referred]
    text = "\n".join([*front_matter(_said(head)), outline(rest, graph, left)]).strip("\n") + "\n"
    note = read_note(text, title)
    day = read_loosely(title) if _DAY.fullmatch(title) else None
    document = of_note(source, IMPORTER.name, note, note.title or title, text, structure(text))
    return replace(
        document,
        original=json.dumps(page, ensure_ascii=False).encode(),
        external_ids={"roam": _id(source, page, title, day)},
        published=day or note.date or (read_loosely(page.get("create-time")) or "")[:10] or None,
        problems=(*document.problems, *left_out(left)),
    )


def _id(source: Input, page: Mapping[str, object], title: str, day: str | None) -> str:
    """What tells a page of this graph from others: its id, but for that of a day, which every graph has."""
    uid = page.get("uid")
    graph = fold(without_extension(source.name))
    return uid if isinstance(uid, str) and uid and not day else f"{graph}:{uid or fold(title)}"


def _attribute(block: Mapping[str, object]) -> re.Match[str] | None:
    """What a block of the page itself says of it: `Author:: …`, with nothing below."""
    return None if children_of(block) else _ATTRIBUTE.fullmatch(str(block.get("string") or "").strip())


def _said(blocks: Sequence[Mapping[str, object]]) -> dict[str, str | list[str]]:
    """What the attributes of a page say, lists apart; of two of one name the first counts."""
    said: dict[str, str | list[str]] = {}
    for block in blocks:
        if (found := _attribute(block)) is not None:
            key, value = found["key"].strip().casefold(), squash(found["value"])
            parts = re.split(r"[,\s](?![^\[]*\]\])", value) if key in _LISTS else []
            said.setdefault(key, [bare for part in parts if (bare := part.strip().strip("#[]"))] or value)
    return said


IMPORTER = Importer(
    name="roam",
    version="1",
    what="an export of Roam as JSON",
    recognised_by="a list of pages with `title`, and blocks with `string` and `uid` below them",
    gives="one a page that has blocks",
    keeps="blocks as an outline, headings, tasks, code, formulas, links and references to blocks and pages, attributes,"
    " days",
    loses="queries, buttons, what plug-ins draw, pages without blocks (counted)",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='[{"title": "Counting birds", "uid": "aBcD-1xYz", "create-time": 1654467952000, "children": [{"string":'
    ' "A count is a [[visit]].", "uid": "q1w2e3r4t"}]}]',
    precedence=20,
)
