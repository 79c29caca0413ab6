"""Topics of Discourse, the forum program: the JSON behind a topic (`/t/ID.json`), or a list of posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from importers.base import Importer, Input
from importers.discussions.posts import Post, documents
from importers.discussions.values import Node, inner, labels, line, looks_like, moment, nodes, number, objects, sniffed
from importers.discussions.values import words as said
from importers.documents.html.convert import element_to_markdown, parse
from importers.web.forum.structure import structure
from kb.errors import KbError
from kb.model.document import Author, Document, Pointer
from kb.model.facts import Fact, fact, reactions
from kb.text.repair import repair

_REGULAR, _WHISPER = 1, 4
_LIKE = 2  # the kind of action that a like is
_LEFT_OUT = "posts that only tell that a topic was closed, moved and the like are left out"
_HOST = re.compile(r"/user_avatar/([\w.-]+\.\w{2,})/")
_QUOTE = re.compile(r'\[quote="?(?P<who>[^,"\]]*)(?:,\s*post:\s*(?P<post>\d+))?(?:,\s*topic:\s*(?P<topic>\d+))?[^\]]*\]'
                    r"(?P<words>.*?)\[/quote\]", re.S | re.I)  # fmt: skip
_LINES = re.compile(r"\n{3,}")
_COUNTS = {
    "actions_summary", "like_count", "reads", "readers_count", "score", "reactions", "reaction_users_count",
    "incoming_link_count", "reply_count", "quote_count", "link_counts", "views", "trust_level", "current_user_reaction",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic, as far as its posts need it. `home` is its address, "" where the file does not tell the site."""

    id: str
    title: str
    home: str
    tags: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of accounts: some posts have the account alone

    @property
    def site(self) -> str:
        return urlsplit(self.home).netloc

    def url(self, number_: int) -> str | None:
        return (f"{self.home}/{number_}" if number_ > 1 else self.home) if self.home else None


def sniff(source: Input) -> float:
    """How sure it is: posts with numbers in a topic, and their HTML as `cooked`."""
    if not looks_like(source, '"post_number"', '"topic_id"') or not (
        '"cooked"' in source.text or '"raw"' in source.text
    ):
        return 0.0
    return 0.95 if any(_posts_of(one) for one in sniffed(source)[:50]) else 0.0


def read(source: Input) -> list[Document]:
    """A document a post; the first of a topic is what the others comment on.

    Raises:
        KbError: not JSON, or no post in it.
    """
    odd: Counter[str] = Counter()
    posts: list[Post] = []
    given = objects(source)
    loose = [one for one in given if not _holds(one) and _posts_of(one)]
    for answer in [*(one for one in given if _holds(one)), {"posts": loose}]:
        found = _posts_of(answer)
        for topic_id in dict.fromkeys(line(one, "topic_id") for one in found):
            own = [one for one in found if line(one, "topic_id") == topic_id]
            topic = _topic(answer, own, topic_id, source.target)
            posts += (post for one in own if (post := _post(one, topic, odd)) is not None)
        stream = inner(answer, "post_stream").get("stream")
        there = {number(one, "id") for one in found}
        missing = sum(one not in there for one in stream if isinstance(one, int)) if isinstance(stream, list) else 0
        odd["posts of the topic are not in the file (/t/ID.json?print=true has more of them)"] += missing
    if not posts:
        raise KbError(f"{source.called} holds no post of Discourse that has words", "save the topic's JSON: /t/ID.json")
    return documents(source, IMPORTER.name, structure, posts, odd)


def _holds(one: Node) -> bool:
    return bool(inner(one, "post_stream")) or any(isinstance(one.get(name), list) for name in ("latest_posts", "posts"))


def _posts_of(one: Node) -> list[Node]:
    listed = nodes(inner(one, "post_stream"), "posts") or nodes(one, "latest_posts", "posts") or [one]
    return [post for post in listed if number(post, "post_number") and line(post, "topic_id") and _has_body(post)]


def _has_body(post: Node) -> bool:
    return isinstance(post.get("cooked"), str) or isinstance(post.get("raw"), str)


def _topic(answer: Node, posts: list[Node], topic_id: str, target: str) -> _Topic:
    own = line(answer, "id") == topic_id
    first = min(posts, key=lambda one: number(one, "post_number") or 0)
    title = line(answer, "title", "fancy_title") if own else ""
    title = title or line(first, "topic_title") or line(first, "topic_slug").replace("-", " ").capitalize()
    slug = line(answer, "slug") if own else line(first, "topic_slug")
    facts: tuple[Fact, ...] = ()
    if own and (answer.get("closed") is not None or answer.get("archived") is not None):
        facts = fact("state", "archived" if answer.get("archived") else "closed" if answer.get("closed") else "open")
    site = _site(posts, target)
    path = f"{slug}/{topic_id}" if slug else topic_id
    return _Topic(
        topic_id,
        repair(title) or f"Topic {topic_id}",
        f"https://{site}/t/{path}" if site else "",
        labels(answer, "tags") if own else (),
        facts,
        {line(one, "username"): name for one in posts if (name := line(one, "name", "display_username"))},
    )


