"""A forum on this machine: posts and comments made up by a test, answered as the real program answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importers.web.base import Options
from importers.web.client import Client
from tests.importers.web.web_server import Answer, Request, Server, answer_json, serve

HOSTS = ("www.lesswrong.com", "forum.effectivealtruism.org")
USER = {"_id": "user00000000000aa", "slug": "ann_lee", "displayName": "Ann Lee", "username": "Ann_Lee"}


def an_id(number: int, letter: str = "c") -> str:
    """A valid id of 17 characters."""
    return f"{letter}{number:016d}"


def a_post(number: int = 1, html: str = "<p>The herons left early.</p>", **fields: Any) -> dict[str, Any]:
    name = an_id(number, "p")
    slug = fields.pop("slug", "counting-herons")
    return {
        "_id": name,
        "slug": slug,
        "title": "Counting Herons",
        "pageUrl": f"https://www.lesswrong.com/posts/{name}/{slug}",
        "postedAt": f"2024-03-{number % 28 + 1:02d}T08:00:00.123Z",
        "user": USER,
        "coauthors": [],
        "tags": [{"_id": "t", "name": "Birds", "slug": "birds"}],
        "commentCount": 0,
        "lastCommentedAt": None,
        "contents": {"_id": f"rev{number}", "version": "1.0.0", "html": html},
        **fields,
    }


def a_comment(
    number: int, parent: int | None = None, html: str | None = None, post: int = 1, **fields: Any
) -> dict[str, Any]:
    second, minute = number % 60, number // 60
    return {
        "_id": an_id(number),
        "postId": an_id(post, "p"),
        "parentCommentId": None if parent is None else an_id(parent),
        "topLevelCommentId": None,
        "postedAt": f"2024-04-01T{minute // 60:02d}:{minute % 60:02d}:{second:02d}.{number % 1000:03d}Z",
        "user": {"_id": f"u{number % 7}", "slug": f"reader-{number % 7}", "displayName": f"Reader {number % 7}"},
        "contents": {"version": "1.0.0", "html": f"<p>Remark {number}.</p>" if html is None else html},
        "deleted": False,
        **fields,
    }


@dataclass
class FakeForum:
    """What it knows, and what it was asked."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    users: list[dict[str, Any]] = field(default_factory=list)
    tags: list[dict[str, Any]] = field(default_factory=list)
    sequences: list[dict[str, Any]] = field(default_factory=list)
    unseen: set[str] = field(default_factory=set)  # ids taken out after a page is cut
    fault: Callable[[int, dict[str, Any]], Answer | None] = lambda _number, _asked: None
    asked: list[dict[str, Any]] = field(default_factory=list)
    page_limit: int = 100_000

    def answer(self, request: Request) -> Answer:
        asked = request.json
        self.asked.append(asked)
        fault = self.fault(len(self.asked), asked)
        if fault is not None:
            return fault
        variables = asked["variables"]
        name, values = asked["operationName"], {**variables, **(variables.get("input") or {}).get("terms", {})}
        return answer_json({"data": self._data(name, asked["query"], values)})

    def _data(self, name: str, query: str, v: dict[str, Any]) -> Any:
        view = v.get("view")
        if name in {"PostById", "PostByIdLegacy"}:
            return {"post": {"result": next((p for p in self.posts if p["_id"] == v["id"]), None)}}
        if name == "PostBySlug" or view == "slugPost":
            return {"posts": {"results": [p for p in self.posts if p["slug"] == v["slug"]]}}
        if name == "PostByLegacyId" or view == "legacyIdPost":
            return {"posts": {"results": [p for p in self.posts if p.get("legacyId") == v["legacyId"]]}}
        if name == "PostRefreshProbe":
            ids = v.get("ids") or v["exactPostIds"]
            revised = [{**p, "contents_latest": p["contents"]["_id"]} for p in self.posts if p["_id"] in ids]
            return {"posts": {"results": revised}}
        if name == "UserPosts" or view == "userPosts":
            after = v.get("after") or ""
            mine = sorted((p for p in self.posts if p["postedAt"] >= after), key=lambda p: p["postedAt"])
            return {"posts": {"results": self._page(mine, {**v, "offset": 0})}}
        if name == "TagPosts" or view == "tagRelevance":
            return {"posts": {"results": self._page(self.posts, v)}}
        if name in {"UserBySlug"}:
            return {"users": {"results": [u for u in self.users if u["slug"] == v["slug"]]}}
        if name == "TagBySlug":
            return {"tags": {"results": [t for t in self.tags if t["slug"] == v["slug"]]}}
        if name == "SequenceById":
            return {"sequence": {"result": next((s for s in self.sequences if s["_id"] == v["id"]), None)}}
        return {"comments": {"results": self._page(self._comments(name, query, v), v)}}

    def _comments(self, name: str, query: str, v: dict[str, Any]) -> list[dict[str, Any]]:
        if name == "CommentThread" or v.get("view") == "repliesToCommentThread":
            top = v.get("top") or v["topLevelCommentId"]
            return [c for c in self.comments if top in (c["_id"], c["topLevelCommentId"])]
        if name == "UserComments" or v.get("view") == "profileComments":
            return self.comments[::-1]
        here = [c for c in self.comments if c["postId"] == v["postId"]]
        asks = next(
            (one for one in ("answersAndReplies", "debateResponses") if one in query or one == v.get("view")), None
        )
        kinds = {None: "plain", "answersAndReplies": "answer", "debateResponses": "debate"}
        found = [c for c in here if _kind(c) == kinds[asks]]
        return found[::-1] if "postCommentsNew" in query or v.get("view") == "postCommentsNew" else found

    def _page(self, items: list[dict[str, Any]], v: dict[str, Any]) -> list[dict[str, Any]]:
        begin = v.get("offset") or 0
        cut = items[begin : begin + min(v["limit"], self.page_limit)]
        return [item for item in cut if item["_id"] not in self.unseen]


def _kind(comment: dict[str, Any]) -> str:
    if comment.get("debateResponse"):
        return "debate"
    return "answer" if comment.get("answer") or comment.get("parentAnswerId") else "plain"


@contextmanager
def forum_at(forum: FakeForum, home: Path | None = None) -> Iterator[tuple[Client, Options]]:
    """The forum behind a server, with a client that does not wait and the options that lead to it."""
    with serve({"/graphql": forum.answer}) as server, _client(home) as client:
        yield client, options_for(server)


def options_for(server: Server, **more: Any) -> Options:
    return Options(endpoints={host: server.url("") for host in HOSTS}, **more)


def _client(home: Path | None) -> Client:
    return Client(home, allow_private=True, pacing={"127.0.0.1": 0}, sleep=lambda _: None)


def a_refusal(message: str, status: int = 200, data: Any = None) -> Answer:
    return Answer(
        json.dumps({"errors": [{"message": message, "path": ["post"]}], "data": data}).encode(),
        status,
        {"Content-Type": "application/json"},
    )
