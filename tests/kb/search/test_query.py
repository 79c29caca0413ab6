"""Any text is a query."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.model.filters import Filters
from kb.search.grammar import expression, in_words
from kb.search.query import parse
from kb.store import fulltext
from kb.store.open import Store, open_reader


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_reader(tmp_path_factory.mktemp("none") / "home")


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("deceptive models", '"deceptive" OR "models"'),
        ("the deceptive", '"deceptive"'),
        ("to be or not to be", '"to" OR "be" OR "or" OR "not"'),
        ("multi-agent", '"multi agent" OR "multi" OR "agent"'),
        ("20.04", '"20 04"'),
        ("C++", '"c"'),
        ("@x", '"x"'),
        ('"quoted', '"quoted"'),
        ('a "b c" d', '"b c" AND ("b c" OR "d")'),
        ('"b c" "e"', '"b c" AND "e" AND ("b c" OR "e")'),
        ("NEAR(a, b) c* col:d", '"near" OR "b" OR "c" OR "col d" OR "col"'),
        ("bees OR wasps nests", '("bees" OR "wasps") AND ("bees" OR "wasps" OR "nests")'),
        ("(bees OR wasps) nests", '("bees" OR "wasps") AND ("bees" OR "wasps" OR "nests")'),
        ("bees AND wasps nests", '("bees" AND "wasps") AND ("bees" OR "wasps" OR "nests")'),
        (
            "wasps AND nests OR hives",
            '(("wasps" AND "nests") OR "hives") AND ("wasps" OR "nests" OR "hives")',
        ),
        (
            '(paper wasps) OR "mason bees"',
            '(("paper" AND "wasps") OR "mason bees") AND ("mason bees" OR "paper" OR "wasps")',
        ),
        ("nests -honey", '("nests") NOT ("honey")'),
        ("nests -(honey wax)", '("nests") NOT (("honey" OR "wax"))'),
        # no syntax
        ("bees or wasps", '"bees" OR "wasps"'),
        ("the hive (of bees)", '"hive" OR "bees"'),
        ("take it OR leave it", '"take" OR "leave"'),
        ("bees do NOT sleep", '"bees" OR "sleep"'),
        ("OR bees OR", '"bees"'),
        ("f(x) -5 -v --flag -", '"f" OR "x" OR "5" OR "v" OR "flag"'),
        ("((((bees", '"bees"'),
        ("bees))) (", '"bees"'),
        ("-honey", '"honey"'),
        ("title:x ^y", '"title x" OR "title" OR "y"'),
        ("数学", '"数学"'),
        ("🙂 !!! …", ""),
        ("", ""),
        ('""', ""),
    ],
)
def test_what_becomes_of_a_query(typed: str, match: str):
    assert parse(typed).match == match


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("(bees OR wasps) pollination -honey", "bees wasps pollination"),
        ('what do "mason bees" eat?', "what do mason bees eat?"),
        ("CRP (C-reactive protein) levels?", "CRP (C-reactive protein) levels?"),
        ("bees AND NOT wasps -honey", "bees"),
    ],
)
def test_only_plain_words_are_embedded(typed: str, text: str):
    assert parse(typed).text == text


@pytest.mark.parametrize(
    ("typed", "leads", "demands"),
    [
        ('"b c"', [], ['"b c"']),
        ('what "b c"', [], ['"b c"']),
        ('what does "b c" mean', ['"b c"'], []),
        ("bees wasps carp hives OR nests -honey", ["hives or nests"], ["not honey"]),
        ("do the bees -in hives- nest in walls OR not?", [], []),
        ('nine words are enough for a sentence of "b c" -even without its end', ['"b c"'], []),
        ('does "b c" hold of bees author:lee?', ['"b c"'], ["author:lee?"]),
        ("why do bees nest in walls (author:lee OR hives)", [], ["author:lee or hives"]),
        ('蜂在墙里筑巢吗 "b c"', ['"b c"'], []),
        ("word " * 40 + '"b" "b c"', ['"b c"'], []),
    ],
)
def test_beside_many_words_demands_only_lead(typed: str, leads: list[str], demands: list[str]):
    query = parse(typed, _always)
    assert ([in_words(node) for node in query.lead], [in_words(node) for node in query.demand]) == (leads, demands)


def test_of_words_not_to_occur_none_ranks():
    query = parse('nests "paper wasps" -(honey OR "bee hive") AND NOT wax')
    assert query.ranking == '"paper wasps" OR "nests"'
    assert [in_words(node) for node in query.demand] == ['"paper wasps"', 'not honey or "bee hive" and not wax']


def test_a_very_long_query_is_cut():
    query = parse(" ".join(f"word{n}" for n in range(20_000)))
    assert query.match.count(" OR ") < 70
    assert parse("x" * 100_000).words
    assert parse('"a" ' * 5_000 + "-b (c OR d)").demand == ()  # a text, not a query


_TYPED = [
    "bees", "the", "数学", "🙂", "OR", "AND", "NOT", "(", ")", "-", '"', "-(", '-"', "author:lee", "heading:", "NEAR(",
    " ", "  ", "a-b", "C++", "*", "^", "\0", "\ud800", "{x}", ":",
]  # fmt: skip
_SYNTAX = st.lists(st.sampled_from(_TYPED), max_size=60).map("".join)


def _always(*_: str) -> bool:
    return True


@given(st.text() | st.text(alphabet="ab\"'()*^:-+.@ \0\ud800🙂ß数_") | _SYNTAX)
def test_any_text_is_a_legal_query(empty: Store, typed: str):
    query = parse(typed, _always)
    for table in ("passage", "statement"):
        assert fulltext.search(empty, table, query.match, None, 10) == []
        for match in filter(None, (query.required, query.excluded, query.ranking, *map(expression, query.demand))):
            sql = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?"
            assert empty.execute(sql, [match]).fetchall() == []


@given(_SYNTAX)
def test_a_demand_never_comes_from_a_query_without_syntax(typed: str):
    if not any(mark in typed for mark in ('"', "OR", "AND", "-", ":")):
        assert parse(typed, _always).demand == ()


@pytest.mark.parametrize(
    "wrong", [{"kind": ("blog",)}, {"status": ("done",)}, {"limit": 0}, {"since": "soon"}, {"until": "never"}]
)
def test_filters_that_mean_nothing_are_errors(wrong: dict[str, object]):
    with pytest.raises(UsageError):
        Filters(**wrong)


def test_there_is_nothing_in_an_empty_store(tmp_path: Path, notices: list[str]):
    from kb.search.search import search

    reader = open_reader(tmp_path / "home")
    assert search(reader, "anything", where="all").hits == ()
    assert "no knowledge base" in notices[0]
