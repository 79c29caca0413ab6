"""Every way to write a link to a note of the vault leads there, whichever of the two comes in first."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

UUID = "6486f0e1-1111-4a2b-9c3d-0000000000aa"
HERON = f"""---
title: "What's said of Herons?"
aliases: [grey bird, "The Heron"]
permalink: /birds/first-heron/
slug: ardea
---
# Part one

Herons stand still for hours. ^still

- A block that is said here is true.
  id:: {UUID}
"""
# The note with the links lies in `{here}`, the heron in `m/heron.md`.
LINKS = [
    "[x](../m/heron.md)",
    "[x](../m/heron)",
    "[x](../m/./heron.md#part-one)",
    "[x](../m/%68eron.md)",
    "[x](<../m/heron.md>)",
    "[x](/m/heron.md)",
    "[x](/m/heron)",
    "[x](m/heron.md)",
    "[x](heron.md)",
    "[x](heron)",
    "[x](../../vault/m/heron.md)",
    "[x](./ardea)",
    "[[../m/heron]]",
    "[[../m/heron.md|shown]]",
    "[[/m/heron]]",
    "[[m/heron]]",
    "[[heron]]",
    "[[heron.md]]",
    "[[HERON]]",
    "[[heron#Part one]]",
    "[[heron#Part one#Deeper]]",
    "[[heron#^still]]",
    "![[heron#^still]]",
    "[[grey bird]]",
    "[[The Heron|it]]",
    "[x](/grey%20bird)",
    "[x](/birds/first-heron)",
    "[x](/birds/first-heron/)",
    "[[ardea]]",
    "[x](/ardea)",
    "[[What's said of Herons?]]",
    "[[whats-said-of-herons]]",
    "[x](what-s-said-of-herons)",
    f"(({UUID}))",
    f"(({UUID.upper()}))",
    f"{{{{embed (({UUID}))}}}}",
    f"[a block]((({UUID})))",
]


def _references(kb: Kb, ref: str) -> list[dict[str, Any]]:
    shown = kb("show", ref, "--json").json
    assert all(shown["text"][one["start"] : one["end"]] == one["raw"] for one in shown["references"])
    return list(shown["references"])


def _stubs(kb: Kb) -> list[str]:
    return [one["title"] for one in kb("list", "--kind", "stub", "--json").json["sources"]]


def _id(kb: Kb, title: str) -> str:
    return str(kb("show", title, "--json").json["id"])


def _written(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("here", ["a", "z"])
def test_every_way_to_write_a_link_leads_to_the_note(kb: Kb, tmp_path: Path, here: str) -> None:
    """A file `a/…` comes in before the note that it means, `z/…` after it."""
    text = (
        "Links of a note.\n\n"
        + "\n\n".join(LINKS)
        + "\n\n| a | b |\n|---|---|\n| [[heron\\|c]] | [d](../m/heron.md) |\n"
    )
    vault = _written(tmp_path / "vault", **{f"{here}__n": text, "m__heron": HERON})
    assert kb("add", vault, "--no-embed").code == 0
    heron = _id(kb, "What's said of Herons?")
    found = _references(kb, "n")
    assert {one["raw"]: one["target"] for one in found if one["target"] != heron} == {}
    assert len(found) == len(LINKS) + 2
    assert _stubs(kb) == []


@pytest.mark.parametrize("order", [("n.md", "rules.md"), ("rules.md", "n.md")])
def test_files_added_one_by_one_find_each_other_by_their_place(kb: Kb, tmp_path: Path, order: tuple[str, str]) -> None:
    folder = _written(
        tmp_path / "d", n="First [the rules](./rules.md), then [[./rules]].\n", rules="# No counting\n\nIn rain.\n"
    )
    for name in order:
        kb("add", folder / name, "--no-embed")
    assert {one["target"] for one in _references(kb, "n")} == {_id(kb, "No counting")}
    assert _stubs(kb) == []


def test_a_path_means_that_file_and_no_other_of_its_name(kb: Kb, tmp_path: Path) -> None:
    vault = _written(
        tmp_path / "v",
        a__n="[one](./x.md), [two](../x.md), [three](x.md), [[b/x]], [[c/x]], [five](./gone.md), [[/x]].\n",
        a__x="# In a\n\nHere.\n", x="# At the root\n\nHere.\n", b__x="# In b\n\nHere.\n",
        z__b__x="# Deep\n\nHere.\n", z__c__x="# Deep in c\n\nHere.\n", b__gone="# Gone\n\nNot it.\n",
    )  # fmt: skip
    kb("add", vault, "--no-embed")
    titles = {one["id"]: one["title"] for one in kb("list", "--json").json["sources"]}
    assert [titles.get(one["target"]) for one in _references(kb, "n")] == [
        "In a", "At the root", "In a", "In b", "Deep in c", None, "At the root",
    ]  # fmt: skip
    assert _stubs(kb) == []


def test_a_link_to_a_file_that_is_missing_waits_for_it(kb: Kb, tmp_path: Path) -> None:
    vault = _written(tmp_path / "v", n="---\nsupports: '[x](./later.md)'\n---\nSee [[./later]].\n")
    kb("add", vault, "--no-embed")
    assert [one["target"] for one in _references(kb, "n")] == [None, None]
    assert _stubs(kb) == []
    kb("add", _written(vault, later="# Later\n\nNow it is there.\n"), "--no-embed")
    later = _id(kb, "Later")
    assert [one["target"] for one in _references(kb, "n")] == [later, later]
    (link,) = kb("links", "--json").json["links"]
    assert (link["from"], link["relation"], link["to"]) == (_id(kb, "n"), "supports", later)


def test_a_vault_means_its_own_notes(kb: Kb, tmp_path: Path) -> None:
    for name in ("one", "two"):
        vault = _written(
            tmp_path / name, n=f"In {name}: [[same]], [x](/same), [y](same.md).\n", same=f"# {name}\n\nHere.\n"
        )
        kb("add", vault, "--no-embed")
    targets = [one["target"] for ref in _of_title(kb, "n") for one in _references(kb, ref)]
    one, two = _id(kb, "one"), _id(kb, "two")
    assert sorted(targets) == sorted([one] * 3 + [two] * 3)


def _of_title(kb: Kb, title: str) -> list[str]:
    return [one["id"] for one in kb("list", "--json").json["sources"] if one["title"] == title]


def test_a_note_that_moved_means_by_its_paths_what_is_there_now(kb: Kb, tmp_path: Path) -> None:
    vault = _written(tmp_path / "v", a__n="See [it](./x.md).\n", b__x="# X\n\nHere.\n")
    kb("add", vault, "--no-embed")
    assert [one["target"] for one in _references(kb, "n")] == [None]
    (vault / "a" / "n.md").rename(vault / "b" / "n.md")
    kb("add", vault, "--no-embed")
    assert _id(kb, "X") in [one["target"] for ref in _of_title(kb, "n") for one in _references(kb, ref)]


def test_a_title_or_path_is_meant_before_an_alias_and_that_before_an_address(kb: Kb, tmp_path: Path) -> None:
    vault = _written(
        tmp_path / "v", a="See [[later]], [[other]].\n", b="---\naliases: [later]\n---\n# B\n\nHere.\n",
        c="---\nslug: later\npermalink: other\n---\n# C\n\nHere.\n", d="---\naliases: other\n---\n# D\n\nHere.\n",
        z__later="# Later\n\nHere.\n",
    )  # fmt: skip
    kb("add", vault, "--no-embed")
    assert [one["target"] for one in _references(kb, "a")] == [_id(kb, "Later"), _id(kb, "D")]
    assert _stubs(kb) == []


def test_a_name_that_an_earlier_run_left_open_is_found_by_alias(kb: Kb, tmp_path: Path) -> None:
    kb("add", _written(tmp_path / "v", n="See [[soon]].\n"), "--no-embed")
    assert _stubs(kb) == ["soon"]
    kb("add", _written(tmp_path / "v", m="---\naliases: [soon]\n---\n# M\n\nHere.\n"), "--no-embed")
    assert [one["target"] for one in _references(kb, "n")] == [_id(kb, "M")]
    assert _stubs(kb) == []


def test_a_page_of_logseq_is_found_by_the_names_that_it_gives_itself(kb: Kb, tmp_path: Path) -> None:
    vault = _written(
        tmp_path / "v", journals__n="- [[census]], [[Bird count]], [[Counting birds]], [[Birds/Terns]]\n",
        pages__c="title:: Counting birds\nalias:: census, [[bird count]]\n\n- A count.\n",
    )  # fmt: skip
    (vault / "pages" / "Birds___Terns.md").write_text("- Terns.\n", encoding="utf-8")
    kb("add", vault, "--no-embed")
    counting = _id(kb, "Counting birds")
    assert [one["target"] for one in _references(kb, "n")] == [counting] * 3 + [_id(kb, "Birds/Terns")]


def test_an_index_is_what_a_link_to_its_folder_means(kb: Kb, tmp_path: Path) -> None:
    vault = _written(tmp_path / "v", n="[a](./birds/), [b](birds), [[birds]].\n", birds__index="# All birds\n\nHere.\n")
    kb("add", vault, "--no-embed")
    assert {one["target"] for one in _references(kb, "n")} == {_id(kb, "All birds")}


def test_a_picture_alone_in_its_paragraph_is_no_source(kb: Kb, tmp_path: Path) -> None:
    vault = _written(tmp_path / "v", n="Text.\n\n![A heron](https://img.example.org/heron.png)\n")
    kb("add", vault, "--no-embed")
    assert _stubs(kb) == []


def test_an_alias_stays_one_in_the_exported_vault_and_an_address_does_not_become_one(kb: Kb, tmp_path: Path) -> None:
    kb("add", _written(tmp_path / "v", m__heron=HERON), "--no-embed")
    kb("export", tmp_path / "out")
    (note,) = (path for path in (tmp_path / "out").rglob("*.md") if "Herons" in path.name)
    front = note.read_text(encoding="utf-8").split("\n---\n")[0]
    assert "grey bird" in front
    assert not any(name in front for name in ("ardea", "first-heron", "file:/"))


def test_a_vault_that_an_older_version_read_is_read_anew(kb: Kb, tmp_path: Path) -> None:
    vault = _written(tmp_path / "v", n="See [it](./x.md).\n", x="# X\n\nHere.\n")
    kb("add", vault, "--no-embed")
    with sqlite3.connect(tmp_path / "home" / "kb.sqlite") as connection:  # as version 1 of the importer left it
        connection.execute("UPDATE source SET importer_version = '1/3'")
        connection.execute("UPDATE reference SET target = NULL, key = 'name:./x'")
        connection.execute("DELETE FROM source_name WHERE rank = 2")
        connection.execute("UPDATE seen_file SET digest = 'of the older version'")
    assert [one["target"] for one in _references(kb, "n")] == [None]
    kb("add", vault, "--no-embed")
    assert [one["target"] for one in _references(kb, "n")] == [_id(kb, "X")]
    assert kb("add", vault, "--no-embed", "--json").json["counts"]["unchanged"] == 2
