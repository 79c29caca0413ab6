"""The discussion below a text."""

from __future__ import annotations

from pathlib import Path

from kb.sources import thread
from kb.store.open import open_reader, open_store


def test_answers_stand_under_what_they_answer_and_what_is_left_out_is_counted(corpus: Path) -> None:
    with open_reader(corpus) as store:
        name = next(
            row[0]
            for row in store.execute(
                "SELECT parent FROM source WHERE parent IS NOT NULL GROUP BY parent ORDER BY count(*) DESC, parent"
            )
        )
        whole = thread.below(store, name, 100)
        first = thread.below(store, name, 1)
    assert whole.shown > 1
    assert all(answer.source.parent == name for answer in whole.answers)
    assert all(
        below.source.parent == one.source.id and below.depth == 1 for one in whole.answers for below in one.answers
    )
    assert all(answer.text for answer in whole.answers)
    assert whole.left_out == 0
    assert (first.shown, first.left_out) == (1, whole.shown - 1)


def test_texts_that_answer_each_other_end(tmp_path: Path) -> None:
    from tests.small_store import add_source

    with open_store(tmp_path / "home") as store:
        one, two = add_source(store, "One", ["a"]), add_source(store, "Two", ["b"])
        names = [row[0] for row in store.execute("SELECT id FROM source ORDER BY rowid")]
        with store.transaction():
            store.execute("UPDATE source SET parent = ? WHERE rowid = ?", (names[1], one))
            store.execute("UPDATE source SET parent = ? WHERE rowid = ?", (names[0], two))
        found = thread.below(store, names[0], 100)
        assert [answer.source.id for answer in found.answers] == [names[1]]
