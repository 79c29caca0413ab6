"""Table `exported`: which files this home wrote into which vault, with the hash of what it wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.store import access
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a vault: where it is in it, the hash of its bytes, and the source or statement it shows."""

    path: str
    file_hash: str
    subject: str


def all_written(store: Store, vault: str) -> list[Written]:
    """What this home wrote, into this vault last: a vault that was moved or lost its manifest has other names."""
    sql = "SELECT path, file_hash, subject FROM exported ORDER BY vault = ?, rowid"
    return [Written(*row) for row in store.execute(sql, (vault,))]


def replace(store: Store, vault: str, files: Iterable[Written]) -> None:
    """Remember these files as all that lies in the vault."""
    from kb.store.schema import Exported

    store.execute("DELETE FROM exported WHERE vault = ?", (vault,))
    rows = [{"vault": vault, "path": f.path, "file_hash": f.file_hash, "subject": f.subject} for f in files]
    access.insert(store, Exported, rows)
