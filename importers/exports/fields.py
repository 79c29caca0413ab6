"""Fields of exported records in one spelling: people, ids and addresses, kinds, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kb.model import identity
from kb.model.bibliography import DATE_FIELDS, FIELDS
from kb.model.document import Author
from kb.model.words import SourceKind
from kb.text.person_names import AND, as_said
from kb.text.strings import squash, unique

_ARXIV = re.compile(
    r"(?:\barxiv\s*:\s*|arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.)"
    rf"(?P<id>{identity.ARXIV})",
    re.I,
)
_DOI = re.compile(identity.DOI)
_PAPERS = {
    "article", "articlejournal", "journalarticle", "paperconference", "conferencepaper", "inproceedings", "conference",
    "proceedings", "incollection", "inbook", "book", "booksection", "booklet", "chapter", "report", "techreport",
    "thesis", "phdthesis", "mastersthesis", "preprint", "unpublished", "manuscript", "jour", "cpaper", "conf", "rprt",
    "chap", "thes", "unpb", "books", "magazinearticle", "mgzn", "jfull", "unpd", "edbook", "ebook", "monograph",
    "periodical", "reference", "patent", "standard", "newspaperarticle", "articlemagazine", "articlenewspaper",
}  # fmt: skip
_POSTS = {"blog", "blogpost", "postweblog", "post", "forumpost"}
_LINE = re.compile(r"\s*(?P<name>[A-Za-z][\w -]{1,30}?)\s*:\s*(?P<value>\S.*?)\s*")
_IN_NOTES = {name.lower() for name in (*FIELDS, *DATE_FIELDS)} - {"note", "annote", "abstract", "title", "keyword"}
_IN_NOTES |= {"type", "citation-key", "arxiv", "read_status", "read_status_date"}
"""Fields that a line of a note may give: what Zotero has no field for is written there."""


def field_in_note(line: str) -> tuple[str, str] | None:
    """The field that a line of a note is, by its name in small letters with hyphens; None for what a person wrote,
    who may begin with a word and a colon too."""
    found = _LINE.fullmatch(line)
    name = found["name"].lower().replace(" ", "-") if found else ""
    return (name, found["value"]) if found and name in _IN_NOTES else None


@dataclass(frozen=True, slots=True)
class Work:
    """Which work a record is about, as far as addresses and ids tell."""

    url: str | None = None
    external_ids: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """What identifies the work, strongest first; empty where nothing does."""
        return identity.Identity(url=self.url, external_ids=self.external_ids).keys


def work_of(urls: Iterable[str] = (), doi: str = "", arxiv: str = "", texts: Iterable[str] = ()) -> Work:
    """The work behind the addresses and ids of a record.

    `arxiv` is a bare id; `texts` are further fields in which an arXiv id may stand with its name ("arXiv:…").
    """
    found: list[identity.Identity] = []
    candidates = [squash(url) for url in urls]
    addresses = [known for url in candidates if (known := web_identity(url))]
    if paper := identity.of_arxiv(arxiv):
        found.append(paper)
    found += [known for known in addresses if known.external_ids]
    if (named := _DOI.search(doi)) and not any(known.external_ids.get("doi") for known in found):
        found.append(identity.of_doi(named[0].rstrip(".,;")))
    if not any("arxiv" in known.external_ids for known in found):
        for match in _ARXIV.finditer("\n".join((*candidates, doi, *texts))):
            if paper := identity.of_arxiv(match["id"]):
                found.append(paper)
                break
    ids: dict[str, str] = {}
    for known in found:
        for name, value in known.external_ids.items():
            ids.setdefault(name, value)
    if "arxiv_version" in ids and not any(known.external_ids.get("arxiv") == ids["arxiv"] for known in found[:1]):
        del ids["arxiv_version"]
    best = next((known.url for known in (*found, *addresses) if known.url), None)
    return Work(best, ids)


def web_identity(url: str) -> identity.Identity | None:
    """Who an address of the web is; None for anything else (files, `urn:`, broken addresses)."""
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        return identity.of_url(url)
    except ValueError:  # a bad port or bracket
        return None


def kind_of(work: Work, word: str = "") -> SourceKind:
    """What kind of source it is: by whose id it has, else by the word its export has for it."""
    if any(name.endswith("_post") for name in work.external_ids):
        return "comment"
    if work.external_ids.keys() & {"lesswrong", "eaforum", "progressforum"}:
        return "post"
    if work.external_ids.keys() & {"arxiv", "doi"}:
        return "paper"
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in _POSTS:
        return "post"
    return "paper" if plain in _PAPERS or not work.url else "web"


def person(family: str, given: str = "", particle: str = "", suffix: str = "") -> Author | None:
    """A person by the parts of the name, in the order in which it is said; None where there is nothing."""
    name = squash(" ".join((given, particle, family, suffix)))
    return Author(name) if name else None


def people(text: str) -> tuple[Author, ...]:
    """People written in one field: parted by "and", "&", ";" or, where every part is a full name, by commas."""
    parts = [part for chunk in squash(text).split(";") for part in AND.split(chunk)]
    if all(" " in part.strip() for part in ",".join(parts).split(",") if part.strip()):
        parts = [piece for part in parts for piece in part.split(",")]
    else:
        parts = [as_said(part) for part in parts]
    return tuple(Author(part) for part in dict.fromkeys(squash(part) for part in parts) if part)


def tags(*fields: str, parting: str = ",;") -> tuple[str, ...]:
    """Tags out of fields that hold several, each once, without `#`."""
    parts = (part for text in fields for part in re.split(f"[{re.escape(parting)}\n]", text))
    return unique(squash(part).lstrip("#") for part in parts)
