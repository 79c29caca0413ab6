"""The forum of a paper on OpenReview: its reviews, the answers to them, comments and the decision (JSON of its API)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from importers.base import Importer, Input
from importers.discussions import openreview_notes as note_of
from importers.discussions.openreview_notes import Forum
from importers.discussions.posts import Post, documents
from importers.discussions.values import Node, inner, line, looks_like, moment, nodes, objects, sniffed
from kb.errors import KbError
from kb.model.bibliography import bibliography
from kb.model.document import Author, Document, Pointer
from kb.model.facts import Fact, fact
from kb.model.talk_addresses import openreview
from notes.markdown.structure import structure

_TITLES = {
    "review": "Review of", "metareview": "Meta-review of", "decision": "Decision on", "rebuttal": "Rebuttal on",
    "comment": "Comment on", "withdrawal": "Withdrawal of",
}  # fmt: skip


def sniff(source: Input) -> float:
    """How sure it is: notes with an invitation, a forum and signatures."""
    if not looks_like(source, '"invitation', '"forum"', '"content"'):
        return 0.0
    return 0.96 if any(note_of.is_note(one) for one in _notes(sniffed(source)[:50])) else 0.0


def read(source: Input) -> list[Document]:
    """The paper, with its abstract for a text, and a document a review, answer, comment and decision.

    Raises:
        KbError: not JSON, or no note in it.
    """
    notes = [one for one in _notes(objects(source)) if note_of.is_note(one)]
    odd: Counter[str] = Counter()
    forums = {line(one, "forum"): one for one in notes if line(one, "forum") == line(one, "id")}
    decided = {line(one, "forum"): one for one in notes if note_of.kind(one) == "decision"}
    withdrawn = {line(one, "forum") for one in notes if note_of.kind(one) == "withdrawal"}
    posts: list[Post] = []
    for one in notes:
        name = line(one, "forum")
        paper = forums.get(name)
        if one is paper:
            posts.append(_paper(one, decided.get(name), withdrawn=name in withdrawn))
            continue
        forum = Forum(name, note_of.title(paper) if paper else "", note_of.authors(paper) if paper else ())
        post = _note(one, forum, odd)
        posts += [post] if post else []
    if not posts:
        raise KbError(f"{source.called} holds no note of OpenReview that has words", "save /notes?forum=ID again")
    odd["forums are there without their paper"] = len({line(one, "forum") for one in notes} - forums.keys())
    return documents(source, IMPORTER.name, structure, posts, odd)


def _notes(given: list[Node]) -> Iterator[Node]:
    """All notes, also those in the details of a paper."""
    for one in given:
        yield from _notes(nodes(one, "notes"))
        if note_of.is_note(one):
            yield one
            details = inner(one, "details")
            yield from _notes([*nodes(details, "replies"), *nodes(details, "directReplies")])


def _paper(one: Node, decided: Node | None, *, withdrawn: bool) -> Post:
    forum = line(one, "id")
    content = note_of.content(one)
    abstract = note_of.said(content, "abstract")
    short = note_of.said(content, "TL;DR", "TLDR", "one-sentence_summary")
    venue = note_of.said(content, "venue")
    parts = [f"## Abstract\n\n{abstract}" if abstract else "", f"## In short\n\n{short}" if short else ""]
    decision = "Withdrawn" if withdrawn else note_of.fate(one)
    if decided is not None and not decision:
        decision = note_of.decision(note_of.content(decided))
    fields = {
        "URL": openreview(forum), "container-title": "" if note_of.is_undecided(venue) else venue, "abstract": abstract,
    }  # fmt: skip
    return Post(
        key=forum,
        title=note_of.title(one) or f"Submission {forum}",
        text="\n\n".join(part for part in parts if part),
        raw=one,
        kind="paper",
        authors=note_of.authors(one),
        published=moment(one, "pdate", "odate", "cdate", "tcdate"),
        url=openreview(forum),
        ids={"openreview": forum},
        tags=note_of.keywords(content),
        facts=fact("decision", decision),
        bibliography=bibliography("paper-conference" if fields["container-title"] else "article", fields, {}, {}),
        summary=True,
        problems=() if abstract else ("the paper came without its abstract",),
    )


def _note(one: Node, forum: Forum, odd: Counter[str]) -> Post | None:
    kind, content = note_of.kind(one), note_of.content(one)
    if kind == "other":
        odd[f"notes of another kind are left out ({note_of.invitation(one) or 'no invitation'})"] += 1
        return None
    if one.get("ddate"):
        odd["deleted notes are left out"] += 1
        return None
    text, facts = note_of.words_of(content, kind), note_of.scores(content)
    if kind in {"decision", "metareview"} and (decided := note_of.decision(content)):
        facts = (*facts, *fact("decision", decided))
        text = f"Decision: {decided}\n\n{text}".rstrip()
    if not text and not facts:
        odd["notes without words are left out"] += 1
        return None
    name = line(one, "id")
    return Post(
        key=name,
        title=f"{_TITLES[kind]} {forum.called}",
        text=text,
        raw={key: value for key, value in one.items() if key != "details"},
        authors=_signed(one, forum),
        published=moment(one, "cdate", "tcdate", "odate"),
        url=openreview(forum.id, name),
        ids={"openreview": name},
        above=line(one, "replyto") or forum.id,
        root=Pointer(forum.called, "openreview", openreview(forum.id)),
        facts=_each_once(facts),
    )


def _signed(one: Node, forum: Forum) -> tuple[Author, ...]:
    """Who signs: a person, or a role in this discussion. What the authors sign is theirs by name if they have one."""
    found: list[Author] = []
    for signature in note_of.signatures(one):
        if note_of.is_authors(signature) and forum.authors:
            found += forum.authors
        else:
            found.append(note_of.signed(signature))
    return tuple(dict.fromkeys(found))


def _each_once(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple({one.name: one for one in reversed(facts)}.values())


IMPORTER = Importer(
    name="openreview",
    version="1",
    what="the forum of a paper on OpenReview: reviews, answers, decision (JSON of both versions of its API)",
    recognised_by="JSON notes with `invitation` or `invitations`, `forum` and `content`",
    gives="the paper, and one a review, answer, comment and decision",
    keeps="reviews, answers and decisions on their paper, scores and confidence",
    loses="deleted notes, notes of other kinds (bids, assignments)",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("openreview.json",),
    precedence=26,
)
