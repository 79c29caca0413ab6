"""`kb compare`: two sides of a debate, in their own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DEBATE = "\n\n".join(
    (
        "The following is a transcript of a public discussion between Ada Brandt and Kofi Lind"
        " that took place on 3 May 2023.\n",
        "Moderator: Last month Ada published a post on tide mills, and Kofi disagrees. I suggest that Ada begins.",
        "The cost of tide mills",
        "Ada: I think that tide mills are far too expensive for small harbours."
        " The sluice alone costs more than a winter of diesel, and nobody has shown that it lasts.",
        "I also believe that the herring runs are harmed by every sluice gate that was ever built.",
        "Kofi: I agree that the herring runs are harmed by a sluice gate. I don't think that tide mills are too"
        " expensive for small harbours, because the sluice lasts for sixty years. That is where I strongly disagree.",
        "Ada: Yes, but a sluice that lasts for sixty years has to be dredged every spring."
        " So the cost of tide mills is mostly the cost of dredging."
        " Do you have any figures for the dredging of a small harbour?",
        "Kofi: I expect that dredging costs a tenth of the diesel that it saves.",
        "Ada: We didn't converge. I also suspect that the insurers will refuse to cover wooden gates at all.",
    )
)


@pytest.fixture
def debate(kb: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    (tmp_path / "debate.txt").write_text(DEBATE, encoding="utf-8")
    assert kb("add", tmp_path / "debate.txt", "--no-embed", "--as", "transcript").code == 0
    return kb


def test_a_comparison_quotes_both_sides_with_the_words_that_disagree(debate: Callable[..., Any]) -> None:
    found = debate("compare", "Ada", "Kofi", "--json").json
    said = [one["quote"] for group in found["disagree"] for one in group["statements"]]
    words = [pair["words"]["quote"] for group in found["disagree"] for pair in group["pairs"] if pair["words"]]
    assert any("where I strongly disagree" in quote for quote in words)
    assert any("expensive" in quote for quote in said)
    assert {one["party"] for group in found["disagree"] for one in group["statements"]} == {0, 1}


def test_what_one_grants_is_agreement_and_not_disagreement(debate: Callable[..., Any]) -> None:
    found = debate("compare", "Ada", "Kofi", "--json").json
    agreed = [one["quote"] for group in found["agree"] for one in group["statements"]]
    assert any(quote.startswith("I agree that the herring runs") for quote in agreed)


def test_every_quote_and_every_marker_stands_in_the_text_where_it_says(debate: Callable[..., Any]) -> None:
    found = debate("compare", "Ada", "Kofi", "--json").json
    groups = [*found["disagree"], *found["agree"], *found["same_subject"]]
    quotes = [one for group in groups for one in group["statements"]]
    quotes += [one for own in found["only"] for one in own]
    quotes += [asked[name] for asked in found["questions"] for name in ("question", "answer") if asked[name]]
    spans = [(one["source"]["id"], one["start"], one["end"], one["quote"]) for one in quotes]
    words = [pair["words"] for group in groups for pair in group["pairs"] if pair["words"]]
    spans += [(one["source"], one["start"], one["end"], one["quote"]) for one in words]
    assert spans
    texts = {name: debate("show", name, "--json").json["text"] for name, *_ in spans}
    assert all(texts[name][start:end] == quote for name, start, end, quote in spans)


def test_a_pair_without_a_sign_is_never_called_a_disagreement(debate: Callable[..., Any]) -> None:
    found = debate("compare", "Ada", "Kofi", "--json").json
    for sense, name in (("disagree", "disagree"), ("agree", "agree")):
        for group in found[name]:
            signed = [pair for pair in group["pairs"] if pair["sense"] == sense]
            assert signed
            assert all(pair["link"] or pair["words"] for pair in signed)
    assert all(pair["sense"] == "unsigned" for group in found["same_subject"] for pair in group["pairs"])


def test_the_page_names_both_and_ends_with_what_was_asked(debate: Callable[..., Any]) -> None:
    shown = debate("compare", "Ada", "Kofi").out
    assert "Where they disagree" in shown
    assert "Ada «We didn't converge.»" in shown
    assert shown.index("Where they disagree") < shown.index("Where they agree") < shown.index("Asked and answered")
    assert "Do you have any figures for the dredging" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_the_order_of_the_names_changes_the_sides_and_not_the_findings(debate: Callable[..., Any]) -> None:
    one, other = debate("compare", "Ada", "Kofi", "--json").json, debate("compare", "Kofi", "Ada", "--json").json
    for name in ("disagree", "agree", "same_subject"):
        ids = [[s["id"] for s in group["statements"]] for group in one[name]]
        assert ids == [[s["id"] for s in group["statements"]] for group in other[name]]
    assert one["only"] == [[{**said, "party": 1 - said["party"]} for said in own] for own in reversed(other["only"])]


def test_a_link_that_a_person_made_decides(debate: Callable[..., Any]) -> None:
    a = debate("claim", "Gates of oak are cheap.", "--json").json["id"]
    ada = next(s for s in debate("statements", "--all", "--author", "Ada", "--json").json["statements"])
    author = next(s for s in debate("statements", "--all", "--json").json["statements"] if s["id"] == a)
    me = author["mentions"][0]["speaker"] or author["mentions"][0]["source"]
    debate("link", a, "attacks", ada["id"])
    found = debate("compare", "Ada", me, "--json").json
    assert [pair["link"] is not None for group in found["disagree"] for pair in group["pairs"]] == [True]


def test_who_is_not_there_is_told_with_who_is(debate: Callable[..., Any]) -> None:
    missing = debate("compare", "Ada", "Nobody Known", "--json")
    assert missing.code == 3
    assert {one["id"] for one in missing.json["error"]["candidates"]} >= {"Ada", "Kofi"}
    same = debate("compare", "Ada", "Ada Brandt")
    assert same.code == 2


def test_two_texts_are_compared_like_two_people(debate: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "gates.md").write_text("# Gates\n\nI think that tide mills are worth their price in small harbours.\n")
    debate("add", tmp_path / "gates.md", "--no-embed", "--author", "Ines Roth")
    sources = debate("list", "--json").json["sources"]
    talk = next(s for s in sources if s["kind"] == "transcript")
    found = debate("compare", "Gates", talk["id"], "--json").json
    assert [party["source"] is not None for party in found["parties"]] == [True, True]
    assert found["disagree"] == []


TALK = """The following is a transcript of a discussion that took place on 3 May 2023.

