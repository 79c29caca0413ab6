"""Whatever a file holds, a discussion is read or refused with words; and each post comes after what it answers."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import importers
from importers.base import Input
from importers.discussions.values import moment, objects
from kb.errors import KbError
from tests.importers.importer_checks import check

SAMPLES = Path(__file__).parents[3] / "docs/samples"
FORMS = {
    "openreview": "openreview",
    "github": "github-issue",
    "discourse": "discourse-topic",
    "hackernews": "hacker-news",
}
_ODD = (None, True, -1, 10**30, 1.5, "", "x", [], {}, [None], [[]], {"value": None}, "https://[", "9" * 50)


def _changed(value: object, chance: random.Random) -> object:
    """The same JSON with some values of another kind, some fields gone and some lists doubled."""
    if chance.random() < 0.06:
        return chance.choice(_ODD)
    if isinstance(value, dict):
        return {name: _changed(inner, chance) for name, inner in value.items() if chance.random() > 0.03}
    if isinstance(value, list):
        return [_changed(inner, chance) for inner in (value + value if chance.random() < 0.1 else value)]
    return value


@pytest.mark.parametrize("name", FORMS)
def test_odd_values_are_read_over_or_refused(name: str) -> None:
    importer = importers.importer(name)
    whole = json.loads((SAMPLES / f"{FORMS[name]}.json").read_text(encoding="utf-8"))
    chance, read = random.Random(name), 0
    for _ in range(60):
        text = json.dumps(_changed(whole, chance))
        source = Input(text, "x.json", "x.json", text.encode())
        importer.sniff(source)
        try:
            documents = importer.read(source)
        except KbError:
            continue
        read += 1
        seen: set[str | None] = set()
        for document in documents:
            check(importer, document)
            seen.add(document.url)
    assert read > 20


@pytest.mark.parametrize("name", FORMS)
def test_each_sample_is_taken_for_what_it_is(name: str) -> None:
    text = (SAMPLES / f"{FORMS[name]}.json").read_text(encoding="utf-8")
    assert importers.choose(Input(text, "saved.json")).name == name


def test_values_one_behind_the_other_are_read_and_what_breaks_off_is_said() -> None:
    assert [one["a"] for one in objects(Input('[{"a": 1}]\n[{"a": 2}, [{"a": 3}]] {"a": 4}', "x"))] == [1, 2, 3, 4]
    with pytest.raises(KbError, match="line 2"):
        objects(Input('{"a": 1}\n{"a": ', "x"))
    with pytest.raises(KbError, match="nested too deep"):
        objects(Input("[" * 100_000, "x"))


def test_times_as_words_and_as_numbers_since_1970() -> None:
    for value in (1714636800, 1714636800000, "2024-05-02T08:00:00Z", "2024-05-02T10:00:00+02:00"):
        assert moment({"at": value}, "at") == "2024-05-02T08:00:00Z"
    assert [moment({"at": value}, "at") for value in (None, True, 0, -5, 10**40, "soon", [])] == [None] * 7
