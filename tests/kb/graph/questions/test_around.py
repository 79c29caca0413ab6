"""What is said around a statement."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.graph.questions import around
from kb.review import write
from kb.store import links
from kb.store.open import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


def claim(store: Store, text: str, **ends: list[str]) -> str:
    return write.claim(store, text, "Ada", **ends)  # type: ignore[arg-type]


def test_for_and_against_stand_apart_with_what_answers_them(store: Store) -> None:
    thesis = claim(store, "Lists cannot be trusted.")
    against = claim(store, "Lists are checked twice.", attacks=[thesis])
    reason = claim(store, "Walked counts differ from lists.", supports=[thesis])
    answer = claim(store, "Nobody checks them in winter.", attacks=[against])
    found = around.of(store, thesis)
    assert found is not None
    assert [one.item.id for one in found.attacked] == [against]
    assert [one.item.id for one in found.supported] == [reason]
    assert [one.item.id for one in found.attacked[0].answers] == [answer]
    assert found.left_out == 0
    near = around.of(store, reason)
    assert near is not None
    assert [(one.item.id, one.link.relation) for one in near.on] == [(thesis, "supports")]


def test_an_undercut_stands_under_the_reason_whose_step_it_denies(store: Store) -> None:
    thesis = claim(store, "Lists cannot be trusted.")
    reason = claim(store, "Walked counts differ from lists.", supports=[thesis])
    step = next(iter(links.edges_at(store, [reason], statuses=["accepted"], relations=["supports"])))
    undercut = claim(store, "They were counted in other years.")
    write.link(store, undercut, "undercuts", step)
    found = around.of(store, thesis)
    assert found is not None
    assert [one.item.id for one in found.supported[0].answers] == [undercut]
    assert found.supported[0].answers[0].link.relation == "undercuts"


def test_circles_end_and_what_is_rejected_is_not_shown(store: Store) -> None:
    one, two = claim(store, "One is so."), claim(store, "Two is so.")
    write.link(store, one, "attacks", two)
    back = write.link(store, two, "attacks", one)
    found = around.of(store, one)
    assert found is not None
    assert [bearing.item.id for bearing in found.attacked] == [two]
    assert found.attacked[0].answers == ()
    write.decide(store, [back], "rejected")
    left = around.of(store, one)
    assert left is not None
    assert left.attacked == ()


def test_the_same_point_elsewhere_is_found_from_both_ends(store: Store) -> None:
    one, two = claim(store, "One is so."), claim(store, "It is so with one.")
    write.link(store, one, "restates", two)
    for name, other in ((one, two), (two, one)):
        found = around.of(store, name)
        assert found is not None
        assert [bearing.item.id for bearing in found.same] == [other]


def test_of_very_many_answers_the_rest_is_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(around, "_MOST", 2)
    thesis = claim(store, "Lists cannot be trusted.")
    for number in range(5):
        claim(store, f"List number {number} is right.", attacks=[thesis])
    found = around.of(store, thesis)
    assert found is not None
    assert (len(found.attacked), found.left_out) == (2, 3)


def test_nobody_says_it(store: Store) -> None:
    assert around.of(store, "c00000000") is None
