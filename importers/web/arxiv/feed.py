"""What arXiv's interface says of papers: asked for by our client, read by the `arxiv` package.

The package's own client would ask on its own terms; here pacing, cache, errors and User-Agent are those of
`importers.web.client`, and the package builds the query, turns the pages and reads the Atom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from importers.web.errors import FetchError, redacted
from kb.errors import KbError, NotFoundError
from kb.model import identity
from kb.text import dates
from kb.text.repair import repair
from kb.text.strings import squash

if TYPE_CHECKING:
    import arxiv

    from importers.web.client import Client
    from importers.web.response import Response

API = "https://export.arxiv.org"
BATCH = 50  # ids in one request: the address stays short
_PAGE = 100
_ATOM = "application/atom+xml"
_ERROR = re.compile(rb"<id>[^<]*/api/errors#.*?<summary[^>]*>(.*?)</summary>", re.S)
_TOTAL = re.compile(rb"totalResults[^>]*>\s*(\d+)")
_FIELD = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate|lastUpdatedDate):")
_WITHDRAWN = re.compile(
    r"\bwithdrawn\b(?! from)|\bwithdraws? (?:this|the) (?:paper|article|submission)|\bretracted\b", re.I
)
_WITHDRAWN_TEXT = re.compile(
    r"(?:this|the) (?:paper|article|submission|manuscript) (?:has been|was|is) withdrawn", re.I
)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry of a feed, every field of it. `id` is without version."""

    id: str
    version: str | None
    title: str
    authors: tuple[Person, ...]
    abstract: str
    published: str  # of version 1, ISO
    updated: str  # of this version
    categories: tuple[str, ...]
    primary: str
    comment: str | None
    journal: str | None
    doi: str | None
    pdf: str | None

    @property
    def name(self) -> str:
        """The id with its version."""
        return f"{self.id}v{self.version}" if self.version else self.id

    @property
    def withdrawn(self) -> bool:
        """Whether it says that it was withdrawn: then there is no full text of this version."""
        return bool(_WITHDRAWN.search(self.comment or "") or _WITHDRAWN_TEXT.match(self.abstract))


def by_id(ids: Sequence[str], client: Client, base: str = API, max_age: float | None = None) -> dict[str, Paper]:
    """The papers of these ids (with version or without), in one request for each `BATCH`; unknown ones are missing.

    Raises:
        KbError: arXiv does not take an id, or cannot be asked.
    """
    found: dict[str, Paper] = {}
    for first in range(0, len(ids), BATCH):
        batch = list(dict.fromkeys(ids[first : first + BATCH]))
        papers = list(_papers(client, base, max_age, BATCH, id_list=batch))
        for wanted in batch:
            # The answer has an order of its own: entries are told by their ids.
            fits = [paper for paper in papers if wanted in {paper.id, paper.name}]
            if fits:
                found[wanted] = fits[0]
    return found


def search(query: str, limit: int, client: Client, base: str = API, max_age: float | None = None) -> Iterator[Paper]:
    """The papers that a query finds, the best first, as they come.

    Words without a field (`ti:`, `au:`, `cat:` …) are looked for everywhere, and all must be there.

    Raises:
        KbError: there is none, or arXiv cannot be asked.
    """
    if not query.strip():
        raise KbError("there is nothing to search arXiv for", "name some words: arxiv:search:reward hacking")
    asked = query if _FIELD.search(query) else " AND ".join(f"all:{word}" for word in _words(query))
    empty = True
    for paper in _papers(client, base, max_age, limit, query=asked):
        empty = False
        yield paper
    if empty:
        raise NotFoundError(f"arXiv finds nothing for {query!r}", "try fewer or other words")


def _words(query: str) -> list[str]:
    return re.findall(r'"[^"]+"|[^\s"]+', query)


