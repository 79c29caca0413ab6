"""Web pages, fetched or saved as files, and whatever else an address may answer with, as documents."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from importers.assemble import whole
from importers.base import Importer, Input
from importers.decode import is_page, is_pdf, markup, repaired
from importers.documents.html.convert import parse, to_markdown
from importers.documents.html.mathml import missing
from importers.documents.pdf import convert
from importers.file_names import extension
from importers.texts import markdown, plain
from importers.titles import file_title, name_title
from importers.web import facts as facts
from importers.web.base import Options
from importers.web.forum.structure import structure as cut
from importers.web.main_text import main_text
from importers.web.page_words import visible
from kb.errors import KbError
from kb.model import identity
from kb.model.document import Author, Block, Document, Reference
from kb.text.repair import repair

if TYPE_CHECKING:
    from importers.web.response import Response

ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"
_PAGE_TAGS = re.compile(r"<(?:html|head|body|article|main|p|div|h1)\b", re.I)
_LOOK = 4096
_LOGIN_PATH = re.compile(r"/(?:log[-_]?in|sign[-_]?in|auth|sso|session/new|account/begin|consent)(?:[/?.]|$)", re.I)


def document_of(html: str, source: Input, url: str | None) -> Document:
    """A page as a document.

    Args:
        html: the page, decoded.
        source: what it came from.
        url: where it was fetched; None for a file.

    Raises:
        KbError: there is no text, or a login, consent or robot check stands in its place.
    """
    name = source.called
    root = parse(html)
    if root is None:  # nested beyond measure: its words are all there is
        found, password, text = facts.Facts(), False, to_markdown(html, url or "")
        facts.refuse_wall(name, found, text, text, password=False, shell=True)
    else:
        found = facts.facts_of(root, html, url)
        password = any((element.get("type") or "").lower() == "password" for element in root.iter("input"))
        text = main_text(root, html, url or found.url)
        shell = url is not None or next(root.iter("script"), None) is not None
        facts.refuse_wall(name, found, text, visible(root), password=password, shell=shell)
    if url and not _LOGIN_PATH.search(source.target) and _LOGIN_PATH.search(urlsplit(url).path) and password:
        raise KbError(f"{name} leads to a login page", "open it in a browser, log in, save the page and add the file")
    blocks, references = structure(text)
    known = identity.of_doi(found.doi) if found.doi else None
    title = repair(found.title or "") or _title(text, blocks) or name_title(source) or url
    title = title or file_title(source) or "Untitled"
    return replace(
        whole(source, IMPORTER.name, "web", title, text, (blocks, references)),
        authors=tuple(Author(repair(author)) for author in found.authors),
        url=found.url or url,
        published=found.date,
        external_ids=dict(known.external_ids) if known else {},
        tags=tuple(repair(tag) for tag in found.tags),
        problems=(*source.problems, *missing(text)),
    )


def sniff(source: Input) -> float:
    """How sure it is: by the head of a page, or by tags in a file called a page."""
    head = source.text[:_LOOK]
    if is_page(head.encode("utf-8", "replace")):
        return 0.8
    return 0.5 if extension(source.name) in {"html", "htm", "xhtml"} and _PAGE_TAGS.search(source.text) else 0.0


def read(source: Input) -> list[Document]:
    """A saved page as one document.

    Raises:
        KbError: see `document_of`.
    """
    return [document_of(source.text, source, None)]


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of the text: it is Markdown by now; what a page folds away is its author's, and no quote."""
    return cut(text)


def _title(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((text[block.start : block.end] for block in blocks if block.kind == "heading"), None)


def of_answer(answer: Response, target: str, url: str) -> Document:
    """The document in an answer, whatever kind of text it is.

    Raises:
        KbError: it holds no text.
    """
    kind = answer.headers.get("content-type", "").lower()
    name = unquote(PurePosixPath(urlsplit(url).path).name) or (urlsplit(url).hostname or "page")
    source = Input("", name, target, answer.body)
    if not answer.body.strip():
        raise KbError(f"{target} answers with nothing", "check the address")
    if is_pdf(answer.body) or ("application/pdf" in kind and not is_page(answer.body)):
        document = convert.read(source)[0]
        return document if document.url else replace(document, url=url)
    if is_page(answer.body) or "html" in kind:
        text = markup(target, answer.body, answer.charset)
        return document_of(text, source, url)
    if not kind or kind.startswith(("text/plain", "text/markdown", "text/x-markdown")):
        source = replace(source, text=repaired(target, answer.body, answer.charset))
        document = (markdown.read if markdown.sniff(source) >= 0.4 else plain.read)(source)[0]
        return replace(document, kind="web", url=url)
    shown = kind.split(";")[0].strip()
    raise KbError(f"{target} is {shown}, not a page", "download it; kb add FILE reads the kinds of file it knows")


def mirrored(target: str, options: Options) -> str:
    """The address with another base in place of its host, where the options name one."""
    parts = urlsplit(target)
    base = options.endpoints.get(parts.netloc) or options.endpoints.get(parts.hostname or "")
    if not base:
        return target
    return base.rstrip("/") + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


IMPORTER = Importer(
    name="web",
    version="2",
    what="a web page saved as HTML",
    recognised_by="the head of a web page",
    gives="one",
    keeps="the article with headings, lists, tables, quotes, code, footnotes, formulas as TeX; author and day",
    loses="navigation, advertising, forms, comments of readers",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='<!DOCTYPE html><html lang="en"><head><title>Blank squares</title><meta name="author" content="Ada Moss">'
    '<meta property="article:published_time" content="2024-02-11"></head><body><nav><a href="/">Home</a></nav>'
    "<article><h1>Blank squares</h1><p>I think that a blank square should be kept, because it says that somebody"
    " looked and found nothing.</p><blockquote><p>A zero is an observation.</p></blockquote><p>Its weight is"
    " <script type='math/tex'>w=1/n</script>, and a visit without a list has none.</p></article>"
    "<footer>All rights reserved</footer></body></html>",
    precedence=31,
)
