"""Search over a real store with the real model."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import NotFoundError, UsageError
from kb.model.filters import Filters
from kb.model.named import Named, NamedKind
from kb.search.hits import as_json
from kb.search.search import SearchResult, search, similar
from kb.store import meta
from kb.store.open import open_store
from kb.suggest.neighbours import related_pairs
from kb.vectors.embed.update import update
from tests.exported import home_with_model
from tests.small_store import add_source, add_statement, delete_source

CATS = "A cat sleeps for most of the day, and hunts at night."
FELINES = "Felines are nocturnal hunters that rest while the sun is up."
BREAD = "Bread rises because yeast makes gas in the dough."
PLANETS = "The multi-agent orbit simulation needs version 20.04 of the library."


class Library:
    """A store of a few sources, and shorthands to ask it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.store = open_store(home)
        self.pets = add_source(
            self.store, "On pets", [CATS, "Dogs guard the house."], author="Ada Lovelace", published="2023-05-01"
        )
        self.nature = add_source(
            self.store, "Nature notes", [FELINES, CATS], kind="note", author="Jean-Luc Picard", published="2024"
        )
        self.kitchen = add_source(
            self.store,
            "Kitchen talk",
            [("Grace", BREAD), ("Ada", "I prefer rice.")],
            kind="transcript",
            tags=["Food", "science"],
            heading=["Baking"],
        )
        self.space = add_source(self.store, "Space", [PLANETS])
        self.lazy = add_statement(self.store, self.pets, "Cats are lazy animals.", kind="critique")
        self.rest = add_statement(self.store, self.nature, "Cats rest a lot; they are lazy.", status="accepted")
        self.same = add_statement(self.store, self.pets, "Cats are really lazy animals.")
        self.wrong = add_statement(self.store, self.kitchen, "Cats are very lazy animals.", status="rejected")
        update(self.store)

    def ask(self, query: str, where: str = "passages", mode: str = "hybrid", **filters: object) -> SearchResult:
        return search(self.store, query, where, mode, Filters(**filters), explain=True)

    def texts(self, query: str, where: str = "passages", mode: str = "hybrid", **filters: object) -> list[str]:
        return [hit.unit.text for hit in self.ask(query, where, mode, **filters).hits]

    def like(self, kind: NamedKind | None = None, rowid: int = 0, **options: object) -> list[str]:
        """Texts that are similar to a row of this kind, or as the options say."""
        if kind:
            options["like"] = Named(kind, self.id_of(kind, rowid), "")
        return [hit.unit.text for hit in similar(self.store, **options).hits]

    def id_of(self, kind: NamedKind, rowid: int) -> str:
        row = self.store.execute(f"SELECT id FROM {kind} WHERE rowid = ?", (rowid,)).fetchone()
        return row[0] if row else "nothing"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = Library(home_with_model(tmp_path_factory.mktemp("library") / "home"))
    yield made
    made.store.close()


def test_found_by_meaning_without_a_common_word(library: Library):
    found = library.ask("kittens nap in daylight", mode="semantic")
    assert {hit.unit.text for hit in found.hits[:2]} == {CATS, FELINES}
    assert library.texts("kittens nap in daylight", mode="lexical") == []
    assert set(library.texts("kittens nap in daylight")[:2]) == {CATS, FELINES}


@pytest.mark.parametrize("typed", ["multi-agent", "20.04", "agent orbits", '"orbit simulation"', "version of"])
def test_found_by_word(library: Library, typed: str):
    assert library.texts(typed, mode="lexical") == [PLANETS]
    assert library.texts(typed)[0] == PLANETS


def test_a_title_and_a_heading_are_words_too(library: Library):
    assert BREAD in library.texts("baking", mode="lexical")


def test_a_hit_has_the_shape_of_the_interface(library: Library):
    found = library.ask("yeast in dough").as_json()
    assert (found["query"], found["mode"]) == ("yeast in dough", "hybrid")
    hit = found["hits"][0]
    assert set(hit) == {"rank", "score", "type", "id", "text", "source", "locator", "snippet", "explain"}
    assert set(hit["source"]) == {"id", "citekey", "kind", "title", "authors", "url", "published"}
    assert hit["locator"] == {"heading": ["Baking"], "speaker": "Grace", "start": 0, "end": len(BREAD)}
    assert hit["explain"]["semantic"]["rank"] == hit["explain"]["lexical"]["rank"] == hit["rank"] == 1


