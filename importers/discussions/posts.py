"""Posts of a discussion as documents: each a source that knows what it answers, those that are answered first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from importers.base import Input
from importers.discussions.values import Node
from kb.model.bibliography import Bibliography
from kb.model.document import Author, Document, Pointer, Structure
from kb.model.facts import Fact
from kb.model.words import SourceKind
from kb.text.repair import repair
from kb.text.strings import fold, squash

_WORDS_QUOTED = 5  # a shorter quote may stand anywhere
_QUOTED = 120  # characters of a quote that are looked for
_LOOKED_AT = 200  # earlier posts in which a quote is looked for


@dataclass(frozen=True, slots=True)
class Post:
    """One post. `above` is the key of what it answers, "" for what begins the discussion.

    `raw` is what the site sent, without what changes while the text does not.
    """

    key: str
    title: str
    text: str
    raw: Node
    kind: SourceKind = "comment"
    authors: tuple[Author, ...] = ()
    published: str | None = None
    url: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    above: str = ""
    root: Pointer | None = None  # what the discussion is about, where what it answers is not there
    tags: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    problems: tuple[str, ...] = ()
    bibliography: Bibliography = field(default_factory=Bibliography)
    summary: bool = False


def documents(
    source: Input, importer: str, structure: Structure, posts: Sequence[Post], odd: Mapping[str, int]
) -> list[Document]:
    """The documents of posts, what is answered before its answers. What was odd is told with the first one, counted.

    A post that answers one that is not there hangs under what the discussion is about.
    """
    by_key = {one.key: one for one in reversed(posts)}
    counts = Counter(odd)
    counts["posts that are there twice are read once"] += len(posts) - len(by_key)
    found: list[Document] = []
    for post in _in_order(posts, by_key):
        above = by_key.get(post.above)
        pointer = post.root
        if above is not None and above is not post:
            pointer = Pointer(above.title, importer, above.url)
        elif post.above:
            counts["posts answer one that is not in the file"] += 1
        found.append(_document(source, importer, structure, post, pointer))
    problems = tuple(f"{what}: {count}" for what, count in counts.items() if count > 0)
    return _told(found, (*source.problems, *problems))


def _document(source: Input, importer: str, structure: Structure, post: Post, parent: Pointer | None) -> Document:
    text = repair(post.text).strip()
    blocks, references = structure(text)
    raw = json.dumps(post.raw, ensure_ascii=False, sort_keys=True, default=str)
    return Document(
        kind=post.kind,
        title=squash(repair(post.title)) or "Untitled discussion",
        text=text,
        blocks=blocks,
        references=references,
        authors=tuple(Author(squash(repair(one.name)), one.slug) for one in post.authors if squash(repair(one.name))),
        url=post.url,
        published=post.published,
        external_ids=post.ids,
        bibliography=post.bibliography,
        tags=post.tags,
        parent=parent,
        original=raw.encode("utf-8", "replace"),
        importer=importer,
        target=source.target,
        problems=post.problems,
        summary=post.summary,
        facts=post.facts,
    )


def _told(found: list[Document], problems: tuple[str, ...]) -> list[Document]:
    return [replace(found[0], problems=(*found[0].problems, *problems)), *found[1:]] if found and problems else found


def _in_order(posts: Sequence[Post], by_key: Mapping[str, Post]) -> Iterator[Post]:
    """The posts in their order, each behind what it answers; a circle of answers is begun anywhere."""
    done: set[str] = set()
    for post in posts:
        chain: list[Post] = []
        at: Post | None = by_key[post.key]
        while at is not None and at.key not in done:
            done.add(at.key)
            chain.append(at)
            at = by_key.get(at.above)
        yield from reversed(chain)


def quoted_in(text: str, earlier: Sequence[Post]) -> str:
    """The key of the newest of these posts in which the first quote of a Markdown text stands; "" where none has it.

    For places whose comments stand in a row, where a quote is what tells which one is answered.
    """
    quote = _first_quote(text)
    if len(quote.split()) < _WORDS_QUOTED:
        return ""
    for post in reversed(earlier[-_LOOKED_AT:]):
        if quote in _bare(post.text):
            return post.key
    return ""


def _first_quote(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.lstrip().startswith(">"):
            lines.append(line.lstrip().lstrip("> "))
        elif lines:
            break
    return _bare(" ".join(lines))[:_QUOTED].strip()


@lru_cache(maxsize=2 * _LOOKED_AT)
def _bare(text: str) -> str:
    return fold(" ".join(text.translate(_MARKS).split()))


_MARKS = str.maketrans(dict.fromkeys("*_`>", " "))
