"""What the objects of GitHub's JSON say, of its REST interface (`user`, `html_url`) and of `gh` (`author`, `url`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from importers.discussions.values import Node, inner, line, nodes, number, words
from kb.model.document import Author
from kb.model.facts import Fact, fact, reactions

TIMES = ("created_at", "createdAt", "submitted_at", "submittedAt")
"""When a comment or review was written."""

_PLACE = re.compile(
    r"(?P<site>https?://[\w.:-]+)/(?:api/v3/)?(?:repos/)?(?P<repository>[\w.-]+/[\w.-]+)/"
    r"(?P<kind>issues|pulls?)/(?P<number>\d{1,12})(?:#(?P<comment>[\w=-]+))?/?"
)
_ADDRESSES = ("html_url", "url")
_OF_SUBJECT = ("issue_url", "pull_request_url", "_subject")
_ON_A_LINE = "discussion_r"
_CODE_LINES = 12
_MOST_WORDS = 40  # characters of a word for a state
_REACTIONS = {
    "+1": "👍", "-1": "👎", "laugh": "laugh", "hooray": "hooray", "confused": "confused", "heart": "heart",
    "rocket": "rocket", "eyes": "eyes", "thumbs_up": "👍", "thumbs_down": "👎",
}  # fmt: skip
_COUNTS = {
    "reactions", "reactionGroups", "comments", "review_comments", "reviews", "reviewDecision", "updated_at",
    "updatedAt", "score", "performed_via_github_app",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `subject` is the key of the issue, "owner/name#12"; `comment` its fragment, or ""."""

    subject: str
    subject_url: str
    comment: str = ""

    @property
    def name(self) -> str:
        return self.subject

    @property
    def key(self) -> str:
        return f"{self.subject}/{self.comment}" if self.comment else self.subject

    @property
    def url(self) -> str:
        return f"{self.subject_url}#{self.comment}" if self.comment else self.subject_url

    @property
    def is_review(self) -> bool:
        return self.comment.startswith("pullrequestreview")


def place(one: Node) -> Place | None:
    """Where an object stands, by its own address, else by that of its issue and its id; None where neither says so."""
    for name in _ADDRESSES:
        if (found := _PLACE.fullmatch(line(one, name))) and "api." not in found["site"]:
            made = _placed(found)
            return _with_id(made, one) if not made.comment and not _has_title(one) else made
    for name in (*_OF_SUBJECT, *_ADDRESSES):
        if found := _PLACE.fullmatch(line(one, name)):
            return _placed(found) if _has_title(one) else _with_id(_placed(found), one)
    return None


def _placed(found: re.Match[str]) -> Place:
    site = found["site"].replace("http://", "https://").replace("//api.github.com", "//github.com")
    kind = "pull" if found["kind"].startswith("pull") else "issues"
    repository = found["repository"]
    return Place(
        f"{repository}#{found['number']}",
        f"{site}/{repository}/{kind}/{found['number']}",
        found["comment"] or "",
    )


def _with_id(made: Place, one: Node) -> Place | None:
    own = line(one, "databaseId", "id", "node_id")
    if not own:
        return None
    kind = "pullrequestreview-" if _is_review(one) else _ON_A_LINE if "diff_hunk" in one else "issuecomment-"
    return Place(made.subject, made.subject_url, kind + re.sub(r"[^\w=-]", "", own))


def placed(one: Node) -> Node:
    """An issue that was asked for without its number or address, with those that its comments tell."""
    if not isinstance(one.get("title"), str) or is_subject(one):
        return one
    told = (found for each in nodes(one, "comments", "reviews") if (found := place(each)))
    above = next(told, None)
    number_ = int(above.subject.rpartition("#")[2]) if above else None
    return {**one, "number": number_, "url": above.subject_url} if above else one


def is_subject(one: Node) -> bool:
    """Whether it is an issue or a pull request."""
    return _has_title(one) and place(one) is not None


