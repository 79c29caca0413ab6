"""A source or statement as a form in an editor: what is changed in it is all that is wanted, whatever it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import KbError, UsageError
from kb.model.source import Source
from kb.model.statement import Mention, Statement
from kb.sources.editing import NOTHING, Wish
from kb.text.strings import fold, squash
from notes.vault import edit_form

SOURCE = Source(
    "s1234567", "ott2020", "here", "note", "Of frogs: and #toads", ("Cy Ott", "Bo, Lee"), "https://example.org/a",
    "2020-05-07", tags=("a/b", "no"),
)  # fmt: skip
STATEMENT = Statement(
    "c12345678", "claim", "Frogs are few.", "suggested", "cue", "x", 0.5, (Mention("s1234567", "Cy", "Frogs", 0, 5),)
)
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"), max_size=30).map(
    squash
)
NAME = LINE.filter(bool)


def several(names: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(names, max_size=3, unique_by=str.casefold).map(tuple)


@given(
    st.builds(
        Source,
        st.just("s1234567"), NAME, st.just("here"), st.just("paper"), NAME,
        several(NAME), st.just("https://example.org/x"), st.just("2020"),
        tags=several(st.from_regex(r"[\w][\w -]{0,8}", fullmatch=True).map(squash)),
    ),
    st.none() | NAME,
)  # fmt: skip
def test_a_form_that_nobody_touched_wants_nothing(source: Source, body: str | None) -> None:
    form = edit_form.of_source(source, [fold("Another Name")], body)
    assert edit_form.wish(form, form) == NOTHING
    assert edit_form.wish(form, form.replace("\n", "\r\n")) == NOTHING
    told = edit_form.with_problem(form, KbError("a: b # c\n---", "hint"))
    assert edit_form.wish(form, told) == NOTHING
    assert edit_form.wish(form, edit_form.with_problem(told, KbError("again"))) == NOTHING
    assert "a: b # c --- (hint)" in told


@given(NAME)
def test_what_is_written_is_what_is_wanted(title: str) -> None:
    before, after = (edit_form.of_source(one, [], None) for one in (SOURCE, replace(SOURCE, title=title)))
    assert edit_form.wish(before, after) == Wish(title=title if title != SOURCE.title else None)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("date: 2020-05-07\n", "date: 1 May 2021\n", Wish(date="1 May 2021")),
        ("date: 2020-05-07\n", "date:\n", Wish(date="")),
        ("date: 2020-05-07\n", "", Wish(date="")),
        (':\n  - "Cy Ott"\n  - "Bo, Lee"\n', ": Ada ; Bo Lee\n", Wish(authors=("Ada", "Bo Lee"))),
        ('authors:\n  - "Cy Ott"\n  - "Bo, Lee"\n', "", Wish(authors=())),
        ("tags:\n  - a/b\n", "tags:\n  - '#c'\n", Wish(tagged=("c",), untagged=("a/b",))),
        ('tags:\n  - a/b\n  - "no"\n', "tags: no, c d\n", Wish(tagged=("c d",), untagged=("a/b",))),
        ("aliases:\n", "aliases: [x, y]\n", Wish(aliases=("x", "y"))),
        ("kind: note", "kind: paper", Wish(kind="paper")),
        ("\nMine.\n", "\nMine.\n\nAnd more.\n", Wish(text="Mine.\n\nAnd more.")),
        ("citekey: ott2020", "citekey: 'new 2020'", Wish(citekey="new 2020")),
    ],
)
def test_of_each_field_what_changed_is_wanted(old: str, new: str, wanted: Wish) -> None:
    form = edit_form.of_source(SOURCE, [], "Mine.")
    assert old in form
    assert edit_form.wish(form, form.replace(old, new)) == wanted


def test_a_statement_has_its_wording_kind_and_speaker_and_shows_its_quote() -> None:
    form = edit_form.of_statement(STATEMENT, {"s1234567": "Of frogs"})
    assert "# “Frogs” — Of frogs" in form
    changed = form.replace("Frogs are few.", "Frogs are many.").replace("kind: claim", "kind: critique")
    assert edit_form.wish(form, changed.replace("speaker: Cy", "speaker:")) == Wish(
        text="Frogs are many.", kind="critique", speaker=""
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title:", "titel:", "no field 'titel'"),
        ("kind: note", "kind:", "kind: is empty"),
        ("kind: note", "kind: [a, b]", "one value"),
        ("kind: note", "kind: [a", "front matter"),
        ("tags:\n", "tags:\n  - a: b\n", "list of words"),
        ("---\n", "", "the lines ---"),
    ],
)
def test_what_cannot_be_read_is_told(old: str, new: str, told: str) -> None:
    form = edit_form.of_source(SOURCE, [], None)
    with pytest.raises(UsageError, match=told):
        edit_form.wish(form, form.replace(old, new))


def test_an_emptied_form_is_nothing() -> None:
    form = edit_form.of_source(SOURCE, [], None)
    assert not edit_form.is_nothing(form)
    for left in ("", "\n\n", "---\n# a comment\n---\n", "# all gone"):
        assert edit_form.is_nothing(left)
