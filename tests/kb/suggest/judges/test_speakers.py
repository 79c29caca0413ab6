"""Whose words a span is: only spans that stand in the text, of people named in it, seen both times."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importers.cutting import cut
from kb.sources import editing
from kb.sources.editing import Wish
from kb.store.open import open_reader, open_store
from kb.suggest.judges import Refused, Told
from kb.suggest.judges.chat import Chat
from kb.suggest.judges.model import Model
from kb.suggest.judges.speakers import WORK, Line, Part, items
from tests.vault_homes import add

TEXT = """Mia Lund comments on my last post.

The dam stopped the floods for good. It paid for itself in a year.

This is not quite right: the river rose twice in May.
"""
QUOTED = (TEXT.index("The dam"), TEXT.index("for good.") + 9)
PART = Part(TEXT, "On dams", ("Ada Brandt",), ("Mia Lund", "May"), (Line("c1", *QUOTED, "Ada Brandt"),), TEXT)
JUDGE = Model(WORK, Chat("http://localhost:1/v1", "small"))
SPAN = {"begins": "The dam stopped", "ends": "in a year.", "speaker": "Mia Lund", "confidence": 0.8}


def _read(first: Any, second: Any) -> Any:
    return JUDGE.suggestions(PART, {"said": [{"text": json.dumps({"spans": one})} for one in (first, second)]})


def test_a_statement_in_spans_of_one_speaker_is_said_to_be_theirs() -> None:
    assert _read([SPAN], [SPAN | {"confidence": 0.6}]) == [Told("c1", "speaker", "Mia Lund", 0.6)]
    unknown = SPAN | {"speaker": ""}
    assert _read([unknown], [unknown]) == [Told("c1", "speaker", "", 0.8)]


@pytest.mark.parametrize(
    "given",
    [
        {"speaker": "Mia Bergman"},  # stands nowhere
        {"speaker": "Mia Lun"},  # half a name
        {"speaker": "Ada Brandt"},  # an author needs no span
        {"speaker": "May"},
        {"speaker": "This"},
        {"speaker": 3},
        {"begins": "The dam ended"},
        {"begins": "the dam stopped"},
        {"begins": ""},
        {"begins": "r"},  # stands there more than once
        {"ends": "in two years."},
        {"ends": "Mia Lund"},  # before the beginning
        {"ends": "The dam stopped the floods"},  # the statement goes on behind it
        {"confidence": "high"},
        {"begins": "This is not", "ends": "in May."},  # another span
    ],
)
def test_a_span_with_a_fault_says_nothing(given: dict[str, Any]) -> None:
    assert _read([SPAN | given], [SPAN | given]) == []
    assert _read([SPAN], [SPAN | given]) == _read([SPAN], []) == []


def test_two_speakers_for_one_statement_are_none() -> None:
    both = [SPAN, SPAN | {"speaker": ""}]
    assert _read(both, both) == []


@pytest.mark.parametrize("answer", [{"spans": "none"}, {}, {"spans": None}])
def test_what_is_no_list_of_spans_is_refused(answer: dict[str, Any]) -> None:
    text = {"text": json.dumps(answer)}
    assert JUDGE.suggestions(PART, {"said": [text, text]}) == Refused("no list of spans")


def test_what_is_odd_in_a_list_is_passed_over() -> None:
    assert _read([SPAN, "x", None, []], [SPAN]) == [Told("c1", "speaker", "Mia Lund", 0.8)]


def test_parts_are_asked_about_in_which_somebody_may_be_quoted(tmp_path: Path) -> None:
    home = tmp_path / "home"
    head = "---\nauthor: Ada Brandt\n---\n# On dams\n\nI think that dams are worth it.\n\n"
    (tmp_path / "a.md").write_text(head + TEXT)
    (tmp_path / "b.md").write_text("# Alone\n\nI think that tide mills should be built in every small harbour.\n")
    add(home, tmp_path / "a.md", tmp_path / "b.md")
    with open_reader(home) as store:
        (part,) = items(store, None, 0.0)
    _edit_speaker(home, part.lines[0].id)
    with open_reader(home) as store:
        left = {line.id for one in items(store, None, 0.0) for line in one.lines}
    assert left == {line.id for line in part.lines[1:]}
    assert part.names[:1] == ("Mia Lund",)
    assert part.authors == ("Ada Brandt",)
    assert next(part.text[line.start : line.end] for line in part.lines).startswith("I think that dams")


def _edit_speaker(home: Path, name: str) -> None:
    with open_store(home) as store:
        editing.edit(store, [name], Wish(speaker="Bo Lee"), cut)
