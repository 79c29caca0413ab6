"""Finding by meaning: the query's vector against those of the store."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import KbError
from kb.store import meta

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def query_vector(connection: sqlite3.Connection, home: Path, text: str) -> NDArray[np.float32] | None:
    """The vector of a text under the model of the store's vectors, shape (d,).

    None where there are no vectors or the model is not to be had; one line on stderr says so.
    """
    fingerprint = meta.get(connection, meta.MODEL)
    if not fingerprint:
        _tell("nothing is embedded yet, so this finds words, not meanings; `kb index` changes that")
        return None
    from kb.embedding.query import embed_query

    try:
        return embed_query(text, home, fingerprint)
    except (KbError, ImportError) as error:
        _tell(f"this finds words, not meanings: {error}")
        return None


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
