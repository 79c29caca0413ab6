"""Fields in a query narrow it; whatever is no field is searched as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotFoundError
from kb.search import fields
from kb.search.filters import Filters


def _source(name: str) -> str:
    if name == "post":
        return "s1"
    raise NotFoundError(f"no source {name}")


def _read(typed: str) -> fields.Fields:
    return fields.read(typed, Filters(), _source)


@pytest.mark.parametrize(
    ("typed", "text", "filters", "without"),
    [
        ("herons author:okafor", "herons", Filters(author=("okafor",)), ()),
        ('speaker:"Ann Lee" why count', "why count", Filters(author=("Ann Lee",)), ()),
        ("kind:theory-of-impact trend", "trend", Filters(kind=("theory_of_impact",)), ()),
        ("trend before:2020 after:2018-05", "trend", Filters(until="2019-12-31", since="2018-06-01"), ()),
        ("source:post tag:ecology bias", "bias", Filters(source=("s1",), tag=("ecology",)), ()),
        ('herons -ducks -"grey geese"', "herons", Filters(), ("ducks", "grey geese")),
        # no fields: searched as they stand
        ("kind:novel herons", "kind:novel herons", Filters(), ()),
        ("before:blursday", "before:blursday", Filters(), ()),
        ("source:nowhere", "source:nowhere", Filters(), ()),
        ("http://x.org/a", "http://x.org/a", Filters(), ()),
        ("colour:red -5 a - b well-known", "colour:red -5 a - b well-known", Filters(), ()),
        ("-ducks", "-ducks", Filters(), ()),
        ("author:", "author:", Filters(), ()),
    ],
)
def test_fields(typed: str, text: str, filters: Filters, without: tuple[str, ...]) -> None:
    assert _read(typed) == fields.Fields(text, filters, without)


@given(st.text())
def test_any_text_is_legal(typed: str) -> None:
    _read(typed)
