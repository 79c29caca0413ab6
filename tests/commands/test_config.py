"""`kb config`: settings, shown and changed."""

from __future__ import annotations

from tests.conftest import Kb


def test_a_setting_is_kept_until_it_is_unset(kb: Kb) -> None:
    kb("config", "me", "Ada")
    assert kb("config", "--json").json["me"] == "Ada"
    kb("config", "me", "--unset")
    assert kb("config", "me", "--json").json == {"me": "me"}


def test_a_setting_that_is_none_is_a_usage_error(kb: Kb) -> None:
    assert kb("config", "no_such_setting").code == kb("config", "no_such_setting", "1").code == 2
