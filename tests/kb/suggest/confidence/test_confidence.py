"""The head that says which statements are worth listing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kb.model.statement import Place, WordedStatement
from kb.store.open import open_store
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.features import CUES, NAMES, cue_features, matrix
from kb.suggest.confidence.place import NAMES as PLACE
from kb.suggest.confidence.place import place_features
from kb.suggest.confidence.update import update
from tests.conftest import Kb

TEXT = """# Diaries and surveys

I think that surveys are a poor measure of wellbeing, because people cannot sum up a year in one number.

Click the button in the panel and the settings file will be opened. You can add a note to the folder.

Diaries should be preferred wherever a study depends on how people felt at the time.
"""


def _rows(n: int = 200, d: int = 8) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    rows = random.normal(size=(n, d))
    truth = random.normal(size=d)
    return rows, (rows @ truth > 0).astype(float), truth


def _worded(
    text: str, rule: str = "claim-wording", vector: np.ndarray | None = None, **place: object
) -> WordedStatement:
    values = np.zeros(4) if vector is None else vector
    where = replace(Place(1, text), **place)  # type: ignore[arg-type]
    return WordedStatement(1, text, rule, 0.3, True, values.astype("<f4").tobytes(), where)


def test_features_depend_on_what_is_stored_alone_and_have_names() -> None:
    one = _worded("I think that surveys should be given up.")
    assert len(cue_features(one.text, one.rule)) == len(CUES)
    assert len(place_features(one.text, one.place)) == len(PLACE)
    assert matrix([one]).tolist() == matrix([one]).tolist()
    assert matrix([one]).shape == (1, len(NAMES) + 4)
    assert len(matrix([])) == 0


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("opens", "Ice melts.", {"before": ""}),
        ("answers", "Ice melts.", {"before": "?"}),
        ("argued_heading", "Ice melts.", {"heading": ("On ice", "Three objections")}),
        ("instructing_heading", "Ice melts.", {"heading": ("How to melt ice",)}),
        ("quoted", "Ice melts.", {"voice": "quoted"}),
        ("late", "Ice melts.", {"at": 0.95}),
        ("turns", "But the ice melts.", {}),
        ("turns", "The ice melts, but slowly.", {}),
        ("reason", "The ice melts because it is warm.", {}),
        ("concludes", "The sun shines, so that the ice melts.", {}),
        ("orders", "Turn the ice over with a spoon.", {}),
        ("past_only", "The ice melted and nobody came.", {}),
    ],
)
def test_a_place_and_what_a_sentence_does_are_seen(name: str, text: str, place: dict[str, object]) -> None:
    at = PLACE.index(name)
    seen, plain = _worded(text, **place).place, Place(1, "Ice melts.", before=".")
    assert place_features(text, seen)[at] > 0
    assert place_features("Ice melts.", plain)[at] == 0


def test_fit_finds_what_divides_the_rows_and_is_deterministic() -> None:
    rows, yes, _ = _rows()
    weights = heads.fit(rows, yes)
    assert weights == heads.fit(rows, yes)
    assert ((heads.logits(weights, rows) > 0) == (yes == 1)).mean() > 0.95


def test_a_head_adapts_from_where_it_starts() -> None:
    rows, yes, _ = _rows()
    start = heads.fit(rows, yes)
    none = heads.fit(rows[:0], yes[:0], start=start)
    assert none == pytest.approx(start)
    against = heads.fit(rows, 1 - yes, strength=0.1, start=start)
    assert ((heads.logits(against, rows) > 0) == (yes == 0)).mean() > 0.8
    held = heads.fit(rows, 1 - yes, strength=1e6, start=start)
    assert held == pytest.approx(start, abs=0.01)


def test_score_is_one_half_at_the_bar() -> None:
    found = heads.score(np.array([-2.0, 0.0, 2.0, 99.0]))
    assert found == pytest.approx([0.1192, 0.5, 0.8808, 1.0], abs=1e-4)


def test_a_saved_head_scores_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, yes, _ = _rows()
    head = heads.Head("model", heads.fit(rows, yes), 0.25)
    heads.save(head, tmp_path / "head.json")
    monkeypatch.setattr(heads, "WEIGHTS", tmp_path / "head.json")
    again = heads.load.__wrapped__()
    assert heads.logits(again.weights, rows) == pytest.approx(heads.logits(head.weights, rows), abs=0.01)
    assert again.threshold == head.threshold


def test_the_shipped_head_is_small_and_for_the_default_model() -> None:
    from kb.vectors.embed.model import resolve

    head = heads.load()
    assert head.model == resolve(None).fingerprint
    assert len(head.weights) == len(NAMES) + 384 + 1
    assert heads.WEIGHTS.stat().st_size < 100_000


def test_an_import_with_vectors_sets_confidences_and_a_second_pass_changes_none(kb: Kb, tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = tmp_path / "note.md"
    file.write_text(TEXT, encoding="utf-8")
    assert kb("add", file, "--no-embed", home=home).code == 0
    before = {s["text"]: s["confidence"] for s in kb("statements", "--all", "--json", home=home).json["statements"]}
    assert kb("index", home=home).code == 0
    after = {s["text"]: s["confidence"] for s in kb("statements", "--all", "--json", home=home).json["statements"]}
    assert before.keys() == after.keys()
    assert before != after
    listed = " ".join(s["text"] for s in kb("statements", "--json", home=home).json["statements"])
    assert "poor measure of wellbeing" in listed
    assert "settings file" not in listed
    assert update(open_store(home)) == 0


def test_vectors_of_another_model_leave_the_cues_confidence(kb: Kb, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "note.md").write_text(TEXT, encoding="utf-8")
    assert kb("add", tmp_path / "note.md", home=home).code == 0
    other = heads.Head("another model", heads.load().weights, 99.0)
    assert update(open_store(home), other) == 0
    strict = heads.Head(heads.load().model, heads.load().weights, 99.0)
    assert update(open_store(home), strict) > 0
    (kept,) = kb("statements", "--json", home=home).json["statements"]
    assert kept["text"].startswith("I think that")  # its author calls it a claim
