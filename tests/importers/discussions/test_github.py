"""Issues and pull requests: the REST interface, `gh`, and lists of either."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.discussions.github import IMPORTER
from kb.errors import KbError
from kb.model.document import Author, Document
from tests.importers.discussions.shapes import API, ISSUE, answers, facts, issue, issue_comment, written

Read = Callable[..., list[Document]]
PULL = "https://github.com/ponds/frogs/pull/9"
GH = {
    "number": 4, "title": "Frogs are lost", "body": "They are gone.", "state": "CLOSED", "stateReason": "NOT_PLANNED",
    "author": {"login": "ada", "name": "Ada Moss"}, "url": ISSUE, "createdAt": "2024-05-31T16:20:00Z",
    "labels": [{"name": "ponds"}], "reactionGroups": [{"content": "THUMBS_UP", "users": {"totalCount": 2}}],
    "comments": [
        {"id": "IC_1", "author": {"login": "bo"}, "body": "Look in the marsh, where they went last year.",
         "createdAt": "2024-06-01T00:00:01Z", "url": f"{ISSUE}#issuecomment-1"},
        {"id": "IC_2", "author": {"login": "ada"}, "body": "> Look in the marsh, where they went\n\nI did.",
         "createdAt": "2024-06-01T00:00:02Z", "url": f"{ISSUE}#issuecomment-2"},
        {"id": "IC_3", "author": {"login": "x"}, "body": "Spam", "isMinimized": True, "url": f"{ISSUE}#issuecomment-3"},
    ],
}  # fmt: skip


def test_an_issue_and_its_comments_in_a_row_where_a_quote_tells_what_is_answered(read: Read) -> None:
    said = [issue_comment(2, "> look in the *marsh* where they went\n\nI did."),
            issue_comment(1, "Look in the marsh where they went."), issue_comment(3, None)]  # fmt: skip
    for text in (written([issue(), *said]), written([issue()]) + written(said), written([[issue()], said])):
        assert IMPORTER.sniff(Input(text, "4.json")) > 0.9
        found = read(IMPORTER, text)
        assert answers(found) == {"4#issuecomment-1": "4", "4#issuecomment-2": "4#issuecomment-1"}
        assert found[0].problems == ("comments and reviews without words are left out: 1",)
    assert (found[0].title, found[0].tags, found[0].kind) == ("Frogs are lost", ("ponds",), "post")
    assert facts(found[0]) == {"state": "open", "reactions": 3}


def test_what_gh_prints(read: Read) -> None:
    found = read(IMPORTER, written(GH))
    assert answers(found) == {"4#issuecomment-1": "4", "4#issuecomment-2": "4#issuecomment-1"}
    assert facts(found[0]) == {"state": "closed, not planned", "reactions": 2}
    assert found[2].authors == (Author("Ada Moss", "ada"),)
    assert found[0].problems == ("comments that were hidden (spam, off-topic, outdated …) are left out: 1",)
    assert found[0].published == "2024-05-31T16:20:00Z"


def test_a_pull_request_with_reviews_and_comments_on_lines(read: Read) -> None:
    pull = issue(number=9, html_url=PULL, url=f"{API}/pulls/9", state="closed", merged_at="2024-06-03T00:00:00Z")
    review = {"id": 7, "user": {"login": "bo"}, "body": "Not yet.", "state": "CHANGES_REQUESTED",
              "html_url": f"{PULL}#pullrequestreview-7", "pull_request_url": f"{API}/pulls/9",
              "submitted_at": "2024-06-01T00:00:00Z"}  # fmt: skip
    bare = review | {"id": 8, "body": "", "state": "APPROVED", "html_url": f"{PULL}#pullrequestreview-8"}
    line = {"id": 5, "pull_request_review_id": 7, "path": "pond.py", "diff_hunk": "@@ -1 +1 @@\n-a\n+b",
            "body": "Why b?", "user": {"login": "bo"}, "html_url": f"{PULL}#discussion_r5",
            "pull_request_url": f"{API}/pulls/9", "created_at": "2024-06-01T00:00:01Z"}  # fmt: skip
    reply = line | {"id": 6, "in_reply_to_id": 5, "body": "It is longer.", "html_url": f"{PULL}#discussion_r6",
                    "created_at": "2024-06-01T00:00:02Z"}  # fmt: skip
    found = read(IMPORTER, written([pull, review, bare, line, reply]))
    assert answers(found) == {
        "9#pullrequestreview-7": "9", "9#discussion_r5": "9#pullrequestreview-7", "9#discussion_r6": "9#discussion_r5",
    }  # fmt: skip
    assert [facts(one) for one in found[:2]] == [{"state": "merged", "reactions": 3}, {"decision": "changes requested"}]
    assert found[1].title == "Review of Frogs are lost"
    assert found[2].title == "Comment on pond.py in Frogs are lost"
    assert found[2].text == "Why b?\n\n```diff\n@@ -1 +1 @@\n-a\n+b\n```"


def test_an_issue_that_was_asked_for_without_its_number_is_where_its_comments_are(read: Read) -> None:
    found = read(IMPORTER, written({name: GH[name] for name in ("title", "body", "comments")}))
    assert (found[0].title, found[0].url) == ("Frogs are lost", ISSUE)
    assert answers(found)["4#issuecomment-1"] == "4"


def test_reviews_of_gh_have_no_address_of_their_own(read: Read) -> None:
    review = {
        "id": "PRR_1",
        "author": {"login": "bo"},
        "body": "Fine.",
        "state": "APPROVED",
        "submittedAt": "2024-06-01",
    }
    pull = GH | {"number": 9, "url": PULL, "state": "OPEN", "isDraft": True, "comments": [], "reviews": [review]}
    found = read(IMPORTER, written(pull))
    assert found[1].url == f"{PULL}#pullrequestreview-PRR_1"
    assert [facts(one).get("state") or facts(one)["decision"] for one in found] == ["open, draft", "approved"]


def test_comments_without_their_issue_say_where_they_belong(read: Read) -> None:
    [comment] = read(IMPORTER, written([issue_comment(1, "Late.")]))
    assert comment.parent is not None
    assert (comment.parent.title, comment.parent.url, comment.title) == (
        "ponds/frogs#4", ISSUE, "Comment on ponds/frogs#4",
    )  # fmt: skip


def test_an_issue_whose_comments_are_not_in_the_file_says_so(read: Read) -> None:
    [found] = read(IMPORTER, written(issue(body=None)))
    assert found.text == ""
    assert found.problems[0].endswith(": 2")


@pytest.mark.parametrize("text", [
    '{"body": "see /issues/ and /pull/"}', '[{"title": "A", "number": 1, "body": "x", "url": "https://e.org/issues/"}]',
])  # fmt: skip
def test_other_json_is_none(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "x.json")) == 0
    with pytest.raises(KbError):
        IMPORTER.read(Input(text, "x.json"))
