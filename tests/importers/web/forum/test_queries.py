"""The queries are valid GraphQL, and ask only for what the forum's schema has."""

from __future__ import annotations

import re
from typing import Any

import pytest

from importers.web.forum.queries import Ask, Deprecated, Modern

_ASKS = [
    ask
    for form in (Modern(), Deprecated())
    for ask in (
        form.post("p"),
        form.post_by_slug("s"),
        form.post_by_legacy("k8"),
        form.probe(["a", "b"]),
        form.comments("postCommentsOld", "p", 10, 0),
        form.comments("postCommentsNew", "p", 10, 0),
        form.comments("answersAndReplies", "p", 10, 0),
        form.comments("debateResponses", "p", 10, 0),
        form.thread("c", 10),
        form.user("u"),
        form.user_posts("u", None, 10),
        form.user_posts("u", "2024-01-01", 10),
        form.user_comments("u", 10, 0),
        form.tag("t"),
        form.tag_posts("t", 10, 0),
        form.sequence("s"),
    )
]

_SCHEMA = """
scalar JSON
scalar Date
type User { _id: String slug: String displayName: String username: String postCount: Int commentCount: Int
  shortformFeedId: String }
type Revision { _id: String version: String editedAt: Date html: String markdown: String }
type Crosspost { isCrosspost: Boolean hostedHere: Boolean foreignPostId: String }
type Tag { _id: String name: String slug: String postCount: Int description: Revision }
type Post { _id: String slug: String title: String pageUrl: String postedAt: Date modifiedAt: Date
  lastCommentedAt: Date url: String author: String hideAuthor: Boolean userId: String user: User coauthors: [User]
  baseScore: Float extendedScore: JSON voteCount: Float
  af: Boolean afBaseScore: Float commentCount: Float wordCount: Int
  question: Boolean debate: Boolean collabEditorDialogue: Boolean shortform: Boolean isEvent: Boolean draft: Boolean
  tags: [Tag] fmCrosspost: Crosspost htmlBody: String contents: Revision contents_latest: String }
type Comment { _id: String postId: String tagId: String parentCommentId: String topLevelCommentId: String
  parentAnswerId: String answer: Boolean debateResponse: Boolean shortform: Boolean postedAt: Date lastEditedAt: Date
  pageUrl: String userId: String author: String hideAuthor: Boolean user: User
  baseScore: Float extendedScore: JSON voteCount: Float
  af: Boolean retracted: Boolean deleted: Boolean deletedPublic: Boolean deletedDate: Date rejected: Boolean
  directChildrenCount: Float descendentCount: Float htmlBody: String contents: Revision post: Post }
type Chapter { _id: String number: Float title: String subtitle: String contents: Revision posts: [Post] }
type Sequence { _id: String title: String createdAt: Date lastUpdated: Date draft: Boolean isDeleted: Boolean
  user: User contents: Revision chapters: [Chapter] }
input SelectorInput { _id: String documentId: String }
input SinglePostInput { selector: SelectorInput resolverArgs: JSON allowNull: Boolean }
input SingleSequenceInput { selector: SelectorInput resolverArgs: JSON }
input MultiPostInput { terms: JSON resolverArgs: JSON enableTotal: Boolean }
input MultiCommentInput { terms: JSON resolverArgs: JSON enableTotal: Boolean }
input MultiUserInput { terms: JSON resolverArgs: JSON enableTotal: Boolean }
input MultiTagInput { terms: JSON resolverArgs: JSON enableTotal: Boolean }
input PostTerms { exactPostIds: [String!] userId: String sortedBy: String after: String slug: String legacyId: String
  tagId: String }
input PostSelector { default: PostTerms slugPost: PostTerms legacyIdPost: PostTerms userPosts: PostTerms
  tagRelevance: PostTerms }
input CommentTerms { postId: String userId: String sortBy: String topLevelCommentId: String }
input CommentSelector { postCommentsOld: CommentTerms postCommentsNew: CommentTerms answersAndReplies: CommentTerms
  debateResponses: CommentTerms profileComments: CommentTerms repliesToCommentThreadIncludingRoot: CommentTerms }
input SlugTerms { slug: String }
input UserSelector { usersProfile: SlugTerms }
input TagSelector { tagBySlug: SlugTerms }
type OnePost { result: Post }
type OneSequence { result: Sequence }
type Posts { results: [Post] totalCount: Int }
type Comments { results: [Comment] totalCount: Int }
type Users { results: [User] totalCount: Int }
type Tags { results: [Tag] totalCount: Int }
type Query {
  post(input: SinglePostInput, selector: SelectorInput, allowNull: Boolean): OnePost
  posts(input: MultiPostInput, selector: PostSelector, limit: Int, offset: Int): Posts
  comments(input: MultiCommentInput, selector: CommentSelector, limit: Int, offset: Int): Comments
  users(input: MultiUserInput, selector: UserSelector, limit: Int): Users
  tags(input: MultiTagInput, selector: TagSelector, limit: Int): Tags
  sequence(input: SingleSequenceInput, selector: SelectorInput, allowNull: Boolean): OneSequence
}
"""
"""The part of the forum's schema that the queries touch, by its published types."""


def _name(ask: Ask) -> str:
    return f"{ask.name}-{re.sub(r'[^a-z]', '', str(ask.variables))[:30]}"


@pytest.mark.parametrize("ask", _ASKS, ids=_name)
def test_a_query_is_valid(ask: Ask) -> None:
    graphql = pytest.importorskip("graphql")
    found: list[Any] = graphql.validate(graphql.build_schema(_SCHEMA), graphql.parse(ask.query))
    assert not found


@pytest.mark.parametrize("ask", _ASKS, ids=_name)
def test_fragments_and_variables_stand_there_only_where_they_are_used(ask: Ask) -> None:
    spread, defined = set(re.findall(r"\.\.\.(\w+)", ask.query)), set(re.findall(r"fragment (\w+)", ask.query))
    assert spread == defined
    head, _, body = ask.query.partition("{")
    assert set(re.findall(r"\$(\w+)", head)) == set(re.findall(r"\$(\w+)", body)) == set(ask.variables)
    assert f"query {ask.name}(" in ask.query
    assert ask.query.count("{") == ask.query.count("}")
