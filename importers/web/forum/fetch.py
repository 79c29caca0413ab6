"""From a forum address to documents: a post with its discussion, a user, a sequence, a tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from importers.base import Failure
from importers.web.base import Fetcher, Known, Options
from importers.web.forum import paging, posts
from importers.web.forum.ask import Forum
from importers.web.forum.posts import Node
from importers.web.forum.sites import SITES
from importers.web.forum.urls import Target, parse
from kb.errors import KbError, UsageError
from kb.model.document import Document

if TYPE_CHECKING:
    from importers.web.client import Client

TAG_POSTS = 30
"""Posts of a tag where no limit is given: a tag may have thousands."""
_PROBED = 50

Found = Iterator[Document | Failure]


def matches(target: str) -> bool:
    """Whether the address is a forum's and names something that can be fetched."""
    return parse(target) is not None


def fetch(target: str, client: Client, options: Options) -> Found:
    """The documents behind a forum address, the main one first.

    A comment's address gives its post with the whole discussion; a user's gives their posts and comments; a
    sequence's its posts with their discussions; a tag's its page and posts.

    Raises:
        KbError: there is nothing under the address, it is not public, or the forum cannot be asked.
    """
    wanted = parse(target)
    if wanted is None:
        raise UsageError(f"{target} is no forum address that can be fetched", "give the address of a post")
    forum = Forum(SITES[wanted.site], client, options)
    if wanted.kind in {"post", "comment"}:
        yield from _discussion(forum, _post_node(forum, wanted, target), target, wanted.id if wanted.post else None)
    elif wanted.kind == "sequence":
        yield from _sequence(forum, wanted, target)
    elif wanted.kind == "tag":
        yield from _tag(forum, wanted, target)
    else:
        yield from _user(forum, wanted, target)


def _post_node(forum: Forum, wanted: Target, what: str) -> Node:
    questions = forum.questions
    name = wanted.post or wanted.id
    if name:
        ask = questions.post(name)
    elif wanted.slug:
        ask = questions.post_by_slug(wanted.slug)
    else:
        ask = questions.post_by_legacy(wanted.legacy or "")
    node = forum.one(ask, what)
    if not node.get("_id"):
        raise KbError(f"{what}: {forum.site.label} sent a post without an id", "run it again later")
    return node


def _discussion(forum: Forum, node: Node, what: str, comment: str | None = None) -> Found:
    """A post, then its comments; where these fail, the post all the same."""
    if not forum.options.comments and comment is None:
        yield posts.post(forum.site, node)
        return
    problems: list[str] = []
    try:
        nodes = paging.comments_of(forum, node, what)
    except KbError as error:
        yield posts.post(forum.site, node)
        yield Failure(f"{posts.page_url(forum.site, node)}#comments", error)
        return
    found = posts.comments(forum.site, nodes, node, problems)
    yield posts.post(forum.site, node, problems)
    yield from found
    if comment and not any(d.external_ids.get(forum.site.name) == comment for d in found):
        hint = "it may be deleted; the post and its other comments are in"
        yield Failure(what, KbError(f"{what}: no comment {comment} under this post", hint))


def _sequence(forum: Forum, wanted: Target, what: str) -> Found:
    node = forum.one(forum.questions.sequence(wanted.id or ""), what)
    yield posts.sequence(forum.site, node)
    listed = [
        post
        for chapter in node.get("chapters") or []
        for post in (chapter or {}).get("posts") or []
        if post and post.get("_id")
    ]
    for post in islice(listed, forum.options.limit):
        url = posts.page_url(forum.site, post)
        try:
            full = forum.one(forum.questions.post(str(post["_id"])), url)
        except KbError as error:
            yield Failure(url, error)
            continue
        yield from _discussion(forum, full, url)


def _tag(forum: Forum, wanted: Target, what: str) -> Found:
    node = forum.one(forum.questions.tag(wanted.slug or ""), what)
    yield posts.wikitag(forum.site, node)
    listed = paging.posts_of_tag(forum, str(node.get("_id")), what)
    limit = TAG_POSTS if forum.options.limit is None else forum.options.limit
    yield from _until_error((posts.post(forum.site, post) for post in islice(listed, limit)), f"{what} (its posts)")


def _user(forum: Forum, wanted: Target, what: str) -> Found:
    node = forum.one(forum.questions.user(wanted.slug or ""), what)
    user_id = str(node.get("_id"))
    if wanted.kind == "shortform":
        feed = node.get("shortformFeedId")
        if not feed:
            raise KbError(f"{what}: this user has no quick takes", "add the user's page for posts and comments")
        yield from _discussion(forum, forum.one(forum.questions.post(str(feed)), what), what)
        return
    own: Iterator[Document] = (posts.post(forum.site, n) for n in paging.posts_of_user(forum, user_id, what))
    said: Iterator[Document] = (
        posts.comment(forum.site, n, n.get("post") or {})
        for n in paging.comments_of_user(forum, user_id, what)
        if forum.options.comments and not n.get("deleted")
    )
    left = forum.options.limit
    for part, name in ((own, "posts"), (said, "comments")):
        if name == "comments" and not forum.options.comments:
            break
        for item in _until_error(islice(part, left), f"{what} ({name})"):
            yield item
            left = left - 1 if left is not None and isinstance(item, Document) else left


def _until_error(documents: Iterator[Document], what: str) -> Found:
    try:
        yield from documents
    except KbError as error:
        yield Failure(what, error)


@dataclass(frozen=True, slots=True)
class Revision:
    """What tells, without its text, whether a post or its discussion has changed. Votes are no change."""

    text: str | None
    comments: int
    last_comment: str | None


def probe(
    client: Client, ids: Sequence[str], site: str = "lesswrong", options: Options | None = None
) -> dict[str, Revision]:
    """The present revisions of posts by id; those that are gone are left out.

    Raises:
        KbError: the forum cannot be asked.
    """
    forum = Forum(SITES[site], client, options or Options())
    found: dict[str, Revision] = {}
    for at in range(0, len(ids), _PROBED):
        ask = forum.questions.probe(ids[at : at + _PROBED])
        for node in forum.many(ask, f"changes on {forum.site.label}", fresh=True):
            if name := node.get("_id"):
                found[str(name)] = _revision(node, node.get("contents_latest"))
    return found


def revision_of(original: bytes) -> Revision | None:
    """The revision that a stored original of a post is; None where it is none."""
    import json

    try:
        node = json.loads(original)
    except ValueError:
        return None
    if not isinstance(node, dict) or "commentCount" not in node:
        return None
    return _revision(node, (node.get("contents") or {}).get("_id"))


def _revision(node: Node, text: object) -> Revision:
    last = node.get("lastCommentedAt")
    return Revision(str(text) if text else None, int(node.get("commentCount") or 0), str(last) if last else None)


def stale(known: Sequence[Known], client: Client, options: Options) -> list[str]:
    """The addresses of posts whose text or discussion is new. Pages of tags and users are lists, not texts."""
    found: list[str] = []
    for site in SITES:
        posts = {k.external_ids[site]: k for k in known if site in k.external_ids}
        now = probe(client, list(posts), site, options) if posts else {}
        found += [k.url for name, k in posts.items() if now.get(name) != revision_of(k.original)]
    return found


FETCHER = Fetcher(
    name="forum",
    what="LessWrong, Alignment Forum and EA Forum: a post with its discussion, a user, a sequence or a tag",
    matches=matches,
    fetch=fetch,
    stale=stale,
    precedence=10,
)
