"""What a note of OpenReview says, in either version of its API: content as values, or as objects with a `value`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from importers.discussions.values import Node, inner, line
from kb.model.document import Author
from kb.model.facts import Fact, fact
from kb.text.repair import repair
from kb.text.strings import squash

Kind = Literal["review", "metareview", "decision", "rebuttal", "comment", "withdrawal", "other"]

_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"withdraw|desk_?reject(?!ed_submission)", re.I), "withdrawal"),
    (re.compile(r"meta_?review|area_chair_(?:review|recommendation)", re.I), "metareview"),
    (re.compile(r"decision|^acceptance$", re.I), "decision"),
    (re.compile(r"rebuttal|author_response|author_final", re.I), "rebuttal"),
    (re.compile(r"review(?!er_)", re.I), "review"),
    (re.compile(r"comment|question|response|message|feedback|reply|discussion", re.I), "comment"),
)
_EDITS = {"edit", "revision", "camera_ready_revision", "pc_revision", "post_submission", "bidding", "full_submission"}
_SCORES = {
    "rating": "rating", "recommendation": "rating", "overall_rating": "rating", "overall_assessment": "rating",
    "overall_recommendation": "rating", "overall_score": "rating", "score": "rating", "overall": "rating",
    "preliminary_rating": "rating", "review_rating": "rating", "confidence": "confidence",
    "reviewer_confidence": "confidence", "review_confidence": "confidence", "soundness": "soundness",
    "technical_soundness": "soundness", "correctness": "soundness", "presentation": "presentation",
    "clarity": "presentation", "contribution": "contribution", "significance": "contribution",
    "final_rating": "rating", "final_justification_rating": "rating",
}  # fmt: skip
"""Scores by the names that conferences give them; a final one comes last and counts."""
_NO_WORDS = re.compile(
    r"^(?:title|decision|pdf|venue|venueid|_bibtex|paperhash|authorids?|authors|supplementary_material|keywords"
    r"|code_of_conduct|flag_for_ethics_review|ethics_flag|first_time_reviewer|llm_\w*|.*_acknowledg?ement|award"
    r"|reciprocal\w*|withdrawal_confirmation|submission_guidelines|no_acknowledgement_section|anonymous_url"
    r"|student_author|desk_reject\w*_confirmation|resubmission|needs_ethics_review|expedited)$",
    re.I,
)
_NOTHING = re.compile(r"\W*+(?:n\.? ?/?\.?a\.?|none|no|nil|yes|not applicable|see above|i agree)?+\W*+", re.I)
_SHORT = 60  # characters: a longer value that begins with a digit is a list
_GENERAL = re.compile(
    r"(?:official |public |meta |paper |author |acceptance |final )*(?:review|comment|response|decision|rebuttal|reply"
    r"|meta-?review|metareview)s?(?: (?:of|by|on|to|from) .*)?[.:]?",
    re.I,
)
_FATE = ((re.compile(r"desk.?reject", re.I), "Desk rejected"), (re.compile(r"withdrawn", re.I), "Withdrawn"),
         (re.compile(r"reject", re.I), "Reject"))  # fmt: skip
_UNDECIDED = re.compile(r"submitted|under review|submission\b|rejected|withdrawn", re.I)
_NUMBERED = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Forum:
    """A discussion: the id and title of its paper, "" where that is not there, and the authors where they are named."""

    id: str
    title: str
    authors: tuple[Author, ...]

    @property
    def called(self) -> str:
        return self.title or f"Submission {self.id}"


def is_note(one: Node) -> bool:
    """Whether it is a note of a forum."""
    return bool(line(one, "id") and line(one, "forum") and isinstance(one.get("content"), dict) and _invitations(one))


def _invitations(one: Node) -> list[str]:
    given = one.get("invitations")
    found = [str(each) for each in given] if isinstance(given, list) else []
    return found or ([line(one, "invitation")] if line(one, "invitation") else [])


def invitation(one: Node) -> str:
    """What a note was invited as: "Official_Review"; of several the first that is no edit of it."""
    names = [each.rpartition("/-/")[2].rpartition("/")[2] or each for each in _invitations(one)]
    return next((name for name in names if name.lower() not in _EDITS), "")


def kind(one: Node) -> Kind:
    """What kind of note it is; "other" for edits, bids and the like. The paper itself is not asked about."""
    name = invitation(one)
    return next((kind for pattern, kind in _KINDS if pattern.search(name)), "other")


def content(one: Node) -> Node:
    """The content of a note by plain values, in the order of the form."""
    return {name: each.get("value") if isinstance(each, dict) else each for name, each in inner(one, "content").items()}


def said(content: Node, *names: str) -> str:
    """The first of these fields that holds words; names in any case."""
    folded = {name.lower(): value for name, value in content.items()}
    for name in names:
        value = folded.get(name.lower())
        if isinstance(value, str) and value.strip():
            return repair(value).strip()
    return ""


def title(one: Node) -> str:
    """The title of a paper."""
    return squash(said(content(one), "title"))


def authors(one: Node) -> tuple[Author, ...]:
    """The authors of a paper, where they are named."""
    given = content(one)
    names, accounts = given.get("authors"), given.get("authorids")
    listed = names if isinstance(names, list) else str(names or "").split(",")
    slugs = accounts if isinstance(accounts, list) and len(accounts) == len(listed) else [None] * len(listed)
    found = []
    for name, slug in zip(listed, slugs, strict=True):
        shown = squash(str(name.get("fullname") or "")) if isinstance(name, dict) else squash(str(name or ""))
        if shown and not shown.lower().startswith("anonym"):
            found.append(Author(repair(shown), str(slug) if str(slug or "").startswith("~") else None))
    return tuple(found)


def keywords(content: Node) -> tuple[str, ...]:
    """The keywords of a paper, each once."""
    given = content.get("keywords")
    listed = given if isinstance(given, list) else re.split(r"[,;]", str(given or ""))
    return tuple(dict.fromkeys(word for each in listed if (word := squash(repair(str(each or ""))))))


def decision(content: Node) -> str:
    """What a decision or meta-review decides."""
    found = squash(said(content, "decision"))
    if not found and (recommended := squash(said(content, "recommendation"))) and not recommended[:1].isdecimal():
        found = recommended
    return found if len(found) <= 2 * _SHORT else ""


def fate(one: Node) -> str:
    """What became of a paper, where its venue or its invitation says so: withdrawn, desk rejected, rejected."""
    given = content(one)
    told = " ".join((said(given, "venue"), said(given, "venueid"), *_invitations(one)))
    return next((words for pattern, words in _FATE if pattern.search(told)), "")


def is_undecided(venue: str) -> bool:
    """Whether a venue only says where a paper was sent."""
    return not venue or _UNDECIDED.search(venue) is not None


def scores(content: Node) -> tuple[Fact, ...]:
    """The scores of a review: numbers, or words that lead with one."""
    found: dict[str, Fact] = {}
    for name, value in content.items():
        known = _SCORES.get(name.strip().lower().replace(" ", "_"))
        if known and _is_score(value):
            found |= {one.name: one for one in fact(known, value)}
        elif known is None and _is_score(value) and isinstance(value, str):
            found |= {one.name: one for one in fact(name.lower().replace("_", " "), value)}
    return tuple(found.values())


def _is_score(value: object) -> bool:
    if isinstance(value, str):
        return bool(re.match(r"\s*-?\d+(?:\.\d+)?(?=$|[\s:/,])", value)) and "\n" not in value.strip()
    return isinstance(value, int | float) and not isinstance(value, bool)


def words_of(content: Node, kind: Kind) -> str:
    """The words of a note as Markdown: each field under its name where there are several, in the order of the form."""
    parts: list[tuple[str, str]] = []
    for name, value in content.items():
        if isinstance(value, list):
            value = "\n".join(f"- {each}" for each in value if isinstance(each, str) and len(each.split()) > 1)
        known = name.strip().lower().replace(" ", "_")
        if not isinstance(value, str) or _NO_WORDS.match(known) or _NOTHING.fullmatch(value):
            continue
        if _is_score(value) and (known in _SCORES or len(value) <= _SHORT):
            continue
        if kind == "metareview" and known == "recommendation" and len(value) <= 2 * _SHORT:
            continue  # the decision
        parts.append((_heading(known), repair(value).strip()))
    own = squash(said(content, "title"))
    head = f"# {own}" if own and not _GENERAL.fullmatch(own) else ""
    if len(parts) == 1:
        return "\n\n".join(filter(None, (head, parts[0][1])))
    return "\n\n".join(filter(None, (head, *(f"## {name}\n\n{words}" for name, words in parts))))


def _heading(name: str) -> str:
    plain = squash(name.replace("_", " "))
    return plain[:1].upper() + plain[1:]


def signatures(one: Node) -> list[str]:
    """Who signed a note, as it stands there."""
    given = one.get("signatures")
    return [str(each) for each in given if str(each).strip()] if isinstance(given, list) else []


def is_authors(signature: str) -> bool:
    """Whether the authors of the paper signed as such."""
    return signature.rpartition("/")[2].lower() in {"authors", "author"}


def signed(signature: str) -> Author:
    """Who a signature means: ".../Reviewer_AbC1" is Reviewer AbC1 of that paper, "~Ada_Moss1" is Ada Moss."""
    last = signature.rpartition("/")[2]
    if last.startswith("~"):
        return Author(re.sub(r"\d+$", "", last[1:]).replace("_", " ").strip() or last, last)
    name = last.replace("_", " ").strip("() ")
    if found := re.fullmatch(r"Anon(?:ymous ?)?(?P<role>[A-Za-z]+) ?(?P<number>\w*)", name):
        name = squash(f"{_NUMBERED.sub(' ', found['role'])} {found['number']}")
    # The role alone is somebody else in each discussion: its whole path tells them apart.
    return Author(name or "anonymous", signature)
