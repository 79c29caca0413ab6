"""Everything about many sources at once, for an export: one query a kind of fact, not one a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.model import identity
from kb.model.document import Author
from kb.model.source import Source, StoredReference
from kb.store import access, edits, people, reading, references, sources
from kb.store.conditions import HERE
from kb.store.open import Store
from kb.text.strings import fold


@dataclass(slots=True)
class Whole:
    """A source with all that belongs to it."""

    source: Source
    text: str
    importer: str
    path: str | None
    target: str | None
    title_given: bool
    reading: reading.Reading | None = None
    authors: list[Author] = field(default_factory=list)  # as they are known
    aliases: list[str] = field(default_factory=list)  # folded, as they are stored
    namespace: str | None = None
    references: list[StoredReference] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)  # ids, in text order
    answers: list[str] = field(default_factory=list)  # ids of sources whose parent it is
    backlinks: list[str] = field(default_factory=list)  # ids of sources that refer to it
    rejected: list[str] = field(default_factory=list)  # ids of statements in it, and links from it, judged wrong


@dataclass(frozen=True, slots=True)
class Head:
    """What a source is called, and what read it."""

    id: str
    title: str
    importer: str


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A person's own file in a vault: the source that was read from it, and its path, without extension."""

    id: str
    path: str


def source_heads(store: Store) -> list[Head]:
    """Every source that is here, real ones before stubs, else by id: the same order in every home."""
    sql = f"SELECT s.id, s.title, s.importer FROM source s WHERE {HERE.sql} ORDER BY s.kind = 'stub', s.id"
    return [Head(*row) for row in store.execute(sql)]


def own_notes(store: Store, folder: str) -> list[OwnNote]:
    """The sources that were read from Markdown files in this folder, which are a person's own notes there."""
    prefix = folder.rstrip("/") + "/"
    # No path holds a character above this one, so that the range is what begins with the prefix.
    rows = store.execute(
        """SELECT id, target FROM source WHERE target >= ? AND target < ?
        AND (target LIKE '%.md' OR target LIKE '%.markdown') ORDER BY id""",
        (prefix, prefix + "\U0010ffff"),
    )
    return [OwnNote(name, target[len(prefix) :].rsplit(".", 1)[0]) for name, target in rows]


def texts(store: Store, source_ids: Sequence[str]) -> dict[str, str]:
    """The texts of those of these sources that are here, by id."""
    sql = f"SELECT s.id, s.text FROM source s WHERE {HERE.sql} AND s.id IN ({{}})"
    return dict(access.in_chunks(store, sql, source_ids))


def statement_heads(store: Store, threshold: float) -> list[tuple[str, str, str]]:
    """(id, kind, text) of the statements that are worth a note, by id.

    Accepted ones, suggested ones from `threshold` on, whatever an accepted link or a credence holds on to, and what a
    person put right; and those that a person wrote a note on, come what may.
    """
    sql = f"""SELECT id, kind, text FROM statement st WHERE status <> 'rejected'
        AND (status = 'accepted' OR coalesce(confidence, 1) >= ?
            OR id IN (SELECT from_id FROM link WHERE status = 'accepted')
            OR id IN (SELECT to_id FROM link WHERE status = 'accepted')
            OR id IN (SELECT statement_id FROM credence)
            OR id IN ({edits.EDITED}))
        AND EXISTS (SELECT 1 FROM mention m WHERE m.statement_rowid = st.rowid AND NOT m.lost)
        OR id IN ({edits.REMARKED}) ORDER BY id"""
    return [(row[0], row[1], row[2]) for row in store.execute(sql, (threshold,))]


def wholes(store: Store, source_ids: Sequence[str]) -> list[Whole]:
    """These sources with all that belongs to them, in the order given."""
    shown = sources.read(store, source_ids)
    found: dict[int, Whole] = {}
    sql = "SELECT rowid, id, text, importer, path, target, title_given FROM source WHERE id IN ({})"
    for rowid, name, text, importer, path, target, given in access.in_chunks(store, sql, source_ids):
        found[rowid] = Whole(shown[name], text, importer, path, target, bool(given))
    by_id = {whole.source.id: whole for whole in found.values()}
    for source_id, whole in by_id.items():
        whole.reading = reading.of(store, source_id) if whole.source.reading else None
    _add_people_and_names(store, found)
    pointing = references.of_sources(store, source_ids)
    for source_id, whole in by_id.items():
        whole.references = pointing.get(source_id, [])
    for sql, name in (
        (_ANSWERS, "answers"),
        (_BACKLINKS, "backlinks"),
        (_STATEMENTS, "statements"),
        (_REJECTED, "rejected"),
        (_REJECTED_LINKS, "rejected"),
    ):
        for source_id, other in access.in_chunks(store, sql, by_id):
            getattr(by_id[source_id], name).append(other)
    return [by_id[source_id] for source_id in source_ids]


def _add_people_and_names(store: Store, found: dict[int, Whole]) -> None:
    for rowid, authors in sources.authors_of(store, found).items():
        found[rowid].authors = people.authors_as(people.known_as(store), authors)
    titled = set()
    sql = """SELECT source_rowid, name_key FROM source_name
        WHERE source_rowid IN ({}) AND rank < 2 ORDER BY name_key"""
    for rowid, name in access.in_chunks(store, sql, found):
        whole = found[rowid]
        if name == fold(whole.source.title):
            titled.add(rowid)
        elif not f"/{fold(whole.path or '')}".endswith(f"/{name}"):
            whole.aliases.append(name)
    sql = """SELECT source_rowid, key FROM source_key
        WHERE source_rowid IN ({}) AND (key LIKE 'title:%' OR key LIKE 'by:%')"""
    for rowid, key in access.in_chunks(store, sql, found):
        source = found[rowid].source
        by_id = identity.title_keys(identity.Identity(external_ids=dict(source.external_ids)), source.title)
        # What wikilinks may name is not named within a site; and an id of the site says it already.
        if rowid not in titled and (key.startswith("by:") or not by_id):
            found[rowid].namespace = key.split(":")[1]


_ANSWERS = f"SELECT s.parent, s.id FROM source s WHERE s.parent IN ({{}}) AND {HERE.sql} ORDER BY s.published, s.id"
_BACKLINKS = f"""SELECT DISTINCT r.target, s.id FROM reference r JOIN source s ON s.rowid = r.source_rowid
    WHERE r.target IN ({{}}) AND s.id <> r.target AND {HERE.sql} ORDER BY s.id"""
_STATEMENTS = """SELECT s.id, st.id FROM mention m JOIN source s ON s.rowid = m.source_rowid
    JOIN statement st ON st.rowid = m.statement_rowid
    WHERE s.id IN ({}) AND NOT m.lost GROUP BY s.id, st.id ORDER BY min(m.start), st.id"""
_REJECTED = """SELECT DISTINCT s.id, st.id FROM mention m JOIN source s ON s.rowid = m.source_rowid
    JOIN statement st ON st.rowid = m.statement_rowid
    WHERE s.id IN ({}) AND st.status = 'rejected' ORDER BY st.id"""
# A link is kept with the text in which its first end stands; `related` links belong to none.
_REJECTED_LINKS = """SELECT r.owner, r.id FROM (
    SELECT l.id, coalesce((SELECT s.id FROM source s WHERE s.id = l.from_id),
        (SELECT min(s.id) FROM statement st JOIN mention m ON m.statement_rowid = st.rowid
            JOIN source s ON s.rowid = m.source_rowid WHERE st.id = l.from_id)) AS owner
    FROM link l WHERE l.status = 'rejected') r WHERE r.owner IN ({}) ORDER BY r.id"""
