"""Names as people type them: sources by words of their titles, people and citekeys by their beginnings.

Light to import: completion asks here at every key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.model import ids
from kb.model.named import Manner, Named, NamedKind, Names, Place
from kb.store import access, same_as
from kb.store.engine import names as engine
from kb.store.open import Store
from kb.store.people import rows_joined, said_names
from kb.text.spelling import plain
from kb.text.spelling import words as words_of

MOST = 11
"""Sources found at most: one more than are shown."""

_PLACED = "CASE x.kind WHEN 'stub' THEN 2 WHEN 'comment' THEN 1 ELSE 0 END"


def titled(store: Store, words: Sequence[str], manner: Manner, place: Place) -> list[Named]:
    """Sources of this place whose titles have the words in this manner, oldest first."""
    return _named(store, engine.titled(store, words, manner, place, MOST))


def titled_or_by(store: Store, words: Sequence[str], place: Place, *, whole: bool) -> list[Named]:
    """Sources of which the title, an author's name or the year has each of these words, or one that begins so."""
    joined = [rows_joined(store, word, whole=whole) for word in words]
    return _named(store, engine.titled_or_by(store, words, joined, place, MOST, whole=whole))


def containing(store: Store, parts: Sequence[str], words: Sequence[str], place: Place, most: int) -> list[Named]:
    """Sources of this place in whose titles these parts stand anywhere, and these words."""
    return _named(store, engine.containing(store, parts, words, most), place)


def containing_most(store: Store, parts: Sequence[str], least: float, most: int) -> list[Named]:
    """Sources in whose titles the most of these parts stand, and at least this share; the best first."""
    return _named(store, engine.containing_most(store, parts, least, most))


def rows_with_word(store: Store, names: Names, word: str, most: int, *, whole: bool = True) -> list[int]:
    """Rowids of sources whose title, or one of whose authors, has this word, or one that begins so."""
    return engine.with_word(store, names, word, most, whole=whole)


def vocabulary(store: Store, names: Names, beginning: str) -> list[str]:
    """The words of titles, or of people's names, that begin so."""
    return engine.vocabulary(store, names, beginning)


def joined_words(store: Store) -> list[str]:
    """The words of the names that were joined, as a person wrote them."""
    return list(dict.fromkeys(word for name in said_names(store) for word in words_of(name)))


def rows_by_joined(store: Store, word: str) -> list[int]:
    """Rowids of sources by somebody of whose joined names one has this word."""
    sql = "SELECT DISTINCT source_rowid FROM authorship WHERE person_rowid IN ({})"
    return [row[0] for row in access.in_chunks(store, sql, rows_joined(store, word, whole=True))]


def known(store: Store, names: Names, words: Iterable[str]) -> list[str]:
    """Those of the words that titles, or people's names, have."""
    return engine.known(store, names, words)


def in_places(store: Store, rowids: Sequence[int]) -> list[tuple[int, int, Named]]:
    """The sources of these rows in that order, each with the row and its place: 0 text, 1 comment, 2 stub.

    One that was joined to another is that other.
    """
    sql = f"""SELECT o.rowid, {_PLACED}, x.id, x.title, x.citekey FROM source o
        JOIN source x ON x.id = {same_as.kept("o.id")} WHERE o.rowid IN ({{}})"""
    found = {row[0]: (row[0], row[1], Named("source", *row[2:])) for row in access.in_chunks(store, sql, rowids)}
    once: dict[Named, tuple[int, int, Named]] = {}
    for rowid in rowids:
        if rowid in found:
            once.setdefault(found[rowid][2], found[rowid])
    return list(once.values())


def _named(store: Store, rowids: Sequence[int], place: Place | None = None) -> list[Named]:
    wanted = {"text": 0, "comment": 1, "stub": 2, None: None}[place]
    return [one for _, placed, one in in_places(store, rowids) if wanted in (None, placed)]


