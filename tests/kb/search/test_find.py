"""What a person types and what comes back: syntax, snippets, names, repeats, reasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Kb, Ran
from tests.exported import home_with_model

POST = """---
title: Why wasps matter
author: Ann Lee
date: 2021-05-01
---
Wasps eat the larvae that would eat the cabbage, and nobody counts it.

## Methods of counting

We hung paper traps in forty gardens for two summers. Each trap was emptied on Mondays by the same person, who wrote
down the hour and the weather. Gardens with a compost heap were left out, because a heap draws flies. On the whole the
traps in shade caught half of what those in the sun did. The mason bees that we found by accident were let go again,
and their number is given in the appendix for those who want it. No trap was ever hung beside a road.

## Results

Gardens with wasps had fewer larvae, but I do not think that the wasps are the reason.
"""
NOTE = """---
title: Bees and wasps in allotments
author: Kim Poe
date: 2023-02-01
---
Bees pollinate the beans and wasps do not.

> Wasps eat the larvae that would eat the cabbage, and nobody counts it.

Do wasps eat the larvae?

Honey is what people think of when they hear the word bees.

## Field work

Beans set more pods where bees nest in old walls.
"""
Find = Callable[..., Ran]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import cli

    folder = tmp_path_factory.mktemp("shelf")
    home = home_with_model(folder / "home")
    (folder / "wasps.md").write_text(POST)
    (folder / "bees.md").write_text(NOTE)
    url = ["--url", "https://wasps.example.org/matter"]
    assert cli.run(["--home", str(home), "add", str(folder / "wasps.md"), *url]) == 0
    assert cli.run(["--home", str(home), "add", str(folder / "bees.md")]) == 0
    return home


@pytest.fixture
def find(kb: Kb, shelf: Path) -> Callable[..., list[dict[str, Any]]]:
    def run(query: str, *options: str) -> list[dict[str, Any]]:
        ran = kb("search", "--json", *options, "--", query, home=shelf)
        assert ran.code == 0, ran.err
        hits: list[dict[str, Any]] = ran.json["hits"]
        return hits

    return run


@pytest.mark.parametrize(
    ("query", "every", "none"),
    [
        ("(honey OR pods) wasps", r"Honey|pods", r"traps"),
        ("honey OR pods", r"Honey|pods", r"traps"),
        ("bees AND walls", r"walls", r"Honey"),
        ("wasps -larvae", r"", r"larvae"),
        ('wasps -"fewer larvae"', r"", r"fewer larvae"),
        ("bees -(honey OR beans)", r"", r"Honey|beans|Beans"),
        ('(walls OR "paper traps")', r"walls|paper traps", r"Honey"),
        ("heading:methods wasps", r"traps", r"cabbage"),
        ('heading:"work field" bees', r"walls", r"Honey"),
        ("heading:wasps garden", r"\A\Z", r"."),  # a title is no heading
        ("bees -heading:field", r"", r"walls"),
        ("(author:poe OR heading:results)", r"bees|Bees|reason|Wasps|Do wasps", r"traps"),
        ("larvae -author:lee", r"", r"fewer"),
    ],
)
def test_syntax(find: Callable[..., list[dict[str, Any]]], query: str, every: str, none: str) -> None:
    for mode in ("hybrid", "lexical"):
        texts = [hit["text"] for hit in find(query, "--mode", mode)]
        assert bool(texts) == (every != r"\A\Z")
        assert all(re.search(every, text) and not re.search(none, text) for text in texts), texts


def test_a_statement_stands_under_its_heading(find: Callable[..., list[dict[str, Any]]]) -> None:
    found = find("heading:results", "--in", "statements")
    assert found
    assert all(hit["locator"]["heading"] == ["Results"] for hit in found)
    assert find("heading:methods kind:critique") == []


def test_fields_alone_list_what_they_leave_newest_first(find: Callable[..., list[dict[str, Any]]]) -> None:
    years = [hit["source"]["published"][:4] for hit in find("after:2020 -cabbage")]
    assert years == sorted(years, reverse=True)
    assert set(years) == {"2021", "2023"}
    assert [hit["text"][:5] for hit in find("author:poe -larvae -honey")] == ["Bees ", "Beans"]


def test_a_demand_that_nothing_meets_falls_back_to_words(kb: Kb, shelf: Path) -> None:
    ran = kb("search", "(gibbons OR lemurs) walls", "--json", home=shelf)
    assert "no text contains gibbons or lemurs; searching for the words" in ran.err
    assert "walls" in ran.json["hits"][0]["text"]
    assert kb("search", "walls -pods", "--mode", "lexical", "--json", home=shelf).json["hits"] == []


def test_the_snippet_is_where_the_words_stand(find: Callable[..., list[dict[str, Any]]]) -> None:
    hit = next(hit for hit in find("mason bees appendix") if "traps" in hit["text"])
    text, part = hit["text"], hit["snippet"]
    shown = text[part["start"] : part["end"]]
    assert len(shown) <= 300 < len(text)
    assert "mason bees" in shown
    marked = [text[start:end] for start, end in part["marks"]]
    assert {"mason", "bees", "appendix"} >= set(marked) >= {"mason", "bees"}
    stemmed = next(hit for hit in find("emptying a garden") if "traps" in hit["text"])
    assert "emptied" in [stemmed["text"][a:b] for a, b in stemmed["snippet"]["marks"]]


def test_words_are_marked_on_a_terminal_only(kb: Kb, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = kb("search", "mason bees appendix", "-n", "1", "--full", home=shelf).out
    assert "\033" not in plain
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(
        "commands.output.style", lambda words, *names, **_: f"<{words}>" if "yellow" in names else words
    )
    marked = kb("search", "mason bees appendix", "-n", "1", "--full", home=shelf).out
    assert "<mason> <bees>" in re.sub(r">\s+<", "> <", marked)
    assert re.sub("[<>]", "", marked) == plain


@pytest.mark.parametrize(
    ("query", "by"),
    [
        ("Why wasps  matter", "title"),
        ('"why wasps matter"', "title"),
        ("https://www.wasps.example.org/matter/", "address"),
        ("lee2021wasps", "citekey"),
    ],
)
def test_what_a_query_names_comes_first(find: Callable[..., list[dict[str, Any]]], query: str, by: str) -> None:
    first, *others = find(query, "--explain")
    assert first["text"].startswith("Wasps eat")
    assert first["source"]["title"] == "Why wasps matter"
    assert first["explain"]["exact"] == by
    assert others
    assert all("exact" not in hit["explain"] for hit in others)
    assert find(query, "--in", "statements")[0]["source"]["title"] == "Why wasps matter"
    assert find(query, "--author", "poe", "--explain")[0]["explain"].get("exact") is None  # filters hold


def test_ids_are_found(find: Callable[..., list[dict[str, Any]]]) -> None:
    passage = find("paper traps")[0]
    statement = find("wasps", "--in", "statements")[0]
    for name in (passage["id"], statement["id"], passage["id"][:7]):
        first, *others = find(name, "--explain")
        assert first["id"].startswith(name)
        assert first["explain"]["exact"] == "id"
        assert others
    source = passage["source"]["id"]
    assert find(source)[0]["source"]["id"] == source
    assert "exact" not in find("bees", "--explain")[0]["explain"]
    assert find("p2345678zzz")  # no id of anything: searched like any text


def test_an_answer_comes_before_the_question_again(find: Callable[..., list[dict[str, Any]]]) -> None:
    found = find("do wasps eat the larvae?", "--explain")
    texts = [hit["text"] for hit in found]
    assert texts.index("Wasps eat the larvae that would eat the cabbage, and nobody counts it.") == 0
    again = next(hit for hit in found if hit["text"] == "Do wasps eat the larvae?")
    assert again["explain"]["asks_again"] < 1


def test_a_quote_does_not_show_beside_its_original(find: Callable[..., list[dict[str, Any]]]) -> None:
    found = [hit for hit in find("nobody counts the larvae on the cabbage") if "nobody counts" in hit["text"]]
    assert len(found) == 1
    assert found[0]["source"]["title"] == "Why wasps matter"
    assert len(found[0]["also"]) == 1


def test_all_shows_each_place_once(find: Callable[..., list[dict[str, Any]]]) -> None:
    found = find("the wasps are not the reason for fewer larvae", "--in", "all")
    assert sum("reason" in hit["text"] for hit in found) == 1
    assert any(hit.get("within") for hit in found)


def test_a_reason_can_be_read(kb: Kb, shelf: Path) -> None:
    out = " ".join(kb("search", "bees in walls", "--explain", "-n", "1", home=shelf).out.split())
    why = re.search(
        r"score ([\d.]+) = ([\d.]+) by meaning \(rank \d+, .*\) \+ ([\d.]+) by words \(rank \d+, .*\) "
        r"\+ ([\d.]+) word for word \(similarity ",
        out,
    )
    assert why
    assert float(why[1]) == pytest.approx(sum(map(float, why.groups()[1:])), abs=0.002)
    assert "by meaning (rank 1" in kb("similar", "--text", "bees", "--explain", home=shelf).out


def test_similar_has_clear_errors(kb: Kb, shelf: Path) -> None:
    for arguments in (["--text", "bees", "--elsewhere"], ["--text", " ?"], [], ["x", "--text", "y"]):
        ran = kb("similar", *arguments, home=shelf)
        assert ran.code == 2
        assert ran.err.startswith("error: ")


def test_similar_leaves_out_what_stands_in_the_thing_itself(kb: Kb, shelf: Path) -> None:
    hits = kb("search", "reason for fewer larvae", "--json", home=shelf).json["hits"]
    passage = next(hit for hit in hits if "reason" in hit["text"])
    for name in (passage["id"], passage["source"]["id"]):
        found = kb("similar", name, "--json", home=shelf).json["hits"]
        assert found
        assert not any("reason" in hit["text"] for hit in found)


def test_what_lacks_a_vector_is_told_and_not_buried(kb: Kb, tmp_path: Path) -> None:
    home = home_with_model(tmp_path / "partly")
    (tmp_path / "wasps.md").write_text(POST)
    (tmp_path / "late.md").write_text("# Late\n\nQuokkas nest under the wasps' old walls.\n\nQuokkas nap.\n")
    assert kb("add", tmp_path / "wasps.md", home=home).code == 0
    assert kb("search", "wasps", home=home).err == "3 hits\n"
    assert kb("add", tmp_path / "late.md", "--no-embed", home=home).code == 0
    ran = kb("search", "old walls of the wasps", "--json", "--explain", home=home)
    assert re.search(r"^2 of \d+ passages are not embedded yet, found by words only: kb index$", ran.err, re.M)
    first = ran.json["hits"][0]
    assert first["text"].startswith("Quokkas nest")
    assert first["explain"]["semantic"]["estimated"]
    kb("index", home=home)
    assert kb("search", "old walls", home=home).err == "5 hits\n"


@pytest.mark.parametrize(
    "query",
    [
        "why " * 25_000,
        "(" * 10_000,
        ")" * 10_000,
        '"a" ' * 5_000,
        "-a " * 30_000,
        "a OR " * 20_000,
        "((a OR " * 60,
        "x" * 100_000,
        "🙂" * 1_000,
        "a\u0301" * 50_000,
    ],
)
def test_a_monstrous_query_is_answered(find: Callable[..., list[dict[str, Any]]], query: str) -> None:
    find(query)


_PIECES = st.sampled_from([
    "wasps", "bees", " ", " OR ", " AND ", " NOT ", "(", ")", "-", '"', "heading:", "author:lee", "before:", "s2", "?",
    "\0", "\x02", "\x1b", "\ud800", "🙂", "é", "e\u0301", "ß", "数", "NEAR(", "col:", "*", "^", "{", "kind:claim", "''",
])  # fmt: skip


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES, max_size=25).map("".join), st.sampled_from(["passages", "statements", "all"]))
def test_any_text_gets_an_answer(kb: Kb, shelf: Path, query: str, where: str) -> None:
    ran = kb("search", "--in", where, "--mode", "lexical", "--json", "--", query, home=shelf)
    assert ran.code == 0, ran.err
    for hit in ran.json["hits"]:
        part, text = hit["snippet"], hit["text"]
        assert 0 <= part["start"] < part["end"] <= len(text)
        assert all(part["start"] <= start < end <= part["end"] for start, end in part["marks"])
