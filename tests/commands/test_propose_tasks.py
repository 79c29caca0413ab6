"""`kb propose --task …`: a language model behind a loopback server, and what a person makes of what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.conftest import Kb
from tests.importers.web.web_server import Server, busy, serve
from tests.kb.suggest.judges.playing import PATH, Data, Says, model, said
from tests.vault_homes import sql

DEBATE = """Ada: I think that tide mills should be built in every small harbour of the coast.

Bo: I doubt that tide mills can ever be worth their price in a small harbour.

Ada: I believe that wooden gates will last for sixty years in brackish water.

Bo: I think that the price of wooden gates is too high for a small harbour.
"""
POST = """---
author: Ada Brandt
---
# On dams

Mia Lund comments on my last post.

I think that the dam has stopped the floods of the lower town for good.

This is not quite right: the river rose twice in May.
"""
Plays = Callable[..., AbstractContextManager[Server]]


@pytest.fixture
def plays(kb: Kb) -> Plays:
    @contextmanager
    def start(says: Says, *, sees: bool = True) -> Iterator[Server]:
        with serve({PATH: model(says, sees=sees)}) as server:
            kb("config", "judge.llm.url", server.url("/v1"))
            kb("config", "judge.llm.model", "small")
            yield server

    return start


@pytest.fixture
def debate(kb: Kb, tmp_path: Path) -> dict[str, str]:
    """Ids of the statements of a debate, by their texts and in their order; nothing is linked."""
    (tmp_path / "debate.txt").write_text(DEBATE)
    kb("add", tmp_path / "debate.txt", "--no-embed")
    sql(tmp_path / "home", "DELETE FROM link")
    sql(tmp_path / "home", "UPDATE statement SET confidence = 0.9")
    return {one["text"]: one["id"] for one in kb("statements", "--json").json["statements"]}


def _answers(data: Data) -> dict[str, object]:
    """The doubt attacks what was said before it; nothing else answers anything."""
    if not data["answer"].startswith("I doubt"):
        return {"number": 0, "stance": "neither", "words": "", "confidence": 1}
    number = next(
        number
        for number, words in data["candidates"].items()
        if "should be built" in words and "as a whole" not in words
    )
    return {"number": int(number), "stance": "attacks", "words": "can ever be worth their price", "confidence": 0.8}


def test_a_reply_becomes_a_suggested_link_with_a_precision_of_its_own(
    kb: Kb, debate: dict[str, str], plays: Plays
) -> None:
    with plays(_answers) as server:
        dry = kb("propose", "--task", "replies", "--dry-run", "--json").json
        assert (dry["replies"], dry["new"], dry["trials"], dry["estimate"]["calls"]) == (3, 3, 12, 30)
        assert server.requests == []
        ran = kb("propose", "--task", "replies", "--yes", "--json")
        assert ran.code == 0, ran.err
        (link,) = ran.json["links"]
        calls = len(server.requests)
        again = kb("propose", "--task", "replies", "--yes", "--json").json
        assert (calls, len(server.requests), again["new"]) == (30, 30, 0)
    claim, doubt, *_ = debate.values()
    assert (link["from"], link["relation"], link["to"]) == (doubt, "attacks", claim)
    assert (link["basis"], link["rule"], link["status"]) == ("llm", "llm small: replies", "suggested")
    assert link["evidence"]["quote"] == "can ever be worth their price"
    kb("accept", link["id"])
    rules = kb("stats", "--json").json["calibration"]["rules"]
    assert [(one["rule"], one["right"], one["decided"]) for one in rules] == [("llm small: replies", 1, 1)]
    assert kb("check").code == 0


@pytest.mark.usefixtures("debate")
def test_a_model_that_does_not_see_a_not_draws_links_without_a_sign_and_kb_says_so(kb: Kb, plays: Plays) -> None:
    with plays(_answers, sees=False):
        ran = kb("propose", "--task", "replies", "--yes", "--json")
    assert ran.json["unsigned"] is True
    assert [link["relation"] for link in ran.json["links"]] == ["related"]
    assert "its links have no sign" in ran.err


@pytest.mark.usefixtures("debate")
def test_a_model_that_fails_while_it_is_tried_draws_nothing_signed(kb: Kb) -> None:
    with serve({PATH: [said("no"), busy(retry_after="9999")]}) as server:
        kb("config", "judge.llm.url", server.url("/v1"))
        kb("config", "judge.llm.model", "small")
        ran = kb("propose", "--task", "replies", "--yes")
        assert (ran.code, "kept" in ran.err) == (1, True)
    assert kb("links", "--json").json["links"] == []
    with serve({PATH: model(_answers)}) as server:
        kb("config", "judge.llm.url", server.url("/v1"))
        (link,) = kb("propose", "--task", "replies", "--yes", "--json").json["links"]
    assert link["relation"] == "attacks"  # it was tried again, and passed


def test_a_speaker_is_proposed_and_taken_over_when_it_is_accepted(kb: Kb, tmp_path: Path, plays: Plays) -> None:
    (tmp_path / "post.md").write_text(POST)
    kb("add", tmp_path / "post.md", "--no-embed")
    sql(tmp_path / "home", "UPDATE statement SET confidence = 0.9")
    said_by = {"begins": "I think that", "ends": "for good.", "speaker": "Mia Lund", "confidence": 0.7}

    def speaker() -> str:
        (found,) = (s for s in kb("statements", "--json").json["statements"] if s["text"].startswith("I think"))
        return str(found["mentions"][0]["speaker"])

    with plays(lambda _: {"spans": [said_by, said_by | {"speaker": "Nobody Here"}][:1]}) as server:
        (told,) = kb("propose", "--task", "speakers", "--yes", "--json").json["proposals"]
        assert len(server.requests) == 2  # no signs, no trial
    assert (told["field"], told["value"], told["rule"]) == ("speaker", "Mia Lund", "llm small: speakers")
    assert speaker() == "Ada Brandt"
    assert kb("review", "proposals", "--json").json["waiting"] == 1
    assert kb("accept", told["id"], "--json").json["proposals"][0]["status"] == "accepted"
    assert speaker() == "Mia Lund"
    kb("edit", "On dams", "--tag", "x")
    kb("add", tmp_path / "post.md", "--no-embed")
    assert speaker() == "Mia Lund"
    figures = kb("stats", "--json").json["calibration"]["bases"]
    assert ("proposal", "llm", 1) in {(one["table"], one["basis"], one["right"]) for one in figures}
    kb("reject", told["id"])
    assert speaker() == "Ada Brandt"
    for _ in range(3):
        kb("undo")
    assert speaker() == "Ada Brandt"
    assert kb("review", "proposals", "--json").json["waiting"] == 1
    assert kb("accept", "g000000000").code == 3
    assert kb("check").code == 0


def test_a_gloss_stands_beside_the_statement_until_it_is_rejected(kb: Kb, tmp_path: Path, plays: Plays) -> None:
    (tmp_path / "mills.md").write_text(
        "# On mills\n\nThe rule of Brandt says that mills with gates earn more.\n\n"
        "I doubt that tide mills can ever be worth their price in a small harbour.\n"
    )
    kb("add", tmp_path / "mills.md", "--no-embed")
    home = tmp_path / "home"
    quote = "The rule of Brandt says that mills with gates earn more."
    sql(home, "UPDATE statement SET confidence = 0.9")
    sql(home, "UPDATE mention SET context_quote = ?, context_start = 12", quote)
    gloss = "I doubt that tide mills with gates can ever be worth their price in a small harbour."
    with plays(lambda data: {"gloss": gloss if data["before"] == quote else "", "confidence": 0.9}):
        ran = kb("propose", "--task", "glosses", "--yes", "--json")
    (told,) = ran.json["proposals"]
    shown = kb("statements").out
    assert "≈ I doubt that tide mills with gates" in shown
    assert "(llm small: glosses)" in " ".join(shown.split())
    _, statement = kb("statements", "--json").json["statements"]
    assert statement["gloss"] == {"text": gloss, "by": "llm small: glosses", "status": "suggested"}
    assert statement["text"] == "I doubt that tide mills can ever be worth their price in a small harbour."
    kb("reject", told["id"])
    assert "gloss" not in kb("statements", "--json").json["statements"][1]


def test_a_cross_encoder_does_pairs_only(kb: Kb, debate: dict[str, str]) -> None:
    assert debate
    kb("config", "judge.nli", "somewhere")
    ran = kb("propose", "--task", "replies", "--judge", "nli")
    assert (ran.code, "pairs only" in ran.err) == (2, True)


def test_an_issue_is_called_by_a_title_once_it_is_accepted(
    kb: Kb, mills: list[str], birds: list[str], plays: Plays
) -> None:
    doubt, other = mills[1], birds[len(mills) + 1]
    kb("link", doubt, "related", other)
    (before,) = kb("issues", "--json").json["issues"]
    title = "Tide mills can be worth their price in a small harbour."
    with plays(lambda _: {"title": title, "confidence": 0.8}) as server:
        (told,) = kb("propose", "--task", "titles", "--yes", "--json").json["proposals"]
        assert len(server.requests) == 2
    assert (told["target"], told["field"], told["rule"]) == (before["id"], "title", "llm small: titles")
    (issue,) = kb("issues", "--json").json["issues"]
    assert (issue["title"], issue["gloss"]["text"]) == (before["title"], title)
    assert "≈ Tide mills can be worth" in kb("issues").out
    kb("accept", told["id"])
    (issue,) = kb("issues", "--json").json["issues"]
    assert (issue["title"], "gloss" in issue) == (title, False)
    kb("reject", told["id"])
    assert kb("issues", "--json").json["issues"] == [before]
