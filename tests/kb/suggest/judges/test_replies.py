"""Which candidate a reply answers: only what is said in both orders, with words that stand in the reply."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.model.link import new_link
from kb.store import link_writing, statements
from kb.store.open import Store, now, open_store
from kb.suggest.judges import Drawn, Refused, Side
from kb.suggest.judges.chat import Chat
from kb.suggest.judges.model import Model
from kb.suggest.judges.replies import WORK, Reply, items
from tests.vault_homes import add, sql


def _side(name: str, text: str, speaker: str = "Bo") -> Side:
    return Side(name, "claim", text, text, "s1", 100, "T", speaker)


ANSWER = _side("ca", "I doubt it, because the mills stood still all summer.", "Ada")
THREE = (_side("c1", "Mills pay."), _side("c2", "Mills run all year."), _side("c3", "Gates last."))
ITEM = Reply(ANSWER, ANSWER.text, THREE)
JUDGE = Model(WORK, Chat("http://localhost:1/v1", "small"))


def _read(first: dict[str, Any], second: dict[str, Any]) -> Any:
    good = {"number": 2, "stance": "attacks", "words": "the mills stood still", "confidence": 0.8}
    return JUDGE.suggestions(ITEM, {"said": [{"text": json.dumps(good | one)} for one in (first, second)]})


def test_the_same_candidate_in_both_orders_gives_a_link_with_its_evidence() -> None:
    (found,) = _read({"number": 1}, {"number": 3, "confidence": 0.6})
    place = 100 + ANSWER.quote.index("the mills")
    assert found == Drawn("ca", "attacks", "c1", 0.6, "s1", place, "the mills stood still")
    assert _read({"number": 1}, {"number": 1}) == Refused("two answers that differ")
    assert _read({"number": 0}, {}) == Refused("two answers that differ")
    assert _read({"number": 0, "stance": ""}, {"number": 0}) == []


def test_a_stance_that_turns_with_the_order_gives_no_sign() -> None:
    (found,) = _read({"stance": "supports"}, {"stance": "attacks"})
    assert (found.relation, found.to_id) == ("related", "c2")
    (found,) = _read({"stance": "neither"}, {"stance": "neither"})
    assert found.relation == "related"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"number": 4}, "no number that was asked for"),
        ({"number": -1}, "no number that was asked for"),
        ({"number": "2"}, "no number that was asked for"),
        ({"number": True}, "no number that was asked for"),
        ({"stance": "refutes"}, "no stance that was asked for"),
        ({"stance": ["attacks"]}, "no stance that was asked for"),
        ({"words": "the mills turned"}, "words that are not in the text"),
        ({"words": ""}, "words that are not in the text"),
        ({"words": None}, "words that are not in the text"),
        ({"words": "mills stood"}, "too few words as evidence"),
        ({"confidence": 2}, "no confidence between 0 and 1"),
    ],
)
def test_an_answer_with_a_fault_is_refused_whichever_it_is(given: dict[str, Any], why: str) -> None:
    assert _read(given, {}) == _read({}, given) == Refused(why)


def test_the_candidates_are_sent_in_both_orders_with_their_speakers() -> None:
    first, second = json.loads(JUDGE.question(ITEM))[2]
    one, other = (json.loads(asked[1]["content"])["candidates"] for asked in (first, second))
    assert one == {"1": "Bo: Mills pay.", "2": "Bo: Mills run all year.", "3": "Bo: Gates last."}
    assert list(other.values()) == list(one.values())[::-1]


# What is asked

DEBATE = """Ada: I think that tide mills should be built in every small harbour of the coast.

Bo: I doubt that tide mills can ever be worth their price in a small harbour.

Ada: I believe that wooden gates will last for sixty years in brackish water.

Bo: I think that the price of wooden gates is too high for a small harbour.
"""


@pytest.fixture
def debate(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "debate.txt").write_text(DEBATE)
    add(tmp_path / "home", tmp_path / "debate.txt")
    sql(tmp_path / "home", "DELETE FROM link")
    with open_store(tmp_path / "home") as store:
        yield store


def test_a_turn_is_asked_about_with_the_turns_of_others_before_it(debate: Store) -> None:
    texts = {one.id: one.text for one in statements.chosen(debate)}
    asked = {
        texts[one.answer.id]: [texts.get(side.id, side.id[0]) for side in one.candidates]
        for one in items(debate, None, 0.0)
    }
    ada, bo, gates, price = texts.values()
    assert asked == {bo: [ada, "p"], gates: [bo, "p"], price: [gates, ada, "p"]}  # the turn before as a whole, too
    assert next(one.answer.kind for one in items(debate, None, 0.0)) == "critique"
    (alone,) = items(debate, next(name for name, text in texts.items() if text == bo), 0.0)
    assert alone.answer.text == bo
    assert items(debate, None, 2.0) == []


def test_a_turn_that_is_answered_is_still_asked_about_for_its_statements(debate: Store) -> None:
    asked = next(one for one in items(debate, None, 0.0) if one.answer.text.startswith("I doubt"))
    signed = [new_link(asked.answer.id, "attacks", side.id, now()) for side in asked.candidates]
    with debate.transaction():
        link_writing.insert(debate, signed[1:])
    assert asked in items(debate, None, 0.0)
    with debate.transaction():
        link_writing.insert(debate, signed[:1])
    assert asked not in items(debate, None, 0.0)


def test_a_comment_is_asked_about_with_what_its_post_says_and_a_section_with_its_heading(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(
        "# Mills\n\n## Tide mills are doomed to fail\n\nI think that the gates of such mills rot within ten years.\n"
    )
    home = tmp_path / "home"
    add(home, tmp_path / "post.md")
    sql(home, "DELETE FROM link")
    with open_store(home) as store:
        (asked,) = items(store, None, 0.0)
        assert (asked.answer.text[:7], asked.candidates[0].text) == ("I think", "Tide mills are doomed to fail")
        (post,) = sql(home, "SELECT id, rowid FROM source")
    (tmp_path / "comment.md").write_text("I doubt that tide mills can ever be worth their price in a small harbour.\n")
    add(home, tmp_path / "comment.md")
    sql(home, "UPDATE source SET parent = ? WHERE title NOT LIKE 'Mills'", post[0])
    with open_store(home) as store:
        asked = items(store, None, 0.0)[0]
        assert asked.answer.text.startswith("I doubt")
        assert {side.source for side in asked.candidates} == {post[0]}
        assert asked.candidates[-1].id == post[0]  # the post as a whole
