"""A note of an exported vault."""

from __future__ import annotations

from importers.base import Importer
from notes.markdown import structure

IMPORTER = Importer("vaultnote", "0", "a note of an exported vault", lambda _: 0.0, lambda _: [], structure)