def is_comment(one: Node) -> bool:
    """Whether it is a comment, a review, or a comment on a line of code."""
    if _has_title(one) or not isinstance(one.get("body") or "", str) or not ("body" in one or _is_review(one)):
        return False
    made = place(one)
    return made is not None and bool(made.comment)


def _has_title(one: Node) -> bool:
    return isinstance(one.get("title"), str) and number(one, "number") is not None


def _is_review(one: Node) -> bool:
    return bool({"submitted_at", "submittedAt", "_review"} & one.keys())


def within(one: Node, subject: Node | None, *, review: bool) -> Node:
    """A comment that stands in the object of its issue, with that issue's address where it has none itself."""
    if subject is None or place(one) is not None:
        return one
    above = place(subject)
    marks = {"_review": True} if review else {}
    return {**one, "_subject": above.subject_url, **marks} if above else one


def names(found: Iterable[Node]) -> dict[str, str]:
    """The names of accounts: `gh` gives them for some objects, the account alone for others."""
    people = [inner(one, "user", "author") for one in found]
    return {line(who, "login"): name for who in people if (name := line(who, "name")) and line(who, "login")}


def authors(one: Node, names: Mapping[str, str]) -> tuple[Author, ...]:
    """Who wrote it, by name where that is known, else by account."""
    account = line(inner(one, "user", "author"), "login")
    return (Author(names.get(account, account), account),) if account else ()


def answered(one: Node, at: Place) -> Iterator[str]:
    """The keys of what a comment on a line of code may answer, the nearest first: a comment there, its review."""
    if reply := line(one, "in_reply_to_id"):
        yield f"{at.subject}/{_ON_A_LINE}{reply}"
    if above := line(inner(one, "replyTo"), "databaseId", "id"):
        yield f"{at.subject}/{_ON_A_LINE}{above}"
    if review := line(one, "pull_request_review_id"):
        yield f"{at.subject}/pullrequestreview-{review}"


def code(one: Node) -> str:
    """The lines of the change that a comment stands at, as a block of code; "" where there are none."""
    hunk = words(one, "diff_hunk", "diffHunk").replace("```", "'''").rstrip()
    lines = hunk.split("\n")[-_CODE_LINES:] if hunk else []
    return "\n".join(("```diff", *lines, "```")) if lines else ""


def state(one: Node) -> tuple[Fact, ...]:
    """Whether an issue is open, closed (and why) or merged."""
    said = line(one, "state").lower()[:_MOST_WORDS]
    merged = one.get("merged") is True or line(one, "merged_at", "mergedAt", "merged") not in ("", "False")
    if merged or line(inner(one, "pull_request"), "merged_at"):
        said = "merged"
    elif said == "open" and (one.get("draft") is True or one.get("isDraft") is True):
        said = "open, draft"
    reason = line(one, "state_reason", "stateReason").lower().replace("_", " ")[:_MOST_WORDS]
    if said == "closed" and reason and reason != "reopened":
        said = f"closed, {reason}"
    return fact("state", said)


def verdict(one: Node) -> tuple[Fact, ...]:
    """What a review decides: approved, changes requested."""
    said = line(one, "state").lower().replace("_", " ")[:_MOST_WORDS]
    return fact("decision", said) if _is_review(one) and said not in {"commented", "pending"} else ()


def reacted(one: Node) -> tuple[Fact, ...]:
    """The reactions, by kind."""
    told = {_REACTIONS[name]: number(inner(one, "reactions"), name) or 0 for name in list(_REACTIONS)[:8]}
    for group in nodes(one, "reactionGroups"):
        name = line(group, "content").lower()
        told[_REACTIONS.get(name, name)] = number(inner(group, "users", "reactors"), "totalCount") or 0
    return reactions({name: times for name, times in told.items() if times > 0})


def told(one: Node, name: str) -> int:
    """How many there are by the count that the object has; 0 where it has none."""
    return number(one, name) or 0


def without_counts(one: Node) -> Node:
    """The object without what changes while its words do not, and without marks made here."""
    return {name: value for name, value in one.items() if name not in _COUNTS and not name.startswith("_")}
