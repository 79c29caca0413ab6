"""Threads of Hacker News: the nested items of its search (Algolia), a list of its hits, or the items of Firebase."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from importers.base import Importer, Input
from importers.discussions.posts import Post, documents
from importers.discussions.values import Node, labels, line, looks_like, moment, nodes, number, objects, sniffed, words
from importers.documents.html.convert import to_markdown
from kb.errors import KbError
from kb.model.document import Author, Document, Pointer
from kb.model.facts import Fact, fact
from kb.text.repair import repair
from notes.markdown.structure import structure

_SITE = "https://news.ycombinator.com"
_TYPES = {"story", "comment", "poll", "job", "pollopt"}
_QUOTED = re.compile(r"(^|<p>)\s*(?:<i>)?\s*&gt;\s?(?P<words>.*?)(?=<p>|\Z)", re.S)
_COUNTS = {"points", "score", "descendants", "num_comments", "children", "kids", "_highlightResult", "updated_at"}


def sniff(source: Input) -> float:
    """How sure it is: items with an author and a type of item, as Algolia or Firebase have them."""
    algolia = looks_like(source, '"author"', '"created_at_i"')
    firebase = looks_like(source, '"by"', '"time"', '"type"')
    if not (algolia or firebase):
        return 0.0
    items = list(_items(sniffed(source)))[:50]
    known = sum(_is_item(one) for one in items)
    return 0.95 if items and known >= 0.8 * len(items) else 0.0


def read(source: Input) -> list[Document]:
    """A document a story, poll or job, and one a comment.

    Raises:
        KbError: not JSON, or no item in it.
    """
    items = [one for one in _items(objects(source)) if _is_item(one)]
    odd: Counter[str] = Counter()
    stories = {_id(one): one for one in items if not _is_comment(one)}
    above = {_id(one): line(one, "parent_id", "parent") for one in items}
    posts, options = [], [one for one in items if line(one, "type") == "pollopt"]
    for one in items:
        if line(one, "type") == "pollopt":
            continue
        if one.get("deleted") or one.get("dead") or (_is_comment(one) and not _text(one)):
            odd["deleted or dead comments and stories are left out"] += 1
            continue
        root = stories.get(_root(_id(one), above))
        posts.append(_comment(one, root) if _is_comment(one) else _story(one, options))
    if not posts:
        raise KbError(
            f"{source.called} holds no post of Hacker News that has words", "fetch it again with its children"
        )
    return documents(source, IMPORTER.name, structure, posts, odd)


def _items(given: list[Node]) -> Iterator[Node]:
    """All items, whatever they are nested in, in the order of a thread that is read downwards."""
    waiting = list(reversed(given))
    while waiting:
        one = waiting.pop()
        inside = nodes(one, "hits") or nodes(one, "items")
        if not inside and "id" not in one and "objectID" not in one:
            inside = [value for name, value in one.items() if name.isdecimal() and isinstance(value, dict)]
        if inside:
            waiting += reversed(inside)
            continue
        yield one
        waiting += reversed([*nodes(one, "options"), *nodes(one, "children")])


def _is_item(one: Node) -> bool:
    kind = line(one, "type") in _TYPES or bool(set(labels(one, "_tags")) & _TYPES)
    told = "author" in one or "by" in one or bool(one.get("deleted")) or bool(one.get("dead"))
    return kind and told and bool(_id(one)) and _id(one).isdecimal()


def _is_comment(one: Node) -> bool:
    return line(one, "type") == "comment" or "comment" in labels(one, "_tags")


def _id(one: Node) -> str:
    return line(one, "id", "objectID")


def _root(item: str, above: dict[str, str]) -> str:
    seen: set[str] = set()
    while above.get(item) and item not in seen:
        seen.add(item)
        item = above[item]
    return item


def _story(one: Node, options: list[Node]) -> Post:
    link = words(one, "url")
    parts = [f"This is a linkpost for <{link}>"] if link.startswith(("http://", "https://")) else []
    parts.append(_text(one))
    own = [option for option in options if line(option, "poll", "parent_id", "parent") == _id(one)]
    parts.append("\n".join(f"- {_text(option)}" for option in own))
    return Post(
        key=_id(one),
        title=repair(line(one, "title")) or f"Item {_id(one)}",
        text="\n\n".join(part for part in parts if part),
        raw=_kept(one),
        kind="post",
        authors=_authors(one),
        published=moment(one, "created_at", "created_at_i", "time"),
        url=_url(_id(one)),
        ids={"hackernews": _id(one)},
        facts=_points(one),
    )


def _comment(one: Node, root: Node | None) -> Post:
    story = line(one, "story_id")
    title = line(root, "title") if root else line(one, "story_title")
    known = _id(root) if root else story
    about = Pointer(title or f"Item {known}", "hackernews", _url(known)) if known else None
    return Post(
        key=_id(one),
        title=f"Comment on {title or 'a post of Hacker News'}",
        text=_text(one),
        raw=_kept(one),
        authors=_authors(one),
        published=moment(one, "created_at", "created_at_i", "time"),
        url=_url(_id(one)),
        ids={"hackernews": _id(one)},
        above=line(one, "parent_id", "parent"),
        root=about,
        facts=_points(one),
    )


def _text(one: Node) -> str:
    """The words of an item as Markdown; a paragraph behind ">" is a quote, as people write it there."""
    html = words(one, "text", "comment_text", "story_text")
    quoted = _QUOTED.sub(lambda found: f"<blockquote><p>{found['words']}</p></blockquote><p>", html)
    return to_markdown(quoted, _SITE) if html.strip() not in {"[deleted]", "[dead]", "[flagged]"} else ""


def _points(one: Node) -> tuple[Fact, ...]:
    return fact("points", number(one, "points", "score"))


def _authors(one: Node) -> tuple[Author, ...]:
    name = line(one, "author", "by")
    return (Author(name, name),) if name else ()


def _url(item: str) -> str:
    return f"{_SITE}/item?id={item}"


def _kept(one: Node) -> Node:
    return {name: value for name, value in one.items() if name not in _COUNTS}


IMPORTER = Importer(
    name="hackernews",
    version="1",
    what="threads of Hacker News (JSON of Algolia's search, or items of Firebase)",
    recognised_by="JSON items with `author` and `created_at_i`, or with `by`, `time` and `type`",
    gives="one a story and one a comment",
    keeps="stories and comments, who answers whom, points",
    loses="deleted and dead ones",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("hacker-news.json",),
    precedence=26,
)
