"""The page of a forum's post as the objects that the forum would have sent: a post, and the comments on the page.

Read are pages of the forum's own program (LessWrong, Alignment Forum, EA Forum) and of GreaterWrong. Both name what
counts by classes; the first also says it in JSON-LD, with the whole HTML of what the page shows cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from importers.web.facts import Facts
from importers.web.forum import linked_post
from importers.web.forum.posts import Node
from kb.model.identity import FORUM_ID
from kb.text import dates
from kb.text.strings import fold, squash

_SITE = re.compile(r"\s+[-—–|]\s+(?:LessWrong|LW|AI Alignment Forum|EA Forum|Effective Altruism Forum|GreaterWrong).*$")
_TITLE = re.compile(r"PostsPageTitle|(?:^|\s)post-title(?:\s|$)")
_BODY = re.compile(r"(?:^|\s)(?:PostsPage-postContent|post-body)(?:\s|$)")
_HEADER = re.compile(r"PostsAuthors|PostsPagePostHeader|LWPostsPageHeader|PostsPageSplashHeader|post-meta")
_COMMENT = frozenset(["comments-node", "comment-item"])
_SAID = re.compile(
    r"CommentBody-(?:commentStyling|answerStyling|root)|(?:^|\s)comment-?[bB]ody(?:\s|$)|CommentsItem-commentStyling"
)
_GONE = re.compile(r"CommentDeletedMetadata|deleted-comment")
_VOTES = re.compile(r"[vV]oteScore|karma-value|PostsVote\w*-score")
_ANSWER = re.compile(r"CommentFrame-isAnswer|(?:^|\s)answer(?:-item)?(?:\s|$)")
_NUMBER = re.compile(r"[-−]?\d[\d,]*")
_LINKED = re.compile(r"(?:commentId=|#(?:comment-)?|/comment/|/answer/)([A-Za-z0-9]{17})(?![A-Za-z0-9])")
_MORE = "read-more-button"


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page. `stated` is how many comments the page says there are, where it does."""

    post: Node
    comments: Sequence[Node] = ()
    stated: int | None = None
    cut: int = 0  # comments of which the page shows only the beginning
    nameless: int = 0  # comments that have no id on the page


def of(root: etree._Element, post_id: str, url: str, facts: Facts) -> Page | None:
    """The objects of a page; None where it shows no post."""
    told = linked_post.of(root)
    body = next((one for one in root.iter("div", "section", "article") if _is_body(one)), None)
    html = _html(body) if body is not None else ""
    text = linked_post.words(told.post.get("text"))
    if text and (not html or ("<" in text and len(text) > 0.8 * len(html))):
        html = text
    if not html:
        return None
    frames = [one for one in root.iter("div", "li") if _COMMENT & set((one.get("class") or "").split())]
    owners = _owners(root, frames)
    people = (
        _people(root, body, owners)
        or linked_post.authors(told.post)
        or [{"displayName": name} for name in facts.authors]
    )
    votes = told.post.get("likes")
    post: dict[str, Any] = {
        "_id": post_id,
        "title": _title(root) or linked_post.words(told.post.get("headline")) or _SITE.sub("", facts.title or ""),
        "pageUrl": url,
        "postedAt": dates.read(linked_post.words(told.post.get("datePublished")), fraction=True)
        or _posted(root, body, owners)
        or facts.date,
        "user": people[0] if people else None,
        "coauthors": people[1:],
        "baseScore": votes if votes is not None else _karma(root, body, owners),
        "tags": [{"name": name} for name in _tags(root) or facts.tags],
        "contents": {"html": html},
    }
    shortform = re.search(r"(?:short ?form|quick takes)$", post["title"], re.I) is not None
    comments, cut, nameless = _comments(frames, owners, told, post_id, shortform=shortform)
    return Page(post, comments, told.post.get("count"), cut, nameless)


def _title(root: etree._Element) -> str:
    marked = (
        one for one in root.iter("h1", "a") if any(_TITLE.search(up.get("class") or "") for up in (one, *one.iter()))
    )
    return next(filter(None, (squash("".join(one.itertext())) for one in marked)), "")


def _is_body(element: etree._Element) -> bool:
    return element.get("id") == "postContent" or _BODY.search(element.get("class") or "") is not None


def _html(element: etree._Element) -> str:
    inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return (element.text or "") + inner


def _owners(root: etree._Element, frames: Sequence[etree._Element]) -> dict[etree._Element, etree._Element]:
    """Which comment an element stands in, the innermost; none for those of the post."""
    known = set(frames)
    found: dict[etree._Element, etree._Element] = {}
    for element in root.iter():
        above = element.getparent()
        owner = element if element in known else found.get(above) if above is not None else None
        if owner is not None:
            found[element] = owner
    return found


def _before(
    root: etree._Element, body: etree._Element | None, owners: Mapping[etree._Element, etree._Element]
) -> Iterator[etree._Element]:
    """The elements of the post's header: marked as such, or all above its text."""
    marked = [
        one
        for one in root.iter("div", "span", "header")
        if _HEADER.search(one.get("class") or "") and one not in owners
    ]
    seen: set[etree._Element] = set()
    for place in marked:
        for one in place.iter():
            if one not in seen and isinstance(one.tag, str):
                seen.add(one)
                yield one
    for one in () if marked else root.iter():
        if one is body or one in owners:
            return
        if isinstance(one.tag, str):
            yield one


