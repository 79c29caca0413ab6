"""The questions put to a forum, as GraphQL: each with its variables and the way to the answer in the data.

LessWrong takes the `selector` form; the EA Forum, a fork of its program, the older `input: {terms}` form, which
LessWrong still serves. Fragments stand in a query only where it uses them: the server refuses others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_FRAGMENTS = {
    "UserRef": "fragment UserRef on User { _id slug displayName username }",
    "PostMeta": """fragment PostMeta on Post {
  _id slug title pageUrl postedAt modifiedAt lastCommentedAt url author hideAuthor userId
  user { ...UserRef }
  coauthors { ...UserRef }
  baseScore voteCount extendedScore af afBaseScore commentCount wordCount
  question debate collabEditorDialogue shortform isEvent draft
  tags { _id name slug }
  fmCrosspost { isCrosspost hostedHere foreignPostId }
}""",
    "PostBody": "fragment PostBody on Post { contents { _id version editedAt html } }",
    "PostOld": """fragment PostOld on Post {
  _id slug title pageUrl postedAt modifiedAt lastCommentedAt url author hideAuthor
  user { ...UserRef }
  coauthors { ...UserRef }
  baseScore voteCount extendedScore commentCount wordCount af question debate shortform
  tags { _id name slug }
  htmlBody
  contents { _id version }
}""",
    "CommentFull": """fragment CommentFull on Comment {
  _id postId tagId parentCommentId topLevelCommentId parentAnswerId
  answer debateResponse shortform
  postedAt lastEditedAt pageUrl userId author hideAuthor
  user { ...UserRef }
  baseScore voteCount extendedScore af retracted deleted deletedPublic deletedDate rejected
  directChildrenCount descendentCount
  contents { version html markdown }
}""",
    "CommentOld": """fragment CommentOld on Comment {
  _id postId tagId parentCommentId topLevelCommentId
  answer shortform postedAt pageUrl author
  user { ...UserRef }
  baseScore voteCount extendedScore deleted deletedPublic descendentCount
  htmlBody
}""",
}
_SPREAD = re.compile(r"\.\.\.(\w+)")
_UNDER = "post { _id slug title pageUrl }"
_USER = "...UserRef postCount commentCount shortformFeedId"
_TAG = "_id name slug postCount description { _id version html }"
_SEQUENCE = """_id title createdAt lastUpdated draft isDeleted user { ...UserRef } contents { html }
  chapters { _id number title subtitle contents { html } posts { _id slug title pageUrl postedAt } }"""
_PROBE = "_id slug title modifiedAt contents_latest baseScore voteCount commentCount lastCommentedAt"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `path` leads through the data to what was asked for: an object, a list, or null."""

    name: str
    query: str
    path: tuple[str, ...]
    variables: Mapping[str, Any] = field(default_factory=dict)

    @property
    def payload(self) -> dict[str, Any]:
        """What is sent."""
        return {"query": self.query, "variables": dict(self.variables), "operationName": self.name}


def with_fragments(query: str) -> str:
    """The query with the fragments it uses, and those that these use."""
    needed: list[str] = []
    waiting = _SPREAD.findall(query)
    while waiting:
        name = waiting.pop(0)
        if name not in needed:
            needed.append(name)
            waiting += _SPREAD.findall(_FRAGMENTS[name])
    return "\n".join([query, *(_FRAGMENTS[name] for name in needed)])


def _ask(signature: str, call: str, fields: str, *path: str, **variables: Any) -> Ask:
    query = f"query {signature} {{\n  {call} {{ {path[-1]} {{ {fields} }} }}\n}}"
    return Ask(signature.partition("(")[0], with_fragments(query), path, variables)


