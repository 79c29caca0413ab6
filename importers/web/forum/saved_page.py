"""The page of a post of LessWrong, the Alignment Forum, the EA Forum or GreaterWrong, saved as a file.

It gives the same sources as the post's address: the post, and each comment that is on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from importers.base import Importer, Input
from importers.documents.html.convert import parse as parse_html
from importers.web import facts
from importers.web.forum import page_nodes, posts
from importers.web.forum.sites import SITES
from importers.web.forum.structure import structure
from importers.web.forum.urls import Target, parse
from kb.errors import KbError
from kb.model import identity
from kb.model.document import Document

_HEAD_TAG = re.compile(r"<(?:link|meta)\b[^<>]{0,3000}>", re.I)
_NAMES_PAGE = re.compile(r"canonical|og:url", re.I)
_ADDRESS = re.compile(r"\b(?:href|content)\s*=\s*[\"']?(https?://[^\"'\s>]+)", re.I)
_SAVED = re.compile(r"saved from url=\(\d{1,6}\)(https?://\S{1,2000})|^ {0,8}url: {0,8}(https?://\S{1,2000})", re.M)
_HEAD = 4096  # characters in which a program that saves pages says where from
_MADE_BY = re.compile(r"PostsPage|comments-node|postContent|\bpost-body\b")
_FEW = 2000  # elements of a head that are looked at


def sniff(source: Input) -> float:
    """How sure it is: the page says that it is a forum's post, and looks like one."""
    text = source.text
    if "<" not in text[:200] or not any(host in text for host in identity.FORUM_HOSTS) or not _MADE_BY.search(text):
        return 0.0
    return 0.9 if _target(text) else 0.0


def read(source: Input) -> list[Document]:
    """The post and the comments of a page.

    Raises:
        KbError: no post is on the page.
    """
    found = _target(source.text)
    root = parse_html(source.text)
    if found is None or root is None:
        raise KbError(f"{source.called} is no page of a forum's post", "kb add --as web reads any page")
    site, name, address = SITES[found[0].site], found[0].post or found[0].id or "", found[1]
    url = identity.of_url(address.partition("?")[0].partition("#")[0]).url or address
    page = page_nodes.of(root, name, url, facts.facts_of(root, source.text, None))
    if page is None:
        raise KbError(
            f"{source.called} shows no post", "open it in a browser, wait until the text is there, and save it again"
        )
    problems = list(source.problems)
    comments = posts.comments(site, page.comments, page.post, problems)
    there = len(comments) + sum(bool(one.get("deleted")) for one in page.comments)
    for count, what in (
        (page.cut, "comments are cut off on the page, and come as far as it shows them"),
        (page.nameless, "comments have no id on the page and are left out"),
        ((page.stated or 0) - there - page.nameless, "comments are not on the page (kb add with its address has them)"),
    ):
        if count > 0:
            problems.append(f"{what}: {count:,}")
    post = replace(posts.post(site, page.post, problems), original=source.original)
    return [replace(one, importer=IMPORTER.name, target=source.target) for one in (post, *comments)]


def _target(text: str) -> tuple[Target, str] | None:
    """Which post a page is, by the addresses that it says it has."""
    for address in _addresses(text):
        found = parse(address)
        if (
            found is not None
            and found.kind in {"post", "comment"}
            and (found.post or (found.kind == "post" and found.id))
        ):
            return found, address
    return None


def _addresses(text: str) -> Iterator[str]:
    for saved in _SAVED.finditer(text[:_HEAD]):
        yield saved[1] or saved[2]
    for tag in islice(_HEAD_TAG.finditer(text), _FEW):
        if _NAMES_PAGE.search(tag[0]) and (found := _ADDRESS.search(tag[0])):
            yield found[1].replace("&amp;", "&")


_SAMPLE = """<!DOCTYPE html><html><head><title>Zeros - LessWrong</title>
<link rel="canonical" href="https://www.lesswrong.com/posts/Sa4kPq8tLm2xNv6wB/zeros"></head><body>
<div class="PostsAuthors-root"><a href="/users/ada">Ada Moss</a></div><time datetime="2024-02-11T10:00:00.000Z"></time>
<div id="postContent" class="PostsPage-postContent"><p>I think that zeros are observations.</p></div>
<div class="comments-node" id="Ab3dEf7hJk9mNp2rS"><a href="/users/bo">Bo Lind</a>
<time datetime="2024-02-12T08:00:00.000Z"></time><div class="CommentBody-commentStyling"><p>I disagree.</p></div></div>
</body></html>"""

IMPORTER = Importer(
    name="forum-page",
    version="1",
    what="the page of a forum's post (LessWrong, Alignment Forum, EA Forum, GreaterWrong), saved as HTML",
    recognised_by="its address in the page's head, and the marks of these programs",
    gives="the post and its comments",
    keeps="text, maths, footnotes, author, day, karma, tags; comments on the page and whom they answer",
    loses="what the page folds away or has not loaded, its navigation",
    sniff=sniff,
    read=read,
    structure=structure,
    sample=_SAMPLE,
    precedence=30,
)
