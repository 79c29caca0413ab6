"""An issue's title is a claim in the words of its statements."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.store.open import open_reader
from kb.suggest.judges import Refused, Told
from kb.suggest.judges.chat import Chat
from kb.suggest.judges.model import Model
from kb.suggest.judges.titles import WORK, Discussed, items
from tests.kb.review.review_texts import BATTERY, RECEIVER, suggest, two_texts

ISSUE = Discussed("i1", ("Tide mills pay for themselves.", "I doubt that mills on the tide ever pay.", "Gates rot."))
JUDGE = Model(WORK, Chat("http://localhost:1/v1", "small"))


def _read(first: Any, second: Any) -> Any:
    said = [{"text": json.dumps({"title": one, "confidence": 0.7})} for one in (first, second)]
    return JUDGE.suggestions(ISSUE, {"said": said})


def test_a_title_in_the_words_of_the_statements_is_told() -> None:
    assert _read("Tide mills pay", "Mills on the tide pay") == [Told("i1", "title", "Tide mills pay", 0.7)]
    assert _read("Tide mills pay", "Gates rot") == Refused("two answers that differ")
    assert _read("Tide mills pay", "I doubt tide mills pay") == Refused("two answers that differ")


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Windmills pay", "a title with words of its own"),
        ("This pays", "a title that is too long, or leans on something"),
        ("Tide mills pay " * 10, "a title that is too long, or leans on something"),
        ("", "no title"),
        (None, "no title"),
    ],
)
def test_a_title_with_a_fault_is_refused(title: Any, why: str) -> None:
    assert _read(title, "Tide mills pay") == Refused(why)


def test_issues_are_asked_about_by_the_words_of_their_statements(tmp_path: Path) -> None:
    home = two_texts(tmp_path)
    names = [suggest(home, BATTERY), suggest(home, RECEIVER)]
    with open_reader(home) as store:
        assert items(store, [("i1", names), ("i2", ["cnothere"])]) == [Discussed("i1", (BATTERY, RECEIVER))]
