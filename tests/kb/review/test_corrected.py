"""A link put right keeps its evidence, and counts for or against the rule that drew it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.model.link import Link
from kb.review import calibration, corrected, hand
from kb.store import decisions, links
from kb.store.open import open_reader, open_store
from tests.kb.review.review_texts import (
    BATTERY,
    BOATS,
    LAMP,
    RECEIVER,
    propose,
    source_id,
    status,
    suggest,
    two_texts,
)  # fmt: skip
from tests.vault_homes import add


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


def _correct(home: Path, name: str, relation: str | None = None, to: str | None = None) -> Link:
    with open_store(home) as store:
        (done,) = corrected.correct(store, [name], relation, to)
        return links.read(store, [done.id])[done.id]


def _figures(home: Path) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
    """(right, decided) by rule, and what was put right how often."""
    with open_reader(home) as store:
        rules = {one.rule: (one.right, one.decided) for one in calibration.rules(store)}
        return rules, decisions.corrections(store)


def test_another_target_is_the_persons_link_with_the_evidence_of_the_wrong_one(home: Path, tmp_path: Path) -> None:
    answer, wrong, right = (suggest(home, quote) for quote in (BATTERY, BOATS, RECEIVER))
    name = propose(home, answer, "attacks", wrong, evidence=BATTERY)
    new = _correct(home, name, to=right)
    assert (new.from_id, new.relation, new.to_id) == (answer, "attacks", right)
    assert (new.basis, new.status) == ("authored", "accepted")
    assert new.evidence is not None
    assert new.evidence.quote == BATTERY
    assert status(home, name) == "rejected"
    assert _figures(home) == ({"stance": (0, 1)}, {"target": 1})
    for file in ("reply.md", "post.md"):  # read again, with a new beginning
        (tmp_path / file).write_text("A word before.\n\n" + (tmp_path / file).read_text())
    add(home, tmp_path / "reply.md", tmp_path / "post.md")
    assert (status(home, name), status(home, new.id)) == ("rejected", "accepted")


def test_both_at_once_count_once(home: Path) -> None:
    answer, wrong, right = (suggest(home, quote) for quote in (BATTERY, BOATS, RECEIVER))
    new = _correct(home, propose(home, answer, "supports", wrong), "attacks", right)
    assert (new.relation, new.to_id) == ("attacks", right)
    assert _figures(home) == ({"stance": (0, 1)}, {"relation": 1, "target": 1})


def test_a_rule_that_had_it_right_gets_a_right_verdict(home: Path) -> None:
    answer, wrong, right = (suggest(home, quote) for quote in (BATTERY, BOATS, RECEIVER))
    name, other = propose(home, answer, "attacks", wrong), propose(home, answer, "attacks", right, rule="reply")
    assert _correct(home, name, to=right).id == other
    assert _figures(home)[0] == {"stance": (0, 1), "reply": (1, 1)}


def test_what_was_right_as_far_as_it_went_is_not_held_against_a_rule(home: Path) -> None:
    """A link to a whole text where one statement of it is meant; one without a sign where there is one."""
    answer, made = suggest(home, BATTERY), suggest(home, RECEIVER)
    post = source_id(home, "Lighthouses are not needed")
    _correct(home, propose(home, answer, "attacks", post), to=made)
    _correct(home, propose(home, answer, "related", post, rule="commentary"), "supports", made)
    assert _figures(home)[0] == {"stance": (1, 1), "commentary": (1, 1)}
    elsewhere = suggest(home, LAMP)  # in the other text
    _correct(home, propose(home, made, "attacks", post, rule="reply"), to=elsewhere)
    assert _figures(home)[0]["reply"] == (0, 1)


@pytest.mark.parametrize("what", ["target", "relation"])
def test_a_line_in_the_place_of_another_in_a_note_puts_the_link_right(home: Path, what: str) -> None:
    answer, wrong, right = (suggest(home, quote) for quote in (BATTERY, BOATS, RECEIVER))
    name = propose(home, answer, "attacks", wrong, evidence=BATTERY)
    written = (answer, "attacks", right) if what == "target" else (answer, "supports", wrong)
    with open_store(home) as store:
        assert hand.apply(store, [], [name], [written]) == 1  # type: ignore[list-item]
        new = next(one for one in links.chosen(store) if one.basis == "authored")
    assert (new.from_id, new.relation, new.to_id) == written
    assert new.evidence is not None
    assert (status(home, name), _figures(home)[1]) == ("rejected", {what: 1})


def test_a_line_of_another_kind_is_a_link_of_its_own(home: Path) -> None:
    answer, wrong, right = (suggest(home, quote) for quote in (BATTERY, BOATS, RECEIVER))
    name = propose(home, answer, "attacks", wrong, evidence=BATTERY)
    with open_store(home) as store:
        assert hand.apply(store, [], [name], [(answer, "supports", right)]) == 2
        new = next(one for one in links.chosen(store) if one.basis == "authored")
    assert new.evidence is None
    assert _figures(home) == ({"stance": (0, 1)}, {})
