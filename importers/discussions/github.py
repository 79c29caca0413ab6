"""Issues and pull requests of GitHub: JSON of its REST interface, and of `gh issue view` and `gh pr view`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from importers.base import Importer, Input
from importers.discussions import github_nodes as node_of
from importers.discussions.github_nodes import Place
from importers.discussions.posts import Post, documents, quoted_in
from importers.discussions.values import Node, inner, labels, line, looks_like, moment, nodes, objects, sniffed, words
from kb.errors import KbError
from kb.model.document import Document, Pointer
from kb.text.repair import repair
from notes.markdown.structure import structure

_NO_WORDS = "comments and reviews without words are left out"
_HIDDEN = "comments that were hidden (spam, off-topic, outdated …) are left out"


def sniff(source: Input) -> float:
    """How sure it is: objects with a body whose addresses are those of an issue or pull request."""
    if not looks_like(source, '"body"') or not any(mark in source.text for mark in ("/issues/", "/pull/", "/pulls/")):
        return 0.0
    found = [part for one in sniffed(source)[:50] for part in _parts(one)]
    return 0.95 if any(node_of.is_subject(one) or node_of.is_comment(one) for one in found) else 0.0


def read(source: Input) -> list[Document]:
    """A document an issue or pull request, and one a comment, review or comment on a line of code.

    Raises:
        KbError: not JSON, or none of these in it.
    """
    parts = [part for one in objects(source) for part in _parts(one)]
    subjects = [one for one in parts if node_of.is_subject(one)]
    titles = {place.subject: repair(line(one, "title")) for one in subjects if (place := node_of.place(one))}
    odd: Counter[str] = Counter()
    names = node_of.names(parts)
    posts = [_subject(one, names) for one in subjects]
    said = [one for one in parts if node_of.is_comment(one)]
    posts += _comments(said, titles, names, odd)
    if not posts:
        raise KbError(f"{source.called} holds no issue, pull request or comment", "save the JSON of gh issue view")
    lacking = sum(node_of.told(one, "comments") for one in subjects) - len(said)
    if subjects and not said and lacking > 0:
        odd["comments are not in the file (gh issue view N --json title,body,comments,…)"] += lacking
    return documents(source, IMPORTER.name, structure, posts, odd)


def _parts(one: Node) -> Iterator[Node]:
    """An object, and the issues and comments that it holds; comments of `gh` get the address of their issue."""
    one = node_of.placed(one)
    subject = one if node_of.is_subject(one) else None
    holders = ("issue", "pull_request", "pullRequest", "pr", "data", "repository")
    inside = [value for name in holders if subject is None and (value := inner(one, name))]
    if subject is not None or node_of.is_comment(one):
        yield one
    for each in inside:
        yield from _parts(each)
    for name in (
        "items",
        "issues",
        "pulls",
        "comments",
        "reviews",
        "review_comments",
        "reviewComments",
        "reviewThreads",
    ):
        for each in nodes(one, name):
            holder = subject or next((found for found in inside if node_of.is_subject(found)), None)
            yield from _parts(node_of.within(each, holder, review=name == "reviews"))


def _subject(one: Node, names: Mapping[str, str]) -> Post:
    place = node_of.place(one)
    assert place is not None
    return Post(
        key=place.subject,
        title=line(one, "title") or place.name,
        text=words(one, "body"),
        raw=node_of.without_counts(one),
        kind="post",
        authors=node_of.authors(one, names),
        published=moment(one, "created_at", "createdAt"),
        url=place.url,
        ids={"github": place.name},
        tags=labels(one, "labels"),
        facts=(*node_of.state(one), *node_of.reacted(one)),
    )


def _comments(said: list[Node], titles: Mapping[str, str], names: Mapping[str, str], odd: Counter[str]) -> list[Post]:
    """The comments, each under the one that it answers by its place or quotes, else under the issue."""
    found: list[Post] = []
    earlier: dict[str, list[Post]] = {}
    for one in sorted(said, key=lambda one: moment(one, *node_of.TIMES) or ""):
        place = node_of.place(one)
        if place is None:
            continue
        if one.get("isMinimized"):
            odd[_HIDDEN] += 1
            continue
        if not words(one, "body").strip():
            odd[_NO_WORDS] += 1
            continue
        before = earlier.setdefault(place.subject, [])
        post = _comment(one, place, titles.get(place.subject, ""), names, before)
        before.append(post)
        found.append(post)
    return found


def _comment(one: Node, place: Place, title: str, names: Mapping[str, str], before: list[Post]) -> Post:
    named = title or place.name
    text = repair(words(one, "body"))
    there = {post.key for post in before}
    above = next((key for key in node_of.answered(one, place) if key in there), "")
    file = line(one, "path")
    what = "Review" if place.is_review else f"Comment on {file} in" if file else "Comment"
    return Post(
        key=place.key,
        title=f"{what} {named}"
        if file and not place.is_review
        else f"{what} {'of' if place.is_review else 'on'} {named}",
        text=f"{text}\n\n{code}" if (code := node_of.code(one)) else text,
        raw=node_of.without_counts(one),
        authors=node_of.authors(one, names),
        published=moment(one, *node_of.TIMES),
        url=place.url,
        ids={"github": place.key},
        above=above or quoted_in(text, before) or (place.subject if title else ""),
        root=Pointer(named, "github", place.subject_url),
        facts=(*node_of.verdict(one), *node_of.reacted(one)),
    )


IMPORTER = Importer(
    name="github",
    version="1",
    what="issues and pull requests of GitHub with their comments and reviews (JSON of its REST interface or of gh)",
    recognised_by="JSON objects with a `body` whose addresses are those of an issue or pull request",
    gives="one an issue, one a comment or review",
    keeps="texts, who answers whom, states, labels, reactions, the place in the code",
    loses="hidden comments, comments without words, diffs",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("github-issue.json",),
    precedence=26,
)
