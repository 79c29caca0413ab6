"""Links from vectors: `related`, `restates` after its checks, and the statement of a post that a comment means."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kb.model.link import Evidence, new_link
from kb.model.rules import NEAREST_IN_TEXT, TURN_ANSWERS
from kb.model.words import RELATIONS
from kb.store import link_writing, links
from kb.store.open import Store, open_store
from kb.suggest import relate
from kb.vectors.embed.update import update
from tests.exported import home_with_model
from tests.small_store import add_source, add_statement


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(home_with_model(tmp_path / "home"))


def _links(store: Store, *rules: str) -> list[sqlite3.Row]:
    marks = ", ".join("?" * len(rules))
    sql = f"""SELECT l.*, f.text AS said, t.text AS meant FROM link l LEFT JOIN statement f ON f.id = l.from_id
        LEFT JOIN statement t ON t.id = l.to_id WHERE l.rule IN ({marks}) ORDER BY l.rowid"""
    return store.execute(sql, rules).fetchall()


def _two(store: Store, one: str, other: str) -> sqlite3.Row:
    for text in (one, other):
        add_statement(store, add_source(store, text, [text]), text)
    update(store)
    relate.update(store, 3, 0.5, 0.5)
    (link,) = _links(store, relate.RULE, relate.SAME)
    return link


def test_a_paraphrase_in_another_source_may_restate(store: Store) -> None:
    link = _two(store, "A weekly census is not feasible here.", "A weekly census isn't feasible here.")
    assert (link["relation"], link["status"], link["basis"]) == ("restates", "suggested", "embedding")


def test_a_negation_is_related_and_never_a_restatement(store: Store) -> None:
    link = _two(store, "A weekly census is feasible here.", "A weekly census is not feasible here.")
    assert (link["relation"], link["rule"]) == ("related", relate.RULE)
    assert link["score"] > 0.6


def test_none_are_proposed_where_none_are_wanted(store: Store) -> None:
    _two(store, "A weekly census is not feasible here.", "A weekly census isn't feasible here.")
    relate.update(store, 0, 0.5, 0.5)
    assert not _links(store, relate.RULE, relate.SAME)


POST = [
    "Counting herons from the road misses most of them.",
    "A boat costs less than a year of petrol.",
    "Volunteers record the weather more often than the birds.",
    "The county should publish the raw numbers every month.",
    "Nets on the lower lake scare young birds away.",
]
REMARK = "Publishing the county's raw numbers each month is a good idea."


def _comment(store: Store, relation: str, *, speaker: str | None = "Ada") -> None:
    post = add_source(store, "Counting herons", POST, author="Ada")
    for text in POST:
        add_statement(store, post, text)
    comment = add_source(store, "Comment", [REMARK], kind="comment")
    said = add_statement(store, comment, REMARK)
    with store.transaction():
        store.execute("UPDATE mention SET speaker = ? WHERE source_rowid = ?", (speaker, post))
        ids = store.execute(
            "SELECT (SELECT id FROM statement WHERE rowid = ?), (SELECT id FROM source WHERE rowid = ?),"
            " (SELECT id FROM source WHERE rowid = ?)",
            (said, post, comment),
        ).fetchone()
        statement, whole, source = ids
        found = new_link(
            statement, relation, whole, "2024-01-01", basis="cue", rule="comment-on-post", status="suggested",
            score=0.6, evidence=Evidence(source, REMARK, 0, len(REMARK)),
        )  # fmt: skip
        link_writing.insert(store, [found])
    update(store)
    relate.update(store, 3, 0.6, 0.5)


@pytest.mark.parametrize(
    ("given", "speaker", "relation", "basis"),
    [
        ("supports", "Ada", "supports", "cue"),
        ("attacks", "Ada", "attacks", "cue"),
        ("related", "Ada", "related", "embedding"),
        ("supports", "Bo", "related", "embedding"),  # what the post only reports
    ],
)
def test_a_comment_is_aimed_at_the_statement_it_means(
    store: Store, given: str, speaker: str, relation: str, basis: str
) -> None:
    _comment(store, given, speaker=speaker)
    (link,) = _links(store, NEAREST_IN_TEXT)
    assert link["meant"] == POST[3]
    assert (link["relation"], link["basis"], link["status"]) == (relation, basis, "suggested")
    assert link["evidence_quote"] == REMARK
    (whole,) = _links(store, "comment-on-post")
    assert whole["relation"] == given  # it stays, and is not shown beside one that says the same
    assert _is_shown(store, whole["id"]) == (relation != given)
    with store.transaction():
        link_writing.set_status(store, link["id"], "rejected")
    assert _is_shown(store, whole["id"])
    relate.update(store, 3, 0.6, 0.5)
    assert len(_links(store, NEAREST_IN_TEXT)) == 1


def _is_shown(store: Store, name: str) -> bool:
    there = {edge.id for edge in links.edges(store, ("suggested",), RELATIONS)}
    near = links.edges_at(
        store, [one.to_id for one in links.chosen(store)], statuses=("suggested",), relations=RELATIONS
    )
    listed = {one.id for one in links.chosen(store)}
    assert (name in there) == (name in listed)
    assert name not in near or name in there
    return name in there


SAID = ["Nets scare young birds away.", *POST[:3]]
ANSWER = "The county ought to publish raw numbers monthly, and soon."


@pytest.mark.parametrize(("turn", "aimed"), [(0, False), (1, True)])
def test_what_is_said_of_a_turn_is_aimed_at_a_statement_of_that_turn(store: Store, turn: int, aimed: bool) -> None:
    texts = [("Ada", " ".join(SAID)), ("Bo", "Yes."), ("Ada", POST[3]), ("Bo", ANSWER)]
    talk = add_source(store, "Talk", texts, kind="transcript")
    at = {text: add_statement(store, talk, text) for text in (*SAID, POST[3], ANSWER)}
    with store.transaction():
        for number in range(4):
            store.execute("UPDATE passage SET turn = ? WHERE source_rowid = ? AND ordinal = ?", (number, talk, number))
        place = 0
        for number, (speaker, text) in enumerate(texts):
            for said, rowid in at.items():
                if said in text:
                    start = place + text.index(said)
                    sql = 'UPDATE mention SET speaker = ?, start = ?, "end" = ? WHERE statement_rowid = ?'
                    store.execute(sql, (speaker, start, start + len(said), rowid))
            store.execute(
                'UPDATE passage SET start = ?, "end" = ? WHERE source_rowid = ? AND ordinal = ?',
                (place, place + len(text), talk, number),
            )
            place += len(text) + 2
        said, name = store.execute(
            "SELECT (SELECT id FROM statement WHERE rowid = ?), (SELECT id FROM source WHERE rowid = ?)",
            (at[ANSWER], talk),
        ).fetchone()
        sql = "SELECT id FROM passage WHERE source_rowid = ? AND ordinal = ?"
        whole = store.execute(sql, (talk, 2 * turn)).fetchone()[0]
        found = new_link(
            said, "supports", whole, "2024-01-01", basis="cue", rule=TURN_ANSWERS, status="suggested", score=0.5,
            evidence=Evidence(name, ANSWER, place - len(ANSWER) - 2, place - 2),
        )  # fmt: skip
        link_writing.insert(store, [found])
    update(store)
    relate.update(store, 3, 0.6, 0.5)
    assert [link["meant"] for link in _links(store, NEAREST_IN_TEXT)] == ([POST[3]] if aimed else [])
    assert _is_shown(store, found.id) == (not aimed)
