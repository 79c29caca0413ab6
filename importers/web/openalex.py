"""Works by their OpenAlex ids: metadata, and the abstract put together again from OpenAlex's index of its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from importers.base import Failure
from importers.exports.fields import work_of
from importers.exports.parsing import held, listed
from importers.web import catalogue
from importers.web.base import Fetcher, Options
from importers.web.catalogue import words
from importers.web.errors import FetchError
from kb.errors import KbError, UsageError
from kb.model import identity
from kb.model.document import Document
from kb.model.json_form import JsonObject

if TYPE_CHECKING:
    from importers.web.client import Client

_HOST = "api.openalex.org"
_TYPES = {
    "article": "article-journal", "preprint": "article", "review": "article-journal", "letter": "article-journal",
    "editorial": "article-journal", "book": "book", "book-chapter": "chapter", "reference-entry": "entry-encyclopedia",
    "dissertation": "thesis", "dataset": "dataset", "report": "report", "standard": "standard",
}  # fmt: skip
_LONGEST = 50_000  # words of an abstract


def matches(target: str) -> bool:
    """Whether a target is the id of a work in OpenAlex, bare or as an address, or claims to be one."""
    known = identity.of_target(target)
    return target.lower().startswith("openalex:") if known is None else "openalex" in known.external_ids


def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The work with its metadata and abstract.

    Raises:
        KbError: no id of a work, an unknown one, or OpenAlex cannot be asked.
    """
    known = identity.of_target(target)
    if known is None or "openalex" not in known.external_ids:
        raise UsageError(f"{target!r} is no OpenAlex id of a work", "one looks like W2741809807")
    name = known.external_ids["openalex"]
    base = options.endpoints.get(_HOST, f"https://{_HOST}")
    try:
        record = catalogue.asked(client, f"{base}/works/{name}", "application/json", refresh=options.refresh)
    except FetchError as error:
        if error.status == 404:
            raise KbError(f"OpenAlex has no work {name}", "look it up at https://openalex.org") from error
        raise
    problems = ("retracted, says OpenAlex",) if record.get("is_retracted") is True else ()
    url = f"https://openalex.org/{name}"
    keys = {**_ids(record), "openalex": name}
    yield catalogue.document(_item(record), IMPORTER.name, target, keys, url, problems)


def _ids(record: JsonObject) -> dict[str, str]:
    """The DOI of a work, and its id at arXiv where one of the places that have it is arXiv."""
    locations = [one for one in listed(record, "locations") if isinstance(one, dict)]
    addresses = [words(one.get(name)) for one in locations for name in ("landing_page_url", "pdf_url")]
    ids = work_of(doi=words(record.get("doi")), texts=addresses).external_ids
    return {name: value for name, value in ids.items() if name != "arxiv_version"}


def _item(record: JsonObject) -> dict[str, object]:
    """The record in the terms of CSL."""
    place, numbers = held(record, "primary_location"), held(record, "biblio")
    source = held(place, "source")
    first, last = words(numbers.get("first_page")), words(numbers.get("last_page"))
    date = words(record.get("publication_date")) or words(record.get("publication_year"))
    item = {
        "type": _TYPES.get(words(record.get("type")), "document"),
        "title": words(record.get("display_name")) or words(record.get("title")),
        "author": [{"literal": name} for one in listed(record, "authorships") if (name := _author(one))],
        # OpenAlex has the first day of a year where it knows no more than the year.
        "issued": {"raw": date.removesuffix("-01-01")} if date else None,
        "container-title": words(source.get("display_name")),
        "publisher": words(source.get("host_organization_name")),
        "volume": words(numbers.get("volume")),
        "issue": words(numbers.get("issue")),
        "page": f"{first}-{last}" if first and last and first != last else first or last,
        "DOI": words(record.get("doi")).partition("doi.org/")[2] or words(record.get("doi")),
        "abstract": _abstract(record.get("abstract_inverted_index")),
    }
    return {name: value for name, value in item.items() if value}


def _author(one: object) -> str:
    if not isinstance(one, dict):
        return ""
    return words(held(one, "author").get("display_name")) or words(one.get("raw_author_name"))


def _abstract(index: object) -> str:
    """The words of an abstract in their order: the index has for each word the places where it stands."""
    if not isinstance(index, dict):
        return ""
    placed = [
        (place, str(word))
        for word, places in index.items()
        for place in (places if isinstance(places, list) else ())
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(placed)[:_LONGEST])


FETCHER = Fetcher(
    name="openalex",
    what="works by OpenAlex id: W2741809807, https://openalex.org/W2741809807",
    matches=matches,
    fetch=fetch,
    precedence=30,
)

IMPORTER = catalogue.importer("openalex", "a work as OpenAlex describes it", "by OpenAlex id")
