"""A forum's JSON to documents: posts, comments, answers, quick takes, wikitags and sequences."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from importers.base import Importer, Input
from importers.documents.html.convert import to_markdown
from importers.documents.html.mathml import missing
from importers.titles import first_sentence
from importers.web.forum.counts import counted, without_counts
from importers.web.forum.formulas import text_of
from importers.web.forum.sites import Site
from importers.web.forum.structure import structure
from kb.model import identity
from kb.model.document import Author, Document, Pointer
from kb.model.words import SourceKind
from kb.text.repair import repair
from kb.text.strings import squash

Node = Mapping[str, Any]
"""One object of an answer. Fields may be missing or null; unknown ones do not matter."""

_KNOWN_BY = "anonymous"


def post(site: Site, node: Node, problems: Sequence[str] = ()) -> Document:
    """The document of a post.

    A link post says in its first line what it links to, as the forum's page does.
    """
    url = page_url(site, node)
    body = _html(node)
    text = to_markdown(body, url) if body is not None else repair(_of(node, "contents").get("markdown") or "")
    link = str(node.get("url") or "").strip()
    if link.startswith(("http://", "https://")) and not _same_page(link, url):
        text = f"This is a linkpost for <{link}>\n\n{text}".rstrip()
    odd = list(problems)
    if not text:
        odd.append("the forum sent no text for this post")
    title = squash(repair(str(node.get("title") or ""))) or "Untitled post"
    return _document(
        site,
        node,
        "post",
        title,
        text,
        url,
        external_ids={site.name: str(node["_id"])},
        tags=tuple(dict.fromkeys(squash(str(t["name"])) for t in _list(node, "tags") if t.get("name"))),
        problems=tuple(odd),
    )


def comments(site: Site, nodes: Sequence[Node], under: Node, problems: list[str]) -> list[Document]:
    """The documents of a post's comments, oldest first, so that a parent comes before its replies.

    Deleted ones are left out. What stands under one that is not there hangs under the post and remembers the id of
    what it answered. `problems` gets a line for each kind of thing that was odd.
    """
    there = {str(node["_id"]): node for node in nodes if node.get("_id")}
    alive = {name: node for name, node in there.items() if not node.get("deleted")}
    readable = {name: node for name, node in alive.items() if _html(node) is not None or _markdown(node)}
    documents = [
        comment(site, node, _of(node, "post") or under, readable.keys())
        for node in sorted(readable.values(), key=lambda node: (str(node.get("postedAt") or ""), str(node["_id"])))
    ]
    for count, what in (
        (len(there) - len(alive), "deleted comments are left out"),
        (len(alive) - len(readable), "comments came without text and are left out"),
        (sum(_parent_key(site) in d.external_ids for d in documents), "comments answer one that is not there"),
    ):
        if count:
            problems.append(f"{what}: {count}")
    return documents


def comment(site: Site, node: Node, under: Node, there: Collection[str] | None = None) -> Document:
    """The document of one comment, answer, debate response or quick take.

    Args:
        node: the comment.
        under: the post it stands under.
        there: ids of the comments that were found; another parent is taken for gone. None: any may be there.
    """
    name, post_id = str(node["_id"]), str(node.get("postId") or under.get("_id") or "")
    base = page_url(site, {"_id": post_id, **_named(under)}) if post_id else site.home
    url = f"{base}?commentId={name}" if post_id else str(node.get("pageUrl") or "")
    text = text_of(_html(node) or "", _markdown(node), base) or repair(_markdown(node))
    ids = {site.name: name}
    if post_id:
        ids[f"{site.name}_post"] = post_id
    title = squash(repair(str(under.get("title") or ""))) or "a post"
    parent = Pointer(title, site.namespace, base) if post_id else None
    above = node.get("parentCommentId")
    if above and (there is None or above in there) and post_id:
        parent = Pointer(f"Comment on {title}", site.namespace, f"{base}?commentId={above}")
    elif above:
        ids[_parent_key(site)] = str(above)
    kind: SourceKind = "comment"
    shown = f"{'Answer to' if node.get('answer') else 'Comment on'} {title}"
    if node.get("shortform") and not above:
        kind, shown = "shortform", first_sentence(text) or f"Quick take on {title}"
    problems = ["its author took it back"] if node.get("retracted") else []
    return _document(
        site, node, kind, shown, text, url, external_ids=ids, parent=parent, problems=tuple(problems)
    )  # fmt: skip


def wikitag(site: Site, node: Node) -> Document:
    """The document of a tag's own page."""
    name = squash(str(node.get("name") or node.get("slug")))
    url = f"{site.home}/{site.wiki}/{node.get('slug')}"
    body = _of(node, "description").get("html")
    return _document(site, node, "web", name, to_markdown(str(body or ""), url), url, tags=(name,))


