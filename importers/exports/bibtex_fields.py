"""The fields of an entry of BibTeX with what is twice there, and with what it takes over from other entries."""

from __future__ import annotations

import re
from collections.abc import Mapping

from importers.exports.bibtex_block import said
from importers.exports.bibtex_entries import Entry
from kb.text.strings import clip, squash

_JOINED = {
    "author": " and ", "editor": " and ", "translator": " and ", "keywords": "; ", "keyword": "; ", "note": "\n\n",
    "annote": "\n\n", "annotation": "\n\n", "abstract": "\n\n",
}  # fmt: skip
"""Fields of which a second one says more, with what parts them; of others the first counts."""

_NOT_INHERITED = {
    "crossref", "xref", "xdata", "ids", "entryset", "entrysubtype", "execute", "options", "keywords", "keyword",
    "shorttitle", "label", "file", "sortkey", "presort", "related", "abstract", "annote", "annotation", "readstatus",
    "type", "timestamp", "owner", "groups",
    # They say which work it is: every chapter would be the book.
    "doi", "url", "urldate", "eprint", "eprinttype", "archiveprefix", "eprintclass", "pmid", "pmcid", "howpublished",
}  # fmt: skip
_ABOVE = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_ABOVE_ARTICLE = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_ABOVE_VOLUMES = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_VOLUMES = ("mvbook", "mvcollection", "mvproceedings", "mvreference")
_WHOLES = ("book", "collection", "proceedings", "reference")
_DEEP = 5  # entries above entries

Above = dict[str, tuple[str, dict[str, str]]]
"""The kind and the fields of every entry by its key in small letters."""


def fields_of(entry: Entry, strings: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The fields of an entry by their names in small letters, as LaTeX, and what was odd about it."""
    found: dict[str, str] = {}
    odd = list(entry.odd)
    for one in entry.fields:
        value = said(one.pieces, strings)
        before = found.get(one.name, "")
        if not before.strip() or squash(before) == squash(value):
            found[one.name] = before if before.strip() else value
        elif not value.strip() or squash(value) in squash(before):
            continue
        elif one.name in _JOINED:
            found[one.name] = before + _JOINED[one.name] + value
        else:
            odd.append(f"line {one.line}: {one.name!r} is there twice, {clip(squash(value), 40)!r} is left out")
    return found, odd


def lenders(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The keys, in small letters, of the entries from which one takes fields over."""
    names = [fields.get("crossref", ""), *fields.get("xdata", "").split(","), *fields.get("entryset", "").split(",")]
    return tuple(name.strip().lower() for name in names if name.strip())


def completed(entry: str, fields: dict[str, str], above: Above, depth: int = 0) -> tuple[dict[str, str], list[str]]:
    """The fields of an entry of this kind with those that it takes over, and the keys it names that are not there."""
    missing: list[str] = []
    taken = dict(fields)
    for key in (part.strip() for part in fields.get("xdata", "").split(",")):
        if not key or depth >= _DEEP:
            continue
        if (data := above.get(key.lower())) is None:
            missing.append(key)
        else:
            lent = completed(data[0], data[1], above, depth + 1)[0]
            taken = {**{name: value for name, value in lent.items() if name != "xdata"}, **taken}
    key = fields.get("crossref", "").strip()
    if key and depth < _DEEP:
        if (parent := above.get(key.lower())) is None:
            missing.append(key)
        elif parent[1] is not fields:
            lent = completed(parent[0], parent[1], above, depth + 1)[0]
            taken = inherited(taken, entry, lent, parent[0])
    return taken, missing


def inherited(fields: Mapping[str, str], entry: str, above: Mapping[str, str], above_entry: str) -> dict[str, str]:
    """The fields of an entry with those that it takes over from the one that `crossref` names, as BibLaTeX does."""
    taken = {name: value for name, value in above.items() if name not in _NOT_INHERITED}
    if above_entry != entry:
        volumes = above_entry in _VOLUMES and entry in (*_WHOLES, *_VOLUMES)
        for own, theirs in (_ABOVE_VOLUMES if volumes else _ABOVE_ARTICLE if entry == "article" else _ABOVE).items():
            if own in taken:
                taken[theirs] = taken.get(theirs) or taken[own]
                del taken[own]
        if entry == "article" and "journal" in fields:
            taken.pop("journaltitle", None)
        if "author" in taken and above_entry in ("book", "mvbook") and entry not in _WHOLES:
            taken.setdefault("bookauthor", taken["author"])
        elif above_entry not in ("book", "mvbook"):
            taken.pop("author", None)
    # Of one work one date: BibTeX's year and BibLaTeX's date say the same thing.
    if fields.get("date", "").strip() or re.search(r"\d{4}", fields.get("year", "")):
        taken = {name: value for name, value in taken.items() if name not in ("date", "year", "month", "day")}
    return {**taken, **{name: value for name, value in fields.items() if value.strip() or name not in taken}}