def test_a_phrase_must_occur(library: Library, notices: list[str]):
    assert library.texts('"most of the day"') == [CATS]
    assert library.texts('"most of the day" felines') == [CATS]
    assert notices == []
    assert library.texts('"day the of most"')[0] == CATS
    assert "searching for the words" in notices[0]


def test_equal_texts_show_once(library: Library):
    assert library.texts("cat sleeps").count(CATS) == 1


def test_a_statement_is_found_at_its_mention(library: Library):
    found = library.ask("indolent cats", where="statements")
    assert {hit.unit.text for hit in found.hits} == {
        "Cats are lazy animals.",
        "Cats rest a lot; they are lazy.",
        "Cats are really lazy animals.",
    }
    hit = as_json(next(hit for hit in found.hits if hit.unit.rowid == library.lazy))
    assert hit["type"] == "statement"
    assert hit["source"]["title"] == "On pets"
    assert hit["locator"] == {"heading": [], "speaker": "Ada", "start": 3, "end": 3 + len("Cats are lazy animals.")}
    assert {hit.unit.type for hit in library.ask("lazy cats", where="all").hits} == {"passage", "statement"}


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "semantic"])
def test_filters_come_before_the_cut(library: Library, mode: str):
    # one hit asked for, and the filter leaves out every better one
    assert library.texts("cat dog rice house", mode=mode, limit=1, tag=("food",), author=("ada",)) == ["I prefer rice."]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": ("note",)}, {FELINES, CATS}),
        ({"kind": ("note", "transcript"), "author": ("Grace",)}, {BREAD}),
        ({"author": ("lovelace",)}, {CATS, "Dogs guard the house."}),
        ({"author": ("luc picard",)}, {FELINES, CATS}),
        ({"author": ("@ada",)}, {CATS, "Dogs guard the house.", "I prefer rice."}),
        ({"author": ("nobody",)}, set()),
        ({"tag": ("food", "#science")}, {BREAD, "I prefer rice."}),
        ({"tag": ("food", "none")}, set()),
        ({"since": "2024"}, {FELINES, CATS}),
        ({"until": "2023"}, {CATS, "Dogs guard the house."}),
        ({"since": "2023-05-01", "until": "2023-05-01"}, {CATS, "Dogs guard the house."}),
        ({"since": "2023-05-02", "until": "2023-12-31"}, set()),
        ({"status": ("accepted",)}, set()),
    ],
)
def test_each_filter(library: Library, filters: dict[str, object], expected: set[str]):
    assert set(library.texts("cat", mode="semantic", **filters)) == expected


def test_filters_on_statements(library: Library):
    def found(**filters: object) -> set[int]:
        return {hit.unit.rowid for hit in library.ask("lazy cats", "statements", **filters).hits}

    assert found() == {library.lazy, library.rest, library.same}
    assert found(kind=("critique",)) == {library.lazy}
    assert found(status=("rejected",)) == {library.wrong}
    assert library.rest in found(status=("accepted", "suggested"), author=("Ada",))
    assert library.rest not in found(author=("Picard",))  # who speaks decides, not whose source it is
    assert found(kind=("post",)) == {library.lazy, library.same}
    both = library.ask("lazy cats", "all", kind=("critique",)).hits
    assert [(hit.unit.type, hit.unit.rowid) for hit in both] == [("statement", library.lazy)]


def test_similar(library: Library):
    assert library.like(text="felines rest by day")[0] in {FELINES, CATS}
    statement = library.like("statement", library.lazy, where="statements")
    assert statement[0] == "Cats are really lazy animals."
    elsewhere = library.like("statement", library.lazy, where="statements", exclude_same_source=True)
    assert elsewhere == ["Cats rest a lot; they are lazy."]
    assert library.like("source", library.nature, exclude_same_source=True)[0] == CATS
    with pytest.raises(NotFoundError):
        library.like("passage", 10**6)
    with pytest.raises(UsageError):
        library.like()


