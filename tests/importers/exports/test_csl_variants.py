"""CSL-JSON in the forms that programs give it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from importers.base import Input
from importers.exports import csl_json
from kb.errors import KbError

ITEM = {"id": "fern2010", "type": "article-journal", "title": "Fronds", "author": [{"family": "Fern", "given": "Ada"}]}


def read(value: Any) -> Any:
    return csl_json.read(Input(json.dumps(value), "own.json"))


@pytest.mark.parametrize(
    "value",
    [ITEM, [ITEM], {"items": [ITEM]}, {"references": [ITEM]}, {"fern2010": ITEM}, {"message": {"items": [ITEM]}}],
)
def test_one_item_a_list_or_items_by_their_ids(value: Any) -> None:
    [found] = read(value)
    assert (found.title, found.authors[0].name) == ("Fronds", "Ada Fern")


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [["2010", "3", "4"]]}, "2010-03-04"), ({"date-parts": ["2010", "3"]}, "2010-03"),
        ({"date-parts": "2010-03-04"}, "2010-03-04"), ("2010-03", "2010-03"), (2010, "2010"),
        ({"literal": "March 2010"}, "2010-03"), ({"year": "2010", "month": 3}, "2010-03"), ([{"year": 2010}], "2010"),
        ({"literal": "in press"}, None), ({}, None),
    ],
)  # fmt: skip
def test_dates(issued: Any, published: str | None) -> None:
    assert read([{**ITEM, "issued": issued}])[0].published == published


def test_people_as_words_and_titles_in_lists() -> None:
    [found] = read(
        [{**ITEM, "title": ["Fronds"], "author": ["Fern, Ada", "Bo Moss", {"name": "A Group"}], "ISSN": ["1"]}]
    )
    assert [one.name for one in found.authors] == ["Ada Fern", "Bo Moss", "A Group"]
    assert found.bibliography.get("title") == "Fronds"


def test_what_is_no_item_is_counted_and_nothing_is_an_error() -> None:
    assert read([ITEM, 7, "x"])[0].problems == ("2 of 3 items are no objects, they are left out",)
    for nothing in ([], {}, 7, {"a": {"b": 1}}, [{"id": 1}]):
        with pytest.raises(KbError):
            read(nothing)
