"""What holds for the whole tree, beside the contracts on imports in pyproject.toml."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("kb", "notes", "importers", "commands")
MOST_LINES = 300

SQL = re.compile(
    r"\b(?:SELECT\b.+\bFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(?:TABLE|INDEX|TRIGGER))\b",
    re.S,
)
ONLY_SQLITE = re.compile(
    r"\bPRAGMA\b|\bjson_each\b|\bMATCH\b|\bbm25\b|\bsnippet\(|\bINSERT\s+OR\b|\bGLOB\b|\bsqlite_\w+|\bVACUUM\b|"
    r"\bgroup_concat\b|\bjulianday\b|\bunixepoch\b|\btotal\(|\bifnull\(|\bNOCASE\b|\bUSING\s+fts5\b|\bWITHOUT\s+ROWID\b"
)


def modules(*folders: str) -> list[Path]:
    return [ROOT / "cli.py", *(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))]


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings in a module but for docstrings, with their lines; what is formatted into one is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "x" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]!r}"
        for path in paths
        for line, text in texts(path)
        if pattern.search(text)
    ]


def test_sql_stands_only_in_the_store() -> None:
    assert found(SQL, [path for path in modules(*ROOMS) if ROOT / "kb/store" not in path.parents]) == []


def test_what_only_sqlite_has_stands_only_in_the_engine_and_in_migrations() -> None:
    free = {ROOT / "kb/store/engine", ROOT / "kb/store/migrations"}
    paths = [path for path in sorted((ROOT / "kb/store").rglob("*.py")) if not free & set(path.parents)]
    assert found(ONLY_SQLITE, paths) == []


@pytest.mark.parametrize(
    "text", ["SELECT a\n FROM b", "DELETE FROM x WHERE 1", "INSERT OR IGNORE INTO a", "UPDATE source SET a = 1"]
)
def test_sql_is_told_from_prose(text: str) -> None:
    assert SQL.search(text)
    assert not SQL.search("select a source from the list, insert it into a note and delete from it what is old")


def test_the_core_has_no_loose_module_but_those_that_belong_to_no_room() -> None:
    assert {path.stem for path in (ROOT / "kb").glob("*.py")} == {"__init__", "check", "config", "errors"}


def test_no_module_is_longer_than_can_be_read_in_one_sitting() -> None:
    every = modules(*ROOMS, "tests", "benchmarks", "scripts")
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in every}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_tests_stand_where_what_they_test_stands() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in sorted(folders) if not (ROOT / folder).is_dir()] == []
