"""Links from where something stands: sections of objections, titles, footnotes, stances; and from that to a step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from importers.web.forum import posts
from importers.web.forum.sites import SITES
from kb.extract import extract
from kb.extract.model import Extraction, Pointer, View
from kb.extract.stances import remarks
from kb.model.document import Document
from kb.sources import add
from kb.store.open import Store, open_store
from tests.kb.extract.views import view

Link = tuple[str, str, str, str]


def _view(text: str, title: str = "Notes on herons", kind: str = "post", **more: Any) -> View:
    return view(text, title=title, kind=kind, authors=("Ada",), reference_ids=(), **more)


def _links(view: View, *rules: str) -> set[Link]:
    found = extract(view)

    def name(end: Any) -> str:
        return end if isinstance(end, str) else _said(view, found, end)

    return {(x.rule, name(x.source), x.relation, name(x.target)) for x in found.links if x.rule in rules}


def _said(view: View, found: Extraction, index: int) -> str:
    return view.text[found.statements[index].start : found.statements[index].end]


SECTIONS = """# Weekly counts are better than monthly ones

Text about counts.

## Objections

- Weekly counts cost four times as much as monthly ones.
    - More words on the cost of it.
- Volunteers get tired of going out every week.

## Limitations

The method is useless in fog, and half of the days have fog. Two rivers were surveyed.

## Results

Counts are unreliable in fog.
"""


def test_objections_and_limitations_speak_against_the_thesis_of_the_text() -> None:
    view = _view(SECTIONS, "Weekly counts are better than monthly ones")
    thesis = "Weekly counts are better than monthly ones"
    assert _links(view, "objection-section", "limitation-section") == {
        ("objection-section", "Weekly counts cost four times as much as monthly ones.", "attacks", thesis),
        ("objection-section", "Volunteers get tired of going out every week.", "attacks", thesis),
        (
            "limitation-section", "The method is useless in fog, and half of the days have fog.", "attacks", thesis,
        ),
    }  # fmt: skip


def test_without_a_thesis_it_is_the_text_itself_and_the_nearest_heading_that_asserts_something() -> None:
    body = "## Criticism\n\nThe method is useless in fog, and half of the days have fog.\n"
    assert {x[3] for x in _links(_view(body), "objection-section")} == {"s1"}
    nested = "## Boats see more birds than cars do\n\nText.\n\n#" + body
    assert {x[3] for x in _links(_view(nested), "objection-section")} == {"Boats see more birds than cars do"}


@pytest.mark.parametrize(
    "heading",
    ["Objections", "3.2 Possible objections to this", "Counterarguments", "Common criticisms", "Arguments against"],
)
def test_headings_of_objections(heading: str) -> None:
    assert _links(_view(f"## {heading}\n\n- Volunteers get tired of going out every week.\n"), "objection-section")


@pytest.mark.parametrize(
    "heading",
    ["The objective", "Response times", "Criticism is welcome on every page of this wiki here", "Concerned citizens"],
)
def test_other_headings(heading: str) -> None:
    view = _view(f"## {heading}\n\n- Volunteers get tired of going out every week.\n")
    assert not _links(view, "objection-section", "limitation-section", "reply-to-objection")


def test_a_reply_attacks_the_objection_above_it() -> None:
    text = """## Objections and replies

- Volunteers get tired of going out every week.
    - They are paid for the second day of it.

Critics say that the method is useless in fog on the river.

Reply: fog lifts before noon on nearly all of the days.
"""
    replies = {(x[1][:12], x[2], x[3][:12]) for x in _links(_view(text), "reply-to-objection")}
    assert replies == {("They are pai", "attacks", "Volunteers g"), ("fog lifts be", "attacks", "Critics say ")}


def test_replies_in_a_section_of_their_own_go_one_by_one() -> None:
    text = """## Objections

1. Volunteers get tired of going out every week.
2. The counts are useless in the fog of the river.

## Replies to objections