def sequence(site: Site, node: Node) -> Document:
    """The document of a sequence: its introduction and the list of its posts."""
    url = f"{site.home}/s/{node['_id']}"
    parts = [to_markdown(str(_of(node, "contents").get("html") or ""), url)]
    for chapter in _list(node, "chapters"):
        if title := squash(str(chapter.get("title") or "")):
            parts.append(f"## {title}")
        parts.append(to_markdown(str(_of(chapter, "contents").get("html") or ""), url))
        listed = [f"- [{squash(str(p.get('title')))}]({page_url(site, p)})" for p in _list(chapter, "posts")]
        parts.append("\n".join(listed))
    text = repair("\n\n".join(part for part in parts if part))
    title = squash(repair(str(node.get("title") or ""))) or "Untitled sequence"
    return _document(site, {"postedAt": node.get("createdAt"), **node}, "web", title, text, url)


def page_url(site: Site, node: Node) -> str:
    """The canonical address of a post, whichever mirror the answer came from."""
    if given := node.get("pageUrl"):
        known = identity.of_url(str(given))
        if known.external_ids.get(site.name) == node.get("_id") and known.url:
            return known.url
    slug = node.get("slug")
    return f"{site.home}/posts/{node.get('_id')}" + (f"/{slug}" if slug else "")


def _document(
    site: Site,
    node: Node,
    kind: SourceKind,
    title: str,
    text: str,
    url: str,
    *,
    external_ids: Mapping[str, str] | None = None,
    tags: tuple[str, ...] = (),
    parent: Pointer | None = None,
    problems: tuple[str, ...] = (),
) -> Document:
    blocks, references = structure(text)
    return Document(
        kind=kind,
        title=title,
        text=text,
        blocks=blocks,
        references=references,
        authors=_authors(node) if kind != "web" or node.get("user") else (),
        url=url,
        published=node.get("postedAt"),
        external_ids=external_ids or {},
        tags=tags,
        parent=parent,
        namespace=site.namespace,
        original=json.dumps(_as_kept(node), ensure_ascii=False).encode("utf-8", "replace"),
        importer=IMPORTER.name,
        target=url,
        problems=(*problems, *missing(text)),
        facts=counted(node),
    )


def _authors(node: Node) -> tuple[Author, ...]:
    """The user and the coauthors, each once; where the user is gone or hidden, the name that is shown."""
    people = [person for person in [node.get("user"), *_list(node, "coauthors")] if isinstance(person, Mapping)]
    if node.get("hideAuthor"):
        people = []
    found: dict[str, Author] = {}
    for person in people:
        account = str(person.get("username") or "")
        # The account's name is what a reader's archive shows; one with blanks cannot be told from a name there.
        slug = account if account and " " not in account else person.get("slug")
        name = squash(repair(str(person.get("displayName") or account or slug or "")))
        if name:
            found.setdefault(str(person.get("_id") or slug or name), Author(name, slug or None))
    if not found:
        shown = squash(repair(str(node.get("author") or "")))
        return (Author(shown if shown and not node.get("hideAuthor") else _KNOWN_BY),)
    return tuple(found.values())


def _html(node: Node) -> str | None:
    for body in (_of(node, "contents").get("html"), node.get("htmlBody")):
        if isinstance(body, str):
            return body
    return None


def _as_kept(node: Node) -> dict[str, Any]:
    """What the forum sent, without counts, and without the Markdown where it tells no more than the HTML."""
    kept = without_counts(node)
    if _markdown(node) and "<mjx-container" not in (html := _html(node) or "") and html:
        kept["contents"] = {name: value for name, value in _of(node, "contents").items() if name != "markdown"}
    return kept


def _markdown(node: Node) -> str:
    return str(_of(node, "contents").get("markdown") or "")


def _of(node: Node, name: str) -> Node:
    value = node.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(node: Node, name: str) -> list[Node]:
    value = node.get(name)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _named(node: Node) -> dict[str, Any]:
    return {name: node[name] for name in ("slug", "pageUrl") if node.get(name)}


def _parent_key(site: Site) -> str:
    return f"{site.name}_parent"


def _same_page(a: str, b: str) -> bool:
    return identity.of_url(a).keys == identity.of_url(b).keys


def _no_text(_: Input) -> float:
    return 0.0  # it comes from the web, never from a file


def _read(_: Input) -> list[Document]:
    return []


IMPORTER = Importer(
    name="forum",
    version="1",
    what="posts and comments of LessWrong, the Alignment Forum and the EA Forum, by their addresses",
    recognised_by="by address only ([importing](importing.md))",
    gives="a post and its comments",
    keeps="text, maths, footnotes, comments and whom they answer, karma, votes and reactions, tags",
    loses="deleted comments, pictures but for their addresses",
    sniff=_no_text,
    read=_read,
    structure=structure,
    precedence=32,
)
