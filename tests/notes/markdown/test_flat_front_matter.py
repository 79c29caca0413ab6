from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes.markdown import flat_front_matter, front_matter

FLAT = (
    "title: 'The frog''s pond: a count'\nslug: pond-3\nurl:\ntags:\n  - Frogs\n  - \"two: words\"\n"
    "aliases: [a b, 'c, d']\nhref: >-\n  https://pond.example/count\nauthors:\n- Ada\n\nnote: 3 ponds, 1 dry#\n"
)
_WORDS = st.sampled_from(
    ["a", "b: ", "key: ", "t:\n  - ", "- ", "  - ", "\n", "\n  ", ">-", "---", "...", "https://x.y/z"]
)
_SIGNS = st.sampled_from([*" :'\"#[],{&*!|\\?~é\t\xa0\u2028\ufeff", "<<", " #", "''"])
_BITS = _WORDS | _SIGNS


def _by_parser(raw: str, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as patched:
        patched.setattr(flat_front_matter, "read", lambda _: None)
        try:
            return front_matter._parse(raw) or {}
        except front_matter._BrokenError as broken:
            return broken


def test_what_most_notes_have_is_read_as_the_parser_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert flat_front_matter.read(FLAT) == _by_parser(FLAT, monkeypatch)


@pytest.mark.parametrize(
    "raw",
    [
        "a: b\na: c\n",
        "a: b\n  goes on\n",
        "a:\n  b: c\n",
        "a: b # said aside\n",
        "a: b: c\n",
        "a: >-\n  two\n  lines\n",
        "a:\n  - b\n - c\n",
        "a: &b c\n",
        'a: "b\\n"\n',
        "a: [[b]]\n",
        "a:\tb\n",
        "only words\n",
        "",
    ],
)
def test_what_may_be_more_than_flat_is_left_to_the_parser(raw: str) -> None:
    assert flat_front_matter.read(raw) is None


@settings(max_examples=50)
@given(
    st.lists(_BITS, max_size=10).map("".join)
    | st.tuples(st.integers(0, len(FLAT)), _BITS, st.integers(0, 2)).map(
        lambda t: FLAT[: t[0]] + t[1] + FLAT[t[0] + t[2] :]
    )
)
def test_whatever_is_read_is_what_the_parser_gives(raw: str) -> None:
    read = flat_front_matter.read(raw)
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert read is None or read == _by_parser(raw, monkeypatch)
