"""Forum addresses to documents, against a server that behaves as forums do."""

from __future__ import annotations

from typing import Any

import pytest

from importers.web.base import Options
from importers.web.forum.fetch import FETCHER, Revision, probe, revision_of
from kb.errors import KbError
from kb.model.document import Author
from kb.model.identity import of_url
from tests.importers.web.forum.fetched import POST, fetched
from tests.importers.web.forum.forum_server import USER, FakeForum, a_comment, a_post, an_id, forum_at


def test_a_post_with_all_that_is_known_of_it() -> None:
    other = {"_id": "u2", "slug": "bo", "displayName": "Bo", "username": "bo"}
    post = a_post(coauthors=[USER, other], url="https://example.org/original", unknown={"field": [1]})
    (document,), missed = fetched(FakeForum([post]))
    assert not missed
    assert (document.kind, document.title, document.url) == ("post", "Counting Herons", POST)
    assert document.text == "This is a linkpost for <https://example.org/original>\n\nThe herons left early."
    assert [r.target for r in document.references] == ["https://example.org/original"]
    assert document.authors == (Author("Ann Lee", "Ann_Lee"), Author("Bo", "bo"))
    assert document.published == "2024-03-02T08:00:00.123Z"
    assert document.external_ids == {"lesswrong": an_id(1, "p")}
    assert (document.tags, document.namespace, document.importer) == (("Birds",), "lw", "forum")
    assert revision_of(document.original) == Revision("rev1", 0, None)


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({"user": None, "author": "Old Name"}, Author("Old Name")),
        ({"user": None, "author": None}, Author("anonymous")),
        ({"hideAuthor": True, "author": "Ann Lee"}, Author("anonymous")),
        ({"user": {"slug": "x-y", "username": "X Y", "displayName": None}}, Author("X Y", "x-y")),
    ],
)
def test_authors_that_are_gone_or_hidden(fields: dict[str, Any], author: Author) -> None:
    (document,), _ = fetched(FakeForum([a_post(**fields)]))
    assert document.authors == (author,)


def test_a_thread_is_whole_and_points_to_its_parents() -> None:
    forum = FakeForum(
        [a_post(question=True, debate=True)],
        [
            a_comment(1),
            a_comment(2, 1),
            a_comment(3, 2, deleted=True, contents=None),
            a_comment(4, 3),
            a_comment(5, 99),
            a_comment(6, answer=True),
            a_comment(7, 6, parentAnswerId=an_id(6)),
            a_comment(8, debateResponse=True),
            a_comment(9, shortform=True, html="<p>A quick thought. More of it.</p>"),
            a_comment(10, user=None, retracted=True),
        ],
    )
    (post, *comments), missed = fetched(forum)
    assert not missed
    assert post.problems == ("deleted comments are left out: 1", "comments answer one that is not there: 2")
    by = {d.external_ids["lesswrong"]: d for d in comments}
    assert list(by) == [an_id(n) for n in (1, 2, 4, 5, 6, 7, 8, 9, 10)]
    parents = {name: of_url(d.parent.url or "").keys[0] for name, d in by.items() if d.parent}
    root = f"lesswrong:{an_id(1, 'p')}"
    assert parents == {
        an_id(1): root,
        an_id(2): f"lesswrong:{an_id(1)}",
        an_id(4): root,
        an_id(5): root,
        an_id(6): root,
        an_id(7): f"lesswrong:{an_id(6)}",
        an_id(8): root,
        an_id(9): root,
        an_id(10): root,
    }
    assert by[an_id(4)].external_ids["lesswrong_parent"] == an_id(3)
    assert by[an_id(5)].external_ids["lesswrong_parent"] == an_id(99)
    assert by[an_id(1)].external_ids == {"lesswrong": an_id(1), "lesswrong_post": an_id(1, "p")}
    assert by[an_id(1)].title == "Comment on Counting Herons"
    assert by[an_id(6)].title == "Answer to Counting Herons"
    assert (by[an_id(9)].kind, by[an_id(9)].title) == ("shortform", "A quick thought.")
    assert by[an_id(10)].problems == ("its author took it back",)
    assert by[an_id(2)].published == "2024-04-01T00:00:02.002Z"


def test_short_pages_are_not_the_end() -> None:
    """What a reader may not see is cut out of a page after it is made."""
    forum = FakeForum([a_post()], [a_comment(n) for n in range(1, 651)])
    forum.unseen = {an_id(n) for n in range(150, 380)}
    (_, *comments), _ = fetched(forum)
    assert {d.external_ids["lesswrong"] for d in comments} == {an_id(n) for n in range(1, 651)} - forum.unseen


def test_more_comments_than_offsets_reach() -> None:
    comments = [a_comment(n, n % 50 + 1 if n > 50 else None) for n in range(1, 5001)]
    for c in comments:
        c["topLevelCommentId"] = c["parentCommentId"]
        c["descendentCount"] = 99 if c["parentCommentId"] is None else 0
    forum = FakeForum([a_post()], comments)
    (_, *got), _ = fetched(forum)
    assert len(got) == 5000


def test_a_comments_address_brings_its_post_and_all() -> None:
    forum = FakeForum([a_post()], [a_comment(1), a_comment(2, 1)])
    documents, missed = fetched(forum, f"{POST}?commentId={an_id(2)}", comments=False)
    assert len(documents) == 3
    assert not missed
    documents, missed = fetched(forum, f"{POST}#{an_id(7)}")
    assert len(documents) == 3
    assert an_id(7) in missed[0].error.message


