"""Properties of finding sources by words of their titles, and by what was misspelt, over a real store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model.named import Named
from kb.sources import by_words, misspelt
from kb.store.open import Store, open_copy
from kb.text.spelling import plain
from tests.small_store import add_source

TEXTS = st.text(max_size=40)
WORDS = "frog pond heron École list über nets 학습 機械学習".split()  # noqa: SIM905
TITLES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1), max_size=6)


@contextmanager
def _store(titles: list[str]) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, open_copy(Path(folder)) as store:
        for title in titles:
            add_source(store, title, ["Some text."])
        yield store


def _meant(store: Store, typed: str) -> list[Named]:
    return by_words.by_title(store, typed, "text")


@settings(max_examples=30)
@given(TEXTS, st.lists(TEXTS, max_size=5))
def test_any_text_may_be_typed(typed: str, titles: list[str]) -> None:
    with _store(titles) as store:
        for text in (typed, *titles, f'"{typed}', f"{typed}*", f"title_key : {typed}"):
            assert {one.label for one in _meant(store, text)} <= set(titles)
            assert len(misspelt.sources(store, text)) <= 3
            assert by_words.by_people(store, text) is not None


@settings(max_examples=30)
@given(TITLES, st.data())
def test_every_title_is_meant_by_words_of_it_in_any_order(titles: list[list[str]], data: st.DataObject) -> None:
    with _store([" ".join(title) for title in titles]) as store:
        for title in titles:
            some = data.draw(st.lists(st.sampled_from(title), min_size=1, unique=True))
            found = [one.label for one in _meant(store, " ".join(some).upper())]
            label = " ".join(title)
            assert label in found or all(plain(one).startswith(plain(" ".join(some))) for one in found)
            assert found
            assert {one.label for one in _meant(store, plain(label))} == {label}


@settings(max_examples=20)
@given(st.lists(st.sampled_from(WORDS[:5]), min_size=2, max_size=5, unique=True), st.data())
def test_a_slip_in_one_word_of_a_title_is_offered(title: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(title) - 1))
    word = title[at]
    cut = data.draw(st.integers(0, len(word) - 1))
    typed = [*title[:at], word[:cut] + word[cut + 1 :], *title[at + 1 :]]
    with _store([" ".join(title), "something else", "another thing"]) as store:
        assert " ".join(title) in [one.label for one in misspelt.sources(store, " ".join(typed))]
