"""In which order suggestions wait, and which do not wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.review import decide
from kb.review.order import Choice, What, waiting
from kb.store import decisions
from kb.store.open import now, open_reader, open_store
from tests.kb.review.review_texts import BATTERY, BOATS, COUNT, LAMP, RECEIVER, propose, source_id, suggest, two_texts
from tests.vault_homes import sql


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


@pytest.fixture
def points(home: Path) -> list[str]:
    return [suggest(home, quote) for quote in (RECEIVER, BATTERY, LAMP, BOATS, COUNT)]


def _waiting(home: Path, what: What = "links", choice: Choice | None = None) -> list[str]:
    with open_reader(home) as store:
        return waiting(store, what, choice or Choice())


def test_rules_take_turns_and_within_a_rule_the_best_scored_come_first(home: Path, points: list[str]) -> None:
    a, b, c, d, e = points
    low, high = propose(home, a, "related", b, rule="one", score=0.2), propose(home, b, "related", c, rule="one")
    other = propose(home, d, "related", e, rule="two", score=0.4)
    assert _waiting(home) == [high, other, low]


def test_a_rule_that_was_much_decided_about_comes_last(home: Path, points: list[str]) -> None:
    a, b, c, d, _ = points
    known = propose(home, a, "related", b, rule="known", score=0.9)
    new = propose(home, c, "related", d, rule="new", score=0.1)
    assert _waiting(home) == [known, new]
    with open_store(home) as store, store.transaction():
        for number in range(3):
            decisions.add(store, f"e{number}", "accepted", now(), "cue", "known")
    assert _waiting(home) == [new, known]


def test_an_answer_to_an_unanswered_critique_matters_more_than_a_score(home: Path, points: list[str]) -> None:
    a, b, c, d, e = points
    sql(home, "UPDATE statement SET kind = 'critique' WHERE id = ?", b)
    plain = propose(home, c, "supports", d, score=0.9)
    answer = propose(home, a, "attacks", b, score=0.1)
    assert _waiting(home) == [answer, plain]
    propose(home, e, "attacks", b, basis="authored", status="accepted")
    assert _waiting(home)[0] == answer  # it touches a point with more links now, though it is answered
    with open_store(home) as store:
        decide.verdict(store, answer, "accepted")
    assert _waiting(home) == [plain]


def test_what_touches_many_links_comes_before_what_touches_none(home: Path, points: list[str]) -> None:
    a, b, c, d, e = points
    for start in (b, c):
        propose(home, start, "supports", a, basis="authored", status="accepted")
    alone, joined = propose(home, d, "supports", e, score=0.9), propose(home, d, "supports", a, score=0.1)
    assert _waiting(home) == [joined, alone]
    assert _waiting(home, "statements")[0] == a


def test_what_was_decided_or_hangs_on_something_rejected_does_not_wait(home: Path, points: list[str]) -> None:
    a, b, c, d, _ = points
    first, second, third = (propose(home, a, "attacks", x) for x in (b, c, d))
    undercut = propose(home, b, "undercuts", first)
    with open_store(home) as store:
        decide.verdict(store, second, "rejected")
        decide.verdict(store, d, "rejected")
        assert set(_waiting(home)) == {first, undercut}
        decide.verdict(store, first, "rejected")
    assert _waiting(home) == []
    assert third not in _waiting(home)


def test_filters_choose_by_text_basis_relation_kind_confidence_and_rule(home: Path, points: list[str]) -> None:
    a, b, c, d, _ = points
    across, inside = propose(home, b, "attacks", a), propose(home, a, "supports", d, basis="structure", rule="outline")
    reply = source_id(home, "On lamps")
    assert _waiting(home, choice=Choice(about=reply)) == [across]
    assert _waiting(home, choice=Choice(about=d)) == [inside]
    assert _waiting(home, choice=Choice(basis="structure")) == [inside]
    assert _waiting(home, choice=Choice(relation="attacks")) == [across]
    assert _waiting(home, choice=Choice(hidden=frozenset({("cue", "stance")}))) == [inside]
    sql(home, "UPDATE statement SET confidence = 0.4, kind = 'question' WHERE id = ?", c)
    assert c not in _waiting(home, "statements", Choice(least=0.5))
    assert _waiting(home, "statements", Choice(kind="question")) == [c]
    assert set(_waiting(home, "statements", Choice(about=reply))) == {b, c, points[4]}
