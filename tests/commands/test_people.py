"""`kb people`: who says how much, and names of one person joined, corrected, taken apart, offered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

TALK = """The following is a transcript of a public discussion between Ada Brandt and Kofi Lind\
 that took place on 3 May 2023.

Moderator: Last month Ada published a post on tide mills, and Kofi disagrees. I suggest that Ada begins.

The cost of tide mills

Ada: I think that tide mills are far too expensive for small harbours. The sluice alone costs more than diesel.

Kofi: I don't think that tide mills are too expensive for small harbours, because the sluice lasts for sixty years.

Ada: I suspect that the insurers will refuse to cover wooden gates at all, and nobody has asked them.

Kofi: I expect that dredging costs a tenth of the diesel that it saves.
"""
POST = """---
author: Ada Brandt
---
# On wooden gates

I think that wooden gates will rot within ten years of salt water.
"""


@pytest.fixture
def talk(kb: Kb, tmp_path: Path) -> Path:
    """A folder of a talk of "Ada" and "Kofi", whose authors have their whole names, and a post by one of them."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "talk.txt").write_text(TALK)
    (folder / "post.md").write_text(POST)
    _add(kb, folder)
    return folder


def _add(kb: Kb, folder: Path) -> None:
    assert kb("add", folder / "talk.txt", "--as", "transcript", "--no-embed").code == 0
    assert kb("add", folder / "post.md", "--no-embed").code == 0


def _seen(kb: Kb) -> list[Any]:
    """Everything that lists and texts show, but when a source changed."""
    sources = kb("list", "--json").json["sources"]
    shown = [kb("show", source["id"], "--json").json for source in sources]
    return [sources, kb("statements", "--all", "--json").json, shown]


def _speakers(kb: Kb, *options: str) -> set[str | None]:
    found = kb("statements", "--all", "--json", *options).json["statements"]
    return {mention["speaker"] for one in found for mention in one["mentions"]}


def _names(kb: Kb, *words: str) -> list[str]:
    return [person["name"] for person in kb("people", *words, "--json").json["people"]]


@pytest.mark.usefixtures("talk")
def test_people_are_listed_by_how_much_they_say(kb: Kb) -> None:
    people = kb("people", "--json").json["people"]
    assert {"name", "also", "sources", "statements"} <= set(people[0])
    assert people == sorted(people, key=lambda one: (-one["statements"], -one["sources"]))
    by_name = {one["name"]: one for one in people}
    assert by_name["Ada"]["statements"] >= 2
    assert (by_name["Ada Brandt"]["sources"], by_name["Ada Brandt"]["statements"]) == (2, 1)
    assert set(_names(kb, "ada")) == {"Ada", "Ada Brandt"}
    assert _names(kb, "--kind", "note") == ["Ada Brandt"]
    assert "also" not in kb("people", "Kofi").out


@pytest.mark.usefixtures("talk")
def test_a_join_says_what_stays_and_holds_everywhere(kb: Kb) -> None:
    ran = kb("people", "join", "Ada Brandt", "ada")
    assert "Ada is Ada Brandt from now on" in ran.out
    assert "kb people split Ada takes it back" in ran.err
    (person,) = kb("people", "brandt", "--json").json["people"]
    assert (person["name"], person["also"], person["sources"]) == ("Ada Brandt", ["Ada"], 2)
    assert "Ada" not in _speakers(kb)
    assert _speakers(kb, "--author", "Ada") == _speakers(kb, "--author", "Brandt") == {"Ada Brandt"}
    hits = kb("search", "insurers", "--mode", "lexical", "--json").json["hits"]
    assert {hit["locator"]["speaker"] for hit in hits} == {"Ada Brandt"}
    assert kb("compare", "Ada", "Kofi", "--json").json["parties"][0]["name"] == "Ada Brandt"
    assert "Ada Brandt (" in kb("show", "Discussion between Ada Brandt and Kofi Lind", "--outline").out
    nodes = kb("map", "--speaker", "Ada", "--format", "tree").out
    assert "Ada Brandt" in nodes


def test_joins_hold_for_what_is_read_again_and_for_what_is_new(kb: Kb, talk: Path) -> None:
    first = kb("statements", "insurers", "--all", "--json").json["statements"][0]["id"]
    kb("accept", first)
    kb("people", "join", "Ada", "Ada Brandt")
    _add(kb, talk)
    (talk / "talk.txt").write_text(TALK + "\nAda: I also think that herring runs are harmed by every sluice.\n")
    _add(kb, talk)
    assert "Ada" not in _speakers(kb)
    kept = [one for one in kb("statements", "--all", "--json").json["statements"] if one["id"] == first]
    assert kept[0]["status"] == "accepted"
    assert any(
        "herring" in one["text"] for one in kb("statements", "--author", "Brandt", "--all", "--json").json["statements"]
    )


@pytest.mark.usefixtures("talk")
def test_a_split_gives_back_exactly_what_was_joined(kb: Kb) -> None:
    before = _seen(kb)
    kb("people", "join", "Ada", "Kofi", "--as", "Somebody Else")
    assert "Somebody Else" in _speakers(kb)
    ran = kb("people", "split", "somebody else", "--json")
    assert {one["name"] for one in ran.json["people"]} == {"Ada", "Kofi"}
    assert _seen(kb) == before


