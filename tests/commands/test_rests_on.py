"""`kb rests-on`: what would fall with a statement."""

from __future__ import annotations

from tests.conftest import Kb


def test_what_has_no_other_support_would_fall(kb: Kb, mills: list[str]) -> None:
    thesis, _, gates = mills
    kb("link", gates, "supports", thesis)
    found = kb("rests-on", gates, "--json").json
    assert [(one["id"], one["depth"], one["falls"]) for one in found["dependents"]] == [(thesis, 1, True)]
    assert "would lose all its recorded support" in kb("rests-on", gates).out


def test_a_reference_to_nothing_is_not_found(kb: Kb) -> None:
    assert kb("rests-on", "c0000zz", "--json").code == 3
