"""Quotes of what a comment answers: found in the parent, and tied to the statement they repeat."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from importers.documents.html.convert import to_markdown
from importers.web.forum import posts
from importers.web.forum.sites import SITES
from kb.extract.quoting import locate
from kb.model.document import Document
from kb.sources import add
from kb.store.open import Store, open_store
from notes.markdown import structure

LW = SITES["lesswrong"]
POST = {
    "_id": "p0000000000000001",
    "slug": "counting-herons",
    "title": "Counting Herons",
    "postedAt": "2024-03-01T08:00:00.000Z",
    "user": {"_id": "u", "slug": "ann", "displayName": "Ann"},
    "contents": {
        "html": "<p>Herons are easy to see from the road. I think that counts from the road should never be used "
        "to estimate how many herons there are in a county.</p><p>The weather was bad.</p>"
    },
}


def a_comment(number: int, html: str, parent: int | None = None) -> dict[str, Any]:
    return {
        "_id": f"c{number:016d}",
        "postId": POST["_id"],
        "parentCommentId": None if parent is None else f"c{parent:016d}",
        "postedAt": f"2024-03-02T{number // 3600:02d}:{number // 60 % 60:02d}:{number % 60:02d}.000Z",
        "user": {"_id": f"u{number % 9}", "slug": f"r{number % 9}", "displayName": f"Reader {number % 9}"},
        "contents": {"html": html},
    }


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("counts from the road should never be used", "counts from the road should never be used"),
        ("Counts  from the *road* — should never, be used.", "counts from the road should never be used"),
        (
            "I believe that counts from the road should never be used to estimate how many herons",
            "I think that counts from the road should never be used to estimate how many herons",
        ),
        ("Herons are easy to see [...] nothing of this is there", "Herons are easy to see"),
        ("should never", None),
        ("a heron is not a bird that anybody counts from the road", None),
        ("", None),
    ],
)
def test_locating_a_quote(quote: str, found: str | None) -> None:
    text = to_markdown(str(POST["contents"]["html"]))  # type: ignore[index]
    span = locate(quote, text)
    assert (text[slice(*span)] if span else None) == found


def test_links_and_marks_are_no_words() -> None:
    text = "They say that [the **whole** survey](https://x.org/a_(b)) was done[^1] in one day."
    span = locate("the whole survey was done in one day", text)
    assert span is not None
    assert text[slice(*span)].startswith("the **whole** survey](")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def _add(store: Store, *documents: Document) -> list[str]:
    return [add.add(store, document, "1", sole=False).source_id for document in documents]


def _links(store: Store) -> list[sqlite3.Row]:
    sql = """SELECT l.*, t.text AS quoted, f.text AS said FROM link l LEFT JOIN statement t ON t.id = l.to_id
        LEFT JOIN statement f ON f.id = l.from_id WHERE l.rule = 'quoted-reply' ORDER BY l.rowid"""
    return store.execute(sql).fetchall()


QUOTE = "<blockquote><p>counts from the road should never be used to estimate how many herons</p></blockquote>"


@pytest.mark.parametrize(
    ("answer", "relation", "basis"),
    [
        ("I disagree, because a corrected road count has worked well in two counties.", "attacks", "cue"),
        ("I agree that a count from the road is worthless for this.", "supports", "cue"),
        ("Two counties have used road counts with a correction for traffic.", "related", "structure"),
        ("Do you think that I disagree with this, given the two counties?", "related", "structure"),
    ],
)
def test_the_statement_after_a_quote_is_linked_to_what_it_quotes(
    store: Store, answer: str, relation: str, basis: str
) -> None:
    post, comment = _add(store, posts.post(LW, POST), posts.comment(LW, a_comment(1, f"{QUOTE}<p>{answer}</p>"), POST))
    (link,) = _links(store)
    assert (link["relation"], link["basis"], link["status"]) == (relation, basis, "suggested")
    assert link["quoted"].startswith("I think that counts from the road should never")
    assert link["said"] == answer
    text = store.execute("SELECT text FROM source WHERE id = ?", (comment,)).fetchone()[0]
    assert text[link["evidence_start"] : link["evidence_end"]] == link["evidence_quote"]
    assert link["evidence_quote"] == "counts from the road should never be used to estimate how many herons"
    assert post


def test_a_quote_of_no_statement_points_to_the_source(store: Store) -> None:
    html = "<blockquote>The weather was bad.</blockquote><p>The weather was fine in every week of that spring.</p>"
    post, _ = _add(store, posts.post(LW, POST), posts.comment(LW, a_comment(1, html), POST))
    (link,) = _links(store)
    assert link["to_id"] == post


def test_the_post_is_found_from_deep_in_the_thread_and_the_parent_first(store: Store) -> None:
    deep = a_comment(3, f"{QUOTE}<p>I disagree with this, for the reasons that others gave.</p>", 2)
    parent = "<p>Yes. I think that the boat survey is better than all the others.</p>"
    both = "<blockquote>the boat survey is better than all the others</blockquote><p>I agree about the boats here.</p>"
    _add(
        store,
        posts.post(LW, POST),
        posts.comment(LW, a_comment(1, "<p>First.</p>"), POST),
        posts.comment(LW, a_comment(2, parent, 1), POST),
        posts.comment(LW, deep, POST),
        posts.comment(LW, a_comment(4, both, 2), POST),
    )
    assert [(link["relation"], link["quoted"][:30]) for link in _links(store)] == [
        ("attacks", "I think that counts from the r"),
        ("supports", "I think that the boat survey i"),
    ]


def test_a_reply_that_came_before_what_it_quotes(store: Store) -> None:
    """A user's comments are fetched without the posts under which they stand."""
    comment = posts.comment(LW, a_comment(1, f"{QUOTE}<p>I disagree with every word of this one.</p>"), POST)
    _add(store, comment)
    (link,) = _links(store)
    assert link["quoted"] in QUOTE  # as it is quoted, by nobody known
    (post,) = _add(store, posts.post(LW, POST))
    (link,) = _links(store)
    assert link["relation"] == "attacks"
    assert link["to_id"] in {row[0] for row in store.execute("SELECT id FROM statement")}
    assert "I think that counts from the road should never" in link["quoted"], post


