"""Commands that write, as a person may type them in any order: what undo has to take back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kb.store.engine.change_log import FOLLOWED
from kb.store.open import DB_NAME, open_reader

Dump = dict[str, list[tuple[object, ...]]]
_NOT_UNDONE = {"citekey_used"}


def dump(home: Path) -> Dump:
    """Every row of what people see, field by field."""
    connection = sqlite3.connect(home / DB_NAME)
    found: Dump = {}
    for table in FOLLOWED:
        names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] not in _NOT_UNDONE]
        columns = ", ".join(f'"{name}"' for name in names)
        found[table] = sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
    connection.close()
    return found


@dataclass
class World:
    """A folder of notes and a home, and what there is to be named."""

    folder: Path
    home: Path
    random: Random
    count: int = 0

    def sources(self, *states: str) -> list[str]:
        return self._ids("SELECT id FROM source WHERE kind <> 'stub' AND state IN ({})", states or ("here",))

    def statements(self) -> list[str]:
        sql = "SELECT DISTINCT st.id FROM statement st JOIN mention m ON m.statement_rowid = st.rowid WHERE NOT m.lost"
        return self._ids(sql, ())

    def links(self) -> list[str]:
        return self._ids("SELECT id FROM link", ())

    def tags(self) -> list[str]:
        return self._ids("SELECT DISTINCT name FROM tag", ())

    def people(self) -> list[str]:
        return self._ids("SELECT name FROM person UNION SELECT person FROM same_person", ())

    def _ids(self, sql: str, values: tuple[str, ...]) -> list[str]:
        with open_reader(self.home) as store:
            rows = store.execute(sql.format(", ".join("?" * len(values))) + " ORDER BY 1", values)
            return [row[0] for row in rows]

    def one(self, among: list[str]) -> str:
        return self.random.choice(among) if among else "nothing"

    def word(self) -> str:
        self.count += 1
        return f"w{self.count}q"


Step = Callable[[World], list[str]]
"""Gives a command line; "nothing" in it names nothing, and the command fails."""


def add(world: World) -> list[str]:
    """A new note, or another text in one that is there; it links to others."""
    name = world.random.choice(("frogs", "toads", "newts", "ponds"))
    claims = "\n\n".join(f"I think that {world.word()} is right, because of {n}." for n in range(2))
    front = f"---\ntags: [{world.word()}]\nauthor: Ada Brandt\n---\n# The {name}\n"
    (world.folder / f"{name}.md").write_text(f"{front}\nSee [[The toads]] and [[{world.word()}]].\n\n{claims}\n")
    return ["add", str(world.folder), "--no-embed"]


def bibliography(world: World) -> list[str]:
    """Works in a bibliography, one of them read."""
    (world.folder / "works.bib").write_text(
        f"@article{{frogs2020, title={{On the {world.word()} of frogs}}, author={{Lund, Mia}}, year=2020, "
        f"doi={{10.1000/frogs}}, readstatus={{{world.random.choice(('read', 'unread'))}}}, keywords={{frogs}}}}\n"
    )
    return ["add", str(world.folder), "--no-embed"]


def in_the_vault(world: World) -> list[str]:
    """Words, a title or a tag by hand in a note of the vault."""
    notes = sorted((world.home.parent / "vault").rglob("*.md"))
    if notes:
        note = world.random.choice(notes)
        note.write_text(
            note.read_text().replace("\ntitle: ", f"\ntitle: A {world.word()} ") + f"\nMine: {world.word()}.\n"
        )
    return ["sync", str(world.home.parent / "vault")]


def delete(world: World) -> list[str]:
    """A note's file is gone."""
    files = sorted(world.folder.glob("*.md"))
    if len(files) > 1:
        world.random.choice(files).unlink()
    return ["add", str(world.folder), "--no-embed"]


STEPS: tuple[Step, ...] = (
    add,
    add,
    delete,
    lambda w: ["rm", w.one(w.sources())],
    lambda w: ["restore", w.one(w.sources("removed", "gone")), "--no-embed"],
    lambda w: ["note", f"I doubt {w.word()}.", "--on", w.one(w.sources())],
    lambda w: ["claim", f"All of {w.word()} is good.", "--attacks", w.one(w.statements())],
    lambda w: ["link", w.one(w.statements()), w.random.choice(("supports", "attacks")), w.one(w.statements())],
    lambda w: ["accept", w.one(w.statements() + w.links())],
    lambda w: ["reject", w.one(w.statements() + w.links())],
    lambda w: ["edit", w.one(w.sources()), "--kind", "paper", "--url", f"https://{w.word()}.example/", "--alias", "Q"],
    lambda w: ["edit", w.one(w.sources()), "--as-imported", "all"],
    lambda w: ["edit", w.one(w.statements()), "--as-imported", "all"],
    lambda w: ["tag", "remove", w.one(w.tags()), "--all"],
    lambda w: ["people", "join", w.one(w.people()), w.one(w.people())],
    lambda w: ["people", "rename", w.one(w.people()), w.word()],
    lambda w: ["people", "split", w.one(w.people())],
    lambda w: ["people", "apart", w.one(w.people()), w.one(w.people())],
    lambda w: ["edit", w.one(w.links()), "--to", w.one(w.statements() + w.sources())],
    lambda w: ["edit", w.one(w.links()), "--relation", w.random.choice(("supports", "attacks", "related"))],
    lambda w: ["rm", w.one(w.links())],
    lambda w: ["restore", w.one(w.links())],
    bibliography,
    in_the_vault,
    in_the_vault,
    lambda w: ["merge", w.one(w.sources()), w.one(w.sources()), "--no-embed"],
    lambda w: ["merge", w.one(w.sources()), w.one(w.sources()), "--never"],
    lambda w: ["split", w.one(w.sources()), "--no-embed"],
    lambda w: ["edit", w.one(w.sources()), "--title", f"Of {w.word()}", "--author", "Bo; Mia Lund", "--tag", "a/b"],
    lambda w: ["edit", w.one(w.sources()), "--date", "2020-02", "--url", f"https://frogs.example/{w.word()}"],
    lambda w: ["edit", w.one(w.statements()), "--text", f"That is {w.word()}.", "--kind", "question"],
    lambda w: ["edit", w.one(w.statements()), "--speaker", "Mia"],
    lambda w: ["tag", "add", w.random.choice(("a/b", "c")), w.one(w.sources())],
    lambda w: ["tag", "rename", "a", w.random.choice(("d", "e"))],
    lambda _: ["tag", "remove", "c", "--all"],
    lambda _: ["people", "join", "Mia", "Mia Lund"],
    lambda w: ["people", "rename", "Ada Brandt", f"Ada {w.word()}"],
    lambda w: ["people", "split", w.random.choice(("Mia Lund", "Ada Brandt"))],
    lambda _: ["people", "apart", "Mia", "Bo"],
    lambda w: ["status", w.one(w.sources()), w.random.choice(("to-read", "reading", "read", "none"))],
    lambda w: ["revisit", "--answer", w.one(w.statements()), "--credence", "0.4"],
    lambda w: ["rm", w.one(w.statements() + w.links())],
    lambda w: ["cite", w.one(w.sources()), "--format", "bibtex"],
    lambda w: ["index"] if w.random.random() < 0.2 else ["refresh", w.one(w.sources())],
    lambda w: ["believe", w.one(w.statements()), f"0.{w.random.randrange(10, 99)}"],
)
