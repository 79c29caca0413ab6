"""What front matter values mean: tags, aliases, dates, authors and titles, however a person spelled them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from kb.model.document import Author
from kb.model.reading import state_of
from kb.model.words import ReadingState
from kb.text import dates
from kb.text.person_names import AND, as_said
from kb.text.strings import unique
from notes.markdown.front_matter import Metadata, Value

_NOTHING = frozenset({"", "~", "null", "none", "[]"})
_WIKILINK = re.compile(r"\[\[([^\[\]|#]+)(?:#[^\[\]|]*)?(?:\\?\|{1,2}([^\[\]]+))?\]\]")
_BETWEEN = str.maketrans("", "", " \t_-.:()")
_COMMA = re.compile(r",(?![^\[\]]*\]\])")  # not within [[a, b]]

_ADDRESS = re.compile(
    r"(?:<|\[\[|\[[^\[\]]*\]\()?(https?://(?=[^\W_])[^\s<>()\[\]|]+(?:\([^\s()]*\)[^\s<>()\[\]|]*)*)", re.I
)
_BY = re.compile(r"^\s*by[:\s]\s*(?=\w)", re.I)
_PAGE = re.compile(r"\s*(?:- )?\w[\w -]{0,40}::[^\n]*(?:\n[ \t]*\w[\w -]{0,40}::[^\n]*)*")

DATE_KEYS = (
    "date", "published", "datepublished", "publishedat", "publishedon", "publisheddate", "publishedtime", "pubdate",
    "publishdate", "publicationdate", "articlepublishedtime", "dateofpublication", "posted", "postedat", "postedon",
    "dateposted", "issued", "dcdate", "datecreated", "created", "createdat", "createdon", "createddate",
    "createdtime", "creationdate", "creationtime", "timecreated", "datetime", "timestamp", "dateadded", "year",
)  # fmt: skip
"""Keys of a date, as `squeezed`, the publication before the making of the note; when it was changed is neither."""

READING_KEYS = ("reading", "reading_status", "read_status", "readstatus", "reading-status", "read-status")
AUTHOR_KEYS = (
    "author", "authors", "by", "byline", "creator", "creators", "writer", "writers", "writtenby", "authorname",
    "authornames", "dccreator",
)  # fmt: skip
URL_KEYS = (
    "originalurl", "canonicalurl", "canonical", "canonicallink", "sourceurl", "url", "source", "link", "href",
    "pageurl", "lwpageurl", "originallink", "weburl", "website", "uri", "permalink",
)  # fmt: skip
"""Keys of the address where a text is or was, the surest first."""


def squeezed(key: str) -> str:
    """A key in small letters without the signs between its words: `Date-Published`, `date published`, `datePublished`
    and `date_published` are one."""
    return key.lower().translate(_BETWEEN)


def field(metadata: Metadata, *names: str) -> Value:
    """The first value under one of these keys that says something, however the key is written; else ""."""
    return next((value for _, value in fields(metadata, names)), "")


def fields(metadata: Metadata, names: Iterable[str]) -> Iterator[tuple[str, Value]]:
    """The keys of these, in their order, that say something, and what."""
    written = {squeezed(key): value for key, value in reversed(metadata.items())}
    for name in names:
        value = written.get(squeezed(name))
        if value and not (isinstance(value, str) and value.strip().lower() in _NOTHING):
            yield name, value


def scalar(value: Value) -> str:
    """A value as one line of text: the first of a list, nothing for a mapping."""
    if isinstance(value, list):
        return scalar(value[0]) if value else ""
    return " ".join(value.split()) if isinstance(value, str) else ""


def tags(value: Value) -> tuple[str, ...]:
    """Tags from a list, or from a string with commas or blanks between them; without "#", each once."""
    found = []
    for entry in _strings(value):
        parts = _COMMA.split(entry) if isinstance(value, list) or "," in entry else entry.split()
        found += [_bare(part).strip().lstrip("#").strip("/") for part in parts]
    return unique(found)


def aliases(metadata: Metadata) -> tuple[str, ...]:
    """The other names of a note, from `aliases` or `alias`: a list, or a string with commas between them."""
    found: list[str] = []
    for name in ("aliases", "alias"):
        value = field(metadata, name)
        for entry in _strings(value):
            found += [entry] if isinstance(value, list) else _COMMA.split(entry)
    return unique(_bare(name).strip() for name in found)


def page_names(text: str, body_start: int) -> tuple[str, ...]:
    """Other names that a page of Logseq gives itself, in the properties with which it begins (`alias:: a, b`)."""
    found: list[str] = []
    page = _PAGE.match(text, body_start)
    for line in page[0].splitlines() if page else ():
        key, _, value = line.removeprefix("- ").partition("::")
        if key.strip().lower() in {"alias", "title"}:
            found += _COMMA.split(value) if key.strip().lower() == "alias" else [value]
    return unique(_bare(name).strip() for name in found)


def addresses(metadata: Metadata) -> tuple[str, ...]:
    """Where a site that is made of the note has it: its permalink, slug or path, and old ones that lead there."""
    found: list[str] = []
    for key in ("permalink", "slug", "path", "redirect_from"):
        found += _strings(field(metadata, key))
    found += [address for address in _strings(field(metadata, "url")) if address.startswith("/")]
    return unique(urlsplit(address).path if "://" in address else address for address in found)


def authors(metadata: Metadata) -> tuple[Author, ...]:
    """The authors, from a list of a name each, a string with separators, or mappings with a `name`."""
    names: list[str] = []
    for _, value in fields(metadata, AUTHOR_KEYS):
        for entry in (_BY.sub("", entry, count=1) for entry in _strings(value)):
            names += _names(entry) if isinstance(value, str) or "[[" in entry else map(as_said, entry.split(";"))
    return tuple(Author(name) for name in unique(names))


def _names(entry: str) -> list[str]:
    parts = [part for chunk in entry.split(";") for part in AND.split(chunk)]
    found: list[str] = []
    for part in parts:
        pieces = [_bare(piece).strip() for piece in _COMMA.split(part)]
        # "Doe, Jane" is one person, "Jane Doe, John Roe" are two
        said = as_said(", ".join(pieces))
        several = "[[" in part or all(" " in piece for piece in pieces) or (len(pieces) != 2 and "," in said)
        found += map(as_said, pieces) if several else [said]
    return found


def published(metadata: Metadata) -> str | None:
    """The date of a note as ISO 8601, from the first of `DATE_KEYS` that holds one."""
    for _, value in fields(metadata, DATE_KEYS):
        said = scalar(value)
        # a link to the page of a day may show something else
        if day := dates.read(_bare(said)) or dates.read(_WIKILINK.sub(lambda link: link[1], said)):
            return day
    return None


def address(metadata: Metadata) -> str | None:
    """The address of the web where the text of a note is or was, from the first of `URL_KEYS` that has one."""
    for _, value in fields(metadata, URL_KEYS):
        if found := _ADDRESS.match(scalar(value)):
            return found[1]
    return None


def reading(metadata: Metadata) -> ReadingState | None:
    """How far the reader is with what the note is about: under a key for that, or under `status` in plain words."""
    for key in READING_KEYS:
        if found := state_of(scalar(field(metadata, key))):
            return found
    return state_of(scalar(field(metadata, "status")), only_plain=True)


def _strings(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip().lower() not in _NOTHING:
            yield value
    elif isinstance(value, dict):
        yield from _strings(value.get("name") or _full_name(value))
    else:
        for entry in value:
            yield from _strings(entry)


def _full_name(person: Metadata) -> Value:
    """The name of somebody whose names have keys of their own."""
    given = field(person, "given", "first", "firstname", "givenname", "givennames")
    family = field(person, "family", "last", "lastname", "surname", "familyname")
    return " ".join(filter(None, (scalar(given), scalar(family)))) or scalar(field(person, "literal"))


def _bare(value: str) -> str:
    """Wikilinks by what they show."""
    return _WIKILINK.sub(lambda link: link.group(2) or link.group(1), value)