def test_a_quote_of_something_else_is_answered_as_it_is_quoted_and_only_by_a_stance(store: Store) -> None:
    quote = "<blockquote>Storks bring the children to town every year.</blockquote>"
    answers = ("<p>I disagree, since most towns have no storks.</p>", "<p>Most towns in the north have no storks.</p>")
    _add(store, posts.post(LW, POST))
    _add(store, *(posts.comment(LW, a_comment(n, quote + said), POST) for n, said in enumerate(answers, 1)))
    (link,) = _links(store)
    assert (link["relation"], link["quoted"]) == ("attacks", "Storks bring the children to town every year.")
    sql = "SELECT m.voice FROM mention m JOIN statement st ON st.rowid = m.statement_rowid WHERE st.id = ?"
    assert store.execute(sql, (link["to_id"],)).fetchone()[0] == "quoted"


def test_a_long_thread_is_in_exactly(store: Store) -> None:
    parents = {n: None if n % 5 == 1 else n - 1 - n % 3 if n > 3 else 1 for n in range(1, 301)}
    body = "<p>{}I think that survey number {} shows the opposite, because the weather was worse.</p>" * 2
    comments = [
        a_comment(n, (QUOTE if n % 3 == 0 else "") + (body.format("", n, "", n) if n % 11 else "<p>Agreed.</p>"), p)
        for n, p in parents.items()
    ]
    paragraphs = "".join(f"<p>Paragraph {n} about roads, boats and the people on them.</p>" for n in range(400))
    post = {**POST, "contents": {"html": POST["contents"]["html"] + paragraphs}}  # type: ignore[index]
    documents = [posts.post(LW, post), *posts.comments(LW, comments, post, [])]
    _add(store, *documents)
    rows = store.execute("SELECT id, parent, json_extract(external_ids, '$.lesswrong') AS lw FROM source")
    by_id = {row["id"]: row for row in rows}
    assert len(by_id) == 301
    got = {row["lw"]: by_id[row["parent"]]["lw"] if row["parent"] else None for row in by_id.values()}
    expected = {f"c{n:016d}": POST["_id"] if p is None else f"c{p:016d}" for n, p in parents.items()}
    assert got == {POST["_id"]: None, **expected}
    assert len(_links(store)) == sum(1 for n in parents if n % 3 == 0 and n % 11)


def test_forms_of_one_post_are_one_source(store: Store) -> None:
    from importers.base import Input
    from importers.texts import archive

    page = "Posts\n\nCounting Herons 2024-03-01T08:00:00.000Z\n\nComments\n\n"
    page += "Comment by Reader 1 (r1) on Counting Herons · 2024-03-02T00:00:01.000Z · LW · GW\n\nMy own remark.\n"
    page += "\nComment by Reader 1 (r1) on Another Post · 2024-03-03T00:00:01.000Z · LW · GW\n\nElse.\n"
    note = "See [herons](https://www.alignmentforum.org/posts/p0000000000000001/x) and "
    note += "[again](https://www.greaterwrong.com/posts/p0000000000000001/y#comment-c0000000000000001)."
    blocks, references = structure.structure(note)
    _add(store, *archive.read(Input(page, "archive.txt", "archive.txt", page.encode())))
    _add(store, Document("note", "Mine", note, blocks, references, importer="markdown", target="mine.md"))
    # The post comes by its own address, with a mirror's page URL, and again.
    _add(store, posts.post(LW, {**POST, "pageUrl": "https://www.alignmentforum.org/posts/p0000000000000001/x"}))
    first = posts.comment(LW, a_comment(1, "<p>My own remark.</p>"), POST)
    _add(store, first, posts.post(LW, POST), first)
    rows = store.execute("SELECT * FROM source WHERE title = 'Counting Herons'").fetchall()
    assert [row["kind"] for row in rows] == ["post"]
    comments = store.execute("SELECT * FROM source WHERE title = 'Comment on Counting Herons'").fetchall()
    assert len(comments) == 1
    assert comments[0]["parent"] == rows[0]["id"]
    targets = store.execute(
        "SELECT target FROM reference WHERE source_rowid = (SELECT rowid FROM source WHERE title = 'Mine')"
    )
    assert {row[0] for row in targets} == {rows[0]["id"], comments[0]["id"]}


def test_two_people_may_say_the_same(store: Store) -> None:
    ids = _add(
        store,
        posts.post(LW, POST),
        *(posts.comment(LW, a_comment(n, "<p>Agreed.</p>"), POST) for n in (1, 2)),
    )
    assert len(set(ids)) == 3


def test_two_posts_with_one_title_stay_two(store: Store) -> None:
    other = {**POST, "_id": "p0000000000000002", "postedAt": "2025-03-01T08:00:00.000Z", "contents": {"html": "<p>x"}}
    _add(store, posts.post(LW, POST))
    _add(store, posts.comment(LW, {**a_comment(1, "<p>Early.</p>"), "postId": other["_id"]}, other))
    _add(store, posts.post(LW, other))
    sql = "SELECT p.external_ids FROM source c JOIN source p ON p.id = c.parent"
    (parent,) = store.execute(sql).fetchall()
    assert other["_id"] in parent[0]
    assert store.execute("SELECT count(*) FROM source").fetchone()[0] == 3
