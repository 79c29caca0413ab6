"""`kb propose` end to end: a judge behind a loopback server, or a tiny model in a folder."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kb.store import embeddings, judgements, meta
from kb.store.open import open_reader, open_store
from kb.suggest.judges import pairs
from tests.conftest import Kb
from tests.importers.web.web_server import Server, answer_json, busy, serve
from tests.kb.review.review_texts import (
    BATTERY,
    BOATS,
    COUNT,
    LAMP,
    RECEIVER,
    propose,
    source_id,
    status,
    suggest,
    two_texts,
)
from tests.kb.suggest.judges.playing import PATH, Data, model, said
from tests.kb.suggest.judges.tiny_nli import tiny
from tests.vault_homes import sql

TRIED = 24
"""Calls that try the signs of a model: six answers, two claims, both orders."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


@pytest.fixture
def points(home: Path) -> dict[str, str]:
    """Ids by quote, and `related` links between the two texts."""
    kinds = {BATTERY: "critique", RECEIVER: "claim", LAMP: "claim", BOATS: "claim"}
    ids = {quote: suggest(home, quote, kind) for quote, kind in kinds.items()}
    propose(home, ids[BATTERY], "related", ids[RECEIVER], rule="nearest", basis="embedding", score=0.8)
    propose(home, ids[BOATS], "related", ids[LAMP], rule="nearest", basis="embedding", score=0.7)
    return ids


def _knows(data: Data) -> dict[str, object]:
    """A model that knows one attack and cannot tell of the rest."""
    sent = {letter: data[letter]["text"] for letter in ("A", "B")}
    if set(sent.values()) != {BATTERY, RECEIVER}:
        return {"relation": "cannot_tell", "span_a": "", "span_b": "", "confidence": 0.5}
    attacker = "a" if sent["A"] == BATTERY else "b"
    spans = {"A" if attacker == "a" else "B": "when its battery does", "B" if attacker == "a" else "A": RECEIVER}
    other = "b" if attacker == "a" else "a"
    relation = f"{attacker}_attacks_{other}"
    return {"relation": relation, "span_a": spans["A"], "span_b": spans["B"], "confidence": 0.77}


@pytest.fixture
def asked(home: Path, kb: Kb) -> Callable[[Server], Any]:
    def set_up(server: Server) -> None:
        kb("config", "judge.llm.url", server.url("/v1"), home=home)
        kb("config", "judge.llm.model", "small", home=home)

    return set_up


def test_an_endpoint_proposes_a_link_with_its_evidence_and_is_asked_once(
    home: Path, kb: Kb, points: dict[str, str], asked: Callable[[Server], None]
) -> None:
    with serve({PATH: model(_knows)}) as server:
        asked(server)
        ran = kb("propose", "--yes", "--json", home=home)
        assert ran.code == 0, ran.err
        found = ran.json
        assert server.count(PATH) == TRIED + 4
        again = kb("propose", "--yes", "--json", home=home).json
        assert server.count(PATH) == TRIED + 4
    assert (found["judge"], found["pairs"], found["new"], found["none"]) == ("llm small", 2, 2, 1)
    assert (found["trials"], found["unsigned"], again["trials"]) == (12, False, 0)
    assert (found["tokens_in"], found["tokens_out"]) == (28 * 300, 28 * 40)
    [link] = found["links"]
    assert (link["from"], link["relation"], link["to"]) == (points[BATTERY], "attacks", points[RECEIVER])
    assert (link["basis"], link["rule"], link["status"], link["score"]) == ("llm", "llm small", "suggested", 0.77)
    evidence = link["evidence"]
    text = kb("show", evidence["source"], "--json", home=home).json["text"]
    assert text[evidence["start"] : evidence["end"]] == evidence["quote"] == "when its battery does"
    # the pair has a signed link now; the other is known to have none
    assert (again["pairs"], again["new"], again["links"], again["none"]) == (1, 0, [], 1)
    assert kb("check", home=home).code == 0


