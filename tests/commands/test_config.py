"""`kb config`: settings, shown and changed."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Kb


def test_a_setting_is_kept_until_it_is_unset(kb: Kb) -> None:
    kb("config", "me", "Ada")
    assert kb("config", "--json").json["me"] == "Ada"
    kb("config", "me", "--unset")
    assert kb("config", "me", "--json").json == {"me": "me"}


def test_a_setting_that_is_none_is_a_usage_error(kb: Kb) -> None:
    assert kb("config", "no_such_setting").code == kb("config", "no_such_setting", "1").code == 2


def test_a_model_that_is_not_there_is_refused(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "weights" / "inner").mkdir(parents=True)
    (tmp_path / "weights" / "inner" / "model.safetensors").write_bytes(b"of something else")
    for name in ("no/such-model", str(tmp_path), str(tmp_path / "weights")):
        ran = kb("config", "model", name)
        assert ran.code == 1
        assert name in ran.err
        assert "(" in ran.err
    assert kb("config", "model", "--json").json == {"model": ""}


def test_a_model_that_is_there_is_taken(kb: Kb) -> None:
    ran = kb("config", "model", "all-MiniLM-L6-v2", "--json")
    assert (ran.code, ran.json) == (0, {"model": "all-MiniLM-L6-v2"})
    assert "kb index" in ran.err
    assert kb("config", "model", "").code == 0


def test_an_entry_of_a_table_is_set_shown_and_unset(kb: Kb) -> None:
    assert kb("config", "relations.doubts", "attacks", "--json").json == {"relations.doubts": "attacks"}
    assert kb("config", "relations.leans on", "supported by").code == 0
    assert kb("config", "--json").json["relations"] == {"doubts": "attacks", "leans on": "supported by"}
    assert "doubts" in kb("config", "relations").out
    assert kb("config", "relations.doubts", "--unset", "--json").json == {"relations.doubts": ""}
    assert kb("config", "relations", "--json").json == {"relations": {"leans on": "supported by"}}


def test_a_relation_that_is_none_is_a_usage_error(kb: Kb) -> None:
    ran = kb("config", "relations.doubts", "quarrels")
    assert ran.code == 2
    assert "relations.doubts" in ran.err
    assert "attacks" in ran.err
    assert kb("config", "relations", "attacks").code == 2
