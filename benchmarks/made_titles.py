"""A store of very many sources with titles and authors that are made up: what `benchmarks/names.py` measures on.

Words are made of syllables and as unevenly common as words are (Zipf), with the small words of English between them.
Rows are written by executemany, past the importers; a source has some text, so that its row is as wide as a real one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from kb.model import ids
from kb.store.open import Store, open_store
from kb.text.strings import fold

WORDS = 60_000
SMALL = "the of and a in for to on with is from how why not as by we what can".split()  # noqa: SIM905
_BEGINNINGS = "b br c ch cl d dr f fl g gr h j k l m n p ph pl pr qu r s sc sh sl st str t th tr v w z".split()  # noqa: SIM905
_MIDDLES = "a e i o u ai ea ee ie oo ou".split()  # noqa: SIM905
_ENDS = ["", "", "", "n", "r", "s", "t", "l", "m", "ng", "nt", "st", "ck", "tion", "ing", "al", "ic"]
_BATCH = 20_000


@dataclass(frozen=True)
class MadeSource:
    """A source to be: its title, and the names of its authors."""

    title: str
    authors: tuple[str, ...]
    year: int


def made_sources(count: int, seed: int = 0) -> Iterator[MadeSource]:
    """So many sources, the same for the same seed."""
    dice = random.Random(seed)
    words = _words(dice, WORDS)
    chances = list(accumulate(1 / (rank + 10) for rank in range(1, len(words) + 1)))
    people = [f"{_word(dice, 2).title()} {_word(dice, 3).title()}" for _ in range(max(count // 3, 1))]
    for _ in range(count):
        title = dice.choices(words, cum_weights=chances, k=dice.randint(2, 8))
        for _ in range(dice.randint(0, 4)):
            title.insert(dice.randint(0, len(title)), dice.choice(SMALL))
        authors = tuple(dict.fromkeys(dice.choices(people, k=dice.randint(1, 4))))
        yield MadeSource(" ".join(title).capitalize(), authors, dice.randint(1990, 2025))


def fill_sources(home: Path, count: int) -> None:
    """A home with so many sources, their authors and a few tags."""
    with open_store(home) as store:
        if store.execute("SELECT count(*) FROM source").fetchone()[0]:
            return
        people: dict[str, int] = {}
        taken: set[str] = set()
        batch: list[MadeSource] = []
        with store.transaction():
            first = 1
            for one in made_sources(count):
                batch.append(one)
                if len(batch) == _BATCH:
                    first = _write(store, first, batch, people, taken)
                    batch = []
            _write(store, first, batch, people, taken)


def _write(store: Store, first: int, batch: list[MadeSource], people: dict[str, int], taken: set[str]) -> int:
    """Rows of these sources from the rowid `first` on; returns the next one."""
    sources, written, new, tags = [], [], [], []
    filler = " ".join(SMALL) * 20
    for rowid, one in enumerate(batch, first):
        key = base = ids.citekey(one.authors[0], str(one.year), one.title)
        number = 1
        while key in taken:
            number += 1
            key = f"{base}{number}"
        taken.add(key)
        name = ids.make(ids.SOURCE, str(rowid))
        sources.append((rowid, name, key, "paper", one.title, fold(one.title), f"{one.year}-03-01", filler))
        for place, author in enumerate(one.authors):
            if author not in people:
                people[author] = len(people) + 1
                new.append((people[author], author, fold(author)))
            written.append((rowid, people[author], place))
        tags.append((f"tag{rowid % 300}", rowid))
    store.execute_many(
        """INSERT INTO source (rowid, id, citekey, kind, title, title_key, title_given, published, added, updated,
            external_ids, text, importer, importer_version, problems)
        VALUES (?, ?, ?, ?, ?, ?, 0, ?, '2024-01-01', '2024-01-01', '{}', ?, 'made', '1', '[]')""",
        sources,
    )
    store.execute_many("INSERT INTO person (rowid, name, name_key) VALUES (?, ?, ?)", new)
    store.execute_many("INSERT INTO authorship (source_rowid, person_rowid, position) VALUES (?, ?, ?)", written)
    store.execute_many("INSERT INTO tag (name, source_rowid) VALUES (?, ?)", tags)
    return first + len(batch)


def _words(dice: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[_word(dice, dice.choice((1, 2, 2, 3, 3, 4)))] = None
    return list(found)


def _word(dice: random.Random, syllables: int) -> str:
    parts = "".join(dice.choice(_BEGINNINGS) + dice.choice(_MIDDLES) for _ in range(syllables))
    return parts + dice.choice(_ENDS)
