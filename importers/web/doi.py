"""Works by their DOIs: what the agency that gave it out (Crossref, DataCite …) says of the work, and its abstract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from importers.base import Failure
from importers.web import catalogue, crossref
from importers.web.base import Fetcher, Options
from importers.web.errors import FetchError
from importers.web.page import of_answer
from kb.errors import KbError, UsageError
from kb.model import identity
from kb.model.document import Document

if TYPE_CHECKING:
    from importers.web.client import Client

_HOST = "doi.org"
_CSL = "application/vnd.citationstyles.csl+json"
_PAGE = "text/html,application/pdf;q=0.9,*/*;q=0.5"
_NO_RECORD = {204, 406}  # the agency has none in this form


def matches(target: str) -> bool:
    """Whether a target is a DOI, bare or as an address, or claims to be one; those of arXiv are papers of arXiv."""
    known = identity.of_target(target)
    return target.lower().startswith("doi:") if known is None else "doi" in known.external_ids


def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The work with its metadata and abstract; where its agency has no record, the page behind the DOI.

    Raises:
        KbError: no DOI, an unknown one, or nobody answers.
    """
    known = identity.of_target(target)
    if known is None or "doi" not in known.external_ids:
        raise UsageError(f"{target!r} is no DOI", "one looks like 10.1000/xyz123, or https://doi.org/10.1000/xyz123")
    doi = known.external_ids["doi"]
    address = f"{options.endpoints.get(_HOST, f'https://{_HOST}')}/{quote(doi, safe='/:;()')}"
    try:
        item = catalogue.asked(client, address, _CSL, refresh=options.refresh)
    except FetchError as error:
        if error.status == 404:
            raise KbError(f"nobody has registered the DOI {doi}", "check it: the paper's first page has it") from error
        found = crossref.record(doi, client, options)
        if found is None:
            if error.status is not None and error.status not in _NO_RECORD:
                raise
            page = _page(address, target, doi, client)
            if page is None:
                raise
            yield page
            return
        item = found
    message = item.get("message")  # Crossref's own form
    record = message if isinstance(message, dict) else item
    keys = {"doi": doi, **crossref.preprint(record)}
    told = {name: value for name, value in record.items() if name not in crossref.OWN}
    problems, more = crossref.problems(record), crossref.more(record)
    yield catalogue.document(told, IMPORTER.name, target, keys, f"https://doi.org/{doi}", problems, more)


def _page(address: str, target: str, doi: str, client: Client) -> Document | None:
    """What the DOI leads to, where that is something to read and no record that is cut off."""
    answer = client.get(address, accept=_PAGE)
    if answer.type.endswith("json"):
        return None
    found = of_answer(answer, target, answer.url)
    return replace(found, kind="paper", url=f"https://doi.org/{doi}", external_ids={**found.external_ids, "doi": doi})


FETCHER = Fetcher(
    name="doi",
    what="works by DOI: 10.1000/xyz, doi:10.1000/xyz, https://doi.org/10.1000/xyz",
    matches=matches,
    fetch=fetch,
    precedence=30,
)


IMPORTER = catalogue.importer("doi", "a work as the registry of its DOI describes it", "by DOI")
