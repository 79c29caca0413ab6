"""`kb mcp` as a person starts it; what it answers is tested in tests/server/mcp."""

from __future__ import annotations

from tests.conftest import Kb


def test_a_port_without_http_is_an_error(kb: Kb) -> None:
    ran = kb("mcp", "--port", "8650")
    assert ran.code == 2
    assert "--http" in ran.err
