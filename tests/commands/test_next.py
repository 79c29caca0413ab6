"""`kb next`: an order of reading with reasons that name what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb
from tests.vault_homes import sql

Add = Callable[..., str]


@pytest.fixture
def add(kb: Kb, tmp_path: Path) -> Add:
    """Adds a text of a person, and gives its id."""

    def run(name: str, text: str, author: str = "Ann Lee") -> str:
        path = tmp_path / f"{name}.md"
        path.write_text(f"# {name}\n\n{text}\n")
        url = f"https://ponds.example/{name.lower().replace(' ', '-')}"
        ran = kb("add", path, "--no-embed", "--author", author, "--url", url, "--json")
        (item,) = ran.json["items"]
        sql(tmp_path / "home", f"UPDATE source SET kind = 'post' WHERE id = '{item['source']['id']}'")
        return str(item["source"]["id"])

    return run


def queue(kb: Kb, *options: str) -> list[dict[str, Any]]:
    found = kb("next", "--json", *options).json["queue"]
    assert all(one["reason"] for one in found)
    return list(found)


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [one["source"]["id"] for one in found]


def papers(*numbers: int) -> str:
    return " ".join(f"[a paper](https://arxiv.org/abs/2001.0000{number})" for number in numbers)


def link(*names: str) -> str:
    return " ".join(f"[{name}](https://ponds.example/{name})" for name in names)


def test_what_attacks_ones_claim_comes_first_until_one_says_something(kb: Kb, add: Add) -> None:
    doubt = add("Doubt", "I doubt that frogs can be counted at dusk by anybody.")
    begun = add("Begun", "Toads are quiet.")
    kb("status", begun, "reading")
    critique = next(s["id"] for s in kb("statements", "--all", "--source", doubt, "--json").json["statements"])
    claim = kb("claim", "Frogs can be counted at dusk.", "--json").json["id"]
    kb("link", critique, "attacks", claim)
    first, second = queue(kb)
    assert (first["source"]["id"], second["source"]["id"]) == (doubt, begun)
    assert "attacks your claim «Frogs can be counted at dusk.»" in first["reason"]
    assert first["because"][0]["ids"][:2] == [claim, critique]
    kb("believe", critique, "0.2")
    assert ids(queue(kb)) == [begun]


def test_what_attacks_a_text_of_ones_own_is_a_reason(kb: Kb, tmp_path: Path) -> None:
    kb("config", "me", "Ada Brook")
    for name, author in (("Frogs", "Ada Brook"), ("Toads", "Ben Ito")):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nThey sing at dusk.\n")
        kb("add", tmp_path / f"{name}.md", "--author", author, "--no-embed")
    kb("link", "Toads", "attacks", "Frogs")
    (one,) = queue(kb)
    assert (one["source"]["title"], one["because"][0]["what"]) == ("Toads", "attacks")
    assert "attacks your text «Frogs»" in one["reason"]


def test_what_attacks_something_one_does_not_hold_is_no_reason(kb: Kb, birds: list[str]) -> None:
    kb("link", birds[1], "attacks", birds[0])
    kb("link", birds[1], "attacks", birds[2])
    assert queue(kb) == []
    kb("believe", birds[0], "0.2")
    assert queue(kb) == []


def test_what_several_texts_that_were_read_refer_to_comes_before_what_waits_longer(kb: Kb, add: Add) -> None:
    old, cited = add("Old", "Newts."), add("Cited", "Toads.")
    kb("status", old, cited, "to-read")
    for number in range(3):
        kb("status", add(f"Read {number}", f"See {link('cited')}", f"Ben {number}"), "read")
    first, second = queue(kb)
    assert ids([first, second]) == [cited, old]
    assert first["reason"].startswith("cited by 3 texts you read, last «Read 2»")
    assert "on your list since today" in second["reason"]


def test_what_one_is_reading_comes_before_what_one_is_to_read(kb: Kb, add: Add) -> None:
    names = [add(word, "Newts.") for word in ("First", "Second")]
    kb("status", names[0], "to-read")
    kb("status", names[1], "reading")
    assert ids(queue(kb)) == names[::-1]
    assert queue(kb)[0]["reason"].startswith("you began it today")


def test_what_waits_longest_comes_first_and_says_since_when(kb: Kb, add: Add, tmp_path: Path) -> None:
    names = [add(word, "Newts.") for word in ("First", "Second")]
    kb("status", *names, "to-read")
    sql(tmp_path / "home", f"UPDATE reading SET at = '2022-03-04T00:00:00Z' WHERE source_id = '{names[1]}'")
    found = queue(kb)
    assert ids(found) == names[::-1]
    assert "on your list since March 2022" in found[0]["reason"]


def test_by_whom_one_has_read_before_counts(kb: Kb, add: Add) -> None:
    other, known = add("Other", "Newts.", "Ida Ort"), add("Known", "Toads.", "Ben Ito")
    kb("status", other, known, "to-read")
    kb("status", add("Read", "Frogs.", "Ben Ito"), "read")
    first, _ = queue(kb)
    assert first["source"]["id"] == known
    assert "by Ben Ito, of whom you read a text" in first["reason"]


def test_what_is_not_on_the_list_takes_a_third_at_most(kb: Kb, add: Add) -> None:
    own = [add(f"Own {number}", "Newts.") for number in range(6)]
    kb("status", *own, "to-read")
    for number in range(2):
        kb("status", add(f"Read {number}", f"See {papers(1, 2, 3, 4)}."), "read")
    found = queue(kb, "-n", "6")
    assert [one["source"]["reading"] for one in found].count(None) == 2
    assert len(queue(kb, "-n", "20")) == 10
    stub = next(one for one in found if one["source"]["reading"] is None)
    assert stub["source"]["kind"] == "stub"
    assert "cited by 2 texts you read" in stub["reason"]
    assert "not here yet: kb add https://arxiv.org/abs/2001.0000" in stub["reason"]


def test_with_nothing_marked_it_is_what_the_texts_refer_to_and_says_so(kb: Kb, add: Add) -> None:
    add("One", f"See {papers(1, 2)}.")
    two = add("Two", f"See {papers(1)}.")
    ran = kb("next")
    assert "nothing is marked to-read" in ran.err
    assert "none is marked read" in ran.err
    assert [one["source"]["url"][-1] for one in queue(kb)] == ["1", "2"]
    kb("status", two, "read")
    (only,) = queue(kb)
    assert "cited by «Two», which you read" in only["reason"]
    assert "what you have read refers to" in kb("next").err


@pytest.mark.usefixtures("birds")
def test_an_empty_home_gives_an_empty_queue(kb: Kb) -> None:
    ran = kb("next", "--json")
    assert (ran.code, ran.json["queue"]) == (0, [])
    assert "kb status REF to-read" in kb("next").err


@pytest.mark.real
def test_the_seeds_give_reasons_that_name_texts(kb: Kb, shared: Path) -> None:
    kb("add", shared / "seeds", "--no-embed")
    found = queue(kb)
    assert found
    assert all("«" in one["reason"] for one in found)
