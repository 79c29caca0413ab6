"""The labelled sentences that the rules find, as the store has them: what the head is trained on and measured by."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cli
from kb.extract.model import View
from kb.model.rules import BY_WORDING
from kb.model.statement import Place, WordedStatement
from kb.sources.extraction import view_of
from kb.store import embeddings, sources, worded
from kb.store.open import Store, open_store
from scripts import labelled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FIELDS = {
    "rationalia-starter": "rationality",
    "lawrence-godfrey-ai-notes": "machine learning",
    "foam-docs": "software",
    "logseq-docs": "software",
    "obsidian-help-en": "software",
}
WRITTEN, PAPERS = "written", "papers"


@dataclass(frozen=True)
class Item:
    """A statement found by wording in a labelled text; its label is None where the sentence has none."""

    document: str
    field: str
    kind: str
    label: str | None
    said: WordedStatement


def items(split: str, home: Path) -> list[Item]:
    """What the rules find today in the texts of a split, which are added to the home unless they are there.

    Of the split `train` only what is labelled; of the others everything, since what is listed of a text hangs on all.
    """
    from kb.vectors.embed.model import resolve

    files = {str(path): labelled.read()[split][name] for name, path in labelled.files(split).items()}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        cli.run(["--home", str(home), "add", "--no-embed", *files])
    model = resolve(None)
    with open_store(home) as store:
        places = {row[0]: row for row in store.execute(_PLACES) if row[1] in files}
        views: dict[int, View] = {}
        labels: dict[int, str | None] = {}
        for statement, path, source, start, end, *_, context in places.values():
            if source not in views:
                views[source] = view_of(store, sources.stored_at(store, source))
            labels[statement] = labelled.of_span(files[path], views[source], start, end, context=context)
        wanted = [s for s in places if labels[s] is not None or split != "train"]
        _embed(store, home, [(places[s][5], places[s][6]) for s in wanted])
        found = worded.by_wording(store, model.fingerprint, BY_WORDING, {places[s][2] for s in wanted})
        return [
            Item(str(places[one.rowid][1]), _field(str(places[one.rowid][1])), places[one.rowid][7], label, one)
            for one in found
            if one.rowid in places and ((label := labels[one.rowid]) is not None or split != "train")
        ]


def alone(text: str, rule: str, vector: NDArray[np.float32]) -> WordedStatement:
    """A sentence with no text around it, as the head reads it."""
    return WordedStatement(0, text, rule, None, True, vector.astype("<f4").tobytes(), Place(0, text, before="."))


_PLACES = """SELECT st.rowid, s.target, s.rowid, m.start, m."end", st.content_hash, st.text, st.kind,
        m.context_quote IS NOT NULL AS context
    FROM statement st JOIN mention m ON m.statement_rowid = st.rowid JOIN source s ON s.rowid = m.source_rowid
    ORDER BY m.rowid DESC"""  # the first mention of each comes last, and stays


def _embed(store: Store, home: Path, texts: list[tuple[str, str]]) -> None:
    """Vectors of texts, given with their content hashes, as far as they are not there."""
    from kb.vectors.embed.bulk import embed_texts
    from kb.vectors.embed.model import resolve

    model = resolve(None)
    there = {
        row[0] for row in store.execute("SELECT content_hash FROM embedding WHERE model = ?", (model.fingerprint,))
    }
    new = {name: text for name, text in texts if name not in there}
    if new:
        vectors = embed_texts(list(new.values()), model, home)
        with store.transaction():
            embeddings.insert(store, model.fingerprint, list(new), vectors)


def _field(path: str) -> str:
    if labelled.TEXTS in Path(path).parents:
        return WRITTEN
    return next((field for folder, field in FIELDS.items() if folder in Path(path).parts), PAPERS)