def _papers(client: Client, base: str, max_age: float | None, limit: int, **what: Any) -> Iterator[Paper]:
    import arxiv

    feeds = arxiv.Client(page_size=min(limit, _PAGE), delay_seconds=0, num_retries=0)
    feeds.query_url_format = base + "/api/query?{}"
    feeds._session = _Session(client, max_age)
    try:
        for result in feeds.results(arxiv.Search(max_results=limit, **what)):
            yield _paper(result)
    except arxiv.UnexpectedEmptyPageError as error:
        hint = "run it again later: what has come is kept"
        raise FetchError("arXiv sent an empty page in the middle of a list", hint, url=redacted(error.url)) from None
    except ValueError as error:
        raise FetchError(f"arXiv sent a feed that cannot be read: {error}", "run it again later") from None


class _Session:
    """Stands in for the package's HTTP session."""

    def __init__(self, client: Client, max_age: float | None) -> None:
        self._client = client
        self._max_age = max_age

    def get(self, url: str, **_: Any) -> _Answer:
        try:
            answer = self._client.get(url, accept=_ATOM, max_age=self._max_age, keep=_is_whole)
        except FetchError as error:
            raise _explained(error) or error from None
        if not _is_feed(answer):
            what = f"arXiv did not answer with a feed but with {answer.type or 'something else'}"
            raise FetchError(what, f"open {redacted(url)} in a browser to see what it says", url=redacted(url))
        if message := _error_in(answer.body):
            raise _complaint(message)
        return _Answer(answer.status, answer.body)


@dataclass(frozen=True, slots=True)
class _Answer:
    status_code: int
    content: bytes


def _is_feed(answer: Response) -> bool:
    return b"<feed" in answer.body[:2000]


def _is_whole(answer: Response) -> bool:
    """Whether a feed is worth keeping: at times arXiv sends an empty page where there is more."""
    total = _TOTAL.search(answer.body)
    start = parse_qs(urlsplit(answer.url).query).get("start", ["0"])[0]
    missing = total is not None and b"<entry" not in answer.body and start.isdecimal() and int(total[1]) > int(start)
    return _is_feed(answer) and not missing and not _error_in(answer.body)


def _error_in(body: bytes) -> str:
    found = _ERROR.search(body)
    return squash(found[1].decode("utf-8", "replace")) if found else ""


def _explained(error: FetchError) -> KbError | None:
    message = _error_in(error.body)
    return _complaint(message) if message else None


def _complaint(message: str) -> KbError:
    if "id format" in message:
        return bad_id(message.rpartition(" for ")[2])
    return KbError(
        f"arXiv does not take the question: {message}", "see https://info.arxiv.org/help/api/user-manual.html"
    )


def bad_id(text: str) -> KbError:
    """The error for what is no arXiv id."""
    return KbError(f"{text!r} is no arXiv id", "ids look like 1706.03762, 1706.03762v5 or astro-ph/0601001")


def unknown_id(text: str) -> KbError:
    """The error for a well-formed id that no paper has."""
    return NotFoundError(f"arXiv has no paper {text}", "check the id, and the version if you named one")


def _paper(result: arxiv.Result) -> Paper:
    short = result.get_short_id()
    known = identity.of_arxiv(short)
    plain, _, version = short.partition("v") if known is None else (known.external_ids["arxiv"], "", "")
    version = known.external_ids.get("arxiv_version", "") if known else version
    doi = (result.doi or "").split()
    return Paper(
        id=plain,
        version=version or None,
        title=squash(repair(result.title)),
        authors=tuple(
            Person(squash(repair(one.name)), tuple(squash(repair(where)) for where in one.affiliation))
            for one in result.authors
        ),
        abstract=squash(repair(result.summary)),
        published=dates.utc(result.published),
        updated=dates.utc(result.updated),
        categories=tuple(dict.fromkeys([result.primary_category, *result.categories])),
        primary=result.primary_category,
        comment=squash(repair(result.comment)) if result.comment else None,
        journal=squash(repair(result.journal_ref)) if result.journal_ref else None,
        doi=re.sub(r"^https?://(?:dx\.)?doi\.org/", "", doi[0]).lower() if doi else None,
        pdf=result.pdf_url,
    )
