"""Lists of a forum, page after page.

A page can be shorter than asked for though more follow, because what a reader may not see is taken out after the
page is cut: a list ends where a page is empty or brings nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.web.forum.ask import Forum
from importers.web.forum.posts import Node

COMMENTS = 200
POSTS = 50
LARGEST = 5000
"""The most that a server gives in one answer."""
FARTHEST = 2000
"""Servers refuse a larger offset."""


def comments_of(forum: Forum, post: Node, what: str) -> list[Node]:
    """All comments of a post: a question's answers and a debate's responses are lists of their own."""
    post_id = str(post["_id"])
    found: dict[str, Node] = {}
    whole = _view(forum, "postCommentsOld", post_id, what, found)
    if not whole:  # more than offsets reach: from the other end too, and what is still missing thread by thread
        _view(forum, "postCommentsNew", post_id, what, found)
        _threads(forum, what, found)
    if post.get("question"):
        _view(forum, "answersAndReplies", post_id, what, found)
    if post.get("debate"):
        _view(forum, "debateResponses", post_id, what, found)
    return list(found.values())


def _view(forum: Forum, view: str, post_id: str, what: str, found: dict[str, Node]) -> bool:
    """Adds the comments of one view; whether its end was seen."""
    for offset in range(0, FARTHEST + 1, COMMENTS):
        page = forum.many(forum.questions.comments(view, post_id, COMMENTS, offset), what)
        if not _new(page, found):
            return True
    return False


def _threads(forum: Forum, what: str, found: dict[str, Node]) -> None:
    tops = {name: node for name, node in found.items() if not node.get("parentCommentId")}
    have: dict[str, int] = {}
    for node in found.values():
        if top := node.get("topLevelCommentId"):
            have[str(top)] = have.get(str(top), 0) + 1
    for name, node in tops.items():
        if int(node.get("descendentCount") or 0) > have.get(name, 0):
            _new(forum.many(forum.questions.thread(name, LARGEST), what), found)


def posts_of_user(forum: Forum, user_id: str, what: str) -> Iterator[Node]:
    """A user's posts, oldest first, by the date of the last one seen."""
    seen: dict[str, Node] = {}
    after: str | None = None
    limit = POSTS
    while True:
        page = forum.many(forum.questions.user_posts(user_id, after, limit), what)
        new = _new(page, seen)
        yield from new
        last = max((str(node["postedAt"]) for node in page if node.get("postedAt")), default=None)
        if new and last and last != after:
            after, limit = last, POSTS
        elif len(page) >= limit < LARGEST and page:  # a whole page of one moment
            limit = min(limit * 4, LARGEST)
        else:
            return


def comments_of_user(forum: Forum, user_id: str, what: str) -> Iterator[Node]:
    """A user's comments, newest first, as far back as the forum gives them."""
    seen: dict[str, Node] = {}
    for offset in range(0, FARTHEST + 1, COMMENTS):
        new = _new(forum.many(forum.questions.user_comments(user_id, COMMENTS, offset), what), seen)
        yield from new
        if not new:
            return


def posts_of_tag(forum: Forum, tag_id: str, what: str) -> Iterator[Node]:
    """A tag's posts, the most relevant first."""
    seen: dict[str, Node] = {}
    for offset in range(0, FARTHEST + 1, POSTS):
        new = _new(forum.many(forum.questions.tag_posts(tag_id, POSTS, offset), what), seen)
        yield from new
        if not new:
            return


def _new(page: list[Node], seen: dict[str, Node]) -> list[Node]:
    new = []
    for node in page:
        name = str(node.get("_id") or "")
        if name and name not in seen:
            seen[name] = node
            new.append(node)
    return new
