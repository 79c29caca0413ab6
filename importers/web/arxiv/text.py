"""The full text of an arXiv paper: its HTML, else ar5iv's, else the PDF's text, else the abstract alone."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from importers.documents.latexml import convert
from importers.web.arxiv.feed import Paper
from importers.web.errors import FetchError, TooLargeError
from kb.errors import KbError
from kb.text.repair import repair
from kb.text.strings import fold

if TYPE_CHECKING:
    from importers.web.client import Client
    from importers.web.response import Response

_ARXIV = "https://arxiv.org"
_AR5IV = "https://ar5iv.labs.arxiv.org"
_ABSENT = {400, 404, 410, 451}  # this form is not there; another may be
_ABSTRACT = re.compile(
    r"^#{1,6} +(?:\d+\.? +)?Abstract[.:]?[ \t]*$\n(?P<text>(?:(?!#{1,6} ).*(?:\n|\Z))*)", re.M | re.I
)
_MARK = re.compile(r"^<!-- page \d+(?:, column \d)? -->$", re.M)


@dataclass(frozen=True, slots=True)
class FullText:
    """`text` is repaired Markdown that begins with the abstract."""

    text: str
    original: bytes
    problems: tuple[str, ...]


def full_text(paper: Paper, client: Client, endpoints: Mapping[str, str]) -> FullText:
    """The best text there is of a paper; its first problem says which.

    Raises:
        FetchError: a server is in trouble or refuses: what is there may be better than what could be had now.
    """
    if paper.withdrawn:
        return _abstract(paper, f"withdrawn: {paper.comment or 'see its abstract'}")
    why: list[str] = []
    found = (
        _html(paper, f"{_ARXIV}/html/{paper.name}", "arxiv.org", client, endpoints, why)
        or _html(paper, f"{_AR5IV}/html/{paper.id}", "ar5iv", client, endpoints, why)
        or _pdf(paper, client, endpoints, why)
    )
    return found or _abstract(paper, "abstract only: " + "; ".join(why))


def _fetched(url: str, client: Client, endpoints: Mapping[str, str], why: list[str], what: str) -> Response | None:
    parts = urlsplit(url)
    base = endpoints.get(parts.hostname or "")
    address = url if base is None else base + parts.path
    try:
        # A version never changes: what was fetched once stays good.
        return client.get(address, max_age=math.inf, keep=_KEEP[what])
    except TooLargeError as error:
        why.append(f"{error.message} ({error.hint})")
    except FetchError as error:
        if error.status not in _ABSENT and parts.hostname != urlsplit(_AR5IV).hostname:
            raise
        why.append(f"no {what}" if error.status in _ABSENT else f"{what}: {error.message}")
    return None


def _html(
    paper: Paper, url: str, where: str, client: Client, endpoints: Mapping[str, str], why: list[str]
) -> FullText | None:
    what = f"HTML at {where}"
    answer = _fetched(url, client, endpoints, why, what)
    if answer is None:
        return None
    path = unquote(urlsplit(answer.url).path)
    # ar5iv sends papers that it does not have to the abstract page.
    page = convert.read(answer.body, answer.url) if f"/html/{paper.id}" in path else None
    if page is None:
        why.append(f"no {what}")
    elif not page.complete:
        why.append(f"the {what} breaks off")
    elif not page.is_full:
        why.append(f"the {what} holds no text")
    else:
        problems = [f"full text from {what}"]
        if where == "ar5iv":
            problems[0] += ", which may be of an earlier version"
        if page.errors:
            problems.append(f"{page.errors} LaTeX commands could not be converted")
        text = _with_abstract(page.abstract or paper.abstract, page.body)
        return FullText(text, answer.body, tuple(problems))
    return None


def _pdf(paper: Paper, client: Client, endpoints: Mapping[str, str], why: list[str]) -> FullText | None:
    answer = _fetched(f"{_ARXIV}/pdf/{paper.name}", client, endpoints, why, "PDF")
    if answer is None:
        return None
    try:
        from importers.documents.pdf import convert

        found = convert.text_of(answer.body, f"the PDF of arXiv:{paper.name}")
    except ImportError as error:
        why.append(f"PDFs cannot be read here ({error.name} is not installed)")
        return None
    except KbError as error:
        why.append(error.message)
        return None
    text = _with_abstract(paper.abstract, _without_abstract(found.markdown, paper.abstract))
    return FullText(text, answer.body, ("full text from PDF", *found.problems))


def _abstract(paper: Paper, why: str) -> FullText:
    if not paper.abstract:
        hint = f"see https://arxiv.org/abs/{paper.id} for its earlier versions"
        raise KbError(f"arXiv:{paper.name} has no text: {why}", hint)
    return FullText(_with_abstract(paper.abstract, ""), paper.abstract.encode(), (why,))


def _with_abstract(abstract: str, body: str) -> str:
    parts = ["## Abstract", abstract, body] if abstract else [body]
    return repair("\n\n".join(part.strip("\n") for part in parts if part.strip()))


def _without_abstract(body: str, abstract: str) -> str:
    """The text of a PDF without the abstract, which stands above it; the marks of pages stay."""
    found = _ABSTRACT.search(body[:20_000])
    if found is None:
        return body
    theirs, ours = set(fold(_MARK.sub("", found["text"])).split()), set(fold(abstract).split())
    if not ours or len(theirs & ours) < 0.6 * len(ours) or len(theirs) > 1.6 * len(ours):
        return body
    marks = _MARK.findall(found[0])
    return "\n\n".join([body[: found.start()].rstrip("\n"), *marks, body[found.end() :].lstrip("\n")])


def _is_page(answer: Response) -> bool:
    return b"ltx_document" in answer.body and b"</article" in answer.body


def _is_pdf(answer: Response) -> bool:
    return b"%PDF-" in answer.body[:1024]


_KEEP: dict[str, Callable[[Any], bool]] = {
    "HTML at arxiv.org": _is_page,
    "HTML at ar5iv": _is_page,
    "PDF": _is_pdf,
}
