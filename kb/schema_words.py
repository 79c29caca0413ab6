"""The words that columns may hold, apart from the tables so that reading need not load SQLModel."""

from __future__ import annotations

from typing import get_args

from kb.document import SourceKind
from kb.graph import Basis, NodeKind, Relation, Status

SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
STATEMENT_KINDS: tuple[str, ...] = tuple(kind for kind in get_args(NodeKind) if kind != "source")
RELATIONS: tuple[str, ...] = get_args(Relation)
BASES: tuple[str, ...] = get_args(Basis)
STATUSES: tuple[str, ...] = get_args(Status)