def _people(
    root: etree._Element, body: etree._Element | None, owners: Mapping[etree._Element, etree._Element]
) -> list[Node]:
    found: dict[str, Node] = {}
    for one in _before(root, body, owners):
        if person := _person(one):
            found.setdefault(person["slug"], person)
    return list(found.values())


def _person(element: etree._Element) -> Node | None:
    known = linked_post.USER.search(element.get("href") or "") if element.tag == "a" else None
    name = squash(element.get("data-full-name") or "".join(element.itertext())) if known else ""
    return {"slug": known[1], "displayName": name} if known and name else None


def _posted(
    root: etree._Element, body: etree._Element | None, owners: Mapping[etree._Element, etree._Element]
) -> str | None:
    times = (one for one in root.iter() if one not in owners and isinstance(one.tag, str))
    return next((when for one in (*_before(root, body, owners), *times) if (when := _when(one))), None)


def _when(element: etree._Element) -> str | None:
    if (given := element.get("data-js-date")) and re.fullmatch(r"\d{9,14}", given):
        seconds = datetime.fromtimestamp(int(given) / 1000, UTC)
        return seconds.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return dates.read(element.get("datetime") or "", fraction=True) if element.tag == "time" else None


def _karma(
    root: etree._Element, body: etree._Element | None, owners: Mapping[etree._Element, etree._Element]
) -> int | None:
    found = (_votes(one) for one in _before(root, body, owners))
    return next((number for number in found if number is not None), None)


def _votes(element: etree._Element) -> int | None:
    if not _VOTES.search(element.get("class") or ""):
        return None
    number = _NUMBER.search("".join(element.itertext()))
    return int(number[0].replace(",", "").replace("−", "-")) if number else None


def _tags(root: etree._Element) -> list[str]:
    links = (one for one in root.iter("a") if re.search(r"/(?:w|tag|topics)/", one.get("href") or ""))
    marked = (
        one
        for one in links
        if any("FooterTag" in (up.get("class") or "") or up.get("id") == "tags" for up in (one, *one.iterancestors()))
    )
    return list(
        dict.fromkeys(filter(None, (re.sub(r"\s*\(?\d+\)?$", "", squash("".join(one.itertext()))) for one in marked)))
    )


def _comments(
    frames: Sequence[etree._Element],
    owners: Mapping[etree._Element, etree._Element],
    told: linked_post.Told,
    post_id: str,
    *,
    shortform: bool,
) -> tuple[list[Node], int, int]:
    parts: dict[etree._Element, list[etree._Element]] = {}
    for element, owner in owners.items():
        if isinstance(element.tag, str):
            parts.setdefault(owner, []).append(element)
    names = {frame: _id(frame, parts.get(frame, ())) for frame in frames}
    found: dict[str, Node] = {}
    cut: set[str] = set()
    nameless = 0
    for frame in frames:
        own, name = parts.get(frame, []), names[frame]
        node, is_cut = _comment(own, told)
        if name is None:
            nameless += bool(node["contents"]["html"])
            continue
        above = owners.get(frame.getparent()) if frame.getparent() is not None else None
        parent = names.get(above) if above is not None else None
        kind = {"answer": _ANSWER.search(frame.get("class") or "") is not None, "shortform": shortform and not parent}
        # The page of a single comment has it twice: alone, and where it stands.
        if name not in found or (parent and not found[name]["parentCommentId"]):
            found[name] = {**node, **kind, "_id": name, "postId": post_id, "parentCommentId": parent}
            (cut.add if is_cut else cut.discard)(name)
    return list(found.values()), len(cut), nameless


def _comment(own: Sequence[etree._Element], told: linked_post.Told) -> tuple[Node, bool]:
    """What a comment's own elements say of it, and whether its text is cut off."""
    person = next((one for one in map(_person, own) if one), None)
    when = next((one for one in map(_when, own) if one), None)
    body = next((one for one in own if _SAID.search(one.get("class") or "")), None)
    html = _html(body) if body is not None else None
    whole = told.comments.get((fold(person["displayName"]) if person else "", (when or "")[:19]))
    short = html is None or _MORE in html
    deleted = html is None and any(_GONE.search(one.get("class") or "") for one in own)
    node = {
        "postedAt": when,
        "user": person,
        "baseScore": next((one for one in map(_votes, own) if one is not None), None),
        "deleted": deleted,
        "contents": {"html": whole if whole and short else html},
    }
    return node, short and whole is None and not deleted


def _id(frame: etree._Element, own: Sequence[etree._Element]) -> str | None:
    """The id of a comment: its frame's, that of an element in it, or that of the link to it."""
    above = frame.getparent()
    for one in (frame, *own, *([above] if above is not None and len(above) == 1 else ())):
        given = (one.get("id") or "").removeprefix("comment-")
        if FORUM_ID.match(given):
            return given
    for one in own:
        if one.tag == "a" and (linked := _LINKED.search(one.get("href") or "")) and any(map(_is_date, one.iter())):
            return linked[1]
    return None


def _is_date(element: etree._Element) -> bool:
    return element.tag == "time" or element.get("data-js-date") is not None
