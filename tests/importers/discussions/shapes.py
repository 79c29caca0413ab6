"""Pieces of what sites send, with texts written for the tests."""

from __future__ import annotations

import json
from typing import Any

from kb.model.document import Document


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def answers(documents: list[Document]) -> dict[str, str]:
    """What each document with a parent answers, by the ends of their addresses."""
    return {str(one.url).rpartition("/")[2]: str(one.parent.url).rpartition("/")[2] for one in documents if one.parent}


def facts(document: Document) -> dict[str, float | str]:
    return {one.name: one.value for one in document.facts}


def item(
    name: int, above: int | None = None, text: str | None = "Frogs.", *children: Any, **more: Any
) -> dict[str, Any]:
    """An item of Algolia's search."""
    return {
        "id": name, "created_at": "2024-05-02T08:00:00.000Z", "created_at_i": 1714636800, "author": "ada",
        "type": "comment" if above else "story", "title": None if above else "Frogs in May", "url": None,
        "text": text, "points": None if above else 9, "parent_id": above, "story_id": 1, "children": list(children),
    } | more  # fmt: skip


def topic_post(number: int, cooked: str = "<p>Frogs are late.</p>", **more: Any) -> dict[str, Any]:
    """A post of Discourse."""
    return {
        "id": 500 + number, "name": "Ada Moss", "username": "ada", "created_at": "2024-04-02T07:15:00.000Z",
        "avatar_template": "/user_avatar/ponds.example/ada/{size}/7_2.png", "cooked": cooked, "post_number": number,
        "post_type": 1, "topic_id": 7, "topic_slug": "frogs", "reply_to_post_number": None, "actions_summary": [],
    } | more  # fmt: skip


def topic(*posts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A topic of Discourse, whole unless `more` says otherwise."""
    stream = {"posts": list(posts), "stream": [post["id"] for post in posts]}
    return {"post_stream": stream, "id": 7, "title": "Frogs", "slug": "frogs", "tags": ["ponds"]} | more


ISSUE = "https://github.com/ponds/frogs/issues/4"
API = "https://api.github.com/repos/ponds/frogs"


def issue(**more: Any) -> dict[str, Any]:
    """An issue as the REST interface has it."""
    return {
        "url": f"{API}/issues/4", "html_url": ISSUE, "number": 4, "title": "Frogs are lost", "body": "They are gone.",
        "user": {"login": "ada", "type": "User"}, "state": "open", "labels": [{"name": "ponds"}], "comments": 2,
        "created_at": "2024-05-31T16:20:00Z", "updated_at": "2024-06-01T00:00:00Z", "draft": False,
        "reactions": {"url": "x", "total_count": 3, "+1": 2, "-1": 0, "heart": 1},
    } | more  # fmt: skip


def issue_comment(name: int, body: str | None, login: str = "bo", **more: Any) -> dict[str, Any]:
    """A comment as the REST interface has it."""
    return {
        "id": name, "url": f"{API}/issues/comments/{name}", "html_url": f"{ISSUE}#issuecomment-{name}",
        "issue_url": f"{API}/issues/4", "user": {"login": login}, "body": body,
        "created_at": f"2024-06-01T00:00:{name:02}Z",
    } | more  # fmt: skip


def note(name: str, kind: str, content: dict[str, Any], replyto: str | None = None, **more: Any) -> dict[str, Any]:
    """A note of OpenReview's second interface."""
    return {
        "id": name, "forum": "fOrum001", "replyto": replyto, "cdate": 1700000000000,
        "signatures": ["P.cc/2024/Conference/Submission3/Reviewer_k7Qw"],
        "invitations": [f"P.cc/2024/Conference/Submission3/-/{kind}", "P.cc/2024/Conference/-/Edit"],
        "content": {key: {"value": value} for key, value in content.items()},
    } | more  # fmt: skip


def old_note(name: str, kind: str, content: dict[str, Any], replyto: str | None = None, **more: Any) -> dict[str, Any]:
    """The same of its first interface."""
    made = note(name, kind, {}, replyto)
    del made["invitations"]
    return made | {"invitation": f"P.cc/2019/Conference/-/Paper3/{kind}", "content": content} | more
