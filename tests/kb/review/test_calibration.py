"""How far rules can be trusted is read off the decisions, and bad rules are hidden where the person asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import config
from kb.review import calibration, decide
from kb.store import decisions
from kb.store.open import now, open_reader, open_store
from tests.conftest import Kb
from tests.kb.review.review_texts import BATTERY, LAMP, RECEIVER, propose, suggest, two_texts


def test_the_interval_is_the_one_of_the_books() -> None:
    """81 of 263, 15 of 148 and 0 of 20 are Newcombe's examples (Statistics in Medicine 17, 1998, method 3)."""
    assert calibration.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert calibration.wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert calibration.wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert calibration.wilson(0, 0) == (0.0, 1.0)


@given(st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_narrows(counted: tuple[int, int]) -> None:
    right, decided = counted
    low, high = calibration.wilson(right, decided)
    assert 0 <= low <= high <= 1
    if decided:
        assert low - 1e-12 <= right / decided <= high + 1e-12
        other_low, other_high = calibration.wilson(2 * right, 2 * decided)
        assert other_high - other_low < high - low
        mirrored = calibration.wilson(decided - right, decided)
        assert mirrored == pytest.approx((1 - high, 1 - low))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


def _decided(home: Path, right: int, wrong: int, basis: str = "cue", rule: str = "stance", letter: str = "e") -> None:
    with open_store(home) as store, store.transaction():
        for number in range(right + wrong):
            verdict = "accepted" if number < right else "rejected"
            decisions.add(store, f"{letter}{rule}{number}", verdict, now(), basis, rule)


def _rules(home: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    with open_reader(home) as store:
        return {(e.table, e.basis, e.rule): (e.right, e.decided) for e in calibration.rules(store)}


def test_only_the_newest_decision_about_a_thing_counts(home: Path) -> None:
    name = suggest(home, RECEIVER)
    with open_store(home) as store:
        first = decide.verdict(store, name, "rejected")
        assert _rules(home) == {("statement", "cue", "claim-wording"): (0, 1)}
        decide.undo(store, first)
        assert _rules(home) == {}
        decide.verdict(store, name, "accepted")
    assert _rules(home) == {("statement", "cue", "claim-wording"): (1, 1)}


def test_statements_and_links_of_one_rule_name_are_told_apart_and_a_basis_sums_its_rules(home: Path) -> None:
    _decided(home, 1, 1, rule="reply")
    _decided(home, 3, 0, rule="reply", letter="c")
    _decided(home, 2, 4, rule="stance")
    assert _rules(home) == {("link", "cue", "reply"): (1, 2), ("link", "cue", "stance"): (2, 6),
                            ("statement", "cue", "reply"): (3, 3)}  # fmt: skip
    with open_reader(home) as store:
        sums = {(e.table, e.basis): (e.right, e.decided) for e in calibration.bases(store)}
    assert sums == {("link", "cue"): (3, 8), ("statement", "cue"): (3, 3)}


def test_a_sign_given_to_a_related_link_does_not_count_against_it_and_a_wrong_kind_does(home: Path) -> None:
    a, b, c = (suggest(home, quote) for quote in (BATTERY, RECEIVER, LAMP))
    related = propose(home, a, "related", b, basis="embedding", rule="nearest")
    wrong = propose(home, a, "supports", b)
    with open_store(home) as store:
        decide.change_relation(store, related, "attacks")
        decide.change_relation(store, wrong, "attacks")
        decide.edit(store, a, "Batteries fail.", "claim")
        decide.edit(store, c, LAMP, "evidence")
    assert _rules(home) == {("link", "embedding", "nearest"): (1, 1), ("link", "cue", "stance"): (0, 1),
                            ("statement", "cue", "claim-wording"): (1, 2)}  # fmt: skip


def test_what_a_person_wrote_is_no_evidence_for_a_rule(home: Path, kb: Kb) -> None:
    ran = kb("claim", "Lamps are cheap.", "--json", home=home)
    kb("reject", ran.json["id"], home=home)
    assert _rules(home) == {}


@pytest.mark.parametrize(
    ("right", "wrong", "least", "is_hidden"),
    [
        (1, 9, 0.5, True),  # at most 0.40 with 95 %
        (2, 8, 0.5, False),  # perhaps 0.51
        (0, 9, 0.5, False),  # too few decisions
        (1, 9, 0.0, False),  # the person asked for nothing
        (5, 5, 0.5, False),
        (20, 20, 0.7, True),
    ],
)
def test_a_rule_is_hidden_only_when_it_is_surely_worse(
    home: Path, right: int, wrong: int, least: float, is_hidden: bool
) -> None:
    _decided(home, right, wrong)
    config.set_value(home, "least_precision", str(least))
    with open_reader(home) as store:
        hidden = calibration.hidden_rules(store, "link")
        assert calibration.hidden_rules(store, "statement") == frozenset()
    assert hidden == ({("cue", "stance")} if is_hidden else frozenset())


def test_lists_leave_hidden_suggestions_out_and_say_so(home: Path, kb: Kb) -> None:
    a, b, c = (suggest(home, quote) for quote in (BATTERY, RECEIVER, LAMP))
    bad, kept = propose(home, a, "attacks", b), propose(home, c, "attacks", b)
    other = propose(home, a, "supports", c, rule="reply")
    kb("accept", kept, home=home)
    _decided(home, 0, 20)
    _decided(home, 0, 20, rule="claim-wording", letter="c")
    kb("config", "least_precision", "0.5", home=home)

    def listed(*arguments: str) -> set[str]:
        return {item["id"] for items in kb(*arguments, "--json", home=home).json.values() for item in items}

    assert listed("links") == {kept, other}
    assert listed("links", "-n", "1") < {kept, other}
    assert listed("links", "--all") == listed("links", "--status", "suggested") | {kept} == {bad, kept, other}
    assert listed("statements") == set()
    assert listed("statements", "--all") == {a, b, c}
    assert kb("links", home=home).err.strip().endswith("2 links (1 more with --all)")
    assert kb("statements", home=home).err.strip().endswith("0 statements (3 more with --all)")
    assert kb("review", "--json", home=home).json["waiting"] == 1
    assert kb("review", "--all", "--json", home=home).json["waiting"] == 2
    drawn = kb("map", a, "--json", home=home)
    assert {edge["id"] for edge in drawn.json["edges"]} == {kept, other}
    assert drawn.err.startswith("1 link of rules that were often wrong left out")
    assert {edge["id"] for edge in kb("map", a, "--all", "--json", home=home).json["edges"]} == {bad, kept, other}
    kb("config", "least_precision", "--unset", home=home)
    assert listed("links") == {bad, kept, other}
    assert kb("map", a, "--json", home=home).err == ""


def test_stats_show_how_often_each_basis_and_rule_was_right(home: Path, kb: Kb) -> None:
    before: Any = kb("stats", "--json", home=home).json
    assert before["calibration"] == {"least_precision": 0.0, "bases": [], "rules": []}
    assert "by your decisions" not in kb("stats", home=home).out
    _decided(home, 8, 2)
    _decided(home, 0, 12, rule="reply")
    kb("config", "least_precision", "0.5", home=home)
    found: Any = kb("stats", "--json", home=home).json["calibration"]
    assert [(r["rule"], r["right"], r["decided"], r["hidden"]) for r in found["rules"]] == [
        ("reply", 0, 12, True), ("stance", 8, 10, False)]  # fmt: skip
    assert (found["rules"][1]["precision"], found["rules"][1]["low"]) == (0.8, 0.4902)
    assert [(b["table"], b["basis"], b["right"], b["decided"]) for b in found["bases"]] == [("link", "cue", 8, 22)]
    shown = kb("stats", home=home).out
    assert "8 of 10" in shown
    assert "0.49 to 0.94" in shown
    assert "hidden" in shown


def test_settings_in_tables_are_written_and_read_under_their_whole_names(home: Path, kb: Kb) -> None:
    assert kb("config", "judge.llm.model", "small", home=home).code == 0
    (home / "config.toml").write_text((home / "config.toml").read_text() + "\n[judge]\nnli = 'folder'\n")
    values = kb("config", "--json", home=home).json
    assert (values["judge.llm.model"], values["judge.nli"]) == ("small", "folder")
    assert kb("config", "judge.llm.model", "--unset", "--json", home=home).json == {"judge.llm.model": ""}
    (home / "config.toml").write_text("judge = 3\n")
    for command in (("stats",), ("config", "judge.nli", "x"), ("config", "judge.nli", "--unset")):
        ran = kb(*command, home=home)
        assert (ran.code in {1, 2}, "bug" in ran.err) == (True, False)
