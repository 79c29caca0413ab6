"""What the page of a forum's post says for machines (JSON-LD): the post, and the whole HTML of its comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from importers.exports.parsing import objects
from importers.web.forum.posts import Node
from kb.text import dates
from kb.text.json_values import json_value
from kb.text.strings import fold, squash

USER = re.compile(r"/(?:users|profile)/([^/?#]+)")
"""The address of a person's page; its group is how the site calls them."""


@dataclass(frozen=True, slots=True)
class Told:
    """What JSON-LD says of the post, and its comments by who wrote them when."""

    post: Node = field(default_factory=dict)
    comments: Mapping[tuple[str, str], str] = field(default_factory=dict)


def of(root: etree._Element) -> Told:
    """What a page says; nothing where it says nothing."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            found = json_value("".join(script.itertext()))
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and found.get("@type") == "DiscussionForumPosting":
            counts = {_kind(one): one.get("userInteractionCount") for one in objects(found, "interactionStatistic")}
            numbers = {"likes": counts.get("LikeAction"), "count": counts.get("CommentAction")}
            return Told({**found, **{k: v for k, v in numbers.items() if isinstance(v, int)}}, _said(found))
    return Told()


def _kind(counter: Node) -> str:
    given = counter.get("interactionType")
    return words(given.get("@type") if isinstance(given, dict) else given).rpartition("/")[2]


def _said(post: Node) -> dict[tuple[str, str], str]:
    """The comments' HTML by author and second; where two are the same, none."""
    found: dict[tuple[str, str], str] = {}
    waiting = [post]
    while waiting:
        for one in objects(waiting.pop(), "comment"):
            waiting.append(one)
            names = authors(one)
            key = (
                fold(names[0]["displayName"]) if names else "",
                (dates.read(words(one.get("datePublished"))) or "")[:19],
            )
            found[key] = "" if key in found else words(one.get("text"))
    return {key: text for key, text in found.items() if text}


def authors(linked: Node) -> list[Node]:
    """The people who wrote a post or comment, as the forum would name them."""
    given = linked.get("author")
    found: list[Node] = []
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, dict) and (name := squash(words(one.get("name")))):
            known = USER.search(words(one.get("url")))
            found.append({"displayName": name, **({"slug": known[1]} if known else {})})
    return found


def words(value: object) -> str:
    """A value, if it is words."""
    return value if isinstance(value, str) else ""
