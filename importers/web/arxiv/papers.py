"""Papers from arXiv: by id, by any of their addresses, or by a search.

Metadata come from arXiv's interface (`feed`), the text from the paper's HTML, else its PDF, else its abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from importers.assemble import whole
from importers.base import Failure, Importer, Input
from importers.documents.latexml import convert
from importers.documents.latexml.bibliography import cited
from importers.titles import title_of
from importers.web.arxiv.feed import API, Paper, bad_id, by_id, search, unknown_id
from importers.web.arxiv.text import full_text
from importers.web.base import Fetcher, Known, Options
from kb.errors import KbError
from kb.model import identity
from kb.model.bibliography import PRIMARY_CLASS, Bibliography, bibliography
from kb.model.document import Author, Block, Document, Reference
from kb.text.repair import repair
from notes.markdown import structure as markdown

if TYPE_CHECKING:
    from importers.web.client import Client

DEFAULT_LIMIT = 10  # papers of a search; each costs some requests at arXiv's slow pace
_SEARCH = re.compile(r"arxiv:\s*search:(.*)", re.I | re.S)
_STAMP = re.compile(r"\s*\[[\w.-]+\](?:\s+\d{1,2} \w{3,9} \d{4})?\s*$")  # as printed on a paper's margin
_HOSTS = r"(?:www\.|export\.)?arxiv\.org|xxx\.lanl\.gov|ar5iv(?:\.labs\.arxiv)?\.org|(?:www\.)?alphaxiv\.org"
_BARE = re.compile(rf"(?:{_HOSTS}|(?:www\.)?arxiv-vanity\.com|(?:dx\.)?doi\.org/10\.48550)/", re.I)
_PAGE = re.compile(rf"https?://(?:{_HOSTS})/(?:abs|pdf|html|src|e-print|format|ps)/.", re.I)
_PAGE_MARK = re.compile(r"^<!-- page \d+(?:, column \d)? -->$", re.M)


def matches(target: str) -> bool:
    """Whether a target means arXiv: an id, several after `arxiv:`, an address of a paper, `arxiv:search:…`.

    True also for what only claims to (`arxiv:abc`), so that the error can say what is wrong with it.
    """
    target = target.strip()
    return target.lower().startswith("arxiv:") or _id(target) is not None or bool(_PAGE.match(_whole(target)))


def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The paper or papers that a target names, with their text.

    Raises:
        KbError: no id, no such paper, nothing found, or arXiv cannot be asked.
    """
    if asked := _SEARCH.fullmatch(target.strip()):
        limit = options.limit or DEFAULT_LIMIT
        for paper in search(asked[1].strip(), limit, client, _api(options), _age(options)):
            yield _caught(f"https://arxiv.org/abs/{paper.name}", paper, client, options)
        return
    names = _listed(target)
    if len(names) > 1:
        yield from fetch_many(names, client, options)
        return
    wanted = _id(names[0]) if names else None
    if wanted is None:
        raise bad_id(names[0] if names else target)
    found = by_id([wanted], client, _api(options), _age(options))
    if wanted not in found:
        raise unknown_id(wanted)
    yield document(found[wanted], target, client, options)


def fetch_many(targets: Sequence[str], client: Client, options: Options) -> Iterator[Document | Failure]:
    """The papers of many targets, none of them a search, asked for together; each gives one document or `Failure`."""
    wanted = {target: _id(target) for target in targets}
    ids = [name for name in wanted.values() if name]
    try:
        found = by_id(ids, client, _api(options), _age(options))
    except KbError as error:
        yield from (Failure(target, error if name else bad_id(target)) for target, name in wanted.items())
        return
    for target, name in wanted.items():
        if name is None:
            yield Failure(target, bad_id(target))
        elif name not in found:
            yield Failure(target, unknown_id(name))
        else:
            yield _caught(target, found[name], client, options)


def papers(targets: Sequence[str], client: Client, options: Options) -> dict[str, Paper]:
    """What arXiv says of the papers that targets name, without their text: a cheap way to see a new version."""
    wanted = {target: name for target in targets if (name := _id(target))}
    found = by_id(list(wanted.values()), client, _api(options), _age(options))
    return {target: found[name] for target, name in wanted.items() if name in found}


