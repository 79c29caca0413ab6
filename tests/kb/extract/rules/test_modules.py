"""Modules of rules are found where they stand, have their turns in order, and tell of all that they find."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import pytest

from kb.extract import extract, rules, version
from kb.suggest import relate, targets
from tests.kb.extract.views import view

ROOT = Path(__file__).resolve().parents[4]
MODULES = rules.modules()


@pytest.fixture
def corrections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The module that the contract shows, put into the package."""
    code = cleandoc("\n".join(re.findall(r"^(?: {4}.*)?$", rules.__doc__ or "", re.M)))
    (tmp_path / "corrections.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    rules.modules.cache_clear()
    yield
    monkeypatch.undo()
    sys.modules.pop("kb.extract.rules.corrections", None)
    rules.modules.cache_clear()


@pytest.mark.usefixtures("corrections")
def test_a_module_written_as_the_contract_shows_is_one_of_them() -> None:
    text = view("# Ponds\n\n## Newts were counted twice in May\n\nCorrection: it was June.\n")
    link = next(link for link in extract(text).links if link.rule == "correction")
    assert (link.relation, link.basis) == ("attacks", "structure")


def test_they_have_their_turns_in_this_order() -> None:
    expected = """notation argdown_blocks outline theories claims section_reasons objections titles footnotes
        commentary replies dialogue"""
    assert [module.name for module in MODULES if module.name in expected.split()] == expected.split()


@pytest.mark.usefixtures("corrections")
def test_a_new_module_is_a_new_version_by_which_texts_are_read_anew() -> None:
    assert "corrections.1" in version().split("+")


@pytest.mark.parametrize(
    "rule", [*(rule for module in MODULES for rule in module.rules), *targets.RULES, *relate.RULES],
    ids=lambda rule: f"{rule.name}-{rule.makes}",
)  # fmt: skip
def test_each_rule_is_told(rule: rules.Rule) -> None:
    for words in (rule.name, rule.basis, rule.what, rule.gives, rule.score):
        assert words
        assert not set(words) & set("\n|")


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.*")), ids=lambda path: path.name)
def test_what_is_found_in_the_examples_is_told(example: Path) -> None:
    if example.suffix not in {".md", ".txt"}:
        pytest.skip("no prose")
    found = extract(view(example.read_text("utf-8"), None, example.name))
    told = {(rule.name, basis) for module in MODULES for rule in module.rules for basis in rule.basis.split(", else ")}
    assert {(made.rule, made.basis) for made in (*found.statements, *found.links)} <= told
