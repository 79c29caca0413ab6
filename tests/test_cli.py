"""The command line's contract: verbs found by their files, exit codes, errors with their cure, and a light start."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from inspect import cleandoc
from pathlib import Path

import pytest
from typer.main import get_command

import cli
import commands
from tests.conftest import ROOT, Kb

VERBS = {str(info.name): info.callback.__module__ for info in cli.application().registered_commands if info.callback}


def test_a_module_written_as_the_contract_shows_is_a_verb(
    kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = cleandoc("\n".join(re.findall(r"^(?: {4}.*)?$", commands.__doc__ or "", re.M)))
    (tmp_path / "authors.py").write_text(code, encoding="utf-8")
    (tmp_path / "who_wrote.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    (tmp_path / "a.md").write_text("---\nauthor: Ada Moss\n---\n# Herons\n\nHerons count.\n", encoding="utf-8")
    kb("add", tmp_path / "a.md", "--no-embed")
    assert kb("authors", "Herons").out == "Ada Moss\n"
    assert kb("who-wrote", "Herons", "--json").json["authors"] == ["Ada Moss"]
    assert "who-wrote" in kb("--help").out
    assert kb("who_wrote", "Herons").code == kb("who-wrote").code == 2


def test_help_lists_by_panel_and_then_by_name() -> None:
    group = get_command(cli.application())
    panels = [command.rich_help_panel for command in group.commands.values()]  # type: ignore[attr-defined]
    assert list(dict.fromkeys(panels)) == ["Read", "Argue", "Look after"]
    assert panels == sorted(panels, key=["Read", "Argue", "Look after"].index)
    for panel in set(panels):
        names = [name for name, one in group.commands.items() if one.rich_help_panel == panel]  # type: ignore[attr-defined]
        assert names == sorted(names)


@pytest.mark.parametrize("module", ["options", "output", "home", "panels", "views", "interactive", "--init--"])
def test_what_verbs_share_is_no_verb(kb: Kb, module: str) -> None:
    assert kb(module).code == 2


def test_no_verb_imports_another() -> None:
    for module in VERBS.values():
        tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text())
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        imported |= {
            f"{node.module}.{name.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }
        imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        assert not imported & set(VERBS.values()), module


@pytest.mark.parametrize("module", VERBS.values())
def test_every_verb_has_tests_named_after_it(module: str) -> None:
    name = module.removeprefix("commands.")
    assert (ROOT / "tests" / "commands" / f"test_{name}.py").is_file()


def test_one_verb_loads_no_other(tmp_path: Path) -> None:
    script = "import sys, cli; cli.run(sys.argv[1:]); print(*(m for m in sys.modules if m in sys.argv[-1].split()))"
    shared = " ".join(VERBS.values())
    command = [sys.executable, "-c", script, "--home", str(tmp_path / "h"), "list", "--json", "--author", shared]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.splitlines()[-1] == "commands.list"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "nothing-like-this"], 3),
        (["accept", "e0000000"], 3),
        (["list", "--kind", "novel"], 2),
        (["list", "--since", "blursday"], 2),
        (["search"], 2),
        (["nonsense"], 2),
        (["map", "--format", "crayon"], 2),
        (["config", "no_such_setting"], 2),
        (["add", "does-not-exist.md"], 4),
        (["add", "https://example.org/page"], 4),
    ],
)
def test_errors_have_an_exit_code_a_line_and_a_cure(kb: Kb, tmp_path: Path, arguments: list[str], code: int) -> None:
    (tmp_path / "x.md").write_text("Some text.\n")
    kb("add", tmp_path / "x.md", "--no-embed")
    ran = kb(*arguments)
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert ran.err.strip()
    shown = kb(*arguments, "--json")
    assert shown.code == code
    problem = shown.json["items"][0]["error"] if code == 4 else shown.json["error"]
    assert problem["message"]


def test_a_verb_that_is_none_is_a_usage_error_with_what_may_be_meant(kb: Kb) -> None:
    assert "No such command 'nonsense'" in kb("nonsense").err
    assert "Did you mean 'search'" in kb("serch").err
    assert kb("serch", "--json").json["error"]["hint"] == "see kb --help"


def test_a_damaged_store_says_so(kb: Kb, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "kb.sqlite").write_bytes(b"this is no database at all, whatever its name says" * 40)
    ran = kb("list")
    assert ran.code == 5
    assert "backup" in ran.err


def test_a_closed_pipe_is_no_error(kb: Kb, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(f"Text {number}.\n")
    assert kb("add", tmp_path, "--no-embed").code == 0
    command = f"{sys.executable} -m cli --home {tmp_path / 'home'} list | head -1"
    piped = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert piped.returncode == 0
    assert piped.stderr == "" or "source" in piped.stderr


def test_reading_loads_nothing_heavy(corpus: Path) -> None:
    script = (
        "import sys, cli; code = cli.run(sys.argv[1:]); "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'sqlmodel', 'sqlalchemy', 'alembic'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    for arguments in (["--help"], ["list"], ["search", "evidence"], ["map"], ["statements"]):
        command = [sys.executable, "-c", script, "--home", str(corpus), *arguments]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert ran.returncode == 0, ran.stderr
        assert ran.stderr.strip().endswith("[]"), (arguments, ran.stderr)
    command = [sys.executable, "-c", script.replace("'torch'", "'torch', 'numpy'"), "--home", str(corpus), "--help"]
    assert subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stderr.strip() == "[]"
