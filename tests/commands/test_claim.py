"""`kb claim`: a person's own statement, with its links."""

from __future__ import annotations

from typing import Any

from tests.commands.shapes import STATEMENT
from tests.conftest import Kb


def test_a_claim_is_accepted_and_linked_to_what_it_attacks(kb: Kb, samples: dict[str, Any]) -> None:
    claim = kb("claim", "Small samples can be fine.", "--attacks", samples["id"][:5], "--json").json
    assert set(claim) >= STATEMENT
    assert (claim["status"], claim["basis"]) == ("accepted", "authored")
    (link,) = kb("links", claim["id"], "--json").json["links"]
    assert (link["from"], link["relation"], link["to"], link["status"]) == (
        claim["id"], "attacks", samples["id"], "accepted",
    )  # fmt: skip
    assert kb("check", "--json").json["ok"]


def test_a_kind_that_is_none_is_a_usage_error(kb: Kb) -> None:
    assert kb("claim", "It is so.", "--kind", "rumour").code == 2