@pytest.mark.usefixtures("talk")
def test_a_rename_corrects_all_mentions_and_undo_takes_it_back(kb: Kb) -> None:
    before = _seen(kb)
    assert kb("people", "rename", "Kofi", "Kofi Lindt", "--json").json["kept"] == "Kofi Lindt"
    assert {"Kofi Lindt"} == _speakers(kb, "--author", "Kofi")
    assert kb("undo").code == 0
    assert _seen(kb) == before


@pytest.mark.usefixtures("talk")
def test_a_dry_run_changes_nothing(kb: Kb) -> None:
    before = _seen(kb)
    for words in (("join", "Ada", "Ada Brandt"), ("rename", "Kofi", "Lind")):
        ran = kb("people", *words, "--dry-run")
        assert ran.code == 0
        assert "would be" in ran.out
    assert _seen(kb) == before


@pytest.mark.usefixtures("talk")
def test_twins_are_offered_with_the_command_that_joins_them_until_a_person_declines(kb: Kb) -> None:
    twins = {tuple(one["names"]): one for one in kb("people", "twins", "--json").json["twins"]}
    assert set(twins) == {("Ada", "Ada Brandt"), ("Kofi", "Kofi Lind")}
    assert twins["Ada", "Ada Brandt"]["fix"] == "kb people join Ada 'Ada Brandt'"
    found = [one for one in kb("check", "--json").json["findings"] if one["check"] == "twin-people"]
    assert {one["fix"] for one in found} == {one["fix"] for one in twins.values()}
    assert kb("people", "apart", "Kofi", "Kofi Lind").code == 0
    assert [one["names"] for one in kb("people", "twins", "--json").json["twins"]] == [["Ada", "Ada Brandt"]]


@pytest.mark.usefixtures("talk")
def test_one_person_is_shown_with_what_they_say_and_whom_they_answer(kb: Kb) -> None:
    ada, kofi = (
        kb("statements", name, "--all", "--json").json["statements"][0]["id"] for name in ("expensive", "tenth")
    )
    kb("link", kofi, "attacks", ada)
    kb("people", "join", "Ada", "Ada Brandt")
    shown = kb("people", "show", "ada", "--json").json
    assert (shown["name"], shown["sources"], len(shown["source_list"])) == ("Ada Brandt", 2, 2)
    assert {mention["speaker"] for one in shown["statement_list"] for mention in one["mentions"]} <= {
        "Ada Brandt",
        None,
    }
    assert {one["name"] for one in shown["received"]} == {"Kofi"}
    assert "is answered by:\n  Kofi: " in kb("people", "show", "Ada Brandt").out


@pytest.mark.usefixtures("talk")
def test_credences_of_one_person_are_one_history(kb: Kb) -> None:
    name = kb("statements", "insurers", "--all", "--json").json["statements"][0]["id"]
    kb("believe", name, "0.3", "--who", "Bo")
    kb("people", "join", "Bo", "Kofi", "--as", "Kofi Lind")
    kb("believe", name, "0.6", "--who", "Kofi")
    (held,) = kb("beliefs", "--who", "bo", "--json").json["beliefs"][0]["credences"]
    assert (held["who"], held["low"], len(held["moves"])) == ("Kofi Lind", 0.6, 2)


@pytest.mark.usefixtures("talk")
def test_a_source_is_found_by_any_name_of_its_author(kb: Kb) -> None:
    kb("people", "rename", "Ada Brandt", "Adelheid Storm")
    assert kb("show", "storm gates", "--json").json["title"] == "On wooden gates"
    assert kb("show", "brandt gates", "--json").json["title"] == "On wooden gates"


def test_a_first_name_that_others_bear_is_joined_with_a_word_about_them(kb: Kb, talk: Path) -> None:
    (talk / "post.md").write_text(POST.replace("Ada Brandt", "Ada Roy"))
    _add(kb, talk)
    ran = kb("people", "join", "Ada", "Ada Brandt")
    assert "Ada may be Ada Roy elsewhere: kb edit STATEMENT --speaker" in ran.err


@pytest.mark.usefixtures("talk")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("join", "Ada"), 2, "join NAME NAME"),
        (("join", "Aba", "Ada Brandt"), 3, "did you mean Ada"),
        (("rename", "Ada"), 2, "rename OLD NEW"),
        (("rename", "Ada", ""), 2, "without a name"),
        (("split", "Kofi"), 3, "one name"),
        (("apart", "Ada", "ada"), 2, "both are names of Ada"),
        (("show", "Nobody Here"), 3, "nobody is called"),
        (("--as", "Ada"), 2, "changed by a list"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_cure(kb: Kb, words: tuple[str, ...], code: int, told: str) -> None:
    ran = kb("people", *words)
    assert ran.code == code
    assert told in ran.err


def test_an_empty_home_has_nobody(kb: Kb) -> None:
    assert kb("people", "--json").json == {"people": []}
    assert kb("people", "twins", "--json").json == {"twins": []}


@pytest.mark.usefixtures("talk")
def test_a_name_that_differs_in_case_only_is_given_back_once(kb: Kb) -> None:
    kb("people", "rename", "ada brandt", "ADA BRANDT")
    split = kb("people", "split", "ada brandt", "--json").json
    assert [one["name"] for one in split["people"]] == ["Ada Brandt"]


@pytest.mark.usefixtures("talk")
def test_a_slip_in_a_joined_name_is_seen(kb: Kb) -> None:
    kb("people", "rename", "Ada Brandt", "Adelheid Sturm")
    assert '"On wooden gates"' in kb("show", "sturn gates").err
