"""The door to databases of other programs, for importers: no part of the store, but read by its engine."""

from __future__ import annotations

from kb.store.engine.foreign_file import MARK as MARK
from kb.store.engine.foreign_file import Cell as Cell
from kb.store.engine.foreign_file import read_tables as read_tables


def words(cell: Cell) -> str:
    """What a cell says; "" where it is empty."""
    return "" if cell is None else str(cell)
