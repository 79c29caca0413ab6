"""Settings are written without harm to the file that holds them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb import config
from kb.errors import KbError
from kb.extract.relations import MEANINGS

WRITTEN = """\
# my settings
related = 5  # a few more

[judge]
nli = "folder"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / config.FILE).write_text(WRITTEN, encoding="utf-8")
    (tmp_path / config.FILE).chmod(0o600)
    return tmp_path


def test_what_a_person_wrote_beside_a_setting_stays(home: Path) -> None:
    config.set_value(home, "related", "7")
    config.set_value(home, "judge.nli", "other")
    assert (home / config.FILE).read_text(encoding="utf-8") == WRITTEN.replace("5", "7").replace("folder", "other")
    config.unset(home, "related")
    assert "# my settings" in (home / config.FILE).read_text(encoding="utf-8")
    assert config.load(home).related == config.SETTINGS["related"].default
    assert config.load(home).nli == "other"
    assert (home / config.FILE).stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_the_settings_as_they_were(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(KbError, match="No space"):
        config.set_value(home, "related", "7")
    with pytest.raises(KbError, match="No space"):
        config.unset(home, "related")
    assert (home / config.FILE).read_text(encoding="utf-8") == WRITTEN
    assert [path.name for path in home.iterdir()] == [config.FILE]


def test_what_a_relation_may_be_set_to_is_what_relations_mean() -> None:
    assert {*config.MEANINGS} == {*MEANINGS, "none"}
