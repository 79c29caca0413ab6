"""A field in a task belongs to the task and makes no claim; beside tasks fields are read as ever."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Kb
from tests.kb.extract.rules.test_notation import Link, graph

TASKS = """# Plan

- [ ] Pay the rent for the boat [due:: 2026-01-01]
- [ ] I think that boats should be counted because they are loud [due:: 2026-01-01]
- [ ] Say that nests are rare [claim:: Nests are rare.]
- [x] Wrote the text [critique:: It is too long.]
- [-] Given up (supports:: [[A]])
* [ ] Another thing to be done
  claim:: Herons should all be counted.
1. [ ] Numbered [claim:: Ducks are loud.]
- TODO as Logseq has it (claim:: Swans are rare.)
- [ ] Parent task
  - supports:: [[B]]
"""


def _read(kb: Kb, tmp_path: Path, text: str) -> tuple[set[str], set[Link]]:
    (tmp_path / "Plan.md").write_text(text, encoding="utf-8")
    assert kb("add", tmp_path / "Plan.md", "--no-embed").code == 0
    statements, links = graph(kb)
    return set(statements), links


def test_a_field_in_a_task_belongs_to_the_task(kb: Kb, tmp_path: Path) -> None:
    assert _read(kb, tmp_path, TASKS) == (set(), set())


def test_fields_beside_tasks_are_read_as_ever(kb: Kb, tmp_path: Path) -> None:
    text = "- [ ] Parent task\n  - claim:: Herons are many.\n- An item [claim:: Ducks are loud.]\n"
    assert _read(kb, tmp_path, text)[0] == {"Herons are many.", "An item", "Ducks are loud."}


def test_a_field_with_another_name_of_a_relation_links_to_notes_only(kb: Kb, tmp_path: Path) -> None:
    text = "claim:: Herons are many.\ncontradicts:: [[B]]\n\nopposes:: all of it\n"
    assert _read(kb, tmp_path, text) == ({"Herons are many."}, {("Herons are many.", "attacks", "@B")})
