"""Adding texts: by an address, or by files that are dropped; how far each import is."""

from __future__ import annotations

from starlette.responses import Response

from importers.web import registry
from kb.errors import NotFoundError, UsageError
from server.asked import Asked
from server.routes import get, post
from server.view import after, fragment, page


def adding(asked: Asked) -> Response:
    """Where to paste and to drop, and the imports of this run of the server."""
    return page(asked, "import.html", title="Add texts", imports=list(reversed(asked.place.imports.known)))


def addresses(asked: Asked) -> Response:
    """Begin to add what the addresses lead to, one in a line."""
    given = asked.text("targets").split()
    if not given:
        raise UsageError("add what?", "paste an address, a DOI or an arXiv id")
    for one in given:
        if registry.fetcher(one) is None:
            raise UsageError(f"{one!r} is no address", "paste addresses, DOIs or arXiv ids; drop files, or kb add FILE")
    begun = asked.place.imports.of_addresses(given)
    return after(asked, f"/import#import-{begun.number}")


def files(asked: Asked) -> Response:
    """Begin to add the files that were dropped."""
    if not asked.uploads:
        raise UsageError("no file came", "drop files on the page, or choose some")
    begun = asked.place.imports.of_files(asked.uploads)
    return after(asked, f"/import#import-{begun.number}")


def progress(asked: Asked) -> Response:
    """How far an import is; asked again until it is done."""
    number = asked.path["number"]
    found = asked.place.imports.of_number(int(number)) if number.isdigit() and len(number) < 9 else None
    if found is None:
        raise NotFoundError(f"no import {number!r}", "imports are known until the server is stopped")
    return fragment(asked, "import_progress.html", one=found)


ROUTES = (
    get("/import", adding), get("/import/{number}", progress), post("/import/addresses", addresses),
    post("/import/files", files),
)  # fmt: skip
