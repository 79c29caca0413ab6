"""Properties of finding names by words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.model.named import Named
from kb.sources import by_words

TEXTS = st.text(max_size=40)
TITLES = st.lists(st.lists(st.sampled_from("frog pond heron École list über nets".split()), min_size=1), max_size=8)  # noqa: SIM905


def _names(titles: list[list[str]]) -> list[Named]:
    return [Named("source", f"s{n}", " ".join(title), f"key{n}") for n, title in enumerate(titles)]


@given(TEXTS, st.lists(TEXTS, max_size=8))
def test_any_text_may_be_typed(typed: str, titles: list[str]) -> None:
    names = _names([[title] for title in titles])
    assert set(by_words.meant(typed, names)) <= set(names)
    assert len(by_words.nearest(typed, names)) <= 3


@given(TITLES, st.data())
def test_every_title_is_meant_by_words_of_it_in_any_order(titles: list[list[str]], data: st.DataObject) -> None:
    names = _names(titles)
    for name, title in zip(names, titles, strict=True):
        some = data.draw(st.lists(st.sampled_from(title), min_size=1, unique=True))
        found = by_words.meant(" ".join(some).upper(), names)
        assert found
        assert name in found or any(one.label.casefold().startswith(" ".join(some).casefold()) for one in found)
        whole = by_words.meant(by_words.plain(name.label), names)
        assert {one.label for one in whole} == {name.label}


@given(TITLES)
def test_what_is_typed_rightly_needs_no_guess(titles: list[list[str]]) -> None:
    names = _names(titles)
    for name in names:
        assert by_words.nearest(name.label, names)
