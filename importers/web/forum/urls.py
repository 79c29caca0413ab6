"""What a forum address means: every form of it that people paste."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from kb.model.identity import FORUM_HOSTS, FORUM_ID

Kind = Literal["post", "comment", "user", "sequence", "tag", "shortform"]

_ID = "[A-Za-z0-9]{17}"
_POST = re.compile(
    rf"^/(?:posts|events|highlights|g/[^/]+/p|s/[^/]+/p)/({_ID})(?:/[^/]*)?(?:/(?:comment|answer)/({_ID}))?/?$"
)
_POST_SLUG = re.compile(r"^/(?:posts/slug|rationality|codex|hpmor|highlights|handbook)/([^/]+)/?$")
_LEGACY = re.compile(r"^/(?:r/[^/]+/)?(?:lw|ea)/([0-9a-z]{1,6})(?:/[^/]*)?(?:/([0-9a-z]{1,6}))?/?$")
_SEQUENCE = re.compile(rf"^/(?:s|sequences)/({_ID})/?$")
_TAG = re.compile(r"^/(?:w|wiki|tags?|topics|concepts|p)/([^/]+)(?:/(?:discussion|history))?/?$")
_USER = re.compile(
    r"^/(?:users?|u)/([^/]+)(?:/(?:(shortform|quicktakes)|overview|submitted|comments|posts|replies))?/?$", re.I
)
_FRAGMENT = re.compile(rf"^(?:comment-)?({_ID})$")
_WIKI_HOSTS = {"arbital.com": "lesswrong"}


@dataclass(frozen=True, slots=True)
class Target:
    """What to fetch. One of `id`, `slug` and `legacy` names it; a comment names the post it stands under too."""

    site: str
    kind: Kind
    id: str | None = None
    slug: str | None = None
    legacy: str | None = None  # LessWrong 1.0 counted in base 36
    post: str | None = None  # of a comment


def parse(text: str) -> Target | None:
    """The target behind an address, or None where it is no forum's, or names nothing that can be fetched."""
    try:
        return _of(urlsplit(text.strip()))
    except ValueError:  # "http://[broken"
        return None


def _of(parts: SplitResult) -> Target | None:
    if parts.scheme.lower() not in {"http", "https"}:
        return None
    host = (parts.hostname or "").lower().removeprefix("www.")
    query = dict(parse_qsl(parts.query))
    site = FORUM_HOSTS.get(host)
    if site and parts.path.rstrip("/") == "/out" and "url" in query:
        return parse(query["url"])
    if site is None and host in _WIKI_HOSTS and (found := _TAG.match(parts.path)):
        return Target(_WIKI_HOSTS[host], "tag", slug=unquote(found[1]))
    return _path(site, parts.path, query, parts.fragment) if site else None


def _path(site: str, path: str, query: dict[str, str], fragment: str) -> Target | None:
    if found := _POST.match(path):
        comment = found[2] or _comment(query, fragment)
        if comment:
            return Target(site, "comment", id=comment, post=found[1])
        return Target(site, "post", id=found[1])
    if found := _POST_SLUG.match(path):
        return Target(site, "post", slug=unquote(found[1]))
    if found := _LEGACY.match(path):
        return Target(site, "post", legacy=found[1])
    if found := _SEQUENCE.match(path):
        return Target(site, "sequence", id=found[1])
    if found := _TAG.match(path):
        return Target(site, "tag", slug=unquote(found[1]))
    if found := _USER.match(path):
        return Target(site, "shortform" if found[2] else "user", slug=unquote(found[1]))
    return None


def _comment(query: dict[str, str], fragment: str) -> str | None:
    given = query.get("commentId", "")
    if FORUM_ID.match(given):
        return given
    found = _FRAGMENT.match(fragment)  # any other fragment is a heading
    return found[1] if found else None
