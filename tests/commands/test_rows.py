"""Lists in a person's own form: a line a row by a template, and sorted by any field."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commands
from commands.rows import filled, in_order
from kb.errors import UsageError
from tests.conftest import Kb

NAMES = sorted(file.stem for folder in commands.__path__ for file in Path(folder).glob("[a-z]*.py"))
LISTS = {name: rows for name in NAMES if (rows := getattr(import_module(f"commands.{name}"), "ROWS", None))}
NEEDS = {"search": ["records"], "similar": ["--text", "records"]}


@pytest.fixture
def filled_home(kb: Kb, corpus: Path, tmp_path: Path) -> Kb:
    import shutil

    shutil.copytree(corpus, tmp_path / "home")
    return kb


def test_every_list_has_both_options() -> None:
    assert {
        "list",
        "statements",
        "links",
        "search",
        "similar",
        "critiques",
        "theories",
        "issues",
        "people",
    } <= LISTS.keys()
    assert {"beliefs", "history", "tag", "next", "revisit"} <= LISTS.keys()


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_row_of_each_list_is_a_line_of_its_fields(filled_home: Kb, name: str) -> None:
    asked = [name, *NEEDS.get(name, [])]
    rows = filled_home(*asked, "--json").json[LISTS[name]]
    if not rows:
        return
    field = next(key for key, value in rows[0].items() if isinstance(value, str | int | float))
    ran = filled_home(*asked, "--format", f"{{{field}}}")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == len(rows)
    if name != "list":  # which sorts by fields of its own
        assert filled_home(*asked, "--json", "--sort", field).code == 0


def test_ids_go_from_one_command_to_the_next(filled_home: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    found = filled_home("statements", "--kind", "critique", "--format", "{id}").out
    monkeypatch.setattr("sys.stdin", io.StringIO(found))
    assert filled_home("accept", "-").code == 0
    statuses = filled_home("statements", "--kind", "critique", "--format", "{status}").out.split()
    assert statuses == ["accepted"] * len(found.split())


def test_sorting_needs_rows_to_show_and_a_field_that_there_is(filled_home: Kb) -> None:
    assert filled_home("statements", "--sort", "confidence").code == 2
    lost = filled_home("statements", "--format", "{confidance}")
    assert lost.code == 2
    assert "confidence" in lost.err
    sure = filled_home("statements", "--all", "--sort", "-confidence", "--format", "{confidence}").out.split()
    numbers = [float(one) for one in sure]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{id}\\t{title}", "s1\tA title"), ("{source.key} {{x}}", "k {x}"), ("{names}", "Ada; Ben"), ("{none}|", "|"),
        ("{rows.id}", "r1"), ("{yes}", "true"), ("\\\\n", "\\n"), ("plain", "plain"), ("{source}", "key: k"),
    ],
)  # fmt: skip
def test_a_template_names_fields_through_inner_objects(template: str, line: str) -> None:
    row = {"id": "s1", "title": "A\n title", "source": {"key": "k"}, "names": ["Ada", "Ben"], "none": None, "yes": True}
    assert filled(template, row | {"rows": [{"id": "r1"}, {"id": "r2"}]}) == line


@given(st.lists(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False))))
def test_rows_come_in_order_and_those_without_the_field_last(values: list[float | None]) -> None:
    rows = [{"n": value, "place": place} for place, value in enumerate(values)]
    there = [row["n"] for row in in_order(rows, "n") if row["n"] is not None]  # type: ignore[arg-type]
    assert there == sorted(there)  # type: ignore[type-var]
    assert [row["n"] for row in in_order(rows, "-n")][len(there) :] == [None] * (len(rows) - len(there))  # type: ignore[arg-type]


def test_a_field_that_is_none_says_which_there_are() -> None:
    with pytest.raises(UsageError, match="frog"):
        filled("{frog}", {"id": 1})
