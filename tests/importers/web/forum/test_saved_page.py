"""Saved pages of a forum's posts: the same sources as by address, with what the page shows and says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import importers
from importers.base import Input
from importers.web.forum.saved_page import IMPORTER
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.importer_checks import check
from tests.importers.web.forum.fetched import fetched
from tests.importers.web.forum.forum_server import FakeForum, a_comment, a_post, an_id

POST = an_id(1, "p")
ADDRESS = f"https://www.lesswrong.com/posts/{POST}/counting-herons"
CHROME = "<header><a href='/login'>Login</a></header><nav><a href='/users/somebody-else'>New user</a></nav>"
HEAD = f'<link rel="canonical" href="{ADDRESS}"><title>Counting Herons — LessWrong</title>'
HEADER = (
    '<div class="LWPostsPageHeader-root"><h1 class="PostsPageTitle-root"><a>Counting Herons</a></h1><span class='
    '"PostsAuthors-root">by <a class="UsersNameDisplay" href="/users/ann_lee">Ann Lee</a>, <a href="/users/bo">Bo</a>'
    '</span><time datetime="2024-03-02T08:00:00.123Z">2nd Mar 2024</time>'
    '<div class="PostsVote-voteScore">1,041</div></div>'
)
BODY = (
    '<div id="postContent" class="PostsPage-postContent"><p>The herons left early.</p>'
    '<p>See <a href="/w/birds">birds</a>.</p></div>'
)
TAGS = '<span class="FooterTagList-root"><a class="FooterTag-root" href="/w/birds">Birds<span>12</span></a></span>'
FOOTER = '<div class="PostsPageRecommendations"><a href="/posts/x">A winter of sheets</a></div>'


def a_frame(number: int, said: str, inside: str = "", more: str = "", votes: int = 3) -> str:
    return (
        f'<div><div class="comments-node CommentFrame-node{more}" id="{an_id(number)}"><div class="CommentsItem-root">'
        f'<a href="/users/reader-{number}">Reader {number}</a><a href="{ADDRESS}?commentId={an_id(number)}"><span>'
        f'<time datetime="2024-04-01T00:00:0{number}.00{number}Z">8mo</time></span></a><span class='
        f'"OverallVoteAxis-voteScore">{votes}</span>{said}<a class="comments-item-reply-link">Reply</a></div>{inside}'
        "</div></div>"
    )


def said(html: str) -> str:
    return (
        f'<div class="ContentStyles-base CommentBody-root"><div class="CommentBody-commentStyling">{html}</div></div>'
    )


def a_page(comments: str = "", linked: dict[str, Any] | None = None, head: str = HEAD, body: str = BODY) -> str:
    told = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    return (
        f'<!DOCTYPE html><html><head>{head}</head><body class="">{CHROME}{told}<div class="PostsPage-centralColumn">'
        f"{HEADER}{body}{TAGS}</div>{comments}{FOOTER}</body></html>"
    )


def read(html: str) -> list[Document]:
    found = importers.read(Input(html, "saved.html", "saved.html", html.encode()))
    for document in found:
        check(IMPORTER, document)
    return found


def test_a_page_gives_the_post_and_its_comments_without_what_stands_around() -> None:
    page = a_page(a_frame(1, said("<p>Remark 1.</p>"), a_frame(2, said("<p>Remark 2.</p>"), votes=-2)))
    post, first, second = read(page)
    assert (post.kind, post.title, post.published) == ("post", "Counting Herons", "2024-03-02T08:00:00.123Z")
    assert post.text == "The herons left early.\n\nSee [birds](https://www.lesswrong.com/w/birds)."
    assert [(one.name, one.slug) for one in post.authors] == [("Ann Lee", "ann_lee"), ("Bo", "bo")]
    assert (post.tags, post.facts[0].in_words, post.problems) == (("Birds",), "karma 1041", ())
    assert (first.text, first.authors[0].name, first.facts[0].value) == ("Remark 1.", "Reader 1", 3)
    assert first.parent is not None
    assert second.parent is not None
    assert (first.parent.title, first.parent.url) == ("Counting Herons", ADDRESS)
    assert second.parent.url == f"{ADDRESS}?commentId={an_id(1)}"
    assert second.facts[0].value == -2


def test_it_is_the_same_source_as_the_one_that_was_fetched() -> None:
    saved = read(a_page(a_frame(1, said("<p>Remark 1.</p>"))))
    asked, _ = fetched(FakeForum([a_post(1, html="<p>The herons left early.</p>")], [a_comment(1)]), ADDRESS)
    for one, other in zip(saved, asked, strict=True):
        assert (one.external_ids, one.url, one.kind, one.title) == (
            other.external_ids,
            other.url,
            other.kind,
            other.title,
        )
        assert one.parent == other.parent


def test_the_whole_of_a_comment_that_the_page_cuts_off_is_in_what_it_says_for_machines() -> None:
    linked = {
        "@type": "DiscussionForumPosting",
        "headline": "Counting Herons",
        "text": "<p>The herons left <em>early</em>.</p><p>See birds, and more, in a text that is long enough.</p>" * 2,
        "datePublished": "2024-03-02T08:00:00.123Z",
        "author": [{"@type": "Person", "name": "Ann Lee", "url": "https://www.lesswrong.com/users/ann_lee"}],
        "interactionStatistic": [
            {"interactionType": {"@type": "http://schema.org/CommentAction"}, "userInteractionCount": 7},
            {"interactionType": {"@type": "http://schema.org/LikeAction"}, "userInteractionCount": 55},
        ],
        "comment": [
            {
                "@type": "Comment",
                "text": "<p>Remark 1, whole.</p>",
                "datePublished": "2024-04-01T00:00:01.001Z",
                "author": [{"name": "Reader 1"}],
            }
        ],
    }
    cut = said('<p>Remark 1… <span class="read-more-button"><a>(read more)</a></span></p>')
    other = said('<p>Remark 2… <span class="read-more-button"><a>(read more)</a></span></p>')
    post, first, second = read(a_page(a_frame(1, cut) + a_frame(2, other), linked))
    assert "left *early*" in post.text
    assert post.facts[0].value == 55
    assert first.text == "Remark 1, whole."
    assert second.text.startswith("Remark 2")
    assert post.problems == (
        "comments are cut off on the page, and come as far as it shows them: 1",
        "comments are not on the page (kb add with its address has them): 5",
    )


def test_deleted_comments_and_those_without_an_id_are_counted() -> None:
    gone = a_frame(2, '<div class="CommentDeletedMetadata-root">Deleted by Bo</div>')
    nameless = f'<div class="comments-node"><a href="/users/reader-9">Reader 9</a>{said("<p>Who am I?</p>")}</div>'
    post, *comments = read(a_page(a_frame(1, said("<p>Remark 1.</p>")) + gone + nameless))
    assert [one.text for one in comments] == ["Remark 1."]
    assert post.problems == (
        "deleted comments are left out: 1",
        "comments have no id on the page and are left out: 1",
    )


def test_the_page_of_a_single_comment_has_it_once_under_what_it_answers() -> None:
    alone = a_frame(2, said("<p>Remark 2.</p>"))
    page = a_page(alone + a_frame(1, said("<p>Remark 1.</p>"), a_frame(2, said("<p>Remark 2.</p>"))))
    _, *comments = read(page.replace(f'"{ADDRESS}"', f'"{ADDRESS}?commentId={an_id(2)}"', 1))
    assert sorted(one.text for one in comments) == ["Remark 1.", "Remark 2."]
    parents = {one.text: one.parent.url for one in comments if one.parent}
    assert parents["Remark 2."] == f"{ADDRESS}?commentId={an_id(1)}"


def test_quick_takes_are_sources_of_their_own_kind() -> None:
    page = a_page(a_frame(1, said("<p>A take on herons.</p>"), a_frame(2, said("<p>An answer.</p>"))))
    _, take, answer = read(page.replace("<a>Counting Herons</a>", "<a>Ann's Shortform</a>"))
    assert (take.kind, take.title, answer.kind) == ("shortform", "A take on herons.", "comment")


def test_answers_are_answers() -> None:
    _, answer = read(a_page(a_frame(1, said("<p>Nine.</p>"), more=" CommentFrame-isAnswer")))
    assert answer.title == "Answer to Counting Herons"


def test_a_page_of_greaterwrong() -> None:
    address = ADDRESS.replace("lesswrong", "greaterwrong")
    html = f"""<!-- saved from url=(0065){address} -->
    <html><head><title>Counting Herons - LessWrong 2.0 viewer</title></head>
    <body><nav id="primary-bar"><a href="/">Home</a></nav><main class="post"><h1 class="post-title">Counting Herons</h1>
    <div class="post-meta top-post-meta"><a class="author" href="/users/ann_lee" data-full-name="Ann Lee">ann_lee</a>
    <span class="date" data-js-date="1709366400123">2 Mar 2024 8:00 UTC</span>
    <span class="karma-value">48 <span>points</span></span></div>
    <div class="body-text post-body"><p>The herons left early.</p></div></main>
    <div id="comments"><ul class="comment-thread">
    <li id="comment-{an_id(1)}" class="comment-item"><div class="comment"><div class="comment-meta"><a class="author"
    href="/users/reader-1" data-full-name="Reader 1">reader-1</a>
    <a class="date" data-js-date="1711929601001" href="#c">1 Apr</a>
    <span class="karma-value">−3 <span>points</span></span></div>
    <div class="body-text comment-body"><p>Remark 1.</p></div></div>
    </li></ul></div></body></html>"""
    post, comment = read(html)
    assert (post.url, post.published) == (ADDRESS, "2024-03-02T08:00:00.123Z")
    assert ([one.name for one in post.authors], post.facts[0].value) == (["Ann Lee"], 48)
    assert (comment.text, comment.published, comment.facts[0].value) == ("Remark 1.", "2024-04-01T00:00:01.001Z", -3)
    assert (comment.authors[0].name, comment.external_ids["lesswrong"]) == ("Reader 1", an_id(1))


@pytest.mark.parametrize(
    "head",
    [
        "<title>Herons</title><meta property='og:see_also' content='https://www.lesswrong.com/posts/x'>",
        '<link rel="canonical" href="https://www.lesswrong.com/w/birds">',
        '<link rel="canonical" href="https://www.lesswrong.com/users/ann_lee">',
        f'<link rel="canonical" href="https://herons.example/posts/{POST}/counting-herons">',
    ],
)
def test_other_pages_are_web_pages(head: str) -> None:
    html = a_page(
        head=head,
        body="<div id='postContent'><p>" + "The herons left early, as they do in dry years. " * 9 + "</p></div>",
    )
    assert [one.importer for one in importers.read(Input(html, "saved.html", "saved.html", html.encode()))] == ["web"]
    linking = f"<html><body><p>{'The herons left early. ' * 9}<a href='{ADDRESS}'>post-body</a></p></body></html>"
    assert IMPORTER.sniff(Input(linking, "a.html")) == 0.0


def test_a_page_without_a_post_says_so() -> None:
    with pytest.raises(KbError, match="shows no post"):
        read(a_page(body="<div class='PostsPage-loading'></div>"))


PAGE = a_page(a_frame(1, said("<p>Remark 1.</p>"), a_frame(2, said("<p>Remark 2.</p>"))))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, len(PAGE)), st.integers(0, 90), st.sampled_from(["", "<div>", "</div>", '"', "\0"])),
        max_size=5,
    )
)
def test_a_broken_page_gives_documents_or_an_error_for_people(edits: list[tuple[int, int, str]]) -> None:
    page = PAGE
    for at, length, new in edits:
        page = page[:at] + new + page[at + length :]
    try:
        found = IMPORTER.read(Input(page, "saved.html", "saved.html", page.encode()))
    except KbError:
        return
    for document in found:
        check(IMPORTER, document)
