"""Tables `exported` and `agreed_before`: the notes of vaults as store and vault last agreed about them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.store import access
from kb.store.open import Store

_STATES = 20
"""So many states of a note are kept whole."""


MORE = "less:"
"""Before the hash of a note of which the file has more words than was agreed on: an export leaves it alone."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a vault: where it is in it, the hash of its bytes, and the source or statement it shows.

    `named`: a person chose its name or its folder. Without a hash there is no file: what it showed went, and this is
    where its note belongs when that comes back.
    """

    path: str
    file_hash: str
    subject: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A note as it was last agreed on, in the folder `vault`. `content` is None where only its hash is known."""

    vault: str
    path: str
    file_hash: str
    content: bytes | None


def digest(content: bytes) -> str:
    """The hash by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def of_vault(store: Store, vault: str) -> list[Written]:
    """What this home exchanged with this vault."""
    sql = "SELECT path, file_hash, subject, named FROM exported WHERE vault = ? ORDER BY rowid"
    return [Written(path, found, subject, bool(named)) for path, found, subject, named in store.execute(sql, (vault,))]


def vaults(store: Store) -> list[str]:
    """The folders that this home exchanged notes with."""
    return [row[0] for row in store.execute("SELECT DISTINCT vault FROM exported ORDER BY vault")]


def about(store: Store, subject: str) -> list[Exchanged]:
    """All that was exchanged about a source or statement, the newest last."""
    sql = "SELECT vault, path, file_hash, content FROM exported WHERE subject = ? ORDER BY rowid"
    return [
        Exchanged(vault, path, found, zlib.decompress(content) if content else None)
        for vault, path, found, content in store.execute(sql, (subject,))
    ]


def agree(
    store: Store, vault: str, path: str, subject: str, content: bytes,
    *, state: str, text: str | None = None, named: bool = False,
) -> None:  # fmt: skip
    """Note, inside a transaction, that store and vault agree about a note; it may have had another place before.

    `state` is the mark that kb wrote into it, `text` the fingerprint of the text in it.
    """
    from kb.store.schema import Exported

    forget(store, vault, [path], [subject])
    packed, found = zlib.compress(content, 6), digest(content)
    row = {"vault": vault, "path": path, "subject": subject, "file_hash": found, "named": named}
    access.insert_one(store, Exported, {**row, "content": packed})
    sql = "INSERT INTO agreed_before (hash, subject, state, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    store.execute(sql, (found, subject, state, packed))
    if text:
        store.execute(sql, (text, "", "", None))
    store.execute(
        """UPDATE agreed_before SET content = NULL WHERE subject = ? AND rowid NOT IN
        (SELECT rowid FROM agreed_before WHERE subject = ? ORDER BY rowid DESC LIMIT ?)""",
        (subject, subject, _STATES),
    )


def subjects(store: Store) -> list[str]:
    """Ids of all that was exchanged with any vault."""
    return [row[0] for row in store.execute("SELECT DISTINCT subject FROM exported ORDER BY subject")]


def agree_less(store: Store, vault: str, path: str, content: bytes) -> None:
    """Note, inside a transaction, that store and vault agree about no more of a note than this: its file has more."""
    sql = "UPDATE exported SET content = ?, file_hash = ? WHERE vault = ? AND path = ?"
    store.execute(sql, (zlib.compress(content, 6), MORE + digest(content), vault, path))


def agreed_before(store: Store, hashes: Sequence[str]) -> bool:
    """Whether store and vault once agreed about a note, or a text, with one of these hashes."""
    sql = "SELECT hash FROM agreed_before WHERE hash IN ({})"
    return any(True for _ in access.in_chunks(store, sql, hashes))


def in_state(store: Store, subject: str, state: str) -> list[bytes | None]:
    """The notes about a source or statement in this state, the newest last; None for one too old to be kept."""
    sql = "SELECT content FROM agreed_before WHERE subject = ? AND state = ? ORDER BY rowid"
    return [zlib.decompress(row[0]) if row[0] else None for row in store.execute(sql, (subject, state))]


def whole(store: Store, subject: str) -> list[bytes]:
    """The notes about a source or statement as both sides agreed on them before, the newest last, as far as kept."""
    sql = "SELECT content FROM agreed_before WHERE subject = ? AND content IS NOT NULL ORDER BY rowid"
    return [zlib.decompress(row[0]) for row in store.execute(sql, (subject,))]


def leave_place(store: Store, vault: str, paths: Iterable[str]) -> None:
    """Note, inside a transaction, that these notes of a vault are gone, and where they lay."""
    sql = "UPDATE exported SET file_hash = '', content = NULL WHERE vault = ? AND path = ?"
    store.execute_many(sql, [(vault, path) for path in paths])


def forget(store: Store, vault: str, paths: Iterable[str] = (), subjects: Iterable[str] = ()) -> None:
    """Forget notes of a vault, by path or by what they show."""
    store.execute_many("DELETE FROM exported WHERE vault = ? AND path = ?", [(vault, path) for path in paths])
    store.execute_many("DELETE FROM exported WHERE vault = ? AND subject = ?", [(vault, name) for name in subjects])