class Modern:
    """The `selector` form."""

    def post(self, id: str) -> Ask:
        call = "post(selector: { _id: $id }, allowNull: true)"
        return _ask("PostById($id: String!)", call, "...PostMeta ...PostBody", "post", "result", id=id)

    def post_by_slug(self, slug: str) -> Ask:
        call = "posts(selector: { slugPost: { slug: $slug } }, limit: 1)"
        return _ask("PostBySlug($slug: String!)", call, "...PostMeta ...PostBody", "posts", "results", slug=slug)

    def post_by_legacy(self, legacy: str) -> Ask:
        call = "posts(selector: { legacyIdPost: { legacyId: $legacyId } }, limit: 1)"
        fields = "...PostMeta ...PostBody"
        return _ask("PostByLegacyId($legacyId: String!)", call, fields, "posts", "results", legacyId=legacy)

    def probe(self, ids: Sequence[str]) -> Ask:
        call = "posts(selector: { default: { exactPostIds: $ids } }, limit: $limit)"
        signature = "PostRefreshProbe($ids: [String!]!, $limit: Int!)"
        return _ask(signature, call, _PROBE, "posts", "results", ids=list(ids), limit=len(ids))

    def comments(self, view: str, post_id: str, limit: int, offset: int) -> Ask:
        """A page of a post's comments.

        Args:
            view: postCommentsOld, postCommentsNew, answersAndReplies or debateResponses.
        """
        names = {"answersAndReplies": "AnswersAndReplies", "debateResponses": "DebateResponses"}
        more = ', sortBy: "old"' if view == "answersAndReplies" else ""
        call = f"comments(selector: {{ {view}: {{ postId: $postId{more} }} }}, limit: $limit, offset: $offset)"
        signature = f"{names.get(view, 'CommentsOfPost')}($postId: String!, $limit: Int!, $offset: Int!)"
        values = {"postId": post_id, "limit": limit, "offset": offset}
        return _ask(signature, call, "...CommentFull", "comments", "results", **values)

    def thread(self, top: str, limit: int) -> Ask:
        call = "comments(selector: { repliesToCommentThreadIncludingRoot: { topLevelCommentId: $top } }, limit: $limit)"
        signature = "CommentThread($top: String!, $limit: Int!)"
        return _ask(signature, call, "...CommentFull", "comments", "results", top=top, limit=limit)

    def user(self, slug: str) -> Ask:
        call = "users(selector: { usersProfile: { slug: $slug } }, limit: 1)"
        return _ask("UserBySlug($slug: String!)", call, _USER, "users", "results", slug=slug)

    def user_posts(self, user_id: str, after: str | None, limit: int) -> Ask:
        call = 'posts(selector: { userPosts: { userId: $userId, sortedBy: "old", after: $after } }, limit: $limit)'
        signature = "UserPosts($userId: String!, $after: String, $limit: Int!)"
        values = {"userId": user_id, "after": after, "limit": limit}
        return _ask(signature, call, "...PostMeta ...PostBody", "posts", "results", **values)

    def user_comments(self, user_id: str, limit: int, offset: int) -> Ask:
        view = 'profileComments: { userId: $userId, sortBy: "new" }'
        call = f"comments(selector: {{ {view} }}, limit: $limit, offset: $offset)"
        signature = "UserComments($userId: String!, $limit: Int!, $offset: Int!)"
        values = {"userId": user_id, "limit": limit, "offset": offset}
        return _ask(signature, call, f"...CommentFull {_UNDER}", "comments", "results", **values)

    def tag(self, slug: str) -> Ask:
        call = "tags(selector: { tagBySlug: { slug: $slug } }, limit: 1)"
        return _ask("TagBySlug($slug: String!)", call, _TAG, "tags", "results", slug=slug)

    def tag_posts(self, tag_id: str, limit: int, offset: int) -> Ask:
        call = "posts(selector: { tagRelevance: { tagId: $tagId } }, limit: $limit, offset: $offset)"
        signature = "TagPosts($tagId: String!, $limit: Int!, $offset: Int!)"
        values = {"tagId": tag_id, "limit": limit, "offset": offset}
        return _ask(signature, call, "...PostMeta ...PostBody", "posts", "results", **values)

    def sequence(self, id: str) -> Ask:
        call = "sequence(selector: { _id: $id }, allowNull: true)"
        return _ask("SequenceById($id: String!)", call, _SEQUENCE, "sequence", "result", id=id)


class Deprecated(Modern):
    """The `input` form."""

    def post(self, id: str) -> Ask:
        call = "post(input: { selector: { _id: $id }, allowNull: true })"
        return _ask("PostByIdLegacy($id: String!)", call, "...PostOld", "post", "result", id=id)

    def post_by_slug(self, slug: str) -> Ask:
        return self._posts(view="slugPost", slug=slug, limit=1)

    def post_by_legacy(self, legacy: str) -> Ask:
        return self._posts(view="legacyIdPost", legacyId=legacy, limit=1)

    def probe(self, ids: Sequence[str]) -> Ask:
        signature = "PostRefreshProbe($input: MultiPostInput)"
        terms = {"exactPostIds": list(ids), "limit": len(ids)}
        return _ask(signature, "posts(input: $input)", _PROBE, "posts", "results", input={"terms": terms})

    def comments(self, view: str, post_id: str, limit: int, offset: int) -> Ask:
        more = {"sortBy": "old"} if view == "answersAndReplies" else {}
        return self._comments("...CommentOld", view=view, postId=post_id, limit=limit, offset=offset, **more)

    def thread(self, top: str, limit: int) -> Ask:
        return self._comments("...CommentOld", view="repliesToCommentThread", topLevelCommentId=top, limit=limit)

    def user(self, slug: str) -> Ask:
        terms = {"view": "usersProfile", "slug": slug, "limit": 1}
        signature = "UserBySlug($input: MultiUserInput)"
        return _ask(signature, "users(input: $input)", _USER, "users", "results", input={"terms": terms})

    def user_posts(self, user_id: str, after: str | None, limit: int) -> Ask:
        since = {"after": after} if after else {}
        return self._posts(view="userPosts", userId=user_id, sortedBy="old", limit=limit, **since)

    def user_comments(self, user_id: str, limit: int, offset: int) -> Ask:
        terms = {"view": "profileComments", "userId": user_id, "sortBy": "new", "limit": limit, "offset": offset}
        return self._comments(f"...CommentOld {_UNDER}", **terms)

    def tag(self, slug: str) -> Ask:
        terms = {"view": "tagBySlug", "slug": slug, "limit": 1}
        signature = "TagBySlug($input: MultiTagInput)"
        return _ask(signature, "tags(input: $input)", _TAG, "tags", "results", input={"terms": terms})

    def tag_posts(self, tag_id: str, limit: int, offset: int) -> Ask:
        return self._posts(view="tagRelevance", tagId=tag_id, limit=limit, offset=offset)

    def sequence(self, id: str) -> Ask:
        call = "sequence(input: { selector: { _id: $id } })"
        return _ask("SequenceById($id: String!)", call, _SEQUENCE, "sequence", "result", id=id)

    def _posts(self, **terms: Any) -> Ask:
        call = "posts(input: $input)"
        return _ask("Posts($input: MultiPostInput)", call, "...PostOld", "posts", "results", input={"terms": terms})

    def _comments(self, fields: str, **terms: Any) -> Ask:
        signature = "Comments($input: MultiCommentInput)"
        return _ask(signature, "comments(input: $input)", fields, "comments", "results", input={"terms": terms})
