"""`kb critiques`: what speaks against something, with the replies under it."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Kb


def test_critiques_of_a_statement_with_the_reply_under_them(kb: Kb, mills: list[str]) -> None:
    thesis, doubt, gates = mills
    kb("link", doubt, "attacks", thesis)
    found = kb("critiques", thesis, "--json").json
    assert [(one["critique"]["id"], one["answered"]) for one in found["critiques"]] == [(doubt, False)]
    assert found["critiques"][0]["critique"]["quote"].startswith("I doubt")
    kb("link", gates, "attacks", doubt)
    replied = kb("critiques", thesis, "--json").json["critiques"][0]
    assert [reply["statement"]["id"] for reply in replied["replies"]] == [gates]
    assert kb("critiques", thesis, "--unanswered", "--json").json["critiques"] == []
    shown = kb("critiques", thesis).out
    assert shown.index("every small harbour") < shown.index("I doubt") < shown.index("answered: ")


def test_critiques_of_a_text_and_of_words_and_of_everything(kb: Kb, mills: list[str]) -> None:
    thesis, doubt, _ = mills
    kb("link", doubt, "attacks", thesis)
    for asked in (["Tide mills"], ["mills in harbours"], []):
        found = kb("critiques", *asked, "--json").json["critiques"]
        assert [one["target"]["id"] for one in found] == [thesis], asked
    assert kb("critiques", "--author", "Nobody", "--json").json["critiques"] == []


TALK = """The following is a transcript of a discussion between Ada Brandt and Kofi Lind.

Ada: I think that tide mills are too expensive for small harbours.

Kofi: I disagree. I believe that the sluice of a mill pays for itself in ten years. It keeps the harbour deep as well.

Ada: That's not quite how I would put it. I think that nobody in a town without a tide cares about this.

Kofi: I expect that the insurers will refuse to cover wooden gates anyway.
"""


def test_a_turn_that_objects_answers_what_was_said_in_the_one_before(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    kb("add", tmp_path / "talk.txt", "--no-embed", "--as", "transcript")
    talk = kb("list", "--json").json["sources"][0]["id"]
    found = kb("critiques", talk, "--json").json["critiques"]
    first = next(one for one in found if one["critique"]["quote"].startswith("I believe that the sluice"))
    last = next(one for one in found if one is not first)
    assert first["target"]["quote"].startswith("I think that tide mills")
    assert first["answered"]
    assert first["replies"][0]["statement"]["quote"].startswith("I think that nobody in a town")
    assert (last["target"]["kind"], last["answered"], last["candidates"]) == ("passage", False, 1)
    shown = kb("critiques", talk, "--unanswered").out
    assert "no reply recorded; 1 statement may be one" in shown
    assert "sluice of a mill pays" not in shown.split("turn ")[0]
    drawn = kb("map", talk, "--json").json
    assert {"passage", "critique"} <= {node["kind"] for node in drawn["nodes"]}
    assert first["critique"]["id"] in {node["id"] for node in drawn["nodes"]}
    around = kb("map", first["critique"]["id"], "--depth", "1", "--json").json
    assert last["critique"]["id"] in {node["id"] for node in around["nodes"]}  # said of the turn that it stands in


def test_an_empty_answer_is_no_error(kb: Kb) -> None:
    ran = kb("critiques")
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (0, "", "no critique recorded")
    assert kb("critiques", "--json").json["critiques"] == []


def test_a_reference_to_nothing_is_not_found(kb: Kb, mills: list[str]) -> None:
    assert mills
    assert kb("critiques", "c0000zz", "--json").code == 3
    assert kb("critiques", "").code == 2


def test_answers_numbered_as_the_weaknesses_are_answer_them(kb: Kb, tmp_path: Path) -> None:
    note = tmp_path / "review.md"
    note.write_text(
        "# Review of the paper on eels\n\n## Weaknesses\n\n1. The sample is too small to tell anything about rivers.\n"
        "2. The baselines are out of date.\n3. The cost is never reported.\n\n## Author response\n\n"
        "1. Our sample covers three hundred rivers in nine countries.\n"
        "2. We compare with the strongest method published last year.\n3. Table 4 lists the cost of each run.\n"
    )
    kb("add", str(note))
    found = {one["critique"]["text"]: one for one in kb("critiques", "--json").json["critiques"]}
    assert found["The baselines are out of date."]["answered"]
    (reply,) = found["The baselines are out of date."]["replies"]
    assert reply["link"]["relation"] == "related"
    assert "for or against not told" in kb("critiques").out
    open_ones = kb("critiques", "--unanswered", "--json").json["critiques"]
    assert "The baselines are out of date." not in {one["critique"]["text"] for one in open_ones}


def test_a_turn_by_its_id_is_read_where_a_statement_is(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    kb("add", tmp_path / "talk.txt", "--no-embed", "--as", "transcript")
    found = kb("critiques", "--json").json["critiques"]
    last = next(one for one in found if one["target"]["kind"] == "passage")
    turn = last["target"]["id"]
    assert last["critique"]["id"] in {
        one["critique"]["id"] for one in kb("critiques", turn, "--json").json["critiques"]
    }
    assert last["link"]["id"] in {one["id"] for one in kb("links", turn, "--json").json["links"]}
    assert {turn, last["critique"]["id"]} <= {node["id"] for node in kb("map", turn, "--json").json["nodes"]}
    assert [kb(verb, "p2222222222").code for verb in ("map", "critiques", "links")] == [3, 3, 3]
