"""Settings and health in the browser."""

from __future__ import annotations

import httpx

from kb import config
from tests.browsing import Served


def test_a_setting_is_changed_and_goes_back_to_its_default(client: httpx.Client, served: Served) -> None:
    assert client.post("/settings", data={"name": "me", "value": "Ada"}).status_code == 200
    assert config.load(served.home).me == "Ada"
    client.post("/settings", data={"name": "me", "unset": "1"})
    assert config.load(served.home).me == "me"
    assert client.post("/settings", data={"name": "related", "value": "many"}).status_code == 400
    assert client.post("/settings", data={"name": "colour", "value": "red"}).status_code == 400


def test_every_setting_is_there_and_health_is_looked_at_when_asked(client: httpx.Client) -> None:
    text = client.get("/settings").text
    assert all(f'id="{name}"' in text for name in config.SETTINGS)
    assert "Check everything" in text
    assert "well" in client.get("/settings", params={"check": "1"}).text