1. They are paid for the second day of it.
2. Fog lifts before noon on nearly all days.
"""
    replies = {(x[1][:12], x[3][:12]) for x in _links(_view(text), "reply-to-objection")}
    assert replies == {("They are pai", "Volunteers g"), ("Fog lifts be", "The counts a")}


def test_a_page_that_is_about_criticism_as_a_whole_is_not_attacked_by_it() -> None:
    text = "# Criticism of weekly counts\n\n- Volunteers get tired of going out every week.\n"
    assert not _links(_view(text, "Criticism of weekly counts"), "objection-section")


def _titled(title: str, name: str = "Weekly counts for rivers", after: str = "Some text.", **more: Any) -> set[Link]:
    text = f"As [{name}](https://x.org/1) has it. {after}\n"
    start = text.index("[")
    pointer = Pointer(start, text.index(")") + 1, name, "s2", **more)
    return _links(_view(text, title, pointers=[pointer]), "title-answers")


@pytest.mark.parametrize(
    "title",
    [
        "Against Weekly Counts for Rivers",
        "Contra Ekdahl on counting",
        "A critique of weekly counts for rivers",
        "Objections to “Weekly counts for rivers”",
        "Why weekly counts for rivers won't work",
        "Why weekly river counts are wrong",
    ],
)
def test_a_title_against_something_attacks_the_text_that_is_linked(title: str) -> None:
    ((_, source, relation, target),) = _titled(title)
    assert (relation, target) == ("attacks", "s2")
    assert source in {"s1", title}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Against Weekly Counts", "A recipe for soup"),  # linked, but something else
        ("Against All Odds", "Weekly counts for rivers"),
        ("Weekly Counts", "Weekly counts for rivers"),
        ("Against Weekly Counts", "Against weekly counts"),  # where it was published first
        ("Against the Current on the Upper River", "Weekly counts for rivers"),
    ],
)
def test_a_title_without_its_text_says_nothing(title: str, name: str) -> None:
    assert not _titled(title, name)


def test_a_response_has_no_sign_unless_it_takes_a_stance() -> None:
    title = "A response to Weekly counts for rivers"
    assert {x[2] for x in _titled(title)} == {"related"}
    assert {x[2] for x in _titled(title, after="I disagree with all of it.")} == {"attacks"}


def test_a_footnote_that_objects_attacks_the_statement_with_its_mark() -> None:
    text = """I think that weekly counts are better than monthly ones.[^1] Boats are cheap.

I believe that the county should pay for all of the boats.[^2]

[^1]: One might object that volunteers get tired of it. But they are paid for the second day.

[^2]: The county paid for two of them in 2019.
"""
    links = {(x[0], x[1][:12], x[2], x[3][:22]) for x in _links(_view(text), "footnote-rebuttal", "footnote-answer")}
    assert links == {
        ("footnote-rebuttal", "One might ob", "attacks", "I think that weekly co"),
        ("footnote-answer", "But they are", "attacks", "One might object that "),
    }


@pytest.mark.parametrize(
    ("sentences", "marked"),
    [
        (["I agree that it is fine.", "The rest follows."], ("supports", 0)),
        (["I agree that it is fine.", "My main concern is the cost."], ("attacks", 0)),
        (["I agree, but the cost is high."], ("attacks", 0)),
        (["I agree, and would even go further."], ("supports", 0)),
        (["I agree, but I would go further."], None),
        (["I disagree with this."], ("attacks", 0)),
        (["Do I disagree?"], None),
    ],
)
def test_stance(sentences: list[str], marked: tuple[str, int] | None) -> None:
    assert remarks.of(sentences) == marked


@pytest.mark.parametrize(
    ("sentence", "denies"),
    [
        ("That does not follow.", True),
        ("Even if boats are cheap, it doesn't follow that we need any.", True),
        ("This is a non sequitur.", True),
        ("The rest of the plan follows from this.", False),
        ("Does that not follow?", False),
    ],
)
def test_denying_a_step(sentence: str, denies: bool) -> None:
    assert (remarks.step([sentence]) is not None) == denies


LW = SITES["lesswrong"]
POST = {
    "_id": "p0000000000000001",
    "slug": "boats",
    "title": "Boats",
    "postedAt": "2024-03-01T08:00:00.000Z",
    "user": {"_id": "u", "slug": "ann", "displayName": "Ann"},
    "contents": {
        "html": "<h2>Road counts are misleading</h2><p>I think that counts from the road are doomed to miss half "
        "of the herons on the river. The weather was bad.</p>"
    },
}


def _add(store: Store, *documents: Document) -> list[str]:
    return [add.add(store, document, "1", sole=False).source_id for document in documents]


def test_that_it_does_not_follow_undercuts_the_step_that_is_quoted(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    html = (
        "<blockquote><p>counts from the road are doomed to miss half of the herons on the river</p></blockquote>"
        "<p>That doesn't follow from a single bad week in the winter of last year.</p>"
    )
    comment = {
        "_id": "c0000000000000001", "postId": POST["_id"], "parentCommentId": None,
        "postedAt": "2024-03-02T00:00:00.000Z", "user": {"_id": "v", "slug": "bo", "displayName": "Bo"},
        "contents": {"html": html},
    }  # fmt: skip
    _add(store, posts.post(LW, POST), posts.comment(LW, comment, POST))
    sql = """SELECT f.text AS said, x.relation AS step, r.text AS reason, l.evidence_quote AS quote FROM link l
        JOIN statement f ON f.id = l.from_id JOIN link x ON x.id = l.to_id JOIN statement r ON r.id = x.from_id
        WHERE l.relation = 'undercuts'"""
    (row,) = store.execute(sql).fetchall()
    assert row["step"] == "supports"
    assert row["reason"].startswith("I think that counts from the road are doomed")
    assert row["quote"].startswith("That doesn't follow")
