"""People in the browser: the same as the command line tells of them."""

from __future__ import annotations

import httpx

from kb.sources import voices
from kb.store.open import open_reader
from tests.browsing import Served


def test_everybody_is_listed_and_leads_to_their_page(client: httpx.Client, served: Served) -> None:
    from kb.model.filters import Filters

    with open_reader(served.home) as store:
        found = voices.listed(store, Filters())
    text = client.get("/people").text
    assert all(one.name in text for one in found)
    page = client.get("/person", params={"name": "Wren Okafor"}).text
    assert "statements" in page
    assert client.get("/person", params={"name": "Nobody At All"}).status_code == 404


def test_two_people_are_compared_in_their_own_words(client: httpx.Client) -> None:
    text = client.get("/compare", params={"a": "Tomas Ekdahl", "b": "Marguerite Sorel"}).text
    assert "Where they disagree" in text
    assert "party-0" in text
    assert "party-1" in text
    same = client.get("/compare", params={"a": "Tomas Ekdahl", "b": "Tomas Ekdahl"})
    assert same.status_code == 400


def test_two_names_are_said_to_be_one_person_or_two(client: httpx.Client, served: Served) -> None:
    assert client.post("/people/settle", data={"name": ["Ekdahl"], "how": "join"}).status_code == 400
    done = client.post("/people/settle", data={"name": ["Devi", "Wren Okafor"], "how": "join"})
    assert done.status_code == 200
    with open_reader(served.home) as store:
        assert "Devi" in voices.one(store, "Wren Okafor").also


def test_any_two_people_can_be_compared(client: httpx.Client, served: Served) -> None:
    from itertools import combinations

    from kb.model.filters import Filters

    with open_reader(served.home) as store:
        names = [one.name for one in voices.listed(store, Filters())][:7]
    for first, second in combinations(names, 2):
        assert client.get("/compare", params={"a": first, "b": second}).status_code in (200, 400), (first, second)
