"""What a failed fetch says."""

from __future__ import annotations

from importers.web.errors import redacted


def test_errors_hold_no_secrets() -> None:
    url = "https://me:hunter2@example.org/x?q=beetles&access_token=abc123&api_key=k9#frag"
    assert redacted(url) == "https://example.org/x?q=beetles&access_token=…&api_key=…"
    assert len(redacted("https://example.org/" + "x" * 5000)) <= 200