def document(paper: Paper, target: str, client: Client, options: Options) -> Document:
    """A paper with its text as a document.

    Raises:
        KbError: a server refuses or is in trouble, or there is not even an abstract.
    """
    found = full_text(paper, client, options.endpoints)
    blocks, references = structure(found.text)
    ids = {"arxiv": paper.id}
    if paper.version:
        ids["arxiv_version"] = paper.version
    if paper.doi:
        ids["doi"] = paper.doi
    return Document(
        kind="paper",
        title=paper.title or f"arXiv:{paper.id}",
        text=found.text,
        blocks=blocks,
        references=references,
        authors=tuple(Author(person.name) for person in paper.authors),
        url=f"https://arxiv.org/abs/{paper.id}",
        published=paper.published,
        external_ids=ids,
        bibliography=_cited_as(paper),
        tags=paper.categories,
        original=found.original,
        importer=IMPORTER.name,
        target=target,
        problems=found.problems,
    )


def _cited_as(paper: Paper) -> Bibliography:
    """What a citation needs besides. Where a journal printed it stands in the authors' words: many name no title."""
    said = {PRIMARY_CLASS: paper.primary, "note": paper.journal or "", "abstract": paper.abstract}
    return bibliography("article", said, {}, {})


def _caught(target: str, paper: Paper, client: Client, options: Options) -> Document | Failure:
    try:
        return document(paper, target, client, options)
    except KbError as error:
        return Failure(target, error)


def _listed(target: str) -> list[str]:
    """The targets in `arxiv:A,B C`; one otherwise."""
    plain = _STAMP.sub("", target.strip())
    if not re.match(r"arxiv:", plain, re.I):
        return [plain]
    return [name for name in re.split(r"[,;\s]+", plain[len("arxiv:") :]) if name]


def _id(target: str) -> str | None:
    """The id with version that a target names, or None."""
    known = identity.of_target(_whole(_STAMP.sub("", target.strip())))
    if known is None or "arxiv" not in known.external_ids:
        return None
    version = known.external_ids.get("arxiv_version")
    return known.external_ids["arxiv"] + (f"v{version}" if version else "")


def _whole(target: str) -> str:
    """The address with a scheme, which people leave out."""
    return f"https://{target}" if _BARE.match(target) else target


def _api(options: Options) -> str:
    return options.endpoints.get(urlsplit(API).hostname or "", API)


def _age(options: Options) -> float | None:
    return 0 if options.refresh else None


def sniff(_: Input) -> float:
    """Never sure: papers come by their ids."""
    return 0.0


def read(source: Input) -> list[Document]:
    """A saved HTML page of a paper, or its text as an exported vault has it."""
    page = convert.read(source.text.encode()) if "ltx_document" in source.text else None
    text = source.text
    if page is not None:
        text = repair(f"## Abstract\n\n{page.abstract}\n\n{page.body}" if page.abstract else page.body)
    known = identity.of_arxiv(page.version) if page and page.version else None
    title = (page.title if page else "") or title_of(source, text)
    found = whole(source, IMPORTER.name, "paper", title, text, structure(text))
    return [replace(found, url=known.url, external_ids=known.external_ids) if known else found]


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of a paper, and its references with the citations led to what they cite.

    Text out of a PDF has marks of pages, which become the blocks' labels.
    """
    if _PAGE_MARK.search(text):
        from importers.documents.pdf import convert

        blocks, references = convert.structure(text)
    else:
        blocks, references = markdown.structure(text)
    return cited(text, blocks, references)


def stale(known: Sequence[Known], client: Client, options: Options) -> list[str]:
    """The addresses of papers with a newer version than the one that is here."""
    now = papers([k.url for k in known], client, options)
    return [k.url for k in known if k.url not in now or now[k.url].version != k.external_ids.get("arxiv_version")]


FETCHER = Fetcher(
    name="arxiv",
    what="arXiv papers: ids, addresses, arxiv:search:QUERY",
    matches=matches,
    fetch=fetch,
    together=fetch_many,
    stale=stale,
    alone=lambda target: target.lower().startswith("arxiv:search:"),
    precedence=20,
)

IMPORTER = Importer(
    name="arxiv",
    version="1",
    what="a paper from arXiv",
    recognised_by="by address only ([importing](importing.md))",
    gives="a paper",
    keeps="metadata, the text with sections, formulas and references, versions",
    loses="figures but for their captions",
    sniff=sniff,
    read=read,
    structure=structure,
    precedence=33,
)