Tomas: I think that willow hedges are useful shelter where the soil is deep and the wind is known.

Ada: I disagree. I think that willow hedges are not useful shelter for a garden by the sea at all.

Tomas: I believe that every farm on the coast will have a hedge within three years.

Ada: I also believe that nobody has shown that hedges last when a field is ploughed again.
"""


@pytest.fixture
def namesakes(kb: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """A talk with a "Tomas" and an "Ada", and posts by two of that first name, and by one under an initial."""
    (tmp_path / "talk.txt").write_text(TALK)
    posts = (
        ("Tomas Ek", "dew", "I think that dew harms a hedge far more than any wind."),
        ("Tomas Sorel", "frost", "I believe that frost is rarely felt behind a wall of stone."),
        ("T. Ek", "fog", "I think that fog from the harbour is of no use to anybody who keeps sheep."),
        ("Tomas Ekdahl", "hail", "I expect that hail will be insured by nobody before long."),
    )
    for name, about, says in posts:
        (tmp_path / f"{about}.md").write_text(f"---\nauthor: {name}\ntitle: On {about}\n---\n{says}\n")
    kb("add", *tmp_path.glob("*.md"), "--no-embed")
    kb("add", tmp_path / "talk.txt", "--no-embed", "--as", "transcript")
    return kb


def _said(found: Any, party: int) -> str:
    groups = [*found["disagree"], *found["agree"], *found["same_subject"]]
    said = [one for group in groups for one in group["statements"]] + [one for own in found["only"] for one in own]
    return " ".join(sorted(one["quote"] for one in said if one["party"] == party))


def test_a_joined_first_name_puts_no_namesakes_words_in_anybodys_mouth(namesakes: Callable[..., Any]) -> None:
    namesakes("people", "join", "Tomas", "T. Ek", "Tomas Ek")
    for name in ("Tomas Ek", "tomas", "t. ek"):
        found = namesakes("compare", name, "Ada", "--json", "-n", "50").json
        assert [one["name"] for one in found["parties"]] == ["Tomas Ek", "Ada"]
        assert found["parties"][0]["statements"] == 4
        assert all(word in _said(found, 0) for word in ("dew", "willow"))
        assert not any(word in _said(found, 0) for word in ("frost", "hail"))
    found = namesakes("compare", "Tomas Sorel", "Tomas", "--json", "-n", "50").json
    assert [one["statements"] for one in found["parties"]] == [1, 4]
    assert "Both say" not in namesakes("compare", "Tomas Sorel", "Tomas").out
    assert "frost" not in _said(found, 1)


def test_a_first_name_that_nobody_joined_stands_for_itself_and_says_so(namesakes: Callable[..., Any]) -> None:
    ran = namesakes("compare", "Tomas", "Ada")
    assert "nobody said whether it is T" in ran.err
    assert "dew" not in ran.out
    assert "willow" in ran.out
    assert namesakes("compare", "Tom", "Ada").code == 3


def test_a_first_name_is_the_author_of_the_text_in_which_it_speaks_and_of_no_other(
    debate: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text(TALK)
    debate("add", tmp_path / "other.txt", "--no-embed", "--as", "transcript")
    found = debate("compare", "Ada Brandt", "Kofi Lind", "--json").json
    assert "dredged" in _said(found, 0)
    assert "hedges" not in _said(found, 0)
