"""Addresses of single posts in discussions, where what tells them apart is no part of the page's address.

A comment of GitHub is a fragment of its issue's page, a review of OpenReview a parameter of its paper's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

KNOWN_BY_URL = frozenset({"github", "hackernews", "discourse"})
"""External ids of posts that their addresses identify: two texts with different ones are two posts, however alike."""

_ISSUE = re.compile(r"/[^/]+/[^/]+/(?:issues|pull)/\d+")
_COMMENT = re.compile(r"(?:issuecomment|discussion_r|pullrequestreview)-?[\w=-]+")
_NOTE = re.compile(r"[\w-]{6,40}")
_REVIEWS = "openreview.net"
_REVIEW_HOSTS = frozenset({_REVIEWS, "api.openreview.net", "api2.openreview.net"})


@dataclass(frozen=True, slots=True)
class Post:
    """The canonical address of a post, and what else identifies it."""

    url: str
    external_ids: Mapping[str, str] = field(default_factory=dict)


def read(host: str, path: str, query: str, fragment: str) -> Post | None:
    """The post at an address, by its parts, the host in small letters without `www.`; None for any other page."""
    if fragment and _COMMENT.fullmatch(fragment) and (issue := _ISSUE.match(path)):
        return Post(f"https://{host}{issue[0]}#{fragment}")
    if host in _REVIEW_HOSTS and path.rstrip("/") in {"/forum", "/pdf", "/notes", "/references/pdf", "/attachment"}:
        return _of_openreview(dict(parse_qsl(query)))
    return None


def openreview(forum: str, note: str = "") -> str:
    """The address of a paper on OpenReview, or of a note of its discussion."""
    behind = f"&noteId={note}" if note and note != forum else ""
    return f"https://{_REVIEWS}/forum?id={forum}{behind}"


def forum_in(url: str) -> str:
    """The id of the forum that an address of OpenReview names, also one of a note in it; "" where it names none."""
    return _forum(dict(parse_qsl(urlsplit(url).query)))


def _forum(given: Mapping[str, str]) -> str:
    return given.get("forum") or given.get("id", "")


def _of_openreview(given: Mapping[str, str]) -> Post | None:
    forum = _forum(given)
    note = given.get("noteId") or forum
    if not (_NOTE.fullmatch(forum) and _NOTE.fullmatch(note)):
        return None
    return Post(openreview(forum, note), {"openreview": note})
