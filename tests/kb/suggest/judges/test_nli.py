"""A cross-encoder is loaded from this machine only and used in its two clear cases only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.errors import KbError
from kb.suggest.judges import Side
from kb.suggest.judges.nli import Nli
from kb.suggest.judges.pair import Pair, Proposal
from tests.kb.suggest.judges.tiny_nli import LABELS, tiny

A = Side("ca", "claim", "lamps are cheap", "Lamps are cheap.", "s1", 0, published="2024")
B = Side("cb", "claim", "lamps are not cheap", "Lamps are not cheap.", "s2", 0, published="2023")
CRITIQUE = Side("cc", "critique", "lamps are dear", "Lamps are dear.", "s3", 0, published="2020")


@pytest.fixture(scope="module")
def neutral(tmp_path_factory: pytest.TempPathFactory) -> Nli:
    return Nli(str(tiny(tmp_path_factory.mktemp("nli") / "tiny")))


def test_a_model_of_this_machine_answers_both_directions(neutral: Nli) -> None:
    found: Any = neutral.answers([Pair(A, B), Pair(B, CRITIQUE), Pair(A, A)])
    assert len(found) == 3
    for answer in found:
        for way in ("a_b", "b_a"):
            assert set(answer[way]) == set(LABELS)
            assert sum(answer[way].values()) == pytest.approx(1, abs=1e-3)
            assert answer[way]["neutral"] > 0.9
    assert neutral.name == "nli tiny"
    assert neutral.cost([Pair(A, B)]).calls == 0


def test_the_order_of_the_labels_is_read_from_the_model(tmp_path: Path) -> None:
    judge = Nli(str(tiny(tmp_path / "other", "contradiction", ("NEUTRAL", "Entailment", "CONTRADICTION"), 0.0)))
    shuffled = Nli(str(tiny(tmp_path / "tiny", "entailment", ("neutral", "contradiction", "entailment"))))
    assert judge.answers([Pair(A, B)])
    found: Any = shuffled.answers([Pair(A, B)])
    assert found[0]["a_b"]["entailment"] > 0.9


def _answer(there: dict[str, float], back: dict[str, float]) -> dict[str, Any]:
    return {"a_b": there, "b_a": back}


@pytest.mark.parametrize(
    ("pair", "start"), [(Pair(A, B), A), (Pair(B, A), A), (Pair(A, CRITIQUE), CRITIQUE), (Pair(CRITIQUE, A), CRITIQUE)]
)
def test_contradiction_both_ways_is_a_possible_conflict(neutral: Nli, pair: Pair, start: Side) -> None:
    """A critique attacks; of two claims the later does."""
    found = neutral.proposal(pair, _answer({"contradiction": 0.95}, {"contradiction": 0.85}))
    assert isinstance(found, Proposal)
    assert (found.relation, found.start, found.score) == ("attacks", start, 0.85)
    assert (found.start_span, found.end_span) == (found.start.quote, found.end.quote)


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ({"contradiction": 0.99}, {"contradiction": 0.5}),
        ({"contradiction": 0.79}, {"contradiction": 0.79}),
        ({"entailment": 0.99}, {"neutral": 0.99}),
        ({"neutral": 1.0}, {"neutral": 1.0}),
        ({"contradiction": 0.99}, {"entailment": 0.99}),
        ({}, {}),
    ],
)
def test_one_direction_doubt_and_neutral_propose_nothing(
    neutral: Nli, there: dict[str, float], back: dict[str, float]
) -> None:
    assert neutral.proposal(Pair(A, B), _answer(there, back)) is None


def test_another_model_is_another_question(neutral: Nli, tmp_path: Path) -> None:
    other = Nli(str(tiny(tmp_path / "tiny", "entailment")))
    assert other.name == neutral.name
    assert other.question(Pair(A, B)) != neutral.question(Pair(A, B))
    assert neutral.question(Pair(A, B)) != neutral.question(Pair(B, A))


@pytest.mark.parametrize("labels", [("LABEL_0", "LABEL_1", "LABEL_2"), ("contradiction", "entailment")])
def test_a_model_of_another_kind_is_told(tmp_path: Path, labels: tuple[str, ...]) -> None:
    with pytest.raises(KbError, match="contradiction, entailment and neutral"):
        Nli(str(tiny(tmp_path / "other", labels=labels))).answers([Pair(A, B)])


def test_what_is_not_on_this_machine_is_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(KbError, match="not on this machine"):
        Nli("cross-encoder/nli-that-nobody-has")
    (tmp_path / "empty").mkdir()
    with pytest.raises(KbError, match="no weights"):
        Nli(str(tmp_path / "empty"))


def test_damaged_weights_are_told(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "tiny")
    (folder / "model.safetensors").write_bytes(b"nonsense")
    with pytest.raises(KbError, match="cannot load"):
        Nli(str(folder)).answers([Pair(A, B)])
