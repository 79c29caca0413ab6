"""Which citekey is free: where the one that is wanted is taken, the first with a letter behind it that is not.

A thousand notes of one first word all want one citekey. What is taken of it is read once in a transaction, and followed
from then on, so that the last of them does not ask for a thousand one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.model.identity import CITEKEY, ONCE
from kb.store import access
from kb.store.open import Store
from kb.store.transactions import Taken

_FEW = 3
"""So many are asked for one by one."""


def find(store: Store, wanted: str, *, made: bool = False, own: int = 0) -> str:
    """The citekey, with a letter behind it where another source than that of the rowid `own` has it already.

    One that is `made` up here is no old citekey of another source either: that one goes on answering to it.
    """
    for number in range(_FEW):
        candidate = wanted + _letters(number)
        if not _others(store, candidate, own, made=made):
            return candidate
    if (wanted, made) not in store.citekeys.taken:
        store.citekeys.taken[wanted, made] = Taken(_beginning(store, wanted, made=made))
    known = store.citekeys.taken[wanted, made]
    while wanted + _letters(known.number) in known.keys:
        known.number += 1
    may_be = [wanted + _letters(known.number), *(_own(store, wanted, own, made=made) if own else ())]
    return min(may_be, key=lambda key: (len(key), key))


def _beginning(store: Store, wanted: str, *, made: bool) -> set[str]:
    """The citekeys that begin with it: its letters come before "{"."""
    sql = "SELECT citekey FROM source WHERE citekey >= ? AND citekey < ?"
    found = {row[0] for row in store.execute(sql, (wanted, wanted + "{"))}
    for kind in (CITEKEY, ONCE) if made else ():
        sql = "SELECT key FROM source_key WHERE key >= ? AND key < ?"
        rows = store.execute(sql, (kind + wanted, kind + wanted + "{"))
        found |= {row[0].removeprefix(kind) for row in rows}
    return found


def _own(store: Store, wanted: str, rowid: int, *, made: bool) -> Iterable[str]:
    """What the source itself has of these, and no other has."""
    sql = "SELECT citekey FROM source WHERE rowid = ? UNION SELECT key FROM source_key WHERE source_rowid = ?"
    ours = {re.sub(rf"^(?:{CITEKEY}|{ONCE})", "", row[0]) for row in store.execute(sql, (rowid, rowid))}
    letters = re.compile(rf"{re.escape(wanted)}[a-z]*")
    return [key for key in ours if letters.fullmatch(key) and not _others(store, key, rowid, made=made)]


def _others(store: Store, citekey: str, own: int, *, made: bool) -> bool:
    """Whether another source has it."""
    sql = """SELECT 1 FROM source WHERE citekey = ? AND rowid <> ?
        UNION SELECT 1 FROM source_key WHERE key IN (?, ?) AND source_rowid <> ?"""
    old = (CITEKEY + citekey, ONCE + citekey) if made else ("", "")
    return access.found(store, sql, (citekey, own, *old, own))


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
