"""Papers by their Semantic Scholar ids: metadata, abstract, open copy, and references with the sentences on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from importers.base import Failure
from importers.exports.fields import web_identity, work_of
from importers.exports.parsing import held, listed
from importers.web import catalogue
from importers.web.base import Fetcher, Options
from importers.web.catalogue import words
from importers.web.cited import MOST, Cited, sections
from importers.web.errors import FetchError
from kb.errors import KbError, UsageError
from kb.model import identity
from kb.model.document import Document

if TYPE_CHECKING:
    from importers.web.client import Client

_HOST = "api.semanticscholar.org"
_FIELDS = (
    "title,authors,year,publicationDate,abstract,externalIds,corpusId,openAccessPdf,venue,journal,publicationTypes,url"
)
_OF_REFERENCES = "contexts,intents,title,authors,year,externalIds,url"
_TYPES = {"JournalArticle": "article-journal", "Conference": "paper-conference", "Book": "book", "Dataset": "dataset"}


def matches(target: str) -> bool:
    """Whether a target is an id of Semantic Scholar, bare or as an address, or claims to be one."""
    known = identity.of_target(target)
    if known is None:
        return target.lower().startswith(("s2:", "corpusid:"))
    return bool(known.external_ids.keys() & {"s2", "s2corpus"})


def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The paper with its metadata, abstract and references.

    Raises:
        KbError: no id of a paper, an unknown one, or Semantic Scholar cannot be asked.
    """
    known = identity.of_target(target)
    ids = known.external_ids if known else {}
    name = ids.get("s2") or (f"CorpusId:{ids['s2corpus']}" if "s2corpus" in ids else "")
    if not name:
        raise UsageError(
            f"{target!r} is no Semantic Scholar id", "one looks like CorpusID:215416146, or s2: and 40 hex digits"
        )
    base = f"{options.endpoints.get(_HOST, f'https://{_HOST}')}/graph/v1/paper/{name}"
    try:
        record = catalogue.asked(client, f"{base}?fields={_FIELDS}", "application/json", refresh=options.refresh)
    except FetchError as error:
        if error.status in {400, 404}:
            raise KbError(f"Semantic Scholar has no paper {name}", "look it up at www.semanticscholar.org") from error
        raise
    problems: tuple[str, ...] = ()
    references: list[Cited] = []
    try:
        url = f"{base}/references?fields={_OF_REFERENCES}&limit={MOST}"
        answer = catalogue.asked(client, url, "application/json", refresh=options.refresh)
        references = [_cited(one) for one in listed(answer, "data") if isinstance(one, dict)]
        if answer.get("next"):
            problems = (f"references beyond the first {MOST:,} are left out",)
    except KbError as error:
        problems = (f"its references could not be had: {error.message}",)
    keys = {**_ids(record), **({"s2": sha} if (sha := words(record.get("paperId"))) else {})}
    corpus = words(record.get("corpusId")) or ids.get("s2corpus", "")
    keys |= {"s2corpus": corpus} if corpus else {}
    copy = words(held(record, "openAccessPdf").get("url"))
    more = "\n\n".join(filter(None, (f"Open copy: <{copy}>" if web_identity(copy) else "", sections(references))))
    page = identity.of_s2(keys.get("s2") or corpus).url or target
    yield catalogue.document(_item(record), IMPORTER.name, target, keys, page, problems, more)


def _ids(record: Mapping[str, object]) -> dict[str, str]:
    """The ids that other places have for a paper; of a paper of arXiv not its DOI, which is arXiv's."""
    given = held(record, "externalIds")
    found = work_of(doi=words(given.get("DOI")), arxiv=words(given.get("ArXiv"))).external_ids
    ids = {name: value for name, value in found.items() if name != "arxiv_version"}
    return ids | ({"acl": acl} if (acl := words(given.get("ACL"))) else {})


def _item(record: Mapping[str, object]) -> dict[str, object]:
    """The record in the terms of CSL."""
    journal = held(record, "journal")
    kinds = [words(one) for one in listed(record, "publicationTypes")]
    date = words(record.get("publicationDate")) or words(record.get("year"))
    item = {
        "type": next((_TYPES[one] for one in kinds if one in _TYPES), "article"),
        "title": words(record.get("title")),
        "author": [{"literal": name} for name in _people(record)],
        "issued": {"raw": date} if date else None,
        "container-title": words(journal.get("name")) or words(record.get("venue")),
        "volume": words(journal.get("volume")),
        "page": words(journal.get("pages")),
        "DOI": words(held(record, "externalIds").get("DOI")),
        "abstract": words(record.get("abstract")),
    }
    return {name: value for name, value in item.items() if value}


def _cited(one: Mapping[str, object]) -> Cited:
    paper = held(one, "citedPaper") or one
    ids = _ids(paper)
    return Cited(
        title=words(paper.get("title")),
        authors=tuple(_people(paper)),
        year=words(paper.get("year")),
        doi=ids.get("doi", ""),
        arxiv=ids.get("arxiv", ""),
        url=identity.of_s2(sha).url or "" if (sha := words(paper.get("paperId"))) else "",
        contexts=tuple(filter(None, map(words, listed(one, "contexts")))),
        intents=tuple(filter(None, map(words, listed(one, "intents")))),
    )


def _people(record: Mapping[str, object]) -> list[str]:
    return [name for one in listed(record, "authors") if isinstance(one, dict) and (name := words(one.get("name")))]


FETCHER = Fetcher(
    name="semantic-scholar",
    what="papers by Semantic Scholar id: CorpusID:215416146, s2:ID, https://www.semanticscholar.org/paper/…",
    matches=matches,
    fetch=fetch,
    precedence=30,
)

IMPORTER = catalogue.importer("semantic-scholar", "a paper as Semantic Scholar describes it", "by Semantic Scholar id")
