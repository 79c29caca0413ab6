"""Papers of the ACL Anthology by their addresses: the text of the PDF, with what the page says of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from importers.base import Failure, Input
from importers.exports import bibtex
from importers.web import catalogue, page
from importers.web.base import Fetcher, Options
from importers.web.errors import FetchError
from kb.errors import KbError
from kb.model import identity
from kb.model.document import Document

if TYPE_CHECKING:
    from importers.web.client import Client

_HOST = "aclanthology.org"
_PDF = "application/pdf"


def matches(target: str) -> bool:
    """Whether a target is the address of a paper, its PDF or its entry of a bibliography."""
    known = identity.of_target(target)
    return known is not None and "acl" in known.external_ids


def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The paper: its entry of a bibliography with the abstract, and the text of its PDF.

    Raises:
        KbError: there is none, or the Anthology cannot be asked.
    """
    known = identity.of_target(target)
    assert known is not None
    name = known.external_ids["acl"]
    base = options.endpoints.get(_HOST, f"https://{_HOST}")
    try:
        answer = client.get(f"{base}/{name}.bib", accept="text/plain,*/*;q=0.5")
    except FetchError as error:
        if error.status == 404:
            raise KbError(f"the ACL Anthology has no paper {name}", "check the address") from error
        raise
    found = bibtex.read(Input(answer.text, f"{name}.bib", target, answer.body))
    entry = next(one for one in found if one.kind != "note")
    # `url` of the entry is this page; a DOI of the paper comes with it.
    ids = {key: value for key, value in entry.external_ids.items() if key != "named"} | {"acl": name}
    abstract = next((one.original.decode() for one in found if "abstract" in one.external_ids), "")
    problems = tuple(entry.problems)
    try:
        pdf = page.of_answer(
            client.get(f"{base}/{name}.pdf", accept=_PDF), f"{name}.pdf", f"https://{_HOST}/{name}.pdf"
        )
    except KbError as error:
        pdf = None
        problems = (*problems, f"full text could not be had: {error.message}")
    facts = replace(
        entry, kind="paper", url=identity.of_anthology(name).url, external_ids=ids, target=target, citekey=None, tags=()
    )
    if pdf is not None and pdf.text:
        yield replace(
            facts, text=pdf.text, blocks=pdf.blocks, references=pdf.references, original=pdf.original,
            importer=pdf.importer, problems=(*problems, *pdf.problems),
        )  # fmt: skip
        return
    item = {"type": "paper-conference", "title": entry.title, "abstract": abstract}
    told = catalogue.document(item, IMPORTER.name, target, ids, facts.url or target, problems)
    yield replace(
        facts, text=told.text, blocks=told.blocks, references=told.references, importer=IMPORTER.name, summary=True,
        problems=problems,
    )  # fmt: skip


FETCHER = Fetcher(
    name="acl-anthology",
    what="papers of the ACL Anthology: https://aclanthology.org/P19-1001/, its PDF or .bib",
    matches=matches,
    fetch=fetch,
    precedence=30,
)

IMPORTER = catalogue.importer("acl-anthology", "a paper as the ACL Anthology describes it", "by address")
