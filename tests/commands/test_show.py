"""`kb show`: a source with its text, references and statements; a statement with what is believed of it."""

from __future__ import annotations

from pathlib import Path

from kb.graph.strength import CALCULATION
from tests.commands.conftest import Ask
from tests.commands.shapes import SOURCE, STATEMENT
from tests.conftest import Kb


def test_a_source_has_the_shape_of_the_interface_and_quotes_stand_where_they_are_said_to(ask: Ask) -> None:
    for wanted in [s for s in ask("list")["sources"] if s["passages"]][:6]:
        shown = ask("show", wanted["id"])
        assert set(shown) >= SOURCE | {"text", "references", "backlinks", "statement_list"}
        for statement in shown["statement_list"]:
            assert set(statement) >= STATEMENT
            for mention in statement["mentions"]:
                if mention["source"] == shown["id"]:
                    assert shown["text"][mention["start"] : mention["end"]] == mention["quote"]
        for reference in shown["references"]:
            assert shown["text"][reference["start"] : reference["end"]] == reference["raw"]


def test_a_passage_is_shown_in_its_source(ask: Ask) -> None:
    first = ask("search", "evidence")["hits"][0]
    assert ask("show", first["id"])["id"] == first["source"]["id"]


def test_a_link_is_shown_with_the_words_of_its_ends(kb: Kb, linked: list[str]) -> None:
    link = kb("links", linked[0], "--json").json["links"][0]
    assert kb("show", link["id"], "--json").json == link
    text = " ".join(kb("show", link["id"]).out.split())
    assert "I doubt that anybody" in text
    assert "counts of volunteers" in text


def test_an_outline_leaves_the_text_out(kb: Kb, linked: list[str]) -> None:
    assert linked
    assert "walked transects" in kb("show", "Birds").out
    assert "I think that walked transects agree with corrected counts.\n\n" not in kb("show", "Birds", "--outline").out


def test_an_ambiguous_reference_names_the_candidates(kb: Kb, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Same.md").write_text(f"Text of {folder}.\n")
    kb("add", tmp_path / "a", tmp_path / "b", "--no-embed")
    ran = kb("show", "Same", "--json")
    assert ran.code == 3
    assert len(ran.json["error"]["candidates"]) == 2


def test_show_tells_what_is_believed_and_the_strength(kb: Kb, linked: list[str]) -> None:
    assert kb("show", linked[2], "--json").json["strength"] is None
    kb("believe", linked[0], "0.8")
    shown = kb("show", linked[0], "--json").json
    assert shown["credences"][0]["low"] == 0.8
    assert shown["strength"]["base"] == 0.8 > shown["strength"]["value"]
    text = kb("show", linked[0]).out
    assert "me believes it 0.80" in text
    assert CALCULATION in text
