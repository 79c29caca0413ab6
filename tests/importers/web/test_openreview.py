"""OpenReview: which addresses, the newer interface and the older one, and who reads what comes. Papers are made up."""

from __future__ import annotations

from typing import Any

import pytest

from importers.web.registry import fetcher
from kb.errors import KbError
from tests.importers.web.catalogues import fetched, no_answer
from tests.importers.web.web_server import Answer, Request, answer_json

FORUM = "aB3dE5gH7j"
PAPER = {
    "id": FORUM, "forum": FORUM, "cdate": 1_700_000_000_000, "invitations": ["Ponds.cc/2024/Conference/-/Submission"],
    "content": {
        "title": {"value": "Counting frogs"}, "authors": {"value": ["Ada Moss", "Tom Reed"]},
        "abstract": {"value": "We argue that frogs are few."}, "venue": {"value": "Ponds 2024 poster"},
    },
}  # fmt: skip
OLD = {
    "id": FORUM,
    "forum": FORUM,
    "tcdate": 1_500_000_000_000,
    "invitation": "Ponds.cc/2017/Workshop/-/Submission",
    "content": {"title": "Old frogs", "authors": ["A. B."]},
}


@pytest.mark.parametrize(
    "address",
    [
        f"https://openreview.net/forum?id={FORUM}",
        f"https://openreview.net/forum?id={FORUM}&referrer=x",
        f"https://www.openreview.net/pdf?id={FORUM}",
        f"https://api2.openreview.net/notes?forum={FORUM}",
    ],
)
def test_forms_of_an_address(address: str) -> None:
    by = fetcher(address)
    assert by is not None
    assert by.name == "openreview"


def test_other_pages_are_pages() -> None:
    for address in ("https://openreview.net/group?id=ICLR.cc/2024", "https://openreview.net/profile?id=~A_B1"):
        by = fetcher(address)
        assert by is not None
        assert by.name == "web"


def test_the_paper_of_a_forum_comes_from_the_newer_interface() -> None:
    found = fetched(f"https://openreview.net/forum?id={FORUM}", {"/notes": answer_json({"notes": [PAPER]})})
    assert (found.title, found.published, found.kind) == ("Counting frogs", "2023-11-14T22:13:20Z", "paper")
    assert [one.name for one in found.authors] == ["Ada Moss", "Tom Reed"]
    assert "We argue that frogs are few." in found.text
    assert found.external_ids["openreview"] == FORUM


def test_the_address_of_a_review_brings_its_forum() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Answer:
        asked.append(request.path)
        return answer_json({"notes": [PAPER]})

    found: Any = fetched(f"https://openreview.net/forum?id={FORUM}&noteId=rEv1eWonE1", {"/notes": answer})
    assert found.external_ids["openreview"] == FORUM
    assert f"forum={FORUM}" in asked[0]


def test_an_older_forum_comes_from_the_older_interface() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Answer:
        asked.append(request.path)
        return answer_json({"notes": [OLD] if len(asked) > 1 else []})

    found: Any = fetched(f"https://openreview.net/pdf?id={FORUM}", {"/notes": answer})
    assert (found.title, len(asked)) == ("Old frogs", 2)


def test_a_hidden_forum_is_told() -> None:
    with pytest.raises(KbError, match="shows no forum"):
        fetched(f"https://openreview.net/forum?id={FORUM}", {"/notes": no_answer(403)})
