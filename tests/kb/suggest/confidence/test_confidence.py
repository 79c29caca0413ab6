"""The head that says which statements are worth listing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.store.open import open_store
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.features import NAMES, features, matrix
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


def test_features_depend_on_text_and_rule_alone_and_have_names() -> None:
    text = "I think that surveys should be given up."
    assert features(text, "claim-wording") == features(text, "claim-wording")
    assert len(features(text, "heading")) == len(NAMES)
    assert matrix([], np.zeros((0, 4), dtype=np.float32)).shape == (0, len(NAMES) + 4)


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


def test_score_is_one_half_at_the_threshold() -> None:
    head = heads.Head("model", (1.0, 0.0), threshold=0.7)
    assert heads.score(head, np.array([[0.7], [3.0], [-3.0]]))[0] == pytest.approx(0.5)
    assert list(heads.score(head, np.array([[0.0], [1.0]]))) == sorted(heads.score(head, np.array([[0.0], [1.0]])))


def test_a_saved_head_scores_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, yes, _ = _rows()
    head = heads.Head("model", heads.fit(rows, yes), 0.25)
    heads.save(head, tmp_path / "head.json")
    monkeypatch.setattr(heads, "WEIGHTS", tmp_path / "head.json")
    again = heads.load.__wrapped__()
    assert heads.score(again, rows) == pytest.approx(heads.score(head, rows), abs=0.01)


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
    assert kb("statements", "--json", home=home).json["statements"] == []
