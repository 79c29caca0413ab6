"""Words are found wherever they stand in a text of a script without blanks, and marked where they stand."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.query import parse
from kb.store import fulltext
from kb.store.engine import candidates
from kb.store.engine.apart import origins, set_apart
from kb.store.engine.fulltext_tables import SET_APART
from kb.store.open import Store, open_store
from tests.small_store import add_source, add_statement

FROGS = "池塘里的青蛙并不怕冷，因为水很深。"
RUNNING = st.text("池塘里青蛙怕冷水深かえるカエル한글개구리กบน้ำที่ลึก𠀀𰀀𱍊〇々龥", min_size=1, max_size=30)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


def _found(store: Store, typed: str) -> list[int]:
    return [rowid for rowid, _ in fulltext.search(store, "passage", parse(typed).match, None, 10)]


@given(RUNNING, st.data())
def test_any_part_of_a_text_finds_it_and_is_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    around = f"An ice age? “{text}”, he said."
    asked = parse(f'"{text[start:end]}"').match
    (spans,) = fulltext.found({7: around}, asked).values()
    shift = around.index(text)
    assert any(a <= shift + start and shift + end <= b for a, b in spans)
    assert all(around[a:b].strip(" “”") == around[a:b] for a, b in spans)


@given(st.text() | st.text("青蛙ガｶﾞ한가ｱＳＡ１กำ้zéßﬁ\u05b8\u00ad 。", max_size=20))
def test_each_letter_that_is_set_apart_comes_from_a_place_in_the_text(text: str) -> None:
    apart, places = set_apart(text), origins(text)
    assert len(apart) == len(places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert not apart or {at for span in places for at in range(*span)} == set(range(len(text)))
    assert set_apart(apart).split() == apart.split()


@pytest.mark.parametrize(
    "typed",
    ["青蛙", "蛙", "池塘里的青蛙", '"青蛙并不"', "青蛙池塘", "青蛙怕冷吗", "frog青蛙", "(蛇 OR 青蛙) 水", "水 -蛇"],
)
def test_words_find_a_text_without_blanks(store: Store, typed: str) -> None:
    add_source(store, "Ponds", [FROGS])
    assert _found(store, typed) == [1]


@pytest.mark.parametrize("typed", ["蛇", '"青蛙怕冷"', "蛙青", "青蛙 -怕冷", "青蛙 AND 蛇"])
def test_what_does_not_stand_there_is_not_found(store: Store, typed: str) -> None:
    add_source(store, "Ponds", [FROGS])
    assert _found(store, typed) == []


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("ﾃﾞｰﾀを見る", "データ", "ﾃﾞｰﾀ"),
        ("か\u3099くせい", "がくせい", "か\u3099くせい"),
        ("\u1112\u1161\u11ab글", "한글", "\u1112\u1161\u11ab글"),
        ("ＤＮＡの検査", "dna", "ＤＮＡ"),
        ("⽔は深い", "水", "⽔"),
        ("กบอยู่ในน้ำลึก", "น้ำ", "น้ำ"),
        ("개구리는 물에 산다", "개구리", "개구리"),
        ("The DNA检测 of it", "DNA检测", "DNA检测"),
        ("葛\U000e0100城市", "葛城", "葛\U000e0100城"),
    ],
)
def test_ways_to_write_a_letter_are_one(store: Store, text: str, typed: str, marked: str) -> None:
    add_source(store, "Ponds", [text])
    assert _found(store, typed) == [1]
    (spans,) = fulltext.found({1: text}, parse(typed).match).values()
    assert [text[a:b] for a, b in spans] == [marked]


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Die Straße brennt.", "strasse", "Straße"),
        ("Die Strasse brennt.", "STRAẞE", "Strasse"),
        ("Naïve bees.", "naive", "Naïve"),
        ("Naive bees.", "naïve", "Naive"),
        ("Frau Muller sagt", "Müller", "Muller"),
        ("Frau Mueller sagt", "Müller", "Mueller"),
        ("Frau Müller sagt", "muller", "Müller"),
        ("Нет ёлки тут", "елки", "ёлки"),
        ("Нет йода тут", "и\u0306ода", "йода"),
        ("Ο ΆΝΘΡΩΠΟΣ εδώ", "ανθρωπος", "ΆΝΘΡΩΠΟΣ"),
        ("λόγος εδώ", "ΛΟΓΟΣ", "λόγος"),
        ("ISPARTA ısındı", "isındı", "ısındı"),
        ("İstanbul’da", "istanbul", "İstanbul"),
        ("قرأ كِتَابًا هنا", "كتابا", "كِتَابًا"),
        ("قرأ كتابا هنا", "كِتَابًا", "كتابا"),
        ("אמר שָׁלוֹם לה", "שלום", "שָׁלוֹם"),
        ("A co\u00adoperative", "cooperative", "co\u00adoperative"),
        ("a ﬁne day", "fine", "ﬁne"),
    ],
)
def test_words_are_found_however_their_letters_are_written(store: Store, text: str, typed: str, marked: str) -> None:
    add_source(store, "Words", [text, "Nothing of it."])
    for asked in (typed, f'"{typed}"'):
        if "Mueller" not in text or '"' not in asked:  # a phrase is looked for as it stands
            assert _found(store, asked) == [1]
            (spans,) = fulltext.found({1: text}, parse(asked).match).values()
            assert [text[a:b] for a, b in spans] == [marked]


def test_marks_of_other_vowels_are_other_words(store: Store) -> None:
    add_source(store, "Ponds", ["น้ำดี"])
    assert _found(store, "ดู") == []
    assert _found(store, "ดี") == [1]


def test_titles_headings_and_statements_too(store: Store) -> None:
    source = add_source(store, "青蛙的生活", ["It is cold."], heading=["池塘生态"])
    add_statement(store, source, FROGS)
    assert _found(store, "生活") == _found(store, "生态") == [1]
    (hit,) = fulltext.search(store, "statement", parse("怕冷").match, None, 10)
    assert hit[0] == 1


def test_full_text_follows_changes_and_is_made_anew(store: Store) -> None:
    add_source(store, "Ponds", [FROGS, "Snakes swim."])
    with store.transaction():
        store.execute("UPDATE passage SET text = replace(text, '青蛙', '蟾蜍') WHERE rowid = 1")
    assert (_found(store, "青蛙"), _found(store, "蟾蜍"), _found(store, "snake")) == ([], [1], [2])
    with store.transaction():
        fulltext.rebuild(store)
    assert (_found(store, "蟾蜍"), _found(store, "snake")) == ([1], [2])
    assert fulltext.incomplete(store) == []
    with store.transaction():
        store.execute("DELETE FROM passage WHERE rowid = 1")
    assert (_found(store, "蟾蜍"), _found(store, "snake")) == ([], [2])


def test_where_texts_are_many_they_rank_alike(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{FROGS}第{number}个。" for number in range(20)] + ["蟾蜍怕冷。", "青蛙 and 蟾蜍。"]
    add_source(store, "Ponds", texts)
    asked = parse("蟾蜍 怕冷")
    whole = fulltext.search(store, "passage", asked.match, None, 30)
    monkeypatch.setattr(candidates, "MANY", 10)
    few = fulltext.search(store, "passage", asked.match, None, 30, phrases=asked.words, near=[1])
    assert dict(few).items() <= {rowid: pytest.approx(score) for rowid, score in whole}.items()
    assert [rowid for rowid, _ in few][:2] == [21, 22]


def test_an_older_home_is_taken_up(store: Store) -> None:
    """As the first schema left it: whole runs as words."""
    from kb.store.engine import fulltext_tables

    with store.transaction():
        for table in ("passage", "statement"):
            for event in ("insert", "delete", "update"):
                store.execute(f"DROP TRIGGER {table}_fts_{event}")
        for statement in fulltext_tables.CREATE:
            if statement.startswith("CREATE TRIGGER"):
                store.execute(statement)
    add_source(store, "池塘", [FROGS, "Frogs swim."])
    assert _found(store, "青蛙") == []
    with store.transaction():
        for statement in SET_APART:
            store.execute(statement)
    assert (_found(store, "青蛙"), _found(store, "池塘"), _found(store, "frog")) == ([1], [1, 2], [2])
    store.close()
    with closing(sqlite3.connect(store.home / "kb.sqlite")) as plain:  # other programs read it too
        plain.execute("INSERT INTO passage_fts (passage_fts) VALUES ('integrity-check')")
        assert plain.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH '\"青 蛙\"'").fetchall() == [(1,)]
