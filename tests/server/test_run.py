"""The port that is listened at."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import KbError
from server import run
from server.run import prepare


def test_a_port_that_is_taken_is_told_and_without_one_the_next_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = prepare(tmp_path, 0, print)
    port = first.bound.getsockname()[1]
    with pytest.raises(KbError, match=str(port)):
        prepare(tmp_path, port, print)
    monkeypatch.setattr(run, "PORT", port)
    second = prepare(tmp_path, None, print)
    assert port < second.bound.getsockname()[1] < port + 20
    assert first.guard.token != second.guard.token
    for one in (first, second):
        one.bound.close()
