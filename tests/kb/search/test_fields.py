"""Fields in a query narrow it; whatever is no field is searched as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotFoundError
from kb.model.filters import Filters
from kb.search import fields
from kb.search.grammar import in_words


def _source(name: str) -> str:
    if name == "post":
        return "s1"
    raise NotFoundError(f"no source {name}")


def _read(typed: str, filters: Filters | None = None) -> fields.Asked:
    return fields.read(typed, filters or Filters(), _source)


@pytest.mark.parametrize(
    ("typed", "text", "filters"),
    [
        ("herons author:okafor", "herons", Filters(author=("okafor",))),
        ('speaker:"Ann Lee" why count', "why count", Filters(author=("Ann Lee",))),
        ("kind:theory-of-impact trend", "trend", Filters(kind=("theory_of_impact",))),
        ("trend before:2020 after:2018-05", "trend", Filters(until="2019-12-31", since="2018-06-01")),
        ("source:post tag:ecology tag:maps bias", "bias", Filters(source=("s1",), tag=("ecology", "maps"))),
        ('heading:"field work" bias', "bias", Filters(heading=("field work",))),
        ("bias (author:lee OR speaker:kim)", "bias", Filters(author=("lee", "kim"))),
        ("(bias author:lee)", "bias", Filters(author=("lee",))),
        ("AUTHOR:lee bias", "bias", Filters(author=("lee",))),
        ("author:lee", "", Filters(author=("lee",))),
        # no fields: searched as they stand
        ("kind:novel herons", "kind:novel herons", Filters()),
        ("before:blursday", "before:blursday", Filters()),
        ("before:0001 x", "before:0001 x", Filters()),
        ("source:nowhere", "source:nowhere", Filters()),
        ("heading:!!! x", "heading:!!! x", Filters()),
        ("http://x.org/a", "http://x.org/a", Filters()),
        ("colour:red -5 a - b well-known", "colour:red -5 a - b well-known", Filters()),
        ("-ducks", "-ducks", Filters()),
        ("author:", "author:", Filters()),
        ("coauthor:lee", "coauthor:lee", Filters()),
    ],
)
def test_fields(typed: str, text: str, filters: Filters) -> None:
    found = _read(typed)
    assert (found.query.text, found.filters, found.demand) == (text, filters, ())


@pytest.mark.parametrize(
    ("typed", "text", "demand"),
    [
        ('herons -ducks -"grey geese"', "herons", ["not ducks", 'not "grey geese"']),
        ("herons -author:lee", "herons", ["not author:lee"]),
        ("(author:lee OR tag:maps) herons", "herons", ["author:lee or tag:maps"]),
        ("author:lee (author:kim OR author:poe)", "", ["author:kim or author:poe"]),
    ],
)
def test_what_no_filter_can_say_is_demanded(typed: str, text: str, demand: list[str]) -> None:
    found = _read(typed)
    assert (found.query.text, [in_words(node) for node in found.demand]) == (text, demand)


def test_a_date_in_the_query_only_narrows_the_one_given() -> None:
    given = Filters(since="2019", until="2021-06")
    assert _read("x before:2025 after:2010", given).filters == given
    assert _read("x before:2020 after:2019", given).filters == Filters(since="2020-01-01", until="2019-12-31")


def test_only_statements_have_some_fields() -> None:
    assert _read("(kind:critique OR status:accepted) x").statements_only
    assert not _read("(kind:critique OR author:lee) x").statements_only
    assert not _read("-kind:critique x").statements_only


@given(st.text())
def test_any_text_is_legal(typed: str) -> None:
    _read(typed)
