"""What may stand at each place of a line, asked as a shell asks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.main import get_command

import cli
from kb.model.words import READING_STATES, RELATIONS, STATEMENT_KINDS
from tests.commands.completion.conftest import Ask, answered
from tests.conftest import Kb


def test_every_verb_may_stand_first(ask: Ask) -> None:
    assert sorted(ask("")) == sorted(cli._verbs())
    assert ask("sho") == ["show"]
    assert ask("--home", "/nowhere", "--debug", "sho") == ["show"]
    assert ask("no-such-verb", "") == []


def test_verbs_are_told_with_what_they_do(named: Path) -> None:
    told = dict(line.split("\t") for line in answered(named, [""], {"_KB_COMPLETE": "zsh"})[1:])
    assert told["list"] == "the sources there are"
    assert all(told.values())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nanda", ["nandaprogress"]),
        ("NANDA", ["nandaprogress"]),
        ("Toy mod", ["elhagetoy"]),
        ("superpos", ["elhagetoy"]),
        ("superposition toy", ["elhagetoy"]),
        ("nelson models", ["elhagetoy"]),
        ("学习", ["obrien"]),
        ("quokka", []),
        ("a", []),
        ("$(", []),
        ("\udcffquokka", []),
    ],
)
def test_a_ref_becomes_a_citekey(ask: Ask, typed: str, expected: list[str]) -> None:
    assert ask("show", typed) == expected


def test_the_sources_that_came_last_stand_for_nothing_typed(ask: Ask) -> None:
    assert sorted(ask("show", "")) == ["elhagetoy", "nandaprogress", "obrien"]


def test_ids_that_begin_so_are_among_them(ask: Ask, kb: Kb) -> None:
    (statement, *_) = kb("statements", "--all", "--json").json["statements"]
    source = kb("show", "elhagetoy", "--json").json["id"]
    assert ask("show", source[:5]) == [source]
    for verb in ("show", "accept", "believe"):
        assert ask(verb, statement["id"][:6]) == [statement["id"]], verb
    assert ask("accept", source[:5]) == []


REFS = ["show", "open", "similar", "rm", "map", "critiques", "links", "chain", "strength", "edit", "merge", "split",
        "history", "status", "refresh", "restore", "rests-on", "theories", "propose", "link", "compare"]  # fmt: skip


@pytest.mark.parametrize("verb", REFS)
def test_every_verb_that_takes_a_ref_completes_it(ask: Ask, verb: str) -> None:
    assert ask(verb, "elhaget") == ["elhagetoy"]


@pytest.mark.parametrize("words", [("note", "hello", "--on"), ("list", "--source"), ("claim", "x", "--supports")])
def test_an_option_that_takes_a_ref_completes_it(ask: Ask, words: tuple[str, ...]) -> None:
    assert ask(*words, "toy") == ["elhagetoy"]


@pytest.mark.parametrize("verb", ["list", "search", "statements", "map", "people", "add"])
def test_authors_are_named_by_the_beginning_of_any_of_their_names(ask: Ask, verb: str) -> None:
    assert ask(verb, "--author", "ne") == ["Neel Nanda", "Nelson Elhage"]
    assert ask(verb, "--author", "nan") == ["Neel Nanda"]
    assert ask(verb, "--author", "Neel N") == ["Neel Nanda"]
    assert ask(verb, "--author=elh") == ["--author=Nelson Elhage"]


def test_tags_kinds_and_other_words(ask: Ask) -> None:
    assert ask("list", "--tag", "") == ["alignment", "interp", "two words"]
    assert ask("list", "--tag", "#tw") == ["two words"]
    assert ask("statements", "--kind", "clai") == ["claim"]
    assert ask("list", "--kind", "paper,no") == ["paper,note"]
    assert set(ask("statements", "--kind", "")) > set(STATEMENT_KINDS)
    assert ask("link", "a", "") == list(RELATIONS)
    assert ask("map", "--relation", "su") == ["supports"]
    assert ask("map", "--format", "mer") == ["mermaid"]
    assert "tree" in ask("map", "--format", "")
    assert ask("search", "--mode", "") == ["hybrid", "lexical", "semantic"]
    assert ask("list", "--state", "g") == ["gone"]
    assert set(READING_STATES) < set(ask("status", "elhagetoy", ""))
    assert {"join", "twins", "Neel Nanda"} <= set(ask("people", ""))
    assert "Neel Nanda" in ask("compare", "neel")
    assert "Neel Nanda" in ask("history", "neel")
    assert "Neel Nanda" not in ask("chain", "neel")


def test_options_by_their_beginning(ask: Ask) -> None:
    assert ask("list", "--auth") == ["--author"]
    assert {"--json", "--kind"} <= set(ask("list", "-"))
    assert ask("--vers") == ["--version"]
    assert ask("list", "--json", "--no-such", "--ti") == []


def test_the_value_of_an_option_is_no_argument(ask: Ask) -> None:
    assert ask("link", "--", "a", "sup") == ["supports"]
    assert ask("chain", "elhagetoy", "nandaprogress", "el") == []
    assert ask("rm", "elhagetoy", "nandaprogress", "obr") == ["obrien"]
    assert ask("list", "-n", "") == ask("search", "") == []


def test_files_and_folders_are_left_to_the_shell(ask: Ask) -> None:
    assert ask("add", "a") == ask("backup", "") == ask("map", "-o", "x") == ["files"]
    assert ask("bibliography", "") == ask("edit", "x", "--from", "") == ["files"]
    assert ask("export", "") == ask("sync", "x") == ask("watch", "x", "y") == ["folders"]


def test_styles_states_and_fields_complete(ask: Ask) -> None:
    assert {"apa", "apa-annotated-bibliography"} <= set(ask("cite", "x", "--style", "ap"))
    assert "vancouver" in ask("bibliography", "x", "--style", "vanc")
    assert ask("list", "--reading", "t") == ["to-read"]
    assert ask("cite", "--reading", "read,n") == ["read,none"]
    assert {"title", "authors", "text", "all"} <= set(ask("edit", "x", "--as-imported", ""))
    assert ask("edit", "x", "--as-imported", "title,al") == ["title,aliases", "title,all"]


def test_a_home_that_is_not_there_completes_nothing_and_is_not_made(tmp_path: Path) -> None:
    for words in (["show", ""], ["show", "toy"], ["list", "--author", "n"], ["list", "--tag", ""], ["accept", "c"]):
        assert answered(tmp_path / "none", words, {"_KB_COMPLETE": "zsh"}) == ["words"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("content", [b"", b"this is no database" * 99])
def test_a_damaged_home_completes_nothing(tmp_path: Path, content: bytes) -> None:
    home = tmp_path / "broken"
    home.mkdir()
    (home / "kb.sqlite").write_bytes(content)
    assert answered(home, ["show", "toy"], {"_KB_COMPLETE": "zsh"})[1:] == []
    assert os.listdir(home) == ["kb.sqlite"]
    assert (home / "kb.sqlite").read_bytes() == content


def test_a_home_that_lacks_an_upgrade_is_left_as_it_is(named: Path) -> None:
    from kb.store.engine import sqlite

    connection = sqlite.connect(named / "kb.sqlite")
    sqlite.set_version(connection, 1)
    connection.close()
    assert answered(named, ["show", "toy"], {"_KB_COMPLETE": "zsh"}) == ["words"]
    assert sqlite.version(named / "kb.sqlite") == 1


def test_the_home_may_stand_before_the_verb(named: Path, tmp_path: Path) -> None:
    lines = answered(tmp_path / "none", ["--home", str(named), "show", "toy"], {"_KB_COMPLETE": "zsh"})
    assert lines == ["meant", "elhagetoy\tToy models of superposition"]


def test_every_argument_that_is_shown_as_a_ref_is_one_for_completion(named: Path) -> None:
    """A verb of the future, too."""
    group = get_command(cli.application())
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for parameter in command.params:
            if "REF" in (parameter.metavar or ""):
                before = ["x"] * [one for one in command.params if one.param_type_name == "argument"].index(parameter) \
                    if parameter.param_type_name == "argument" else [parameter.opts[0]]  # fmt: skip
                lines = answered(named, [name, *before, "elha"], {"_KB_COMPLETE": "zsh"})
                assert "elhagetoy" in {line.partition("\t")[0] for line in lines}, (name, parameter.name)
