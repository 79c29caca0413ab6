"""File names: whatever the title, harmless, unique, and the same the next time."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.vault.names import EXTENSION, MAX_BYTES, MAX_CHARACTERS, assign, fits, key, safe_name

HOSTILE = ["../../x", "CON", "con.txt", "LPT1", "", ".", "...", "?*|", "🦀" * 300, "a" * 500, "a\nb\r\nc\x00",
           ".hidden", "a. ", "C#", "x:y", "50%% off", "\u202eevil", "e\u0301", "COM1 .x", "/",
           "[[x]]", "~", "-rf", "﹨"]  # fmt: skip


def _is_harmless(name: str) -> bool:
    file = name + EXTENSION
    return (
        bool(name)
        and not set(name) & set('/\\:*?"<>|#^[]\0\n\r\t')
        and "%%" not in name
        and not name.startswith(".")
        and name == name.strip().rstrip(".")
        and name.split(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
        and len(file) <= MAX_CHARACTERS
        and len(file.encode()) <= MAX_BYTES
        and unicodedata.is_normalized("NFC", name)
    )


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_gives_a_harmless_name(title: str) -> None:
    assert _is_harmless(safe_name(title))


@given(st.text())
def test_any_title_gives_a_harmless_name_that_stays(title: str) -> None:
    name = safe_name(title)
    assert _is_harmless(name)
    assert safe_name(name) == name


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=30))
def test_names_are_unique_whatever_their_case_and_stay(titles: list[str]) -> None:
    subjects = [(f"s{number:07}", title) for number, title in enumerate(titles)]
    names = assign(subjects, {})
    assert len({key(name) for name in names.values()}) == len(titles)
    assert all(_is_harmless(name) for name in names.values())
    assert assign(list(reversed(subjects)), names) == names
    assert assign([("snew", title) for title in titles[:1]] + subjects, names).items() >= names.items()


def test_meaning_is_kept_where_a_character_is_not() -> None:
    assert safe_name("C#") != safe_name("C")
    assert safe_name("Interpretability: a critique") == "Interpretability — a critique"


def test_a_name_goes_with_its_title() -> None:
    assert fits("Title", "Title", "s1")
    assert fits("Title (s1)", "Title", "s1")
    assert not fits("Title", "Other", "s1")
    assert assign([("s1", "Other")], {"s1": "Title"}) == {"s1": "Other"}
    assert assign([("s1", "Other")], {"s1": "Title"}, {"s1": "Title"}) == {"s1": "Title"}