@pytest.mark.usefixtures("points")
def test_what_it_costs_is_said_first_and_nothing_is_sent_without_consent(
    home: Path, kb: Kb, asked: Callable[[Server], None]
) -> None:
    with serve({PATH: model(_knows)}) as server:
        asked(server)
        kb("config", "judge.llm.price_in", "3", home=home)
        dry = kb("propose", "--dry-run", "--json", home=home).json
        assert (dry["pairs"], dry["trials"], dry["estimate"]["calls"]) == (2, 12, TRIED + 4)
        assert dry["estimate"]["price"] == pytest.approx(dry["estimate"]["tokens_in"] * 3 / 1e6)
        unasked = kb("propose", home=home)
        assert unasked.code == 2
        assert "28 calls to small at 127.0.0.1" in unasked.err
        assert "by your prices" in unasked.err
        assert server.requests == []
        assert kb("propose", "-n", "1", "--yes", home=home).code == 0
        assert server.count(PATH) == TRIED + 2


class _Person(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("points")
def test_on_a_terminal_the_person_is_asked(
    home: Path, kb: Kb, asked: Callable[[Server], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({PATH: model(_knows)}) as server:
        asked(server)
        for answer, calls in (("n\n", 0), ("y\n", TRIED + 4)):
            monkeypatch.setattr("sys.stdin", _Person(answer))
            ran = kb("propose", home=home)
            assert (ran.code, server.count(PATH)) == (0, calls)
            assert ("nothing was sent" in ran.err) == (calls == 0)


@pytest.mark.usefixtures("points")
@pytest.mark.parametrize(
    "content",
    [
        "A attacks B, clearly.",
        '{"relation": "a_attacks_b", "span_a": "words of my own", "span_b": "more of them, too", "confidence": 1}',
        '{"relation": "a_attacks_b", "span_a": "The rec',
        '{"relation": "delete everything"}',
    ],
)
def test_what_a_judge_makes_up_is_refused_counted_and_not_asked_again(
    home: Path, kb: Kb, asked: Callable[[Server], None], content: str
) -> None:
    garbage = answer_json({"choices": [{"message": {"content": content}, "finish_reason": "length"}]})
    with serve({PATH: garbage}) as server:
        asked(server)
        for _ in range(2):
            found = kb("propose", "--yes", "--json", home=home).json
            assert found["links"] == []
            assert sum(found["refused"].values()) == 2
        assert server.count(PATH) == TRIED + 4
    assert sql(home, "SELECT count(*) FROM link WHERE basis = 'llm'") == [(0,)]


@pytest.mark.usefixtures("points")
def test_a_judge_that_fails_half_way_keeps_what_it_answered(
    home: Path, kb: Kb, asked: Callable[[Server], None]
) -> None:
    first = said({"relation": "none", "span_a": "", "span_b": "", "confidence": 1})
    with serve({PATH: [*[first] * (TRIED + 2), busy(retry_after="9999"), first]}) as server:
        asked(server)
        ran = kb("propose", "--yes", "--json", home=home)
        assert (ran.code, "kept" in ran.json["error"]["hint"]) == (1, True)
        with open_reader(home) as store:
            assert judgements.count(store) == TRIED // 2 + 1
        again = kb("propose", "--yes", "--json", home=home).json
        assert (again["new"], again["trials"]) == (1, 0)


@pytest.mark.usefixtures("points")
def test_decisions_stand_against_a_judge(home: Path, kb: Kb, asked: Callable[[Server], None]) -> None:
    """What was rejected is not proposed again, though its answer is at hand and its row is gone."""
    with serve({PATH: model(_knows)}) as server:
        asked(server)
        [link] = kb("propose", "--yes", "--json", home=home).json["links"]
        kb("reject", link["id"], home=home)
        again = kb("propose", "--yes", "--json", home=home).json
        assert (again["pairs"], again["links"]) == (1, [])
        sql(home, "DELETE FROM link WHERE id = ?", link["id"])
        last = kb("propose", "--yes", "--json", home=home).json
        assert (last["pairs"], last["links"], last["known"]) == (2, [], 1)
        assert server.count(PATH) == TRIED + 4
    assert status(home, link["id"]) == ""


def test_a_model_in_a_folder_proposes_conflicts(home: Path, kb: Kb, points: dict[str, str], tmp_path: Path) -> None:
    kb("config", "judge.nli", str(tiny(tmp_path / "tiny", "contradiction")), home=home)
    ran = kb("propose", "--json", home=home)
    assert ran.code == 0, ran.err
    found = {(link["from"], link["relation"], link["to"]) for link in ran.json["links"]}
    assert (points[BATTERY], "attacks", points[RECEIVER]) in found  # the critique attacks
    assert len(found) == 2
    assert {(link["basis"], link["rule"]) for link in ran.json["links"]} == {("nli", "nli tiny")}
    assert kb("propose", "--judge", "nli", "--json", home=home).json["links"] == []


def test_what_a_model_takes_for_the_same_is_checked_for_a_not(home: Path, kb: Kb, tmp_path: Path) -> None:
    one = suggest(home, RECEIVER, text="A lamp depends on the ship.")
    same = suggest(home, BATTERY, text="A lamp depends on the ship!")
    negated = suggest(home, LAMP, text="A lamp does not depend on the ship.")
    for other in (same, negated):
        propose(home, one, "related", other, rule="nearest", basis="embedding", score=0.9)
    kb("config", "judge.nli", str(tiny(tmp_path / "tiny", "entailment")), home=home)
    found = kb("propose", "--json", home=home).json
    assert [(link["relation"], {link["from"], link["to"]}) for link in found["links"]] == [("restates", {one, same})]
    assert [why.startswith("perhaps not the same") for why in found["refused"]] == [True]


@pytest.mark.parametrize(
    ("settings", "arguments", "words"),
    [
        ({}, (), "no judge is set up"),
        ({}, ("--judge", "nli"), "judge.nli is not set"),
        ({"judge.llm.url": "http://localhost:1"}, ("--judge", "llm"), "not both set"),
        ({"judge.llm.url": "nowhere", "judge.llm.model": "m"}, (), "cannot be 'nowhere'"),
        ({"judge.llm.url": "http://localhost:1", "judge.llm.model": "m", "judge.nli": "x"}, (), "two judges"),
        ({}, ("--judge", "oracle"), "oracle"),
    ],
)
def test_a_judge_that_is_not_set_up_is_a_usage_error(
    home: Path, kb: Kb, settings: dict[str, str], arguments: tuple[str, ...], words: str
) -> None:
    for name, value in settings.items():
        kb("config", name, value, home=home)
    ran = kb("propose", *arguments, home=home)
    assert (ran.code, words in ran.err) == (2, True)


def _candidates(home: Path, about: str | None = None) -> list[set[str]]:
    with open_reader(home) as store:
        return [{pair.a.id, pair.b.id} for pair in pairs.candidates(store, about)]


def test_pairs_are_the_related_ones_that_are_not_settled_nearest_first(home: Path, points: dict[str, str]) -> None:
    far, near = {points[BOATS], points[LAMP]}, {points[BATTERY], points[RECEIVER]}
    assert _candidates(home) == [near, far]
    assert _candidates(home, points[BOATS]) == [far]
    assert _candidates(home, source_id(home, "On lamps")) == [near, far]
    sql(home, "UPDATE statement SET confidence = 0.3 WHERE id = ?", points[LAMP])
    with open_reader(home) as store:
        assert [pair.score for pair in pairs.candidates(store, least=0.5)] == [0.8]
    propose(home, points[RECEIVER], "supports", points[BATTERY])
    assert _candidates(home) == [far]
    propose(home, points[BOATS], "attacks", points[LAMP], status="rejected")
    assert _candidates(home) == []


def _embed(home: Path, vectors: dict[str, list[float]]) -> None:
    """Vectors by statement, as an embedding model would have made them."""
    matrix = np.array(list(vectors.values()), dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    hashes = [row[0] for name in vectors for row in sql(home, "SELECT content_hash FROM statement WHERE id = ?", name)]
    with open_store(home) as store, store.transaction():
        embeddings.insert(store, "a model", hashes, matrix)
        meta.put(store, meta.MODEL, "a model")
        meta.bump_generation(store)


def test_a_critique_without_a_target_is_paired_with_what_is_near_it(home: Path) -> None:
    critique = suggest(home, "I would keep the lamps.", "critique")
    near, far, same_text = suggest(home, RECEIVER), suggest(home, BOATS), suggest(home, COUNT)
    assert _candidates(home) == []  # nothing is embedded
    _embed(home, {critique: [1, 0, 0], near: [1, 1, 0], far: [0.2, 0, 1], same_text: [1, 0, 0.1]})
    assert _candidates(home) == [{critique, near}]
    propose(home, critique, "attacks", same_text)
    assert _candidates(home) == []
