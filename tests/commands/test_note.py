"""`kb note`: a note that refers to its source, or a note of one's own."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Kb, process


def test_a_note_is_a_source_of_its_own_that_refers_to_the_other(kb: Kb, samples: dict[str, Any]) -> None:
    source = kb("list", "--kind", "note", "--json").json["sources"][-1]
    about = samples["mentions"][0]["source"]
    note = kb("note", "I wonder about this.", "--on", about, "--json").json
    assert note["kind"] == "note"
    assert source["id"] != note["id"]
    assert [b["source"] for b in kb("show", about, "--json").json["backlinks"]] == [note["id"]]
    assert kb("check", "--json").json["ok"]


def test_without_on_it_is_a_note_of_ones_own_read_as_markdown(kb: Kb, samples: dict[str, Any]) -> None:
    text = "Herons in spring\n\nI think that herons should be counted twice. See [[a]]. #birds"
    made = kb("note", text, "--json").json
    assert (made["kind"], made["authors"], made["tags"]) == ("note", ["me"], ["birds"])
    assert made["title"] == "Herons in spring"
    shown = kb("show", made["id"], "--json").json
    assert shown["text"] == text
    assert [one["target"] for one in shown["references"]] == [samples["mentions"][0]["source"]]
    said = [one["mentions"][0]["speaker"] for one in shown["statement_list"]]
    assert said == ["me"]
    assert kb("rm", samples["mentions"][0]["source"]).code == 0
    assert kb("show", made["id"], "--json").json["state"] == "here"  # it hangs on nothing
    again = kb("note", text, "--json").json
    assert again["title"] == made["title"]
    assert kb("check", "--json").json["ok"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A *plan*\n\nCount them.", "A *plan*"),
        ("Before.\n\n## The plan ##\n\nCount them.", "The plan"),
        ("- buy nets\n- count", "buy nets"),
        ("word " * 40, "word " * 14 + "word…"),
        ("---\ntitle: Nets\n---\nBuy them.", "Nets"),
    ],
)
def test_its_title_is_its_first_heading_or_its_first_words(
    kb: Kb, samples: dict[str, Any], text: str, title: str
) -> None:
    assert kb("note", "--json", "--", text).json["title"] == title
    if not text.startswith("---"):
        about = samples["mentions"][0]["source"]
        assert kb("note", "--on", about, "--json", "--", text).json["title"] == title


def test_a_note_of_ones_own_can_be_edited_and_comes_back(kb: Kb) -> None:
    name = kb("note", "# Plan\n\nI think that nets should be mended.", "--json").json["id"]
    assert kb("edit", name, "--text", "# Plan B\n\nI think that nets should be sold.").code == 0
    shown = kb("show", name, "--json").json
    assert (shown["title"], len(shown["statement_list"])) == ("Plan B", 1)
    assert [one["text"] for one in shown["outline"]["headings"]] == ["Plan B"]
    assert kb("rm", name).code == 0
    assert kb("restore", name).code == 0
    assert kb("show", name, "--json").json["outline"] == shown["outline"]
    kb("undo", "9")
    assert kb("list", "--json").json == {"sources": []}


def test_a_hyphen_reads_what_comes_through_a_pipe_and_so_does_nothing_at_all(tmp_path: Path) -> None:
    for arguments in (["note", "-"], ["note"]):
        ran = process(tmp_path / "home", *arguments, "--json", stdin="# Größe\n\nCounted.\n")
        assert ran.returncode == 0, ran.stderr
        assert '"title": "Größe"' in ran.stdout
    empty = process(tmp_path / "home", "note", "-", stdin=" \n")
    assert empty.returncode == 1
    assert "empty" in empty.stderr


def test_with_nothing_to_say_on_a_terminal_it_says_how(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    ran = subprocess.run(
        [sys.executable, "-m", "cli", "--home", str(tmp_path / "home"), "note"],
        stdin=theirs, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert ran.returncode == 2
    assert "kb note -" in ran.stderr
    assert "--on" in ran.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "address", ["https://example.com:99999/", "http://[x]/", "[a](http://x:99999999/)", "[[http://a:b/]]"]
)
def test_an_address_that_is_none_is_words_of_a_note(kb: Kb, address: str) -> None:
    ran = kb("note", f"I read {address} once.", "--json")
    assert ran.code == 0
    assert address in kb("show", ran.json["id"], "--json").json["text"]
