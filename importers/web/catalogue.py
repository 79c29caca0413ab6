"""What a catalogue of works says of one: its record, in CSL terms, as a document with the abstract for its text.

`importers.exports.csl_json` reads the record, whoever gave it. The text is marked as a summary: it takes the place of
no other text of the work, and what a person's own list says of it stays.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from importers.assemble import whole
from importers.base import Importer, Input
from importers.documents.html.convert import to_markdown
from importers.exports import csl_json
from importers.titles import title_of
from importers.web.errors import FetchError, redacted
from kb.model.document import Document
from kb.model.json_form import JsonObject
from kb.text.json_values import json_value
from kb.text.repair import repair
from kb.text.strings import squash
from notes.markdown.structure import structure

if TYPE_CHECKING:
    from importers.web.client import Client
    from importers.web.response import Response

_JATS = {
    "title": "h3", "italic": "em", "bold": "strong", "list": "ul", "list-item": "li", "disp-quote": "blockquote",
    "ext-link": "span", "monospace": "code", "underline": "span", "sc": "span",
}  # fmt: skip
_TAG = re.compile(r"<(/?)(?:jats:)?([a-zA-Z][\w-]*)([^<>]*)>")
_MARKED = re.compile(
    r"</?(?:jats:[\w-]+|p|br|sec|title|italic|bold|i|b|em|strong|sub|sup|ul|ol|li|div|span|h\d)\b[^<>]*/?>", re.I
)
_ESCAPED = re.compile(r"&lt;/?(?:jats:)?\w")
_OWN_HEADING = re.compile(r"\A\s*(?:#{1,6} +)?\**(?:Abstract|Summary)\**[.:]?\**[ \t]*\n+", re.I)


def document(
    item: Mapping[str, object], importer: str, target: str, keys: Mapping[str, str], url: str,
    problems: tuple[str, ...], more: str = "",
) -> Document:  # fmt: skip
    """The work of a record as a document.

    Args:
        item: the record as CSL-JSON has it.
        importer: the name of the fetcher's own importer.
        target: as the person gave it.
        keys: what identifies the work, by the names of external ids; these go before what the record has.
        url: where it can be read about, unless the record's ids say so.
        problems: what is odd about it, a line each.
        more: Markdown behind the abstract: open copies, references.

    Raises:
        KbError: there is neither a title nor an address.
    """
    abstract = _text(str(item.get("abstract") or ""))
    told = {name: value for name, value in _plain(item).items() if name not in {"note", "keyword", "id"}}
    told["abstract"] = abstract
    if not told.get("DOI"):
        told["URL"] = told.get("URL") or url
    record = json.dumps([told], ensure_ascii=False)
    found = csl_json.read(Input(record, importer, target))[0]
    ids = {name: value for name, value in found.external_ids.items() if name != "named"}
    text = repair("\n\n".join(filter(None, (f"## Abstract\n\n{abstract}" if abstract else "", more))))
    blocks, references = structure(text)
    return replace(
        found,
        kind="paper",
        title=repair(found.title),
        text=text,
        blocks=blocks,
        references=references,
        external_ids={**ids, **keys},
        url=found.url or url,
        tags=(),
        original=json.dumps(item, ensure_ascii=False).encode(),
        importer=importer,
        target=target,
        citekey=None,  # that of a catalogue was not made to cite with
        summary=True,
        problems=problems,
    )


def asked(client: Client, url: str, accept: str, *, refresh: bool) -> JsonObject:
    """The JSON object at an address; of a list the first. What is cut off is not kept.

    Raises:
        FetchError: it cannot be had, or is none.
    """
    answer = client.get(url, accept=accept, max_age=0 if refresh else None, keep=lambda one: _object(one) is not None)
    found = _object(answer)
    if found is None:
        what = f"{redacted(answer.url)} did not answer with a record, or with half of one"
        raise FetchError(what, "run it again later", url=redacted(answer.url))
    return found


def _object(answer: Response) -> JsonObject | None:
    try:
        value = json_value(answer.body)
    except (ValueError, RecursionError):
        return None
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else None


def words(value: object) -> str:
    """A text of a record, of several the first; "" for anything else."""
    value = value[0] if isinstance(value, list) and value else value
    return squash(value) if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def importer(name: str, what: str, recognised_by: str) -> Importer:
    """The importer of a fetcher's documents, which cuts their texts again; files it never takes by itself."""

    def read(source: Input) -> list[Document]:
        found = title_of(source, source.text)
        return [whole(source, name, "paper", found, source.text, structure(source.text))]

    return Importer(
        name=name,
        version="1",
        what=what,
        recognised_by=f"{recognised_by} only ([importing](importing.md))",
        gives="a paper",
        keeps="what styles cite, abstract, identifiers; works it cites and open copies where the catalogue tells them",
        loses="the text itself, unless an open copy is read (ACL Anthology)",
        sniff=lambda _: 0.0,
        read=read,
        structure=structure,
        precedence=35,
    )


def _plain(item: Mapping[str, object]) -> dict[str, Any]:
    """The record with lists of one word as that word, and organisations named as CSL names them."""
    told: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            told[name] = value[0]
        elif name in {"author", "editor", "translator"} and isinstance(value, list):
            told[name] = [_person(one) for one in value if isinstance(one, dict)]
        else:
            told[name] = value
    return told


def _person(one: Mapping[str, object]) -> Mapping[str, object]:
    named = one.get("name")
    return {"literal": named} if named and not one.get("family") and not one.get("literal") else one


def _text(abstract: str) -> str:
    """An abstract as Markdown: registries have it plain, as HTML, as the XML of journals, or escaped twice."""
    if _ESCAPED.search(abstract):
        abstract = html.unescape(abstract)
    if _MARKED.search(abstract):
        shown = _TAG.sub(lambda tag: f"<{tag[1]}{_JATS.get(tag[2].lower(), tag[2])}{tag[3]}>", abstract)
        found = to_markdown(f"<div>{shown}</div>")
    else:
        paragraphs = re.split(r"\n\s*\n", html.unescape(abstract))
        found = "\n\n".join(filter(None, map(squash, paragraphs)))
    return _OWN_HEADING.sub("", found.strip() + "\n").strip()
