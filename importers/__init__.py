"""Bytes to documents. One module a kind of source; none of them knows the store.

To add one: write a module with an `IMPORTER` in `texts`, `exports`, `discussions`, `documents` or `web`, where it is
found. `importers.base` shows how.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from importers import discovery
from importers.base import Importer, Input
from importers.decode import DATA_EXTENSIONS
from importers.file_names import extension
from kb.errors import KbError, UsageError
from kb.model.document import Document
from kb.text.dates import utc
from kb.text.spelling import one_of


@cache
def importers() -> dict[str, Importer]:
    """All importers by name, in the order in which they are preferred: the most particular first."""
    found: list[Importer] = [*discovery.found("IMPORTER", *discovery.PACKAGES)]
    return {one.name: one for one in sorted(found, key=lambda one: (one.precedence, one.name))}


def importer(name: str) -> Importer:
    """The importer of that name.

    Raises:
        UsageError: there is none.
    """
    try:
        return importers()[name]
    except KeyError:
        raise UsageError(f"no importer {name!r}", one_of(name, importers())) from None


def choose(source: Input) -> Importer:
    """The importer that is surest about the content; where two are as sure, the one that is preferred.

    Raises:
        KbError: it is a data file in a form that none of them knows.
    """
    found = _surest(source)
    if found is None:
        raise KbError(f"{source.name} is in a form that kb does not know", "convert it to Markdown or text first")
    return found


def recognised(source: Input) -> bool:
    """Whether any importer knows what it is."""
    return _surest(source) is not None


def _surest(source: Input) -> Importer | None:
    data = extension(source.name) in DATA_EXTENSIONS
    able = (one for one in importers().values() if not (data and one.prose))
    best = max(((one.sniff(source), one) for one in able), key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else None


def read(source: Input, name: str | None = None) -> list[Document]:
    """The documents in a text, by the importer named or by the one that fits the content.

    Raises:
        KbError: the text holds nothing that the importer could read.
    """
    chosen = importer(name) if name else choose(source)
    documents = chosen.read(source)
    if not documents:
        raise KbError(f"nothing to read as {chosen.name}", "try --as plain")
    return list(_with_times(documents, source.target))


def _with_times(documents: list[Document], target: str) -> Iterator[Document]:
    """The documents; what they say of somebody's reading with the time at which their file was written."""
    seen = None
    if any(document.reading for document in documents) and os.path.isfile(target):
        seen = utc(datetime.fromtimestamp(os.stat(target).st_mtime, UTC))
    for document in documents:
        yield replace(document, reading=replace(document.reading, seen=seen)) if document.reading else document