def test_related_statements_stand_in_different_sources(library: Library):
    store = library.store
    everyone = [library.lazy, library.rest, library.same, library.wrong]
    pairs = related_pairs(store, everyone, k=3, threshold=0.3)
    assert {(a, b) for a, b, _ in pairs} == {(library.lazy, library.rest), (library.rest, library.same)}
    assert [score for *_, score in pairs] == sorted((score for *_, score in pairs), reverse=True)
    assert related_pairs(store, everyone, k=3, threshold=0.999) == []
    assert len(related_pairs(store, [library.rest], k=1, threshold=0.3)) == 2  # it is the nearest of both others
    assert len(related_pairs(store, [library.rest], k=1, threshold=0.3, mutual=False)) == 1
    assert related_pairs(store, everyone, k=3, threshold=0.3, listed=1.1) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet='catdog"*():-^ \0\ud800🙂', max_size=30))
def test_any_text_can_be_searched_for(library: Library, typed: str):
    for hit in library.ask(typed, where="all").hits:
        assert hit.unit.text


def test_a_deleted_source_is_gone_at_once(library: Library):
    ghost = add_source(library.store, "Ghost", ["Spectres haunt the old mill."])
    update(library.store)
    assert "Spectres haunt the old mill." in library.texts("ghosts in a mill")
    delete_source(library.store, ghost)
    for mode in ("hybrid", "lexical", "semantic"):
        assert "Spectres haunt the old mill." not in library.texts("ghosts in a mill", mode=mode)


def test_what_is_not_embedded_yet_is_found_by_its_words(library: Library):
    new = add_source(library.store, "New", ["Quokkas smile at cameras."])
    assert "Quokkas smile at cameras." in library.texts("quokkas")
    delete_source(library.store, new)


def test_without_vectors_words_are_searched_for(tmp_path: Path, notices: list[str]):
    store = open_store(tmp_path)
    add_source(store, "On pets", [CATS])
    for mode in ("hybrid", "semantic"):
        found = search(store, "sleeping cat", mode=mode)
        assert found.mode == "lexical"
        assert [hit.unit.text for hit in found.hits] == [CATS]
        assert "kb index" in notices.pop()
        assert notices == []
    store.close()


def test_a_model_that_is_gone_is_no_obstacle(tmp_path: Path, notices: list[str]):
    store = open_store(tmp_path)
    add_source(store, "On pets", [CATS])
    with store.transaction():
        meta.put(store, meta.MODEL, "nobody/no-such-model#1")
    assert search(store, "cat").mode == "lexical"
    assert "not on this machine" in notices[0]
    store.close()


def test_wrong_words_are_usage_errors(library: Library):
    with pytest.raises(UsageError, match="does not exist"):
        library.ask("x", where="everything")
    with pytest.raises(UsageError):
        library.ask("x", mode="fuzzy")


def test_a_search_loads_nothing_heavy(library: Library):
    code = f"""
import sys
from pathlib import Path
from kb.store.open import open_reader
from kb.search.search import search
home = Path({str(library.home)!r})
search(open_reader(home), "lazy cats", where="all", mode="MODE")
heavy = {{"torch", "transformers", "sentence_transformers", "sqlmodel", "sqlalchemy", "numpy"}}
print(sorted(heavy & set(sys.modules)))
"""
    for mode, loaded in (("hybrid", "['numpy']"), ("lexical", "[]")):
        done = subprocess.run(
            [sys.executable, "-c", code.replace("MODE", mode)], capture_output=True, text=True, check=True
        )
        assert (done.stdout.strip(), done.stderr) == (loaded, "")


def test_a_query_can_name_its_filters_and_what_to_leave_out(library: Library):
    assert [hit.unit.type for hit in library.ask("kind:critique lazy cats").hits] == ["statement"]
    everything = library.texts("cats")
    assert any("nocturnal" in text for text in everything)
    assert not any("nocturnal" in text for text in library.texts("cats -nocturnal"))
