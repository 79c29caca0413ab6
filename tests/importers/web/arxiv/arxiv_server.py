"""A server that answers as arXiv does, and what a fetch from it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from importers.web.arxiv import papers
from importers.web.base import Options
from importers.web.client import Client
from kb.model.document import Document
from tests.importers.importer_checks import check
from tests.importers.web.web_server import Answer, Server, page, serve

ATOM = "application/atom+xml"
WORDS = "Walkers who keep to a fixed route write zeros, and zeros are what a model needs. " * 30


def entry(name: str = "2405.01234v2", **fields: Any) -> str:
    given = {
        "title": "Zeros on a\n  fixed route",
        "comment": "12 pages",
        "authors": ["Ada Ekdahl", "Tomas Sorel"],
    } | fields
    authors = "".join(f"<author><name>{one}</name></author>" for one in given["authors"])
    doi = f"<arxiv:doi>{given['doi']}</arxiv:doi>" if "doi" in given else ""
    return f"""<entry><id>http://arxiv.org/abs/{name}</id><title>{given["title"]}</title>
      <updated>2024-06-01T00:00:00Z</updated><published>2024-05-02T17:59:46Z</published>
      <link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf" title="pdf"/>
      <summary>  {escape(given.get("summary", "We walk $n$ routes."))}</summary>
      <category term="q-bio.PE"/><category term="stat.AP"/><arxiv:primary_category term="q-bio.PE"/>
      <arxiv:comment>{given["comment"]}</arxiv:comment>{doi}{authors}</entry>"""


def feed(*entries: str, total: int | None = None) -> Answer:
    count = len(entries) if total is None else total
    return page(
        f"""<?xml version='1.0' encoding='UTF-8'?>
        <feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
          xmlns="http://www.w3.org/2005/Atom"><opensearch:totalResults>{count}</opensearch:totalResults>
          {"".join(entries)}</feed>""",
        ATOM,
    )


def refusal(text: str) -> Answer:
    body = feed(
        f"<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>{text}</summary></entry>"
    ).body
    return Answer(body, 400, {"Content-Type": ATOM})


def html(name: str = "2405.01234v2", body: str = "") -> Answer:
    paragraphs = "".join(f'<div class="ltx_para"><p class="ltx_p">{WORDS}</p></div>' for _ in range(3))
    return page(
        f"""<html><head><base href="/html/{name}/"></head><body><article class="ltx_document">
        <h1 class="ltx_title ltx_title_document">Zeros</h1>
        <div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract.</h6>
          <p class="ltx_p">We walk <math alttext="n" class="ltx_Math"><mi>n</mi></math> routes.</p></div>
        <section class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag">1 </span>Routes</h2>
        {paragraphs}{body}</section></article></body></html>"""
    )


Routes = dict[str, Any]


def options(server: Server, **more: Any) -> Options:
    return Options(
        endpoints={
            "export.arxiv.org": server.base_url,
            "arxiv.org": server.base_url,
            "ar5iv.labs.arxiv.org": server.url("/ar5iv"),
        },
        **more,
    )


def web(home: Path | None = None, **more: Any) -> Client:
    return Client(home, allow_private=True, sleep=lambda _: None, **more)


def fetched(routes: Routes, target: str = "arxiv:2405.01234", home: Path | None = None, **more: Any) -> list[Any]:
    with serve(routes) as server, web(home) as client:
        found = list(papers.fetch(target, client, options(server, **more)))
    for one in found:
        if isinstance(one, Document):
            check(papers.IMPORTER, one)
    return found


QUERY = "/api/query"
PAPER = "/html/2405.01234v2"
