"""Answers in the forms of doi.org's agencies, Open Library and OpenAlex, about made-up works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from importers.base import Failure
from importers.web.base import Options
from importers.web.registry import fetcher
from kb.model.document import Document
from tests.importers.web.clients import Clock, client
from tests.importers.web.web_server import Answer, Server, answer_json, page, redirect, serve

CROSSREF = {
    "type": "journal-article", "DOI": "10.1000/xyz", "URL": "http://dx.doi.org/10.1000/xyz",
    "title": "Counting <i>Rana</i> frogs", "container-title": "Journal of Ponds", "volume": "3", "page": "1-9",
    "author": [
        {"given": "Ada", "family": "Moss", "sequence": "first", "affiliation": []},
        {"name": "The Frog Group", "sequence": "additional", "affiliation": []},
    ],
    "issued": {"date-parts": [[2019, 3, 4]]}, "ISSN": ["1234-5678"], "subject": [],
    "abstract": "<jats:title>Abstract</jats:title><jats:sec><jats:title>Background</jats:title><jats:p>We argue that "
    "<jats:italic>Rana</jats:italic> counts are low &amp; biased (p &lt; 0.05).</jats:p></jats:sec>"
    "<jats:p>Ponds hold H<jats:sub>2</jats:sub>O.</jats:p>",
}  # fmt: skip
DATACITE = {
    "type": "dataset", "id": "https://doi.org/10.5072/pond", "DOI": "10.5072/POND", "URL": "https://ponds.example/1",
    "title": "Pond counts", "publisher": "Ponds", "categories": ["FOS: Ponds"],
    "author": [{"family": "Moss", "given": "Ada"}, {"literal": "Frog Group"}],
    "issued": {"date-parts": [[2018, 3]]}, "abstract": "&lt;p&gt;Nine ponds.&lt;/p&gt;&lt;p&gt;Ten frogs.&lt;/p&gt;",
}  # fmt: skip
EDITION = {
    "key": "/books/OL1M", "type": {"key": "/type/edition"}, "title": "Ponds", "subtitle": "a book",
    "authors": [{"key": "/authors/OL1A"}, {"key": "/authors/OL2A"}], "works": [{"key": "/works/OL1W"}],
    "publish_date": "March 1980", "publishers": ["Wet Press"], "isbn_10": ["0306406152"],
}  # fmt: skip
LIBRARY = {
    "/isbn/9780306406157.json": redirect("/books/OL1M.json"),
    "/books/OL1M.json": answer_json(EDITION),
    "/authors/OL1A.json": answer_json({"key": "/authors/OL1A", "name": "Ada Moss"}),
    "/authors/OL2A.json": answer_json({"type": {"key": "/type/redirect"}, "location": "/authors/OL3A"}),
    "/authors/OL3A.json": answer_json({"personal_name": "Tomas Reed"}),
}
OPENALEX = {
    "id": "https://openalex.org/W2741809807", "doi": "https://doi.org/10.1000/xyz", "type": "article",
    "display_name": "Counting Rana frogs", "publication_date": "2019-03-04", "is_retracted": False,
    "authorships": [{"author": {"display_name": "Ada Moss"}}, {"author": {}, "raw_author_name": "T. Reed"}],
    "abstract_inverted_index": {"frogs": [1, 4], "We": [0], "argue": [2], "that": [3], "matter.": [5]},
    "primary_location": {"source": {"display_name": "Journal of Ponds"}, "landing_page_url": "https://doi.org/10.1/x"},
    "biblio": {"volume": "3", "first_page": "1", "last_page": "9"}, "locations": [],
}  # fmt: skip
ROUTES: dict[str, Any] = {
    "/10.1000/xyz": redirect("/crossref"),
    "/crossref": answer_json(CROSSREF),
    "/10.5072/pond": answer_json(DATACITE),
    "/works/W2741809807": answer_json(OPENALEX),
    **LIBRARY,
}
HALF = page('{"type": "book", "title": "Half a rec', "application/json")


def hosts(server: Server) -> dict[str, str]:
    names = (
        "doi.org", "api.crossref.org", "openlibrary.org", "api.openalex.org", "api.semanticscholar.org",
        "aclanthology.org", "api2.openreview.net", "api.openreview.net",
    )  # fmt: skip
    return dict.fromkeys(names, server.base_url)


def fetched(target: str, routes: dict[str, Any] | None = None, home: Path | None = None, **more: Any) -> Document:
    """The one document that a target gives, asked of a server that answers so."""
    by = fetcher(target)
    assert by is not None
    with serve(ROUTES if routes is None else routes) as server, client(home, Clock()) as web:
        (found,) = by.fetch(target, web, Options(endpoints=hosts(server), **more))
    assert not isinstance(found, Failure)
    return found


def no_answer(status: int) -> Answer:
    return Answer(b"{}", status, {"Content-Type": "application/json"})
