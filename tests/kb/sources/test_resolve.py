"""What a REF means: ids, citekeys and whole titles first, then the words of a title or a statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import NotFoundError
from kb.sources import resolve
from kb.store.open import Store, open_store
from tests.small_store import add_source, add_statement


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def _source(store: Store, title: str, kind: str = "note") -> str:
    rowid = add_source(store, title, ["Some text."] if kind != "stub" else [], kind=kind)
    return str(store.execute("SELECT id FROM source WHERE rowid = ?", (rowid,)).fetchone()[0])


def _statement(store: Store, title: str, text: str, status: str = "suggested") -> str:
    rowid = add_statement(store, add_source(store, title, [text]), text, status=status)
    return str(store.execute("SELECT id FROM statement WHERE rowid = ?", (rowid,)).fetchone()[0])


def _candidates(store: Store, text: str, *kinds: str) -> list[str]:
    with pytest.raises(NotFoundError) as caught:
        resolve.ref(store, text, *kinds)  # type: ignore[arg-type]
    return [one["title"] for one in caught.value.candidates]


def _hint(store: Store, text: str, *kinds: str) -> str:
    with pytest.raises(NotFoundError) as caught:
        resolve.ref(store, text, *kinds)  # type: ignore[arg-type]
    assert caught.value.exit_code == 3
    assert caught.value.candidates == []
    return caught.value.hint


@pytest.mark.parametrize(
    "typed",
    [
        "Volunteer Rec", "volunteer records", "VOLUNTEER RECORDS ARE", "monitoring records", "not monitoring volunteer",
        "monit record", "“Volunteer” records",
    ],
)  # fmt: skip
def test_the_beginning_of_a_title_or_words_of_it_mean_the_source(store: Store, notices: list[str], typed: str) -> None:
    name = _source(store, "Volunteer Records Are Not Monitoring")
    _source(store, "Something Else")
    assert resolve.source(store, typed) == name
    assert notices == [f"{typed!r} is taken for source {name}: Volunteer Records Are Not Monitoring"]


@pytest.mark.parametrize("typed", ["cafe", "café", "CAFÉ SOCIETY", "society of cafe", "cafe society"])
def test_accents_do_not_count(store: Store, typed: str) -> None:
    name = _source(store, "Café Society of Zürich")
    assert resolve.source(store, typed) == name


def test_a_title_without_blanks_is_meant_by_a_part(store: Store) -> None:
    name = _source(store, "机器学习的未来")
    assert resolve.source(store, "学习") == name
    assert _hint(store, "学")


@pytest.mark.parametrize("typed", ["a", "of", "the", "the of", "Th", "?", "", "…"])
def test_short_and_common_words_mean_nothing(store: Store, typed: str) -> None:
    _source(store, "The State of a Lake")
    assert _hint(store, typed)


def test_signs_in_titles_do_not_count(store: Store) -> None:
    name = _source(store, "Bayes' Theorem: (an introduction)")
    assert resolve.source(store, "bayes theorem an intro") == name
    assert resolve.source(store, "introduction: theorem") == name


def test_whole_titles_come_first_then_beginnings_then_whole_words(store: Store) -> None:
    whole, begins, inside = _source(store, "Lists"), _source(store, "Birds of lists"), _source(store, "Why birds?")
    _source(store, "Long lists of birdsong")
    assert resolve.source(store, "lists") == whole
    assert resolve.source(store, "Birds o") == begins
    assert resolve.source(store, "lists birds") == begins
    assert resolve.source(store, "birds why") == inside


def test_several_hits_are_candidates(store: Store) -> None:
    for title in ("Lists are good", "Lists are bad", "On trees"):
        _source(store, title)
    assert _candidates(store, "lists are") == ["Lists are good", "Lists are bad"]
    for number in range(20):
        _source(store, f"Trees, part {number}")
    assert len(_candidates(store, "trees part")) == 10
    with pytest.raises(NotFoundError, match="means more than 10 things"):
        resolve.ref(store, "trees part")


def test_a_title_that_several_have_is_ambiguous(store: Store) -> None:
    _source(store, "Same")
    _source(store, "Same")
    assert _candidates(store, "same") == ["Same", "Same"]


def test_stubs_come_last(store: Store) -> None:
    stub = _source(store, "Frog ponds of old", "stub")
    assert resolve.source(store, "frog ponds") == stub
    said = _statement(store, "Elsewhere", "Every frog has its ponds.")
    assert resolve.ref(store, "frog ponds").id == said
    real = _source(store, "Old ponds of the frog")
    assert resolve.ref(store, "frog ponds").id == real
    twin = _source(store, "Frog ponds of old")
    assert resolve.source(store, "Frog ponds of old") == twin


def test_comments_come_after_what_they_are_titled_by(store: Store) -> None:
    for kind, title in (("comment", "Comment on Frog ponds"), ("post", "Frog ponds"), ("comment", "Comment on Newts")):
        _source(store, title, kind)
    found = resolve.ref(store, "ponds frog")
    assert found.label == "Frog ponds"
    assert resolve.ref(store, "comment newts").label == "Comment on Newts"


def test_words_of_a_statement_mean_it_where_one_is_wanted(store: Store) -> None:
    said = _statement(store, "Birds", "I think that counts of volunteers are worth a lot.")
    _statement(store, "Others", "Counts are dull.")
    assert resolve.ref(store, "volunteers counts", "statement", "link").id == said
    assert resolve.ref(store, "i think that counts of", "statement").id == said
    assert resolve.ref(store, "volunteer count").id == said  # other forms of the words
    assert _hint(store, "volunteers counts", "source")
    _statement(store, "More", "Nobody counts on volunteers.")
    assert sorted(_candidates(store, "volunteers counts", "statement")) == [
        "I think that counts of volunteers are worth a lot.", "Nobody counts on volunteers.",
    ]  # fmt: skip


def test_a_title_wins_over_a_statement(store: Store) -> None:
    said = _statement(store, "Elsewhere", "Volunteers count herons.")
    name = _source(store, "Herons and volunteers")
    assert resolve.ref(store, "volunteers herons").id == name
    assert resolve.ref(store, "volunteers herons", "statement").id == said


def test_a_rejected_statement_is_not_meant_by_its_words(store: Store) -> None:
    _statement(store, "Elsewhere", "Volunteers count herons.", status="rejected")
    assert _hint(store, "volunteers count", "statement")


@pytest.mark.parametrize("typed", ["Volunter Records", "volunteer recrods monitorng", "monitoring recods"])
def test_what_is_misspelt_is_asked_back(store: Store, typed: str) -> None:
    _source(store, "Volunteer Records Are Not Monitoring")
    _source(store, "Something Else")
    assert _hint(store, typed).startswith('did you mean "Volunteer Records Are Not Monitoring" (key')


def test_a_misspelt_citekey_is_asked_back(store: Store) -> None:
    name = _source(store, "Something")
    store.execute("UPDATE source SET citekey = 'okafor2022lists' WHERE id = ?", (name,))
    assert _hint(store, "okafor2022list") == 'did you mean "Something" (okafor2022lists)?'
    assert "kb list" in _hint(store, "quokka")


def test_where_words_are_a_query_only_whole_names_count(store: Store) -> None:
    name = _source(store, "Volunteer Records")
    assert resolve.exactly(store, "volunteer records").id == name
    with pytest.raises(NotFoundError) as caught:
        resolve.exactly(store, "volunteer")
    assert not caught.value.candidates


@pytest.mark.parametrize("typed", ["nanda frogs", "FROGS nanda", "nan frog", "nanda 2022", "frogs 2022"])
def test_authors_and_the_year_count_beside_words_of_the_title(store: Store, notices: list[str], typed: str) -> None:
    add_source(store, "Why frogs sing", ["Text."], author="Neel Nanda", published="2022-05-01")
    add_source(store, "Newts", ["Text."], author="Neel Nanda", published="2021")
    add_source(store, "How frogs sleep", ["Text."], author="Ada Moss", published="2021")
    assert resolve.ref(store, typed).label == "Why frogs sing"
    assert notices


def test_a_name_alone_means_what_they_wrote(store: Store) -> None:
    add_source(store, "Newts", ["Text."], author="Ada Moss")
    assert resolve.ref(store, "moss").label == "Newts"
    add_source(store, "Frogs", ["Text."], author="Ada Moss")
    assert _candidates(store, "ada moss") == ["Newts", "Frogs"]
    assert "Newts" in _hint(store, "ada msos")


def test_titles_and_names_are_found_as_they_are_now(store: Store) -> None:
    name = _source(store, "Frog ponds")
    with store.transaction():
        store.execute("UPDATE source SET title = 'Newts', title_key = 'newts' WHERE id = ?", (name,))
    assert resolve.source(store, "newt") == name
    assert _hint(store, "ponds")
    with store.transaction():
        store.execute("DELETE FROM source WHERE id = ?", (name,))
    assert _hint(store, "newt")


def test_one_that_is_here_is_meant_rather_than_one_that_is_gone(store: Store) -> None:
    gone, here = _source(store, "Frog ponds of old"), _source(store, "Frog ponds of now")
    assert len(_candidates(store, "frog ponds")) == 2
    with store.transaction():
        store.execute("UPDATE source SET state = 'gone' WHERE id = ?", (gone,))
    assert resolve.source(store, "frog ponds") == here
    assert resolve.source(store, "ponds of old") == gone