def by_citekeys(store: Store, beginning: str, most: int, *, stubs: bool = False) -> list[Named]:
    """Sources, stubs or others, whose citekey begins so, in the order of the citekeys."""
    sql = f"""SELECT x.id, x.title, x.citekey FROM source x WHERE x.citekey >= ? AND x.citekey < ?
        AND x.id NOT IN ({same_as.JOINED}) AND x.kind {"=" if stubs else "<>"} 'stub' ORDER BY x.citekey LIMIT ?"""
    return [Named("source", *row) for row in store.execute(sql, (beginning, beginning + "\U0010ffff", most))]


def spelt_as(store: Store, citekey: str) -> list[Named]:
    """Sources with this citekey but for capitals."""
    sql = f"""SELECT k.id, k.title, k.citekey FROM source x JOIN source k ON k.id = {same_as.kept("x.id")}
        WHERE lower(x.citekey) = lower(?) ORDER BY x.citekey"""
    return [Named("source", *row) for row in access.limited(store, sql, (citekey,), MOST)]


def by_ids(store: Store, beginning: str, most: int) -> list[Named]:
    """What has an id that begins so: sources, statements, or links, which each begin with a letter of their own."""
    kinds: dict[str, tuple[NamedKind, str]] = {
        ids.SOURCE: ("source", "x.title, x.citekey"),
        ids.STATEMENT: ("statement", "x.text, ''"),
        ids.LINK: ("link", "x.relation, ''"),
    }
    if beginning[:1] not in kinds:
        return []
    kind, label = kinds[beginning[0]]
    sql = f"""SELECT x.id, {label} FROM {kind} x
        WHERE x.id >= ? AND x.id < ? AND x.id NOT IN ({same_as.JOINED}) ORDER BY x.id LIMIT ?"""
    return [Named(kind, *row) for row in store.execute(sql, (beginning, beginning + "\x7f", most))]


def latest(store: Store, most: int) -> list[Named]:
    """The sources that came last and are no stubs, the newest first."""
    sql = "SELECT id, title, citekey FROM source WHERE kind NOT IN ('stub', 'comment') ORDER BY rowid DESC LIMIT ?"
    return [Named("source", *row) for row in store.execute(sql, (most,))]


def citekeys(store: Store, beginning: str) -> list[str]:
    """All citekeys that begin so."""
    sql = "SELECT citekey FROM source WHERE citekey >= ? AND citekey < ?"
    return [row[0] for row in store.execute(sql, (beginning, beginning + "\U0010ffff"))]


def rows_of_citekeys(store: Store, citekeys: Iterable[str]) -> dict[int, str]:
    """Rowid and citekey of the sources that have one of these."""
    return dict(access.in_chunks(store, "SELECT rowid, citekey FROM source WHERE citekey IN ({})", citekeys))


def that_are_here(store: Store, found: Sequence[Named]) -> list[Named]:
    """Those of several sources that are neither gone nor removed; all of them where none is here."""
    sql = "SELECT id FROM source WHERE state <> 'here' AND id IN ({})"
    away = {row[0] for row in access.in_chunks(store, sql, [one.id for one in found])}
    return [one for one in found if one.id not in away] or list(found)


def people(store: Store, words: Sequence[str], most: int | None = None) -> list[str]:
    """Names of the people who have a name that begins with each of these words, in the order of the alphabet.

    Without words those who come first.
    """
    if not words:
        rows = access.limited(store, "SELECT DISTINCT name FROM person ORDER BY name_key", (), most)
        return [row[0] for row in rows]
    rowids = engine.people(store, words)
    found = {row[0] for row in access.in_chunks(store, "SELECT name FROM person WHERE rowid IN ({})", rowids)}
    for name in said_names(store):
        parts = [plain(part) for part in words_of(name)]
        if all(any(part.startswith(plain(word)) for part in parts) for word in words):
            found.add(name)
    return sorted(found)[:most]