def _site(posts: list[Node], target: str) -> str:
    """The host of the site: in the addresses of avatars, or where the file came from."""
    if target.startswith(("http://", "https://")):
        return urlsplit(target).netloc
    found = Counter(host[1] for one in posts if (host := _HOST.search(line(one, "avatar_template"))))
    return found.most_common(1)[0][0] if found else ""


def _post(one: Node, topic: _Topic, odd: Counter[str]) -> Post | None:
    kind, at = number(one, "post_type") or _REGULAR, number(one, "post_number") or 1
    if kind == _WHISPER:
        odd["whispers of the staff are left out"] += 1
        return None
    if one.get("deleted_at") or one.get("user_deleted") or one.get("hidden"):
        odd["deleted or hidden posts are left out"] += 1
        return None
    text, quoted = _body(one, topic)
    if (kind != _REGULAR or not text) and at > 1:
        odd[_LEFT_OUT if kind != _REGULAR else "posts without words are left out"] += 1
        return None
    above = number(one, "reply_to_post_number") or quoted or 1
    root = Pointer(topic.title, f"discourse:{topic.site}", topic.url(1)) if topic.home else None
    return Post(
        key=f"{topic.id}/{at}",
        title=topic.title if at == 1 else f"Comment on {topic.title}",
        text=text,
        raw={name: value for name, value in one.items() if name not in _COUNTS},
        kind="post" if at == 1 else "comment",
        authors=_authors(one, topic),
        published=moment(one, "created_at"),
        url=topic.url(at),
        ids={"discourse" if topic.home else "discourse_topic": f"{topic.site}/{topic.id}/{at}"},
        above=f"{topic.id}/{above}" if at > 1 and above != at else "",
        root=root if at > 1 else None,
        tags=topic.tags if at == 1 else (),
        facts=(*_liked(one), *(topic.facts if at == 1 else ())),
    )


def _authors(one: Node, topic: _Topic) -> tuple[Author, ...]:
    account = line(one, "username")
    name = topic.names.get(account) or account
    return (Author(name, account or None),) if name else ()


def _liked(one: Node) -> Iterator[Fact]:
    likes = [number(action, "count") for action in nodes(one, "actions_summary") if number(action, "id") == _LIKE]
    count = number(one, "like_count") if not likes else likes[0]
    if count is None and isinstance(one.get("actions_summary"), list):
        count = 0
    yield from fact("likes", count)
    told = {line(kind, "id"): number(kind, "count") or 0 for kind in nodes(one, "reactions")}
    yield from reactions({name: times for name, times in told.items() if name and times > 0})


def _body(one: Node, topic: _Topic) -> tuple[str, int | None]:
    """The words as Markdown, and the number of the post of this topic that is quoted first."""
    html = said(one, "cooked")
    if html:
        return _cooked(html, topic)
    quoted: list[int] = []

    def block(found: re.Match[str]) -> str:
        if found["post"] and found["topic"] in (None, topic.id):
            quoted.append(int(found["post"][:9]))
        return "\n\n" + "\n".join(f"> {words}".rstrip() for words in found["words"].strip().split("\n")) + "\n\n"

    text = _LINES.sub("\n\n", _QUOTE.sub(block, said(one, "raw")))
    return repair(text).strip(), quoted[0] if quoted else None


def _cooked(html: str, topic: _Topic) -> tuple[str, int | None]:
    root = parse(html)
    if root is None:
        return "", None
    quoted: list[int] = []
    for element in list(root.iter("aside", "img", "a", "div")):
        names = (element.get("class") or "").split()
        if element.tag == "aside" and "quote" in names:
            post = element.get("data-post") or ""
            if post.isdecimal() and element.get("data-topic") in (None, "", topic.id):
                quoted.append(int(post[:9]))
            element.tag = "div"
        elif element.tag == "aside" and "onebox" in names:  # a look at the page that is linked to
            _become_link(element)
        elif element.tag == "img" and "emoji" in names:
            _become_words(element, element.get("alt") or "")
        elif element.tag == "a" and "mention" in names:
            element.tag = "span"
        elif (element.tag == "div" and {"title", "meta"} & set(names)) or "anchor" in names:
            _become_words(element, "")
    return element_to_markdown(root, topic.home), quoted[0] if quoted else None


def _become_words(element: etree._Element, words: str) -> None:
    element.tag, element.text = "span", words
    for child in list(element):
        element.remove(child)


def _become_link(element: etree._Element) -> None:
    link = element.get("data-onebox-src") or next((a.get("href") for a in element.iter("a") if a.get("href")), "") or ""
    _become_words(element, "")
    element.tag = "p"
    made = etree.SubElement(element, "a", href=link)
    made.text = link


IMPORTER = Importer(
    name="discourse",
    version="1",
    what="topics of Discourse forums (the JSON behind a topic)",
    recognised_by="JSON posts with `post_number`, `topic_id` and `cooked` or `raw`",
    gives="one a post",
    keeps="posts as Markdown, who answers whom, quotes, likes",
    loses="notices, whispers, deleted and hidden posts",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("discourse-topic.json",),
    precedence=26,
)
