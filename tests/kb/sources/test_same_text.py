"""Which sources `kb check` takes for the same text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers import read
from importers.base import Input
from kb.review import write
from kb.sources import add, same_text
from kb.store.open import Store, open_store

YEARS = [f"In the year {year} the miller of bay {year % 7} counted {year * 13 % 90} boats." for year in range(40)]
LONG = " ".join(YEARS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def _add(store: Store, name: str, body: str) -> str:
    (document,) = read(Input(body, name, f"/x/{name}", body.encode()), "markdown")
    return add.add(store, document, "1").source_id


def _found(store: Store) -> list[tuple[set[str], bool]]:
    return [({one.id for one in group.sources}, group.share == 1) for group in same_text.found(store)]


def test_equal_words_are_the_same_text_whatever_is_around_them(store: Store) -> None:
    one = _add(store, "one.md", f"---\ntags: [a]\n---\n# Mills\n\n{LONG}\n")
    other = _add(store, "two.md", "**Mills**\n\n" + "\n\n".join(YEARS))
    _add(store, "three.md", "# Mills\n\nAnother text, which has the title alone in common with the others here.\n")
    assert _found(store) == [({one, other}, True)]


def test_nearly_equal_texts_are_found_and_a_template_is_not(store: Store) -> None:
    one = _add(store, "one.md", f"# Mills\n\n{LONG}\n")
    other = _add(store, "two.md", f"# The mills\n\n{LONG.replace('the year 12', 'the twelfth year')}\n\nRead twice.\n")
    for name in "abcdefghijklmnop":
        _add(store, f"{name}.md", f"{' '.join(f'{name}{n}' for n in range(50))}\n\n{LONG[:900]}\n")
    assert _found(store) == [({one, other}, False)]


@pytest.mark.parametrize(
    ("names", "body"),
    [
        (("one.md", "two.md"), "To do."),
        (("one.md", "two.md"), ""),
        (("2024-05-01.md", "2024-05-02.md"), LONG),
    ],
)
def test_few_words_and_notes_of_other_days_are_no_question(store: Store, names: tuple[str, str], body: str) -> None:
    for name in names:
        _add(store, name, body)
    assert _found(store) == []


def test_ones_own_notes_are_not_compared(store: Store) -> None:
    about = _add(store, "one.md", "# Mills\n\nA text on mills.\n")
    for _ in range(2):
        write.note(store, LONG, about, "me")
    assert _found(store) == []


def test_what_was_declined_is_not_found_again(store: Store) -> None:
    group = [_add(store, f"{name}.md", f"# {name}\n\n{LONG}\n") for name in ("one", "two", "three")]
    assert _found(store) == [(set(group), False)]
    same_text.decline(store, group[:2])
    assert group[0] in _found(store)[0][0] or group[1] in _found(store)[0][0]
    assert len(_found(store)[0][0]) == 2
    same_text.decline(store, group)
    assert _found(store) == []


@given(st.integers(0, 2000), st.integers(0, 3))
def test_a_text_is_found_wherever_a_few_words_of_it_are_changed(at: int, words: int) -> None:
    changed = LONG[:at] + " ".join(["", *("other" for _ in range(words)), ""]) + LONG[at:]
    sketches = [set(same_text.sketch(text)) for text in (LONG, changed)]
    assert len(sketches[0] & sketches[1]) >= same_text.SHARED
