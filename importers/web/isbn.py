"""Books by their ISBNs: title, authors and date, from Open Library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from importers.base import Failure
from importers.exports.parsing import listed
from importers.web import catalogue
from importers.web.base import Fetcher, Options
from importers.web.catalogue import words
from importers.web.errors import FetchError
from kb.errors import KbError, UsageError
from kb.model import identity, isbn
from kb.model.document import Document
from kb.model.json_form import JsonObject

if TYPE_CHECKING:
    from importers.web.client import Client

_HOST = "openlibrary.org"
_MOST_AUTHORS = 20  # each is a request
_HOPS = 3  # from a record to the one that took its place


def matches(target: str) -> bool:
    """Whether a target is an ISBN, or claims to be one or looks like one: so that the error can say what is wrong."""
    known = identity.of_target(target)
    if known is None:
        return isbn.is_labelled(target) or isbn.is_shaped(target)
    return "isbn" in known.external_ids


def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The book.

    Raises:
        KbError: no ISBN, an unknown one, or Open Library cannot be asked.
    """
    known = identity.of_target(target)
    number = known.external_ids.get("isbn") if known else None
    if number is None:
        raise _wrong(target)
    library = _Library(client, options)
    record = library.record(f"/isbn/{number}")
    if record is None or not words(record.get("title")):
        hint = "check the number, or add an entry of a bibliography (.bib, .ris) for the book"
        raise KbError(f"Open Library has no book with the ISBN {number}", hint)
    names, problems = library.authors(record)
    url = f"https://{_HOST}/isbn/{number}"
    yield catalogue.document(_item(record, number, names), IMPORTER.name, target, {"isbn": number}, url, problems)


class _Library:
    """Open Library, asked by one run."""

    def __init__(self, client: Client, options: Options) -> None:
        self._client = client
        self._base = options.endpoints.get(_HOST, f"https://{_HOST}")
        self._refresh = options.refresh

    def record(self, path: str) -> JsonObject | None:
        """The record at a path, or the one that took its place; None where there is none."""
        for _ in range(_HOPS):
            try:
                found = catalogue.asked(
                    self._client, f"{self._base}{path}.json", "application/json", refresh=self._refresh
                )
            except FetchError as error:
                if error.status == 404:
                    return None
                raise
            kind = _key(found.get("type"))
            if kind != "/type/redirect":
                return None if kind == "/type/delete" else found
            path = words(found.get("location"))
        return None

    def authors(self, edition: JsonObject) -> tuple[list[str], tuple[str, ...]]:
        """The names of who wrote a book, by its record or by that of the work it is an edition of; what was odd."""
        people = listed(edition, "authors")
        work = _key(next(iter(listed(edition, "works")), None))
        if not people and work and (whole := self.record(work)):
            people = listed(whole, "authors")
        written = [one["author"] if isinstance(one, dict) and "author" in one else one for one in people]
        keys = [key for one in written if (key := _key(one))]
        found = [self.record(key) for key in keys[:_MOST_AUTHORS]]
        names = [name for one in found if one and (name := words(one.get("name")) or words(one.get("personal_name")))]
        missing = len(dict.fromkeys(keys)) - len(names)
        odd = (f"{missing} of its authors left out: Open Library does not name them",) if missing > 0 else ()
        return names, odd


def _item(edition: JsonObject, number: str, names: list[str]) -> dict[str, object]:
    """The book in the terms of CSL."""
    title = " ".join(filter(None, (words(edition.get("title_prefix")), words(edition.get("title")))))
    item = {
        "type": "book",
        "title": ": ".join(filter(None, (title, words(edition.get("subtitle"))))),
        "author": [{"literal": name} for name in names],
        "issued": {"raw": words(edition.get("publish_date"))} if edition.get("publish_date") else None,
        "publisher": words(edition.get("publishers")),
        "publisher-place": words(edition.get("publish_places")),
        "edition": words(edition.get("edition_name")),
        "number-of-pages": words(edition.get("number_of_pages")),
        "ISBN": number,
    }
    return {name: value for name, value in item.items() if value}


def _wrong(target: str) -> KbError:
    typed = isbn.bare(target)
    if not isbn.is_shaped(target):
        return UsageError(f"{typed!r} is no ISBN", "one has 10 or 13 digits, such as 978-0-306-40615-7")
    digits = "".join(one for one in typed if one.isalnum()).upper()
    what = f"{typed} is no ISBN: its last digit would be {isbn.expected(digits)}, not {digits[-1]}"
    return UsageError(what if isbn.is_labelled(target) else f"no file {target}, and {what}", "check the number")


def _key(one: object) -> str:
    """The path of a record that another names: `{"key": "/authors/OL1A"}`, or the path itself."""
    named = one.get("key") if isinstance(one, dict) else one
    return named if isinstance(named, str) and named.startswith("/") else ""


FETCHER = Fetcher(
    name="isbn",
    what="books by ISBN, of 10 or 13 digits: 978-0-306-40615-7, isbn:0306406152",
    matches=matches,
    fetch=fetch,
    precedence=30,
)

IMPORTER = catalogue.importer("isbn", "a book as Open Library describes it", "by ISBN")
