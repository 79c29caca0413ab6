"""`kb accept`: suggestions that are right."""

from __future__ import annotations

from typing import Any

from tests.conftest import Kb


def test_what_is_accepted_is_shown_with_its_new_status(kb: Kb, samples: dict[str, Any]) -> None:
    assert kb("accept", samples["id"], "--json").json["statements"][0]["status"] == "accepted"
    assert "✓ critique" in kb("accept", samples["id"]).out


def test_what_is_not_there_is_not_found(kb: Kb, samples: dict[str, Any]) -> None:
    assert samples
    assert kb("accept", "e0000000").code == 3