@pytest.mark.parametrize(
    "target",
    [
        "https://www.lesswrong.com/posts/slug/counting-herons",
        "https://www.lesswrong.com/lw/k8/counting_herons/",
        "https://www.alignmentforum.org/posts/" + an_id(1, "p"),
    ],
)
def test_other_ways_to_a_post(target: str) -> None:
    documents, _ = fetched(FakeForum([a_post(legacyId="k8")]), target)
    assert [d.url for d in documents] == [POST]


def test_a_user_by_date_cursor() -> None:
    posts = [a_post(n, postedAt=f"2024-03-{n // 10 + 1:02d}T08:00:00.000Z") for n in range(1, 131)]
    forum = FakeForum(posts, [{**a_comment(1), "post": a_post(3)}], [{**USER, "shortformFeedId": None}])
    documents, missed = fetched(forum, "https://www.lesswrong.com/users/ann_lee")
    assert len([d for d in documents if d.kind == "post"]) == 130
    assert documents[-1].title == "Comment on Counting Herons"
    assert not missed
    documents, _ = fetched(forum, "https://www.lesswrong.com/users/ann_lee", limit=7)
    assert len(documents) == 7


def test_a_user_whose_posts_share_one_moment() -> None:
    """As after a move from an older site: the cursor cannot pass a whole page of one time."""
    posts = [a_post(n, postedAt="2024-03-01T08:00:00.000Z") for n in range(1, 121)]
    documents, _ = fetched(FakeForum(posts, [], [USER]), "https://www.lesswrong.com/users/ann_lee")
    assert len(documents) == 120


def test_a_sequence_with_its_posts() -> None:
    chapters = [
        {"title": "One", "contents": {"html": "<p>First part.</p>"}, "posts": [a_post(1), a_post(9)]},
        {"title": None, "contents": None, "posts": [a_post(2, slug="two", title="Two"), None]},
    ]
    made = {"_id": an_id(1, "s"), "title": "Herons", "createdAt": "2024-01-01T00:00:00.000Z", "user": USER}
    forum = FakeForum([a_post(1), a_post(2, slug="two", title="Two")], [a_comment(1)], sequences=[made])
    made |= {"contents": {"html": "<p>About herons.</p>"}, "chapters": chapters}
    documents, missed = fetched(forum, f"https://www.lesswrong.com/s/{an_id(1, 's')}")
    assert [d.kind for d in documents] == ["web", "post", "comment", "post"]
    assert documents[0].text.startswith("About herons.\n\n## One\n\nFirst part.\n\n- [Counting Herons](https://www.")
    assert len(documents[0].references) == 3
    assert [m.target for m in missed] == [f"https://www.lesswrong.com/posts/{an_id(9, 'p')}/counting-herons"]


def test_a_tag_with_its_posts() -> None:
    tag = {"_id": "tag1", "slug": "birds", "name": "Birds", "description": {"html": "<p>On birds.</p>"}}
    forum = FakeForum([a_post(n) for n in range(1, 80)], tags=[tag])
    documents, _ = fetched(forum, "https://www.lesswrong.com/tag/birds", limit=60)
    assert (documents[0].title, documents[0].text, documents[0].url) == (
        "Birds",
        "On birds.",
        "https://www.lesswrong.com/w/birds",
    )
    assert len(documents) == 61


def test_quick_takes_of_a_user() -> None:
    feed = a_post(1, html="", title="Ann Lee's Shortform", shortform=True)
    forum = FakeForum([feed], [a_comment(1, shortform=True)], [{**USER, "shortformFeedId": an_id(1, "p")}])
    documents, _ = fetched(forum, "https://www.lesswrong.com/users/ann_lee/quicktakes")
    assert [d.kind for d in documents] == ["post", "shortform"]
    forum.users[0]["shortformFeedId"] = None
    with pytest.raises(KbError, match="no quick takes"):
        fetched(forum, "https://www.lesswrong.com/users/ann_lee/quicktakes")


def test_the_ea_forum_is_asked_in_its_own_form() -> None:
    mirror = f"https://forum-bots.effectivealtruism.org/posts/{an_id(1, 'p')}/counting-herons"
    post = a_post(pageUrl=mirror, contents={"_id": "r"}, htmlBody="<p>Old form.</p>", question=True)
    comments = [
        a_comment(1, htmlBody="<p>Yes.</p>", contents=None),
        a_comment(2, htmlBody="<p>Answer.</p>", contents=None, answer=True),
    ]
    forum = FakeForum([post], comments)
    documents, _ = fetched(forum, mirror)
    assert [d.text for d in documents] == ["Old form.", "Yes.", "Answer."]
    assert all((d.url or "").startswith("https://forum.effectivealtruism.org/posts/") for d in documents)
    assert documents[0].external_ids == {"eaforum": an_id(1, "p")}
    assert documents[1].namespace == "ea"
    assert all("selector: {" not in a["query"] or "input:" in a["query"] for a in forum.asked)


def test_probing_for_changes_asks_for_many_at_once() -> None:
    forum = FakeForum([a_post(n, commentCount=n, lastCommentedAt="2024-05-01T00:00:00.000Z") for n in range(1, 71)])
    with forum_at(forum) as (client, options):
        found = probe(client, [an_id(n, "p") for n in range(1, 75)], options=options)
    assert len(forum.asked) == 2
    assert len(found) == 70
    assert found[an_id(3, "p")] == Revision("rev3", 3, "2024-05-01T00:00:00.000Z")


def test_no_other_address_is_taken() -> None:
    assert not FETCHER.matches("https://example.org/posts/x")
    with forum_at(FakeForum()) as (client, _), pytest.raises(KbError):
        list(FETCHER.fetch("https://example.org", client, Options()))
