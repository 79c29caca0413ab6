"""Issues in the browser."""

from __future__ import annotations

import re

import httpx

from kb.model.filters import Filters
from kb.review.issue_list import listing
from kb.store.open import open_reader
from tests.browsing import Served


def test_issues_are_listed_and_each_has_its_sides(client: httpx.Client, served: Served) -> None:
    with open_reader(served.home) as store:
        found = listing(store, Filters()).issues
    shown = re.findall(r"/issue/(i\w+)", client.get("/issues").text)
    assert shown == [one.id for one in found][: len(shown)]
    one = found[0]
    text = client.get(f"/issue/{one.id}").text
    assert all(f"/statement/{name}" in text for name in one.statements)
    assert client.get("/issue/izzzzzz").status_code == 404
