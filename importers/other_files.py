"""Which note of the store the highlights of a file are: two devices may hold the same book, each with its own marks.

Highlights of one work by one importer have one name, so that a file that grew, was moved or renamed updates its note.
Of a second device (another file, or another device at the same place) that would throw away what was marked on the
first: what shares too little with the note that is there is a second one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from importers import highlights
from importers.known_files import is_there
from kb.model.document import Document
from kb.model.source import StoredSource
from kb.store import sources
from kb.store.open import Store
from kb.text.strings import fold

_NAME = "highlights"
_MOST = 50  # notes on one work
_HALF = 0.5
_MOSTLY = 0.8
"""So much of a note must be in a file of another place, while the note's own is there, for both to be one."""


def placed(store: Store, document: Document, file: str) -> Document | str:
    """The highlights of a file under the name of the note that they are a new version of, or under one of their own.

    A document of anything else stays as it is. The id of a source, where the file only holds an older part of what
    another has, which is there as well.
    """
    name = document.external_ids.get(_NAME)
    if name is None or document.importer != highlights.NAME or document.id:
        return document
    given = _entries(document.text)
    for number in range(1, _MOST):
        own = name if number == 1 else f"{name}@{number}"
        row = next(iter(sources.by_keys(store, [f"{_NAME}:{own}"])), None)
        verdict = _compared(row, given, file) if row else "same"
        if verdict == "older" and row:
            return row.id
        if verdict == "same":
            break
    if number == 1:
        return document
    return replace(document, external_ids={**document.external_ids, _NAME: own}, target=f"{document.target}@{number}")


def _compared(row: StoredSource, given: Sequence[str], file: str) -> Literal["same", "older", "other"]:
    """Whether the file has a new version of the note, an older part of it, or the marks of another device."""
    target = row.target or ""
    elsewhere = not target.startswith(f"{file}#") and is_there(target.partition("#")[0])
    known = _entries(row.text)
    kept = sum(_is_in(one, given) for one in known)
    if kept == len(known):
        return "same"
    if all(_is_in(one, known) for one in given):
        return "older" if elsewhere else "same"  # never yet there, or taken away
    return "same" if kept >= (_MOSTLY if elsewhere else _HALF) * len(known) else "other"


def _is_in(one: str, others: Sequence[str]) -> bool:
    """Whether it is among them, also where either was made longer since."""
    if one in others:
        return True
    words, padded = set(one.split()), f" {one} "
    return any(
        padded in f" {other} " or f" {other} " in padded or len(words & set(other.split())) > _MOSTLY * len(words)
        for other in others
    )


def _entries(text: str) -> list[str]:
    """What was marked, and what was written where nothing is."""
    blocks, _ = highlights.structure(text)
    found = [
        text[one.start : one.end]
        for one in blocks[1:]
        if one.kind == "quote" or one.parent is None or (one.about is not None and blocks[one.parent].kind != "quote")
    ]
    return [plain for words in found if (plain := " ".join(re.findall(r"\w+", fold(words))))]
